package output

import (
	"strings"

	"pawprint/tui/termsafe"
)

// markdown writes rows as a Markdown table. Every value is a code span, so that Markdown and HTML take nothing in it for markup.
type markdown struct {
	Options
	columns []Column
	clean   termsafe.Options
	headed  bool
}

func newMarkdown(o Options, h Head) Writer {
	return &markdown{Options: o, columns: h.Columns, clean: termsafe.Options{ASCII: o.ASCII, Drawing: true}}
}

func (m *markdown) Row(r *Row) error {
	if err := m.head(); err != nil {
		return err
	}
	var cells []string
	for i := range r.Cells {
		cells = append(cells, m.code(r.Cells[i].text))
	}
	return m.write(cells)
}

// head writes the header, once.
func (m *markdown) head() error {
	if m.headed {
		return nil
	}
	m.headed = true
	var names, rules []string
	for _, c := range m.columns {
		names = append(names, m.code(c.Name))
		rules = append(rules, "---")
	}
	if err := m.write(names); err != nil {
		return err
	}
	return m.write(rules)
}

func (m *markdown) End() error { return m.head() }

func (m *markdown) write(cells []string) error {
	return put(m.Out, []byte("| "+strings.Join(cells, " | ")+" |\n"))
}

func (m *markdown) code(text string) string { return CodeSpan(termsafe.Clean(text, m.clean)) }

// CodeSpan makes a code span for a table cell, fenced by one more backtick than the longest run in the text. In a table even a | in
// code ends the cell, so it is escaped as \|. A \ before it in the text would undo that, so a space goes between the two.
func CodeSpan(shown termsafe.Safe) string {
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

// CodeBlock makes a block of code of one line, fenced likewise.
func CodeBlock(shown termsafe.Safe) string {
	text := shown.String()
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return fence + "\n" + text + "\n" + fence + "\n"
}

// longestRun returns the length of the longest run of c in the text.
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
