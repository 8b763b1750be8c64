package main

import (
	"fmt"
	"strings"
)

// format is an output format of a command: M makes what writes it.
type format[M any] struct {
	name string
	doc  string // one line for the help
	make M
}

// findFormat finds the format that --output names.
func findFormat[M any](formats []format[M], name string) (M, error) {
	for _, f := range formats {
		if f.name == name {
			return f.make, nil
		}
	}
	var none M
	return none, fmt.Errorf("reading --output: no format is called %q; there are %s", name, formatNames(formats, "and"))
}

// formatNames lists the names, with a word before the last one.
func formatNames[M any](formats []format[M], word string) string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + word + " " + names[last]
}

// formatHelp lists the formats, a line each.
func formatHelp[M any](formats []format[M]) string {
	var b strings.Builder
	for _, f := range formats {
		fmt.Fprintf(&b, "  %-6s %s\n", f.name, f.doc)
	}
	return strings.TrimRight(b.String(), "\n")
}
