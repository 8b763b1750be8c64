package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// flagGroups lists the groups of flags in the help, with the names of their flags. All other flags are in the last one.
var flagGroups = []struct {
	title string
	flags []string
}{
	{"Filter", []string{"query", "alert", "failed", "since", "until", "dedupe", "context", "limit", "min", "top"}},
	{"Output", []string{"output", "fields", "by", "distinct", "every", "compare", "sort", "count", "raw", "wide", "tz", "color", "theme", "ascii", "redact"}},
	{"S3", []string{"profile", "region", "no-sign-request", "request-payer", "baseline", "yes", "sqs", "cache", "offline"}},
	{"Databases", []string{"rows", "explain", "estimate", "engine-bytes", "engine-seconds"}},
	{"Other", nil},
}

// groupOf returns the index of the group of a flag.
func groupOf(name string) int {
	for i, g := range flagGroups {
		for _, f := range g.flags {
			if f == name {
				return i
			}
		}
	}
	return len(flagGroups) - 1
}

const (
	maxHelpCells = 120 // longer lines are hard to read
	helpIndent   = 2
)

// helper writes the help of a command. Lines end between words. Headings and names are bold in the terminal's own colours: no hue has
// enough contrast on dark and on light, and the terminal is not asked which it is.
type helper struct {
	out    io.Writer
	cells  int // of a line
	ascii  bool
	styled bool
	strong paint.Style
}

// showHelp prints the help of a command on standard output.
func (s *settings) showHelp(c *cobra.Command) {
	h := helper{out: s.std.out, cells: maxHelpCells, ascii: s.drawsASCII()}
	if n := s.tableWidth(); n > 0 {
		h.cells = min(n, maxHelpCells)
	}
	if s.drawable() && s.color != "never" || s.color == "always" {
		h.styled, h.strong = true, paint.BasicTones().Heading
	}
	h.command(c)
}

func (h *helper) command(c *cobra.Command) {
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	h.prose(text)
	h.heading("Usage")
	h.wrapped("", c.UseLine(), helpIndent, 2*helpIndent)
	if c.Example != "" {
		h.heading("Examples")
		for example := range strings.Lines(c.Example) {
			h.wrapped("", strings.TrimSpace(example), helpIndent, 2*helpIndent)
		}
	}
	h.commands(c)
	h.flags(c)
}

// prose writes paragraphs, which blank lines separate. A line that is indented, such as one of a list, is a paragraph of its own.
func (h *helper) prose(text string) {
	var words []string
	flush := func() {
		if words != nil {
			h.wrapped("", strings.Join(words, " "), 0, 0)
		}
		words = nil
	}
	for line := range strings.Lines(text) {
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "":
			flush()
			h.print("")
		case strings.HasPrefix(line, "  "):
			flush()
			name, rest, _ := strings.Cut(trimmed, " ")
			h.wrapped(name, strings.TrimSpace(rest), helpIndent, helpIndent+len("jsonl  "))
		default:
			words = append(words, trimmed)
		}
	}
	flush()
}

func (h *helper) commands(c *cobra.Command) {
	var names, texts []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names, texts = append(names, sub.Name()), append(texts, sub.Short)
		}
	}
	h.list("Commands", names, texts)
}

// flags writes the flags of a command in their groups.
func (h *helper) flags(c *cobra.Command) {
	names, texts := make([][]string, len(flagGroups)), make([][]string, len(flagGroups))
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		i := groupOf(f.Name)
		names[i], texts[i] = append(names[i], name), append(texts[i], flagText(f))
	})
	for i, g := range flagGroups {
		h.list(g.title, names[i], texts[i])
	}
}

// flagText returns what a flag does, with its default where the text does not name it.
func flagText(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "0", "[]":
		return f.Usage
	}
	if strings.Contains(f.Usage, "default") {
		return f.Usage
	}
	return f.Usage + " (default: " + f.DefValue + ")"
}

// list writes names with their texts beside them, below a heading.
func (h *helper) list(title string, names, texts []string) {
	if len(names) == 0 {
		return
	}
	column := 0
	for _, name := range names {
		column = max(column, helpIndent+len(name)+2)
	}
	h.heading(title)
	for i, name := range names {
		h.wrapped(name, texts[i], helpIndent, column)
	}
}

func (h *helper) heading(title string) {
	h.print("")
	h.printStyled(termsafe.Clean(strings.ToUpper(title), h.clean()), termsafe.Safe{}, 0, 0)
}

// wrapped writes a text between words: from the cell at with a name before it, and the further lines from the cell then on.
func (h *helper) wrapped(name, text string, at, then int) {
	start := at
	if name != "" {
		start = then
	}
	if then > h.cells/2 { // no room beside the name
		then = 2 * helpIndent
	}
	width := termsafe.Widther{ASCII: h.ascii}
	rest := termsafe.Clean(text, h.clean())
	first := width.Wrap(rest, max(h.cells-start, 1))[0]
	h.printStyled(termsafe.Clean(name, h.clean()), first, at, start)
	rest = rest.Sub(termsafe.Span{Lo: first.Len(), Hi: rest.Len()})
	if rest.Empty() {
		return
	}
	for _, line := range width.Wrap(rest, max(h.cells-then, 1)) {
		h.printStyled(termsafe.Safe{}, line, 0, then)
	}
}

func (h *helper) clean() termsafe.Options { return termsafe.Options{ASCII: h.ascii} }

func (h *helper) print(text string) {
	h.printStyled(termsafe.Safe{}, termsafe.Clean(text, h.clean()), 0, 0)
}

// printStyled writes a line with a bold name from the cell at and a text from the cell from.
func (h *helper) printStyled(name, text termsafe.Safe, at, from int) {
	line := paint.NewLine(termsafe.Widther{ASCII: h.ascii})
	if !name.Empty() {
		line.Fill(paint.Style{}, at)
		line.Add(h.strong, name)
	}
	if !text.Empty() {
		line.Fill(paint.Style{}, from-line.Width())
		line.Add(paint.Style{}, text)
	}
	shown := line.Plain()
	if h.styled {
		shown = line.Styled()
	}
	_, _ = io.WriteString(h.out, strings.TrimRight(shown, " ")+"\n") // an error of printing help has nowhere to be reported
}
