// Package athena reads audit logs that lie in a bucket of S3 by asking Athena: a table with a column of raw lines, partitioned by year,
// month and day.
//
// It sends SELECT and nothing else, and stops a query once nobody waits for it. Athena bills what a query reads, so the package sends none
// without an earliest time, and counts the bytes that were read.
package athena

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"pawprint/loader/engine"
	"pawprint/loader/engine/sql"
	"pawprint/model/amount"
	"pawprint/model/condition"
)

const (
	scheme = "athena://"
	form   = "write athena://DATABASE.TABLE, with ?workgroup=NAME if it is not primary"
	// margin is how far the partition that an event lies in may be from the time of the event.
	margin = time.Hour
	// price is the price of reading a terabyte, in US dollars, in most regions.
	price = 5
)

// Engine is one table. It implements engine.Engine.
type Engine struct {
	run   runner
	name  string // the URL
	place place
	read  atomic.Int64 // bytes, by all queries

	options Options // of Open

	mu    sync.Mutex
	table *table // once it is known
}

// place is what a URL names.
type place struct{ database, table, workgroup string }

var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`) })

// parse parses a URL. Its errors do not quote the URL.
func parse(text string) (p place, err error) {
	u, err := url.Parse(text)
	if err != nil || !strings.HasPrefix(text, scheme) || u.User != nil || u.Port() != "" || strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return p, errors.New("opening athena://: the URL names no table: " + form)
	}
	var dotted bool
	p.database, p.table, dotted = strings.Cut(u.Host, ".")
	if !dotted || !plainName().MatchString(p.database) || !plainName().MatchString(p.table) {
		return p, errors.New("opening athena://: the URL names no table: " + form)
	}
	p.workgroup = "primary"
	for name, values := range u.Query() {
		if name != "workgroup" || len(values) != 1 || !workgroupName().MatchString(values[0]) {
			return p, errors.New("opening athena://: the part after ? cannot be used: " + form)
		}
		p.workgroup = values[0]
	}
	return p, nil
}

var workgroupName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`) })

// New parses a URL and returns its engine, which sends its requests through a. It sends nothing itself.
func newEngine(text string, a api, wait func(context.Context, time.Duration) error) (*Engine, error) {
	p, err := parse(text)
	if err != nil {
		return nil, err
	}
	return &Engine{run: runner{api: a, name: text, place: p, wait: wait}, name: text, place: p}, nil
}

// Close implements engine.Engine.
func (e *Engine) Close() {}

// Margin implements engine.Engine.
func (e *Engine) Margin() time.Duration { return margin }

// Cost says what was read, and what that costs.
func (e *Engine) Cost() string {
	n := e.read.Load()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Athena read %s, which costs %s", amount.Bytes(n), dollars(n))
}

// Bounds implements engine.Engine. It sends no query, which would read everything that the windows then read again. Windows go back from
// the end of the span instead.
func (e *Engine) Bounds(_ context.Context, of engine.Span) (oldest, newest int64, ok bool, err error) {
	if of.From == math.MinInt64 {
		return 0, 0, false, e.unbounded()
	}
	newest = min(of.To, time.Now().Add(margin).UnixNano()) - 1
	return of.From, newest, newest >= of.From, nil
}

func (e *Engine) unbounded() error {
	return &engine.Error{Op: "reading", Name: e.name, What: "without an earliest time the whole bucket would be read", Hint: "name one, such as --since 24h"}
}

// Lines implements engine.Engine.
func (e *Engine) Lines(ctx context.Context, w engine.Window) (io.ReadCloser, error) {
	if w.From == math.MinInt64 {
		return nil, e.unbounded()
	}
	t, err := e.find(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := e.run.start(ctx, t.lines(w), &e.read)
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// Statements returns the statements that would read a window and count the rows for which a condition is true, for a table as pawprint
// athena ddl makes it. It sends nothing.
func (e *Engine) Statements(w engine.Window, core condition.Condition) (lines, count string) {
	t := &table{from: quoted(e.place.database) + "." + quoted(e.place.table), line: quoted("line")}
	for i, name := range partNames {
		t.parts = append(t.parts, part{quoted(name), partDigits[i]})
	}
	t.hour = part{quoted(hourName), 2}
	return t.lines(w), t.count(w.Span, core)
}

// find returns the table, and looks at its columns the first time.
func (e *Engine) find(ctx context.Context) (*table, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.table == nil {
		t, err := e.run.look(ctx)
		if err != nil {
			return nil, err
		}
		e.table = t
	}
	return e.table, nil
}

// table is what rows are selected from.
type table struct {
	from  string // quoted
	line  string // the column of the lines, quoted
	parts []part // year, month and day
	hour  part   // the zero value if the table is not partitioned by it

	location string // where the objects lie, s3://BUCKET/FOLDER; empty if that is not known
}

// part is a column by which the table is partitioned, and how its values are written.
type part struct {
	name   string // quoted
	digits int    // of a text; 0 for a number
}

// hourName is the column by which it may be partitioned further.
const hourName = "hour"

// partNames are the columns by which a table is partitioned, and partDigits the lengths of their values if these are texts.
var (
	partNames  = [...]string{"year", "month", "day"}
	partDigits = [...]int{4, 2, 2}
)

// write writes a value of a part.
func (p part) write(n int) string {
	if p.digits == 0 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("'%0*d'", p.digits, n)
}

// lines asks for the lines of a window, the oldest first if there is a limit.
func (t *table) lines(w engine.Window) string {
	trino, from := t.rows(w)
	if w.Newest <= 0 {
		return "SELECT line FROM " + from
	}
	return fmt.Sprintf("SELECT line FROM (SELECT line, %[1]s AS moment FROM %[2]s ORDER BY moment DESC LIMIT %[3]d) ORDER BY moment", trino.Stamp(), from, w.Newest)
}

// rows writes what the rows of a window are selected from, with its conditions. Paths are also known that the window does not name.
func (t *table) rows(w engine.Window, paths ...[]string) (trino sql.Trino, from string) {
	is := w.Is
	if is == nil {
		is = condition.Const(true)
	}
	switch inside := (condition.Time{From: w.From, To: w.To}); {
	case w.Both:
		is = condition.And(condition.Or(inside, condition.Untimed{}), is)
	case w.Unclear:
		is = condition.And(condition.Untimed{}, condition.Timeless(is))
	default:
		is = condition.And(inside, condition.Within(is, w.From, w.To))
	}
	var parts []string
	for _, p := range t.parts {
		parts = append(parts, p.name)
	}
	if t.hour.name != "" {
		parts = append(parts, t.hour.name)
	}
	trino = sql.Trino{Paths: sql.TrinoPaths(append(pathsOf(is), paths...))}
	return trino, fmt.Sprintf("%s WHERE %s AND %s", trino.From(t.from, t.line, parts...), t.within(w.Span), trino.Where(is))
}

// pathsOf lists the paths that a condition is about.
func pathsOf(c condition.Condition) (paths [][]string) {
	switch c := c.(type) {
	case condition.All:
		for _, p := range c {
			paths = append(paths, pathsOf(p)...)
		}
	case condition.Any:
		for _, p := range c {
			paths = append(paths, pathsOf(p)...)
		}
	case condition.Not:
		return pathsOf(c.Part)
	case condition.In:
		return [][]string{c.Path}
	case condition.Present:
		return [][]string{c.Path}
	case condition.Filled:
		return [][]string{c.Path}
	case condition.Unsettled:
		if len(c.Path) > 0 {
			return [][]string{c.Path}
		}
	}
	return paths
}

// mostDays is up to how many days a condition names each day: for longer spans it names the months.
const mostDays = 62

// within writes which partitions may hold a span. It names the hours of the first and the last day, if the table is partitioned by them.
func (t *table) within(of engine.Span) string {
	from, to := t.ends(of)
	var all []string
	if to.Sub(from) > mostDays*24*time.Hour {
		for m := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC); !m.After(to); m = m.AddDate(0, 1, 0) {
			all = append(all, t.equal(m, 2))
		}
		return "(" + strings.Join(all, " OR ") + ")"
	}
	first, last := from.Truncate(24*time.Hour), to.Truncate(24*time.Hour)
	for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
		day := t.equal(d, 3)
		if d.Equal(first) && t.hour.name != "" {
			day += " AND " + t.hour.name + " >= " + t.hour.write(from.Hour())
		}
		if d.Equal(last) && t.hour.name != "" {
			day += " AND " + t.hour.name + " <= " + t.hour.write(to.Hour())
		}
		all = append(all, day)
	}
	return "(" + strings.Join(all, " OR ") + ")"
}

// ends are the first and the last moment of a span.
func (t *table) ends(of engine.Span) (from, to time.Time) {
	from, to = time.Unix(0, of.From).UTC(), time.Now().Add(2*margin).UTC()
	if of.To != math.MaxInt64 {
		to = time.Unix(0, of.To-1).UTC()
	}
	if to.Before(from) {
		to = from
	}
	return from, to
}

// equal names the parts of a day, from the largest.
func (t *table) equal(day time.Time, named int) string {
	var all []string
	for i, n := range []int{day.Year(), int(day.Month()), day.Day()}[:named] {
		all = append(all, t.parts[i].name+" = "+t.parts[i].write(n))
	}
	return strings.Join(all, " AND ")
}
