package config

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"

	"pawprint/model/near"
)

// Read reads a configuration from the text of a file. The name of the file is for errors. The error joins a *Fault for each mistake; with
// one the configuration is the default.
func Read(file string, text []byte, rules Rules) (Config, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	r := reader{faults: faults{file: file, text: text}, rules: &rules, conf: Default(), set: map[string]int{}, dotted: map[string]int{}, keyAt: map[KeyFault]int{}}
	r.read()
	r.checkKeys()
	if err := r.err(); err != nil {
		return Default(), err
	}
	return r.conf, nil
}

// reader reads one text.
type reader struct {
	faults
	rules   *Rules
	conf    Config
	set     map[string]int // the line where each setting or table was set, by its whole name
	parser  unstable.Parser
	base    int              // where the parser's text begins in the whole text
	section []string         // the table that is open; empty at the beginning
	skipped bool             // the table that is open is not known
	dotted  map[string]int   // the line of the first dotted name that begins with a table's
	keyAt   map[KeyFault]int // where a key was chosen for a command
}

// maxFaults is after how many mistakes reading ends: nobody reads more.
const maxFaults = 100

// read reads the whole text. After a line that is not TOML it goes on with the next one.
func (r *reader) read() {
	if i := invalidUTF8(r.text); i >= 0 {
		r.add(i, "this is not UTF-8: save the file as UTF-8")
		return
	}
	for r.base < len(r.text) && len(r.all) < maxFaults {
		r.parser.Reset(r.text[r.base:])
		for r.parser.NextExpression() {
			r.expression(r.parser.Expression())
		}
		err := r.parser.Error()
		if err == nil {
			return
		}
		at := r.base + r.offsetOf(err)
		r.syntax(at, err)
		next := bytes.IndexByte(r.text[at:], '\n')
		if next < 0 {
			return
		}
		r.base = at + next + 1
	}
}

func invalidUTF8(text []byte) int {
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRune(text[i:])
		if c == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// offsetOf returns where in the parser's text a mistake is.
func (r *reader) offsetOf(err error) int {
	var wrong *unstable.ParserError
	if !errors.As(err, &wrong) || wrong.Highlight == nil {
		return 0
	}
	return int(r.parser.Range(wrong.Highlight).Offset)
}

// syntax notes a line that is not TOML.
func (r *reader) syntax(at int, err error) {
	start := bytes.LastIndexByte(r.text[:at], '\n') + 1
	line, _, _ := bytes.Cut(r.text[start:], []byte{'\n'})
	if line := bytes.TrimLeft(line, " \t"); len(line) > 0 && line[0] == '[' {
		r.skipped = true // what stands in the table would be mistaken for settings
	}
	name, value, ok := strings.Cut(string(line), "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	var wrong *unstable.ParserError
	switch {
	case !ok && name != "" && strings.Trim(name, bareLetters) == "":
		r.add(at, "%s has no value: write %s = %s", name, name, r.example(name, `"…"`))
	case ok && value != "" && strings.Trim(value, bareLetters) == "" && r.isSwitch(name):
		r.add(at, "%s = %s is not TOML: write %s = true or %s = false", name, value, name, name)
	case ok && value != "" && strings.Trim(value, bareLetters) == "":
		r.add(at, "%s = %s is not TOML: write the text in quotes: %s = %s", name, value, name, quote(value))
	case errors.As(err, &wrong):
		r.add(at, "this line is not TOML (%s): write a setting as name = value, a text in quotes, a list as [\"a\", \"b\"]", wrong.Message)
	default:
		r.add(at, "this line is not TOML (%s): write a setting as name = value", err)
	}
}

// bareLetters are those of words that people forget to quote.
const bareLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/+:.@"

// name is a dotted name in the text.
type name struct {
	parts []string
	at    int // its offset in the text
}

func (n name) String() string { return strings.Join(n.parts, ".") }

// nameOf reads the name of an expression.
func (r *reader) nameOf(n *unstable.Node) (out name) {
	it := n.Key()
	for it.Next() {
		if out.parts == nil {
			out.at = r.base + int(it.Node().Raw.Offset)
		}
		out.parts = append(out.parts, string(it.Node().Data))
	}
	return out
}

// expression reads a line that sets something or opens a table.
func (r *reader) expression(n *unstable.Node) {
	switch n.Kind {
	case unstable.Table, unstable.ArrayTable:
		r.open(r.nameOf(n), n.Kind == unstable.ArrayTable)
	case unstable.KeyValue:
		if r.skipped {
			return // the table is a mistake already
		}
		r.assign(r.nameOf(n), n.Value())
	}
}

// open begins a table.
func (r *reader) open(table name, many bool) {
	r.section, r.skipped = table.parts, true
	if table.String() == keysTable && !many {
		r.skipped = false
		r.first(table)
		return
	}
	if table.String() == keysTable {
		r.add(table.at, "%s is one table: write [%s]", table, table)
		return
	}
	if s := r.find(table.String()); s != nil {
		r.add(table.at, "%s is not a table: write %s = %s", table, table, s.example)
		return
	}
	r.unknown(table)
}

// assign sets a setting.
func (r *reader) assign(of name, value *unstable.Node) {
	of.parts = slices.Concat(r.section, of.parts)
	if of.parts[0] == keysTable {
		r.assignKeys(of, value)
		return
	}
	s := r.find(of.String())
	switch {
	case s == nil || len(of.parts) > 1:
		r.unknown(of)
	case r.first(of):
		r.fill(s, of, value)
	}
}

// find returns the setting with a name, nil if there is none.
func (r *reader) find(name string) *setting {
	rows := r.rules.settings()
	if i := slices.IndexFunc(rows, func(s setting) bool { return s.name == name }); i >= 0 {
		return &rows[i]
	}
	return nil
}

// example returns a value of the setting with a name, or otherwise if there is none.
func (r *reader) example(name, otherwise string) string {
	if s := r.find(name); s != nil {
		return s.example
	}
	return otherwise
}

// isSwitch reports whether the setting with a name is true or false.
func (r *reader) isSwitch(name string) bool {
	s := r.find(name)
	if s == nil {
		return false
	}
	_, is := s.at(&r.conf).(*bool)
	return is
}

// first notes that a name is set, and reports whether it is for the first time.
func (r *reader) first(of name) bool {
	line, twice := r.set[of.String()]
	if dotted, ok := r.dotted[of.String()]; ok && !twice {
		line, twice = dotted, true
	}
	if twice {
		r.add(of.at, "%s is set twice: remove this line or line %d", of, line)
		return false
	}
	r.set[of.String()] = r.line(of.at)
	return true
}

// fill stores a value in the configuration.
func (r *reader) fill(s *setting, of name, value *unstable.Node) {
	switch to := s.at(&r.conf).(type) {
	case *bool:
		if value.Kind != unstable.Bool {
			r.add(r.offset(value, of), "%s takes true or false, not %s: write %s = %s", of, r.shown(value), of, s.example)
			return
		}
		*to = string(value.Data) == "true"
	case *string:
		if value.Kind != unstable.String {
			r.add(r.offset(value, of), "%s takes a text in quotes, not %s: write %s = %s", of, r.shown(value), of, s.example)
			return
		}
		*to = string(value.Data)
		r.checkText(s, of, value)
	case *[]string:
		if *to = r.texts(s, of, value); len(*to) == 0 && s.name == "weekend" {
			*to = []string{} // none is a choice
		}
	}
}

// texts reads a list of texts. A text alone is a list of one.
func (r *reader) texts(s *setting, of name, value *unstable.Node) (out []string) {
	if value.Kind == unstable.String {
		r.checkText(s, of, value)
		return []string{string(value.Data)}
	}
	if value.Kind != unstable.Array {
		r.add(r.offset(value, of), "%s takes a list of texts, not %s: write %s = %s", of, r.shown(value), of, s.example)
		return nil
	}
	for it := value.Children(); it.Next(); {
		one := it.Node()
		if one.Kind != unstable.String {
			r.add(r.offset(one, of), "%s takes texts in quotes, not %s: write %s = %s", of, r.shown(one), of, s.example)
			continue
		}
		r.checkText(s, of, one)
		if slices.Contains(out, string(one.Data)) {
			r.add(r.offset(one, of), "%s names %s twice: remove one", of, quote(string(one.Data)))
			continue
		}
		out = append(out, string(one.Data))
	}
	return out
}

// checkText notes a text that the setting does not take.
func (r *reader) checkText(s *setting, of name, value *unstable.Node) {
	if err := s.checked(string(value.Data)); err != nil {
		r.add(r.offset(value, of), "%s: %v", of, err)
	}
}

// offset returns where a value stands, or its name if the parser does not know.
func (r *reader) offset(value *unstable.Node, of name) int {
	if value.Raw.Length == 0 {
		return of.at
	}
	return r.base + int(value.Raw.Offset)
}

// shown returns a value as errors quote it.
func (r *reader) shown(value *unstable.Node) string {
	switch value.Kind {
	case unstable.Array:
		return "a list"
	case unstable.InlineTable:
		return "a table"
	}
	return string(r.parser.Raw(value.Raw))
}

// secrets are parts of names that people give to secrets.
var secrets = []string{"secret", "token", "password", "credential", "access_key", "api_key"}

// unknown notes a name that is not in the table of settings.
func (r *reader) unknown(of name) {
	for _, part := range secrets {
		if strings.Contains(strings.ToLower(of.String()), part) {
			r.add(of.at, "%s is not a setting, and secrets do not belong in this file: remove it; S3 takes the credentials of the AWS configuration", of)
			return
		}
	}
	if of.parts[0] == "view" || of.parts[0] == "views" {
		r.add(of.at, "%s is not a setting: remove it; "+viewsKept+": save them with s, or pawprint views import", of)
		return
	}
	names := []string{keysTable}
	for _, s := range r.rules.settings() {
		names = append(names, s.name)
	}
	if like := near.Word(of.String(), names); like != "" {
		r.add(of.at, "%s is not a setting; did you mean %s?", of, like)
		return
	}
	r.add(of.at, "%s is not a setting: remove it; there are %s", of, strings.Join(names, ", "))
}

// quote writes a text as TOML.
func quote(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			out.WriteByte('\\')
			out.WriteRune(c)
		case c == '\n':
			out.WriteString(`\n`)
		case c == '\t':
			out.WriteString(`\t`)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&out, `\u%04X`, c)
		default:
			out.WriteRune(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}
