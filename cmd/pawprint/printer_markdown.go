package main

import (
	"fmt"
	"io"
	"strings"

	"pawprint/tui/termsafe"
)

// markdownPrinter writes the fields of each row as a Markdown table. Every value is code, so that nothing in it means anything
// to Markdown or HTML.
type markdownPrinter struct {
	out    io.Writer
	clean  termsafe.Options
	reader *recordReader
	headed bool
}

func newMarkdownPrinter(l layout) (printer, error) {
	fields, err := l.withReject()
	if err != nil {
		return nil, err
	}
	clean := termsafe.Options{ASCII: l.ascii, Drawing: true}
	return &markdownPrinter{out: l.out, clean: clean, reader: newRecordReader(l.zone, fields)}, nil
}

func (p *markdownPrinter) row(r *record) error {
	if err := p.head(); err != nil {
		return err
	}
	var cells []string
	for i := range p.reader.fields {
		cells = append(cells, p.code(p.reader.value(r, i).String()))
	}
	return p.write(cells)
}

// head writes the header, once.
func (p *markdownPrinter) head() error {
	if p.headed {
		return nil
	}
	p.headed = true
	var names, rules []string
	for _, f := range p.reader.fields {
		names = append(names, p.code(f.name))
		rules = append(rules, "---")
	}
	if err := p.write(names); err != nil {
		return err
	}
	return p.write(rules)
}

func (p *markdownPrinter) end() error { return p.head() }

func (p *markdownPrinter) write(cells []string) error {
	if _, err := fmt.Fprintf(p.out, "| %s |\n", strings.Join(cells, " | ")); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

func (p *markdownPrinter) code(text string) string { return codeSpan(termsafe.Clean(text, p.clean)) }

// codeSpan makes a code span for a cell of a table: between more backticks than stand in a row in the text. A table ends its
// cell at a | even in code, unless a \ stands before it, which itself must not follow on another one.
func codeSpan(shown termsafe.Safe) string {
	text := shown.String()
	if text == "" {
		return ""
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") {
		text = " " + text + " "
	}
	text = strings.ReplaceAll(text, `\|`, `\ |`)
	return fence + strings.ReplaceAll(text, "|", `\|`) + fence
}

// longestRun is how often c stands in a row at most.
func longestRun(text string, c byte) int {
	most, n := 0, 0
	for i := range len(text) {
		if text[i] != c {
			n = 0
			continue
		}
		n++
		most = max(most, n)
	}
	return most
}
