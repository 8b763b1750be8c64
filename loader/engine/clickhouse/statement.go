package clickhouse

import (
	"fmt"
	"math"
	"strings"

	"pawprint/loader/engine"
	"pawprint/model/condition"
)

// clearTime matches the times that the server and pawprint read alike. The server takes a month and
// a day of 00, a year of 0000 as this one, and has no others than these.
const clearTime = `^(19[0-9]{2}|2[01][0-9]{2}|22[0-5][0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?$`

// stamp is the time of a line in nanoseconds, or NULL where the server could read another one than pawprint: it is not in the usual form,
// or there are several. A key can be written with escapes, so it is counted exactly where its text is not there once.
const stamp = `if(match(JSONExtractString(line, 'timestamp') AS text, '` + clearTime + `') AND ` +
	`(countSubstrings(line, '"timestamp"') = 1 AND position(line, '\\u') = 0 OR countEqual(JSONExtractKeys(line), 'timestamp') = 1), ` +
	`toUnixTimestamp64Nano(parseDateTime64BestEffortOrNull(text, 9, 'UTC')), NULL)`

// table is what rows are selected from.
type table struct {
	from     string // a table or a table function
	line     string // the column of the lines, as an expression of text
	clock    string // the column of the time, or empty
	nullable bool   // there may be rows without a time in that column
}

// rows selects line, and moment: the time by which windows are cut.
func (t *table) rows(of engine.Span) string {
	if t.clock == "" {
		return fmt.Sprintf("SELECT line, %s AS moment FROM (SELECT %s AS line FROM %s)", stamp, t.line, t.from)
	}
	where := "" // on the column itself, so that an index can be used
	if bounds := between(t.clock, of, func(nanos int64) string { return fmt.Sprintf("fromUnixTimestamp64Nano(%d, 'UTC')", nanos) }); bounds != "" {
		where = " WHERE " + bounds
	}
	return fmt.Sprintf("SELECT %s AS line, toUnixTimestamp64Nano(toDateTime64(%s, 9, 'UTC')) AS moment FROM %s%s", t.line, t.clock, t.from, where)
}

// bounds asks for the first and the last time in a span.
func (t *table) bounds(of engine.Span) string {
	return fmt.Sprintf("SELECT min(moment), max(moment), count() FROM (%s) WHERE %s", t.rows(of), inside(of))
}

// lines asks for the lines of a window, the oldest first if there is a limit.
func (t *table) lines(w engine.Window) string {
	where, of := inside(w.Span), w.Span
	switch {
	case w.Both:
		where, of = t.asked(w.Span), t.wide(w.Span)
	case w.Unclear:
		where, of = "moment IS NULL", engine.Always
	}
	rows := fmt.Sprintf("SELECT line, moment FROM (%s) WHERE %s", t.rows(of), where)
	if w.Is != nil {
		rows += " AND (" + t.write(w.Is) + ")"
	}
	if w.Newest <= 0 { // the server need not hold all of them to sort them
		return fmt.Sprintf("SELECT line FROM (%s)", rows)
	}
	return fmt.Sprintf("SELECT line FROM (%s ORDER BY moment DESC LIMIT %d) ORDER BY moment", rows, w.Newest)
}

// count counts the rows of which a condition is true.
func (t *table) count(of engine.Span, is condition.Condition) string {
	return fmt.Sprintf("SELECT count() FROM (%s) WHERE %s AND (%s)", t.rows(t.wide(of)), t.asked(of), t.write(is))
}

// values lists the distinct texts at a path.
func (t *table) values(of engine.Span, path []string, most int) string {
	return fmt.Sprintf("SELECT DISTINCT JSONExtractString(%s) FROM (%s) WHERE %s AND %s = 'String' LIMIT %d", at(path), t.rows(t.wide(of)), t.asked(of), kindOf(path), most)
}

// asked is the condition that a row is of a span, or has no clear time.
func (t *table) asked(of engine.Span) string {
	if of == engine.Always {
		return "1"
	}
	return "(moment IS NULL OR " + inside(of) + ")"
}

// wide is the span that rows are selected by before those without a clear time are told from the others: all of it, as they have no
// time in a column either.
func (t *table) wide(of engine.Span) engine.Span {
	if t.nullable {
		return engine.Always
	}
	return of
}

// inside is the condition that the moment is in a span.
func inside(of engine.Span) string {
	if bounds := between("moment", of, decimal); bounds != "" {
		return "moment IS NOT NULL AND " + bounds
	}
	return "moment IS NOT NULL"
}

// between writes a span as a condition on an expression; empty if it has no ends.
func between(what string, of engine.Span, write func(int64) string) string {
	var parts []string
	if of.From != math.MinInt64 {
		parts = append(parts, what+" >= "+write(of.From))
	}
	if of.To != math.MaxInt64 {
		parts = append(parts, what+" < "+write(of.To))
	}
	return strings.Join(parts, " AND ")
}

func decimal(n int64) string { return fmt.Sprint(n) }
