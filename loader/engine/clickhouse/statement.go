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
	hourly   bool   // the clock tells the hour, so that the order within one is that of the lines' own times
	list     string // the names of the objects as a table, if they tell the clock
}

// rows selects line, and moment: the time by which windows are cut. They are those of a span, or without a time in the column.
func (t *table) rows(of part) string {
	if t.clock == "" {
		return fmt.Sprintf("SELECT line, %s AS moment FROM (SELECT %s AS line FROM %s)", stamp, t.line, t.from)
	}
	where := "" // on the column itself, so that an index can be used, and objects need not be opened
	bounds := between(t.clock, of.span, func(nanos int64) string { return fmt.Sprintf("fromUnixTimestamp64Nano(%d, 'UTC')", nanos) })
	switch {
	case of.unclear && of.timed && bounds != "" && t.nullable:
		where = " WHERE " + t.clock + " IS NULL OR " + bounds
	case of.unclear && !of.timed && t.nullable:
		where = " WHERE " + t.clock + " IS NULL"
	case of.timed && bounds != "":
		where = " WHERE " + bounds
	}
	return fmt.Sprintf("SELECT %s AS line, toUnixTimestamp64Nano(toDateTime64(%s, 9, 'UTC')) AS moment FROM %s%s", t.line, t.clock, t.from, where)
}

// part is a part of the rows: those of a span, those without a clear time, or both.
type part struct {
	span           engine.Span
	timed, unclear bool
}

// bounds asks for the first and the last time in a span.
func (t *table) bounds(of engine.Span) string {
	return fmt.Sprintf("SELECT min(moment), max(moment), count() FROM (%s) WHERE %s", t.rows(part{span: of, timed: true}), inside(of))
}

// lines asks for the lines of a window, the oldest first if there is a limit.
func (t *table) lines(w engine.Window) string {
	where, of := inside(w.Span), part{span: w.Span, timed: true}
	switch {
	case w.Both:
		where, of = t.asked(w.Span), part{w.Span, true, true}
	case w.Unclear:
		where, of = "moment IS NULL", part{unclear: true}
	}
	columns, newest, oldest := "line, moment", "moment DESC", "moment"
	if t.hourly && w.Newest > 0 {
		columns, newest, oldest = "line, moment, "+stamp+" AS exact", "moment DESC, exact DESC", "moment, exact"
	}
	rows := fmt.Sprintf("SELECT %s FROM (%s) WHERE %s", columns, t.rows(of), where)
	if w.Is != nil {
		rows += " AND (" + t.write(w.Is) + ")"
	}
	if w.Newest <= 0 { // the server need not hold all of them to sort them
		return fmt.Sprintf("SELECT line FROM (%s)", rows)
	}
	return fmt.Sprintf("SELECT line FROM (%s ORDER BY %s LIMIT %d) ORDER BY %s", rows, newest, w.Newest, oldest)
}

// count counts the rows of which a condition is true.
func (t *table) count(of engine.Span, is condition.Condition) string {
	return fmt.Sprintf("SELECT count() FROM (%s) WHERE %s AND (%s)", t.rows(part{of, true, true}), t.asked(of), t.write(is))
}

// values lists the distinct texts at a path.
func (t *table) values(of engine.Span, path []string, most int) string {
	return fmt.Sprintf("SELECT DISTINCT JSONExtractString(%s) FROM (%s) WHERE %s AND %s = 'String' LIMIT %d", at(path), t.rows(part{of, true, true}), t.asked(of), kindOf(path), most)
}

// asked is the condition that a row is of a span, or has no clear time.
func (t *table) asked(of engine.Span) string {
	if of == engine.Always {
		return "1"
	}
	return "(moment IS NULL OR " + inside(of) + ")"
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
