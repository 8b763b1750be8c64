package sql

import (
	"fmt"
	"strings"

	"pawprint/model/condition"
)

// Grouping says how rows are counted: by the strings at paths, and by the beginning of their time.
type Grouping struct {
	Paths  [][]string
	Moment int                 // so many characters of a time in the form 2026-11-02T10:00:00 are counted by; 0 means none
	Marked condition.Condition // of the rows that are also counted by themselves
	Most   int                 // groups
}

// grouped is what a dialect needs to count rows.
type grouped interface {
	dialect
	Text(path []string) string
	moment() string // the time of a row as a text, which sorts by time
}

// Groups writes what is selected from rows, which are all settled and timed, to count them; from is the rows with their conditions.
func (t Trino) Groups(from string, by Grouping) string { return groups(t, from, by) }

// Groups writes what is selected from rows, which are all settled and timed, to count them; from is the rows with their conditions.
func (s Snowflake) Groups(from string, by Grouping) string { return groups(s, from, by) }

// groups selects the beginning of the time, then for each path 1 and the string, or 0, and then the numbers of all rows and of the marked
// ones, and the first and the last time. At most one group more than asked for is given, which tells that there are too many.
func groups(d grouped, from string, by Grouping) string {
	columns := []string{"''"}
	if by.Moment > 0 {
		columns[0] = fmt.Sprintf("substr(%s, 1, %d)", d.moment(), by.Moment)
	}
	for _, path := range by.Paths {
		text := d.Text(path)
		columns = append(columns, "CASE WHEN "+text+" IS NULL THEN 0 ELSE 1 END", "coalesce("+text+", '')")
	}
	keys := make([]string, len(columns))
	for i := range columns {
		keys[i] = fmt.Sprint(i + 1)
	}
	columns = append(columns, "count(*)", "sum(CASE WHEN "+write(d, by.Marked)+" THEN 1 ELSE 0 END)", "min("+d.moment()+")", "max("+d.moment()+")")
	return fmt.Sprintf("SELECT %s FROM %s GROUP BY %s LIMIT %d", Named(columns...), from, strings.Join(keys, ", "), by.Most+1)
}

// Named writes expressions that are selected, called c0, c1 and so on.
func Named(columns ...string) string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = fmt.Sprintf(`%s AS "c%d"`, c, i)
	}
	return strings.Join(all, ", ")
}

func (t Trino) moment() string { return t.Stamp() }

// moment writes the time as the API does, in milliseconds.
func (s Snowflake) moment() string {
	if name, ok := s.clock(); ok {
		return "TO_CHAR(" + name + ", 'YYYY-MM-DD HH24:MI:SS.FF3')"
	}
	return "CAST(NULL AS VARCHAR)"
}
