// Package sql writes conditions as SQL: in Trino's dialect, which Athena speaks, over raw lines, and in Snowflake's, over the columns of
// Panther's data lake. It is pure: it sends nothing.
//
// It writes expressions that may be NULL, which stands for false. No byte of a value or a name can end a literal: there is
// one quoting function for each dialect, and names that are not plain words are never written.
package sql

import (
	"strings"
	"time"

	"pawprint/model/condition"
)

// dialect writes the conditions that no other conditions are part of. What it writes stands in parentheses or binds more than AND.
type dialect interface {
	time(from, to int64) string
	untimed() string
	holds(text string) string
	in(path, values []string) string
	present(path []string) string
	filled(path []string) string
	unsettled(c condition.Unsettled) string
}

const (
	yes = "TRUE"
	no  = "FALSE"
)

// write writes a condition.
func write(d dialect, c condition.Condition) string {
	switch c := c.(type) {
	case condition.Const:
		if c {
			return yes
		}
		return no
	case condition.All:
		return joined(d, c, " AND ")
	case condition.Any:
		return joined(d, c, " OR ")
	case condition.Not:
		return not(write(d, c.Part))
	case condition.Time:
		return d.time(c.From, c.To)
	case condition.Untimed:
		return d.untimed()
	case condition.Holds:
		return d.holds(c.Text)
	case condition.In:
		return d.in(c.Path, c.Values)
	case condition.Present:
		return d.present(c.Path)
	case condition.Filled:
		return d.filled(c.Path)
	case condition.Unsettled:
		return d.unsettled(c)
	}
	panic("sql: a condition of another type: " + c.String())
}

func joined(d dialect, parts []condition.Condition, word string) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = write(d, p)
	}
	return enclosed(texts, word)
}

func enclosed(texts []string, word string) string { return "(" + strings.Join(texts, word) + ")" }

func or(texts ...string) string { return enclosed(texts, " OR ") }

func and(texts ...string) string { return enclosed(texts, " AND ") }

// not takes NULL for false.
func not(text string) string { return "(NOT coalesce(" + text + ", FALSE))" }

// stampForm is the form in which times are compared as texts, and in which they are written in statements.
const stampForm = "2006-01-02T15:04:05.000000000"

func stamp(nanos int64) string { return time.Unix(0, nanos).UTC().Format(stampForm) }
