package sql

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"pawprint/model/condition"
)

// Snowflake writes conditions about the rows of a table of Panther's data lake in Snowflake's SQL. The line of a row is the JSON object
// that the API gives for it: its columns by their names. Only values of other types can be read in two ways there.
type Snowflake struct {
	Columns []Column // of the table, all that the API gives
}

// Column is a column of a table.
type Column struct {
	Name string
	Kind Kind
}

// Kind is the type of a column.
type Kind uint8

// The kinds of columns.
const (
	Text    Kind = iota // STRING
	Variant             // VARIANT, OBJECT or ARRAY
	Time                // TIMESTAMP_NTZ, in UTC
	Other               // numbers, BOOLEAN and what else there is
)

// From writes what the rows are selected from: the columns of a table, and x_all and x_low, which hold all texts of a row as they are and
// in lower case. There are quotes between the texts, which a text that is searched for can hold only at its end.
func (s Snowflake) From(table string) string {
	all := []string{"''"}
	for _, c := range s.Columns {
		switch {
		case !word(c.Name):
		case c.Kind == Text:
			all = append(all, "coalesce("+c.Name+", '')")
		case c.Kind == Variant:
			all = append(all, "coalesce(CAST(TO_JSON(TO_VARIANT("+c.Name+")) AS VARCHAR), '')")
		}
	}
	return fmt.Sprintf("(SELECT *, LOWER(x_all) AS x_low FROM (SELECT *, %s AS x_all FROM %s))", strings.Join(all, ` || '"' || `), table)
}

// Where writes a condition about the columns of From.
func (s Snowflake) Where(c condition.Condition) string { return write(s, c) }

// Text writes the string at a path, for dictionaries. It is NULL if there is none.
func (s Snowflake) Text(path []string) string {
	c, ok := s.column(path)
	switch {
	case ok && c.Kind == Text && len(path) == 1:
		return c.Name
	case ok && c.Kind == Variant:
		return "AS_VARCHAR(" + value(path) + ")"
	}
	return "CAST(NULL AS VARCHAR)"
}

// Quote writes a text as an expression; ok is false if it is not UTF-8.
func (Snowflake) Quote(text string) (out string, ok bool) { return quoteSnowflake(text) }

// column returns the column that a path begins with; ok is false if there is none, or if the path cannot be written.
func (s Snowflake) column(path []string) (c Column, ok bool) {
	if len(path) == 0 || slices.ContainsFunc(path, func(key string) bool { return !word(key) }) {
		return c, false
	}
	i := slices.IndexFunc(s.Columns, func(c Column) bool { return c.Name == path[0] })
	if i < 0 || len(path) > 1 && s.Columns[i].Kind != Variant {
		return c, false
	}
	return s.Columns[i], true
}

// value writes the value at a path of a column of the kind Variant.
func value(path []string) string {
	column := "TO_VARIANT(" + path[0] + ")"
	if len(path) == 1 {
		return column
	}
	return "GET_PATH(" + column + ", '" + strings.Join(path[1:], ".") + "')"
}

// clock is the column of the time.
func (s Snowflake) clock() (name string, ok bool) {
	c, ok := s.column(timestamp)
	return c.Name, ok && c.Kind == Time
}

func (s Snowflake) untimed() string {
	if name, ok := s.clock(); ok {
		return "(" + name + " IS NULL)"
	}
	return yes
}

// time compares the column. The line has the time in milliseconds, cut, so that a time within a millisecond is that of the next one.
func (s Snowflake) time(from, to int64) string {
	name, ok := s.clock()
	if !ok {
		return no
	}
	parts := []string{name + " IS NOT NULL"}
	if from != math.MinInt64 {
		parts = append(parts, name+" >= "+moment(from))
	}
	if to != math.MaxInt64 {
		parts = append(parts, name+" < "+moment(to))
	}
	return and(parts...)
}

func moment(nanos int64) string {
	at := time.Unix(0, nanos).UTC()
	if cut := at.Truncate(time.Millisecond); !cut.Equal(at) {
		at = cut.Add(time.Millisecond)
	}
	return "TO_TIMESTAMP_NTZ('" + at.Format("2006-01-02 15:04:05.000") + "')"
}

// holds searches the values of the row and the names in it. A text that ends with a quote is the end of a key, one that begins with a
// backslash is an escape. What may be a part of a number or of a time is not searched for, as the API may write it in another way.
func (s Snowflake) holds(text string) string {
	if escape, is := strings.CutPrefix(text, `\`); is {
		return s.escaped(escape)
	}
	searched := "x_all"
	if strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		searched, text = "x_low", strings.ToLower(text)
	}
	literal, ok := quoteSnowflake(text)
	if numeric(text) || !ok {
		return yes
	}
	parts := []string{contains(searched, literal)}
	key, isKey := strings.CutSuffix(text, `"`)
	for _, c := range s.Columns {
		name := strings.ToLower(c.Name)
		switch {
		case !word(c.Name), !isKey && strings.Contains(name, text), c.Kind == Other && isWord(text):
			return yes
		case isKey && strings.HasSuffix(name, key):
			parts = append(parts, "("+c.Name+" IS NOT NULL)")
		}
	}
	return or(parts...)
}

func contains(column, literal string) string { return "CONTAINS(" + column + ", " + literal + ")" }

// isWord reports whether a text may be a part of a word that stands for a value.
func isWord(text string) bool {
	return strings.Contains("true", text) || strings.Contains("false", text) || strings.Contains("null", text)
}

// escaped searches for what an escape stands for, and for the escape itself: in the JSON of values, and in JSON within a text. Nothing else
// is hidden by \u, as columns hold texts decoded.
func (s Snowflake) escaped(escape string) string {
	literal, ok := quoteSnowflake(`\` + strings.ToLower(escape))
	if !ok || slices.ContainsFunc(s.Columns, func(c Column) bool { return !word(c.Name) }) {
		return yes
	}
	parts := []string{contains("x_low", literal)}
	if i := strings.Index("bfnrt", escape); i >= 0 && len(escape) == 1 {
		parts = append(parts, contains("x_all", fmt.Sprintf("CHR(%d)", "\b\f\n\r\t"[i])))
	}
	if n, err := strconv.ParseUint(strings.TrimPrefix(escape, "u"), 16, 7); err == nil && n > 0 && len(escape) == len("u0000") {
		parts = append(parts, contains("x_all", fmt.Sprintf("CHR(%d)", n)))
	}
	return or(parts...)
}

// numeric reports whether a text may be a part of a number or of a time, which have one point at most.
func numeric(text string) bool {
	return strings.Trim(strings.ToLower(text), "0123456789-+:. tze") == "" && strings.Count(text, ".") < 2
}

func (s Snowflake) in(path, values []string) string {
	texts := list(values, quoteSnowflake)
	if _, ok := s.column(path); !ok || texts == "" {
		return no
	}
	return "(" + s.Text(path) + " IN " + texts + ")"
}

func (s Snowflake) present(path []string) string {
	c, ok := s.column(path)
	switch {
	case !ok:
		return no
	case c.Kind == Variant:
		return and(value(path)+" IS NOT NULL", "NOT IS_NULL_VALUE("+value(path)+")")
	}
	return "(" + c.Name + " IS NOT NULL)"
}

func (s Snowflake) filled(path []string) string {
	if c, ok := s.column(path); ok && c.Kind == Variant {
		return and(s.present(path), "coalesce(ARRAY_SIZE("+value(path)+"), 1) > 0")
	}
	return s.present(path)
}

// unsettled is true of the rows with a value of another type where a text is expected.
func (s Snowflake) unsettled(u condition.Unsettled) string {
	if len(u.Path) == 0 || !u.Text {
		return no
	}
	c, ok := s.column(u.Path[:1])
	switch {
	case !ok && !slices.ContainsFunc(s.Columns, func(c Column) bool { return c.Name == u.Path[0] }):
		return no // no such column, so no such value
	case !ok, slices.ContainsFunc(u.Path, func(key string) bool { return !word(key) }):
		return yes
	case c.Kind == Text && len(u.Path) == 1:
		return no
	case c.Kind != Variant:
		return "(" + c.Name + " IS NOT NULL)"
	}
	var parts []string
	for i := 1; i <= len(u.Path); i++ {
		is := "IS_OBJECT("
		if i == len(u.Path) {
			is = "IS_VARCHAR("
		}
		v := value(u.Path[:i])
		parts = append(parts, and(v+" IS NOT NULL", "NOT IS_NULL_VALUE("+v+")", "NOT "+is+v+")"))
	}
	return or(parts...)
}
