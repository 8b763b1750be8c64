// Package snippet writes commands and SQL that find one row of a log again, to be pasted into a shell or a console. It is pure: it
// opens nothing and runs nothing.
//
// Commands pick a row by its place, the offset of its first byte: an attacker chooses the values in a log, and can repeat them,
// but not the offset of a row. Commands only compare the row id with the picked row, so that they print nothing, rather than
// another event, if the file changed. Every snippet is one line of printable ASCII.
package snippet

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/query"
)

// The reasons why there is no snippet for a row.
var (
	ErrNoPlace = errors.New("its source cannot be read again: write it to a file first")
	ErrTooDeep = fmt.Errorf("jq reads no more than %d levels; copy the pawprint command", maxLevels)
	ErrHalf    = errors.New("jq refuses half of a surrogate pair; copy the pawprint command")
	ErrNoRowID = errors.New("the event has no p_row_id that every data lake reads the same way: copy a filter")
)

// maxLevels is the depth of nesting that jq 1.6 reads. Later versions read deeper, but do not print it.
const maxLevels = 255

// Row is a row of a log and what a snippet needs to know of it.
type Row struct {
	Origin  model.Origin
	Source  *model.SourceState
	Event   *line.Node // nil for a reject
	Line    string     // of the event, as the source wrote it
	RowID   string     // of the event, from [RowID]; empty if it has none, or if it is not to be quoted
	TooLong bool       // the row is only the start of its line
	Quoted  bool       // its bytes are those of a JSON string, whose text is the event
	// Converted says that Line is not what stands at the row's place byte by byte: line ends in it became tabs.
	Converted bool
}

// Program says how the commands call pawprint.
type Program struct {
	Name  string   // a name that the shell finds, or a path; empty is pawprint
	Flags []string // for reading remote sources

	Counting []string // flags that change what commands count, such as --no-config
	Past     []string // flags for reading the past of remote sources, on which first events rest

	Sources []string // what the log was read from, as the command line names it; empty if it was chosen in the interface
}

// name returns how the shell finds the program.
func (p Program) name() string {
	if p.Name == "" {
		return "pawprint"
	}
	return p.Name
}

// JQ returns a command that prints a row's event with jq, in ASCII, which cannot control a terminal.
func (r *Row) JQ(p Program) (string, error) {
	if r.Source.Place.Empty() {
		return "", ErrNoPlace
	}
	if levels(r.Event) > maxLevels {
		return "", ErrTooDeep
	}
	if halved(r.Line) {
		return "", ErrHalf
	}
	bytes, ok := r.bytes()
	if !ok {
		return p.query(r) + " | jq -ac .", nil
	}
	filter := "."
	if quotable(r.RowID) {
		filter = `'select(.p_row_id == "` + r.RowID + `")'`
	}
	return r.named(bytes + " | jq -ac " + filter), nil
}

// Shell returns a command that prints the bytes of a row, with control bytes made visible.
func (r *Row) Shell(p Program) (string, error) {
	if r.Source.Place.Empty() {
		return "", ErrNoPlace
	}
	bytes, ok := r.bytes()
	if !ok {
		return p.query(r) + " | cat -v", nil
	}
	return r.named(bytes + " | cat -v"), nil
}

// Pawprint returns a command that prints the row with this program, for any kind of source.
func (r *Row) Pawprint(p Program) (string, error) {
	if r.Source.Place.Empty() {
		return "", ErrNoPlace
	}
	return p.query(r), nil
}

// Sum returns a command that prints the sha256 of the row's bytes, those of Line.
func (r *Row) Sum(p Program) (string, error) {
	if r.Source.Place.Empty() {
		return "", ErrNoPlace
	}
	stages, ok := r.unpacked()
	if !ok || r.Converted {
		return p.query(r) + ` | tr -d '\n' | sha256sum`, nil
	}
	stages = append(stages, "tail -c +"+decimal(r.Origin.Offset+1), "head -c "+decimal(int64(len(r.Line))), "sha256sum")
	return r.named(pipeline(stages)), nil
}

// Sed returns a command that prints the whole line of a row, with control bytes made visible. ok is false if a line of the file is not a
// line of the log.
func (r *Row) Sed() (command string, ok bool) {
	stages, ok := r.unpacked()
	if !ok || r.Source.Place.Empty() || r.Origin.Line <= 0 || !lines(r.Source.Form) {
		return "", false
	}
	return r.named(pipeline(append(stages, "sed -n '"+decimal(r.Origin.Line)+"{p;q;}'", "cat -v"))), true
}

// levels returns the depth of nesting of a value.
func levels(n *line.Node) int {
	if n == nil || n.Kind != line.ObjectKind && n.Kind != line.ListKind {
		return 0
	}
	deepest := 0
	for i := range n.Nodes {
		deepest = max(deepest, levels(&n.Nodes[i]))
	}
	return deepest + 1
}

// halved reports whether a line of JSON escapes the first half of a surrogate pair without the second. jq up to 1.6 stops there.
func halved(line string) bool {
	for {
		_, rest, more := strings.Cut(line, `\`)
		if !more || rest == "" {
			return false
		}
		line = rest[1:]
		unit, ok := escaped(rest)
		if !ok || unit < 0xd800 || unit > 0xdbff {
			continue
		}
		second, more := strings.CutPrefix(rest[5:], `\`)
		if unit, ok := escaped(second); !more || !ok || unit < 0xdc00 || unit > 0xdfff {
			return true
		}
		line = second[5:]
	}
}

// escaped is the UTF-16 code unit that a text escapes behind a backslash.
func escaped(text string) (unit uint64, ok bool) {
	if len(text) < 5 || text[0] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(text[1:5], 16, 16)
	return unit, err == nil
}

// RowID returns the row id of an event, empty unless it has exactly one, a string.
func RowID(event *line.Node) string {
	var id *line.Node
	for i := range event.Nodes {
		if n := &event.Nodes[i]; n.Key.Raw() == "p_row_id" {
			if id != nil {
				return "" // readers do not agree which one counts
			}
			id = n
		}
	}
	if id == nil || id.Kind != line.StringKind {
		return ""
	}
	return id.Text.Raw()
}

// quotable reports whether a row id may be quoted wherever a string can stand.
func quotable(id string) bool {
	return id != "" && len(id) <= 128 && strings.IndexFunc(id, func(r rune) bool { return !harmless(r) }) < 0
}

// bytes returns a pipeline that prints the bytes of a row, with placeholder as the file name. ok is false if no file contains
// these bytes as they are, or unpacking may not get that far.
func (r *Row) bytes() (command string, ok bool) {
	stages, ok := r.unpacked()
	if !ok {
		return "", false
	}
	end := "head -c " + decimal(r.Origin.Length)
	if r.TooLong && lines(r.Source.Form) {
		end = "head -n 1"
	}
	return pipeline(append(stages, "tail -c +"+decimal(r.Origin.Offset+1), end)), true
}

// unpacked returns the commands that unpack the source of a row, for the front of a pipeline. ok is as for bytes.
func (r *Row) unpacked() (stages []string, ok bool) {
	tools, table := forms(r.Source.Form)
	if table || r.Quoted || remote(r.Source.Place.Raw()) || r.Source.Damaged && len(tools) > 0 {
		return nil, false
	}
	for _, tool := range tools {
		stages = append(stages, tool+" -dc")
	}
	return stages, true
}

// pipeline joins commands. The first one reads the file.
func pipeline(stages []string) string {
	first, rest, more := strings.Cut(strings.Join(stages, " | "), " | ")
	if !more {
		return first + " < " + placeholder
	}
	return first + " < " + placeholder + " | " + rest
}

// forms returns, from the form of a source, the tools to unpack it, outermost first, and whether it is a table.
func forms(form string) (tools []string, table bool) {
	for word := range strings.SplitSeq(form, ", ") {
		switch word {
		case "gzip", "zstd":
			tools = append([]string{word}, tools...)
		case "CSV", "TSV":
			table = true
		}
	}
	return tools, table
}

// lines reports whether each line of a source in the form is a row.
func lines(form string) bool {
	return form == "" || strings.HasPrefix(form, "JSON lines") || strings.HasPrefix(form, "gzip") || strings.HasPrefix(form, "zstd")
}

// remote reports whether a place is a URL. A path is never taken for one: the command line reads these names as URLs too.
func remote(place string) bool { return strings.HasPrefix(place, "s3://") }

// query returns the command of the program that prints a row.
func (p Program) query(r *Row) string {
	place := r.Source.Place.Raw()
	terms := []string{query.Is("offset", decimal(r.Origin.Offset)).String()}
	var flags []string
	if remote(place) { // it is a prefix, which other objects may have too
		terms = append(terms, query.Is("source", place).String())
		flags = p.Flags
	}
	if quotable(r.RowID) {
		terms = append(terms, query.Is(".p_row_id", r.RowID).String())
	}
	words := []string{simple(p.name()), "query -o jsonl --sort none"}
	for _, f := range flags {
		words = append(words, simple(f))
	}
	return r.named(strings.Join(append(words, quote(strings.Join(terms, " ")), placeholder), " "))
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// SourceSum returns a command that prints the sha256 of the source's file as it lies. ok is false if it is not a file.
func (r *Row) SourceSum() (command string, ok bool) {
	if place := r.Source.Place.Raw(); place == "" || remote(place) {
		return "", false
	}
	return r.named("sha256sum < " + placeholder), true
}

// Seal returns a command that prints what the row's source holds, with its sha256, as a manifest of this program. A URL stands for all
// objects that begin with it.
func (r *Row) Seal(p Program) (string, error) {
	place := r.Source.Place.Raw()
	if place == "" {
		return "", ErrNoPlace
	}
	words := []string{simple(p.name()), "seal"}
	if remote(place) {
		for _, f := range p.Flags {
			words = append(words, simple(f))
		}
	}
	return r.named(strings.Join(append(words, placeholder), " ")), nil
}
