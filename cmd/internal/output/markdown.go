package output

import (
	"strings"

	"pawprint/tui/termsafe"
)

// markdown writes rows as a Markdown table. Every value is code, so that nothing in it means anything to Markdown or HTML.
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

func (m *markdown) code(text string) string { return codeSpan(termsafe.Clean(text, m.clean)) }

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
