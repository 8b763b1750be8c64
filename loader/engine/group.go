package engine

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"pawprint/model/condition"
)

// Grouping says how rows are counted: by the strings at paths, and by time if there are edges.
type Grouping struct {
	Paths  [][]string
	Edges  []int64             // the first nanosecond of each bucket, in order; a row belongs to the last one that is not after it
	Marked condition.Condition // of the rows that are also counted by themselves
	Most   int                 // groups
}

// Group is the rows with equal values.
type Group struct {
	Edge        int64
	Values      []Value // of the paths
	Rows        int64
	Marked      int64
	First, Last int64 // times in Unix nanoseconds
}

// Value is the string at a path, or says that there is none.
type Value struct {
	Text   string
	Absent bool
}

// momentForm is the form of times as texts. An engine may write fewer digits, and T for the blank.
const momentForm = "2006-01-02 15:04:05.999999999"

// moments are how many characters of a time tell its day, hour, minute, second, and nanosecond.
var moments = []struct {
	length time.Duration
	chars  int
}{{24 * time.Hour, 10}, {time.Hour, 13}, {time.Minute, 16}, {time.Second, 19}, {1, 29}}

// Moment returns how many characters of the time of a row, as a text in UTC, are needed to know its bucket; 0 without buckets.
func (b Grouping) Moment() int {
	if len(b.Edges) == 0 {
		return 0
	}
	for _, m := range moments {
		whole := true
		for _, at := range b.Edges {
			whole = whole && at%int64(m.length) == 0
		}
		if whole {
			return m.chars
		}
	}
	return len(momentForm)
}

// Groups reads rows of texts: the beginning of the time, for each path 1 and the string, or 0, then the numbers of rows and of marked
// ones, and the first and last time. Rows of one bucket are added up. ok is false if they cannot be read.
func (b Grouping) Groups(rows [][]string) (groups []Group, ok bool) {
	index := map[string]int{}
	for _, row := range rows {
		g, ok := b.group(row)
		if !ok {
			return nil, false
		}
		key := strconv.FormatInt(g.Edge, 10) + "\x00" + strings.Join(row[1:1+2*len(b.Paths)], "\x00")
		k, seen := index[key]
		if !seen {
			index[key] = len(groups)
			groups = append(groups, g)
			continue
		}
		to := &groups[k]
		to.Rows, to.Marked = to.Rows+g.Rows, to.Marked+g.Marked
		to.First, to.Last = min(to.First, g.First), max(to.Last, g.Last)
	}
	return groups, true
}

// group reads a row of Groups.
func (b Grouping) group(row []string) (g Group, ok bool) {
	if len(row) != 1+2*len(b.Paths)+4 {
		return g, false
	}
	for i := range b.Paths {
		g.Values = append(g.Values, Value{Text: row[2+2*i], Absent: row[1+2*i] != "1"})
	}
	tail := row[1+2*len(b.Paths):]
	var errs [4]error
	g.Rows, errs[0] = strconv.ParseInt(tail[0], 10, 64)
	g.Marked, errs[1] = strconv.ParseInt(tail[1], 10, 64)
	g.First, errs[2] = momentOf(tail[2])
	g.Last, errs[3] = momentOf(tail[3])
	if len(b.Edges) > 0 { // all rows of a group are in the bucket of its first one
		k := sort.Search(len(b.Edges), func(i int) bool { return b.Edges[i] > g.First })
		if k == 0 {
			return g, false
		}
		g.Edge = b.Edges[k-1]
	}
	return g, errs == [4]error{}
}

// momentOf reads a time as a text in UTC.
func momentOf(text string) (int64, error) {
	t, err := time.Parse(momentForm, strings.Replace(text, "T", " ", 1))
	return t.UnixNano(), err
}
