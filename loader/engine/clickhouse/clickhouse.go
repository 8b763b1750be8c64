// Package clickhouse reads audit logs that lie in ClickHouse: a table with a column of raw lines, or objects of a bucket that the server
// reads.
//
// It sends SELECT and DESCRIBE, each with settings that let the server read only, and nothing else. It opens no connection before it
// is asked, follows no redirect, and shows neither credentials nor what the server says, which may quote them.
package clickhouse

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"pawprint/loader/engine"
	"pawprint/model/condition"
)

// Options says how to ask. The zero value asks as the server's default user.
type Options struct {
	User, Password string
	Limits         Limits
}

// Limits bounds what one statement may cost at the server, which ends the statement with an error beyond that.
type Limits struct {
	Bytes int64         // read by the statement; 0 means 1 TiB
	Time  time.Duration // 0 means 10 minutes
}

func (l Limits) bytes() int64 {
	if l.Bytes > 0 {
		return l.Bytes
	}
	return 1 << 40
}

func (l Limits) seconds() time.Duration {
	if l.Time >= time.Second {
		return l.Time
	}
	return 10 * time.Minute
}

// Engine is a table, or the objects of a bucket. It implements engine.Engine.
type Engine struct {
	client *client

	mu    sync.Mutex
	table *table // once it is known
}

// New parses a URL and returns its engine. It sends nothing. Its errors do not quote the URL.
func New(url string, o Options) (*Engine, error) {
	p, err := parse(url)
	if err != nil {
		return nil, err
	}
	return &Engine{client: &client{place: p, user: o.User, password: o.Password, limits: o.Limits, silence: time.Minute}}, nil
}

// Close implements engine.Engine.
func (e *Engine) Close() { e.client.close() }

// Margin implements engine.Engine. The time column may hold when the event arrived, and the time of a folder is the start of its hour.
func (e *Engine) Margin() time.Duration {
	if p := e.client.place; p.time != "" || p.objects.hourly() {
		return time.Hour
	}
	return 0
}

// Bounds implements engine.Engine.
func (e *Engine) Bounds(ctx context.Context, of engine.Span) (oldest, newest int64, ok bool, err error) {
	const op = "looking for the newest rows of"
	t, err := e.find(ctx)
	if err != nil {
		return 0, 0, false, err
	}
	statement := t.bounds(of)
	if t.list != "" {
		statement = t.boundsOfObjects(of)
	}
	row, err := e.client.one(ctx, op, statement)
	if err != nil {
		return 0, 0, false, err
	}
	if len(row) == 3 && row[2] == "0" {
		return 0, 0, false, nil
	}
	if n, ok := numbers(row); ok && len(n) == 3 {
		return n[0], n[1], true, nil
	}
	return 0, 0, false, e.unclear(op)
}

// numbers reads the columns of a row.
func numbers(row []string) (all []int64, ok bool) {
	for _, column := range row {
		n, err := strconv.ParseInt(column, 10, 64)
		if err != nil {
			return nil, false
		}
		all = append(all, n)
	}
	return all, true
}

// unclear is the error for an answer that is whole but has an unexpected form.
func (e *Engine) unclear(op string) error {
	return engine.Unclear(op, e.client.place.name)
}

// Count counts the rows of a span, and those without a clear time, for which a condition is true.
func (e *Engine) Count(ctx context.Context, of engine.Span, is condition.Condition) (int64, error) {
	const op = "counting rows of"
	t, err := e.find(ctx)
	if err != nil {
		return 0, err
	}
	row, err := e.client.one(ctx, op, t.count(of, is))
	if err != nil {
		return 0, err
	}
	if n, ok := numbers(row); ok && len(n) == 1 {
		return n[0], nil
	}
	return 0, e.unclear(op)
}

// Values implements engine.Knowing.
func (e *Engine) Values(ctx context.Context, of engine.Span, path []string, most, mostBytes int) (values []string, ok bool, err error) {
	t, err := e.find(ctx)
	if err != nil {
		return nil, false, err
	}
	rows, err := e.client.all(ctx, "listing values of", t.values(of, path, most+1))
	if err != nil || len(rows) > most {
		return nil, false, err
	}
	for _, row := range rows {
		if len(row) != 1 {
			return nil, false, e.unclear("listing values of")
		}
		mostBytes -= len(row[0])
		values = append(values, row[0])
	}
	return values, mostBytes >= 0, nil
}

// Lines implements engine.Engine.
func (e *Engine) Lines(ctx context.Context, w engine.Window) (io.ReadCloser, error) {
	t, err := e.find(ctx)
	if err != nil {
		return nil, err
	}
	return e.client.send(ctx, "reading", t.lines(w))
}

// Statements returns the statements that would read a window and count the rows for which a condition is true. It sends nothing, so it calls
// the column of the lines "line" if the URL does not name it.
func (e *Engine) Statements(w engine.Window, core condition.Condition) (lines, count string) {
	p := e.client.place
	t := p.objects.lines()
	if !p.objects.some() {
		t = &table{from: p.from(), line: "source." + identifier(cmp.Or(p.column, "line"))}
		if p.time != "" {
			t.clock = "source." + identifier(p.time)
		}
	}
	return t.lines(w), t.count(w.Span, core)
}

// find returns the table, and looks at its columns the first time.
func (e *Engine) find(ctx context.Context) (*table, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.table != nil {
		return e.table, nil
	}
	t, err := e.look(ctx)
	if err == nil {
		e.table = t
	}
	return t, err
}

// named keeps the columns of the table apart from the names that statements give to what they select.
const named = " AS source"

// look finds the columns of the lines and of the time.
func (e *Engine) look(ctx context.Context) (*table, error) {
	p := e.client.place
	if p.objects.some() {
		return p.objects.lines(), nil
	}
	columns, err := e.client.all(ctx, "looking at the columns of", "DESCRIBE TABLE "+p.whole())
	if err != nil {
		return nil, err
	}
	line, err := p.lineColumn(columns)
	if err != nil {
		return nil, err
	}
	t := &table{from: p.from(), line: line}
	if p.time != "" {
		kind := typeOf(columns, p.time)
		t.nullable = strings.HasPrefix(kind, "Nullable(")
		if t.clock = "source." + identifier(p.time); !strings.HasPrefix(strings.TrimPrefix(kind, "Nullable("), "DateTime") {
			return nil, p.wrong("?time= does not name a column of date and time", "name one, or leave ?time= out")
		}
	}
	return t, nil
}

// whole is the full name of the table.
func (p *place) whole() string { return identifier(p.database) + "." + identifier(p.table) }

// from is the table as rows are selected from it.
func (p *place) from() string { return p.whole() + named }

// lineColumn returns the column of the lines as an expression of text.
func (p *place) lineColumn(columns [][]string) (string, error) {
	name, kind := p.column, typeOf(columns, p.column)
	if name == "" {
		var texts []string
		for _, c := range columns {
			if len(c) > 1 && isText(c[1]) {
				texts = append(texts, c[0])
			}
		}
		if len(texts) == 0 {
			return "", p.wrong("none of its columns is text", "name a table that holds the raw line of each event")
		}
		if len(texts) > 1 {
			return "", p.wrong(fmt.Sprintf("%d of its columns are text", len(texts)), "name the one with the raw lines: ?column=NAME")
		}
		name, kind = texts[0], typeOf(columns, texts[0])
	}
	if !isText(kind) {
		return "", p.wrong("?column= does not name a text column", "name the one with the raw lines")
	}
	column := "source." + identifier(name)
	if kind != "String" {
		column = "ifNull(CAST(" + column + " AS Nullable(String)), '')"
	}
	return column, nil
}

func (p *place) wrong(what, hint string) error {
	return &engine.Error{Op: "looking at the columns of", Name: p.name, What: what, Hint: hint}
}

// typeOf returns the type of a column, or an empty text.
func typeOf(columns [][]string, name string) string {
	for _, c := range columns {
		if len(c) > 1 && c[0] == name {
			return c[1]
		}
	}
	return ""
}

func isText(kind string) bool {
	return slices.Contains([]string{"String", "Nullable(String)", "LowCardinality(String)", "LowCardinality(Nullable(String))"}, kind)
}
