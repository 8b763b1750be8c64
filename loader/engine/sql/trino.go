package sql

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"pawprint/model/condition"
)

// Trino writes conditions about raw lines in Trino's SQL, as Athena speaks it. They are about the columns that From gives to the lines,
// so that each value is written once.
type Trino struct {
	// Paths are the paths that conditions may be about, those of their objects included; see TrinoPaths. Of other paths, and of those
	// with a key that is not a plain word, nothing is asked: what stands there is unsettled.
	Paths [][]string
}

// TrinoPaths adds the paths of the objects that others stand in, and of the time.
func TrinoPaths(paths [][]string) (all [][]string) {
	for _, p := range append(slices.Clone(paths), timestamp, []string{enrichment}) {
		for n := 1; n <= len(p); n++ {
			if at := p[:n]; !slices.ContainsFunc(all, func(q []string) bool { return slices.Equal(q, at) }) {
				all = append(all, at)
			}
		}
	}
	return all
}

var timestamp = []string{"timestamp"}

// enrichment is what the data lake adds, which has the keys of the event again.
const enrichment = "p_enrichment"

// From writes what the lines are selected from: the given columns of a table, and those that conditions are about. The line is an
// expression of type VARCHAR; it is called line. The other names must not begin with x_.
func (t Trino) From(table, line string, others ...string) string {
	inner := []string{line + " AS line", "lower(" + line + ") AS x_low"}
	outer := append([]string{"line", "x_low", t.sound() + " AS x_sound", t.clock() + " AS x_time"}, others...)
	for _, p := range t.Paths {
		if !t.knows(p) {
			continue
		}
		at := "'$." + strings.Join(p, ".") + "'"
		inner = append(inner,
			"json_extract_scalar("+line+", "+at+") AS "+name("x_text", p),
			"json_format(json_extract("+line+", "+at+")) AS "+name("x_json", p))
		outer = append(outer, name("x_text", p), name("x_json", p), t.twice(p)+" AS "+name("x_twice", p))
	}
	return fmt.Sprintf("(SELECT %s FROM (SELECT %s FROM %s))", strings.Join(outer, ", "), strings.Join(append(inner, others...), ", "), table)
}

// name is the column of a path.
func name(prefix string, path []string) string { return prefix + "_" + strings.Join(path, "_") }

// Where writes a condition about the columns of From.
func (t Trino) Where(c condition.Condition) string { return write(t, c) }

// Text writes the string at a path, for dictionaries. It is NULL if there is none, and another text where the path is Unsettled.
func (t Trino) Text(path []string) string {
	if t.knows(path) {
		return name("x_text", path)
	}
	return "CAST(NULL AS VARCHAR)"
}

// Stamp writes the time of a line as a text that sorts by time, in the form 2026-11-02T10:00:00.000000000. It is NULL for a line that
// is Untimed.
func (Trino) Stamp() string { return "x_time" }

// Quote writes a text as an expression; ok is false if it is not UTF-8.
func (Trino) Quote(text string) (out string, ok bool) { return quoteTrino(text) }

// knows reports whether From has a path.
func (t Trino) knows(path []string) bool {
	return slices.ContainsFunc(t.Paths, func(p []string) bool {
		return slices.Equal(p, path) && !slices.ContainsFunc(p, func(key string) bool { return !word(key) })
	})
}

// sound is true of the lines that are a single object of JSON, without what databases read in different ways. Bytes that are not UTF-8
// arrive as U+FFFD.
func (t Trino) sound() string {
	return "coalesce(" + and(`strpos(x_low, '\u') = 0`, "strpos(line, '\ufffd') = 0", "substr(ltrim(line), 1, 1) = '{'",
		or("length(line) <= 1000", "length(line) - length(replace(replace(line, '{', ''), '[', '')) <= 1000"), "try(json_parse(line)) IS NOT NULL") + ", FALSE)"
}

// clock reads the time as a text that sorts by time: what the database reads as a time is brought to UTC, and the fraction stays a text.
func (t Trino) clock() string {
	const (
		text    = "x_text_timestamp"
		pattern = `'^(19[7-9][0-9]|2[01][0-9][0-9])-[0-9][0-9]-[0-9][0-9][T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?$'`
		read    = "try_cast(substr(" + text + ", 1, 10) || ' ' || substr(" + text + ", 12, 8) AS TIMESTAMP)"
		ahead   = "try_cast(substr(" + text + ", length(" + text + ") - 4, 2) AS INTEGER) * 60 + try_cast(substr(" + text + ", length(" + text + ") - 1, 2) AS INTEGER)"
		minutes = "CASE substr(" + text + ", length(" + text + ") - 5, 1) WHEN '+' THEN -(" + ahead + ") WHEN '-' THEN " + ahead + " ELSE 0 END"
		second  = "replace(substr(CAST(date_add('minute', " + minutes + ", " + read + ") AS VARCHAR), 1, 19), ' ', 'T')"
		nanos   = "rpad(coalesce(regexp_extract(" + text + `, '\.([0-9]+)', 1), ''), 9, '0')`
	)
	return "CASE WHEN " + and("regexp_like("+text+", "+pattern+")", read+" IS NOT NULL", "substr(x_json_timestamp, 1, 1) = '\"'",
		t.sound(), "NOT "+t.twice(timestamp)) + " THEN " + second + " || '.' || " + nanos + " END"
}

// twice is true of the lines where the last key of a path stands more than once in the text of its object, at whatever depth, but not
// counting the enrichment.
func (t Trino) twice(path []string) string {
	key := path[len(path)-1]
	if len(path) > 1 {
		return "coalesce(" + times(name("x_json", path[:len(path)-1]), key) + " > 1, FALSE)"
	}
	added := "CASE WHEN " + times("line", enrichment) + " = 1 THEN coalesce(" + times(name("x_json", []string{enrichment}), key) + ", 0) ELSE 0 END"
	return "(" + times("line", key) + " - " + added + " > 1)"
}

// times counts the places in a text where a key stands, or a value like it.
func times(text, key string) string {
	quoted := `"` + key + `"`
	return fmt.Sprintf("(length(%[1]s) - length(replace(%[1]s, '%s', ''))) / %d", text, quoted, len(quoted))
}

func (t Trino) untimed() string { return "(x_time IS NULL)" }

// time compares the texts of times, which sort as the times do. The time is written once, as a database may work it out each time.
func (t Trino) time(from, to int64) string {
	switch {
	case from == math.MinInt64 && to == math.MaxInt64:
		return "(x_time IS NOT NULL)"
	case from == math.MinInt64:
		return "(x_time < '" + stamp(to) + "')"
	case to == math.MaxInt64:
		return "(x_time >= '" + stamp(from) + "')"
	case from >= to:
		return no
	}
	return "(x_time BETWEEN '" + stamp(from) + "' AND '" + stamp(to-1) + "')"
}

// holds searches ASCII letters in any case. The database's lower case of other letters is not that of ASCII, so they are searched as
// they are.
func (t Trino) holds(text string) string {
	searched := "line"
	if strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		searched, text = "x_low", strings.ToLower(text)
	}
	if literal, ok := quoteTrino(text); ok {
		return "(strpos(" + searched + ", " + literal + ") > 0)"
	}
	return yes
}

func (t Trino) in(path, values []string) string {
	texts := list(values, quoteTrino)
	if !t.knows(path) || texts == "" {
		return no
	}
	return "(" + name("x_text", path) + " IN " + texts + ")"
}

func (t Trino) present(path []string) string {
	if t.knows(path) {
		return "(" + name("x_json", path) + " <> 'null')"
	}
	return no
}

func (t Trino) filled(path []string) string {
	if t.knows(path) {
		return "(" + name("x_json", path) + " NOT IN ('null', '[]'))"
	}
	return no
}

func (t Trino) unsettled(c condition.Unsettled) string {
	parts := []string{"NOT x_sound"}
	for i := range c.Path {
		at := c.Path[:i+1]
		if !t.knows(at) {
			return yes
		}
		parts = append(parts, name("x_twice", at))
		if c.Text {
			want := "{"
			if i == len(c.Path)-1 {
				want = `"`
			}
			parts = append(parts, "substr("+name("x_json", at)+", 1, 1) NOT IN ('"+want+"', 'n')")
		}
	}
	return or(parts...)
}
