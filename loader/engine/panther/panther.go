package panther

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"sync"
	"time"

	"pawprint/loader/engine"
	"pawprint/loader/engine/sql"
	"pawprint/model/condition"
)

const (
	scheme   = "panther://"
	ownTable = "panther_logs.public.panther_audit"
	form     = "write panther://HOST, such as panther://api.example.com, or panther://HOST/DATABASE.SCHEMA.TABLE"
	// margin is how far the data lake's time of an event may be from the one in the event.
	margin = time.Hour
)

// Engine is the table of audit events of one instance. It implements engine.Engine.
type Engine struct {
	client *Client
	table  string

	mu      sync.Mutex
	looked  bool         // at the columns
	columns []sql.Column // nil if they cannot be asked about
}

// Open takes a URL apart. It sends nothing. Its errors do not quote the URL, which may hold a secret by mistake.
func Open(url string, o Options) (*Engine, error) {
	host, table, err := parse(url)
	if err != nil {
		return nil, err
	}
	o.Host = host
	c, err := newClient(o)
	if err != nil {
		return nil, fmt.Errorf("opening panther://: %w", err)
	}
	return &Engine{client: c, table: table}, nil
}

// parse takes a URL apart.
func parse(url string) (host, table string, err error) {
	rest, ok := strings.CutPrefix(url, scheme)
	if host, table, _ = strings.Cut(rest, "/"); table == "" {
		table = ownTable
	}
	switch {
	case strings.Contains(rest, "@"):
		return "", "", errors.New("opening panther://: a URL ends up in lists of processes and in histories: leave the token out of it, and set PANTHER_API_TOKEN, or write it to a file that PAWPRINT_PANTHER_TOKEN_FILE names")
	case !ok || !hostName.MatchString(host):
		return "", "", errors.New("opening panther://: the URL names no host: " + form)
	case !tableName.MatchString(table):
		return "", "", errors.New("opening panther://: the URL names no table: " + form)
	}
	return host, table, nil
}

var (
	hostName  = regexp.MustCompile(`^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?$`)
	tableName = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*\.){2}[A-Za-z_][A-Za-z0-9_]*$`)
)

// Close implements engine.Engine.
func (e *Engine) Close() { e.client.transport.http.CloseIdleConnections() }

// Margin implements engine.Engine.
func (e *Engine) Margin() time.Duration { return margin }

// Bounds implements engine.Engine.
func (e *Engine) Bounds(ctx context.Context, of engine.Span) (oldest, newest int64, ok bool, err error) {
	const op = "looking for the newest rows of"
	where, err := e.times(op, of)
	if err != nil {
		return 0, 0, false, err
	}
	var row struct{ Oldest, Newest *string }
	_, err = e.client.Run(ctx, e.statement(`SELECT MIN(p_event_time) AS "oldest", MAX(p_event_time) AS "newest" FROM `+e.table+where), func(node []byte) error {
		if json.Unmarshal(node, &row) != nil {
			return engine.Unclear(op, e.client.transport.name)
		}
		return nil
	})
	if err != nil || row.Oldest == nil || row.Newest == nil {
		return 0, 0, false, err
	}
	first, err1 := parseTime(*row.Oldest)
	last, err2 := parseTime(*row.Newest)
	if err1 != nil || err2 != nil {
		return 0, 0, false, e.client.transport.wrong(op, "its times have a form that this version does not know, look for a newer one")
	}
	// The API writes times with fewer digits than the data lake may hold.
	return first, last + int64(time.Millisecond), true, nil
}

// parseTime reads a time as the API writes it, in UTC.
func parseTime(text string) (int64, error) {
	text = strings.Replace(strings.TrimSuffix(text, "Z"), "T", " ", 1)
	t, err := time.Parse("2006-01-02 15:04:05.999999999", text)
	return t.UnixNano(), err
}

// times writes a span as the condition of a statement. The data lake is never asked without an earliest time, as every query costs what
// it reads.
func (e *Engine) times(op string, of engine.Span) (string, error) {
	where, ok := between(of)
	if !ok {
		err := e.client.transport.wrong(op, "without an earliest time the whole data lake would be read")
		err.Hint = "name one, such as --since 24h"
		return "", err
	}
	return where, nil
}

// between writes a span as the condition of a statement; ok is false if it has no beginning.
func between(of engine.Span) (where string, ok bool) {
	if of.From == math.MinInt64 {
		return "", false
	}
	where = " WHERE p_event_time >= " + moment(of.From)
	if of.To != math.MaxInt64 {
		where += " AND p_event_time < " + moment(of.To)
	}
	return where, true
}

// moment writes a time as a literal of Snowflake's SQL.
func moment(nanos int64) string {
	return "TO_TIMESTAMP_NTZ('" + time.Unix(0, nanos).UTC().Format("2006-01-02 15:04:05.000000000") + "')"
}

// marked begins each statement, so that everybody sees in the history of queries whose it is.
const marked = "/* pawprint */ "

// statement returns a marked statement.
func (e *Engine) statement(sql string) Statement {
	database, _, _ := strings.Cut(e.table, ".")
	return Statement{SQL: marked + sql, Database: database}
}

// Lines implements engine.Engine. Every row has a clear time.
func (e *Engine) Lines(ctx context.Context, w engine.Window) (io.ReadCloser, error) {
	if w.Unclear {
		return io.NopCloser(strings.NewReader("")), nil
	}
	if _, err := e.times("reading", w.Span); err != nil {
		return nil, err
	}
	if w.Newest > 0 {
		lines, err := e.newest(ctx, w)
		return io.NopCloser(bytes.NewReader(bytes.Join(append(lines, nil), []byte{'\n'}))), err
	}
	return &spans{ctx: ctx, engine: e, is: w.Is, left: []engine.Span{w.Span}}, nil
}

// newest reads the newest rows of a window, the oldest of them first. A span of which they are larger than a result may be is read in halves.
func (e *Engine) newest(ctx context.Context, w engine.Window) ([][]byte, error) {
	from, err := e.within(ctx, w.Span, w.Is)
	if err != nil {
		return nil, err
	}
	lines, err := e.rows(ctx, newestOf(from, w.Newest))
	older, newer, ok := halves(err, w.Span)
	if !ok {
		return lines, err
	}
	w.Span = newer
	last, err := e.newest(ctx, w)
	if err != nil || int64(len(last)) >= w.Newest {
		return last, err
	}
	w.Span, w.Newest = older, w.Newest-int64(len(last))
	first, err := e.newest(ctx, w)
	return append(first, last...), err
}

// within returns what the rows of a span for which a condition is true are selected from.
func (e *Engine) within(ctx context.Context, of engine.Span, is condition.Condition) (from string, err error) {
	where, err := e.times("reading", of)
	if err != nil {
		return "", err
	}
	return e.asked(ctx, where, is)
}

func (e *Engine) rows(ctx context.Context, sql string) (lines [][]byte, err error) {
	_, err = e.client.Run(ctx, e.statement(sql), func(node []byte) error {
		lines = append(lines, bytes.Clone(node))
		return nil
	})
	return lines, err
}

// halves splits a span if its result was too large. ok is false if it was not, or if the span cannot be split.
func halves(err error, of engine.Span) (older, newer engine.Span, ok bool) {
	var e *engine.Error
	to := of.To
	if to == math.MaxInt64 {
		to = max(of.From, time.Now().UnixNano())
	}
	middle := of.From + (to-of.From)/2
	if !errors.As(err, &e) || e.Kind != engine.TooMuch || middle-of.From < int64(time.Second) {
		return older, newer, false
	}
	return engine.Span{From: of.From, To: middle}, engine.Span{From: middle, To: of.To}, true
}

// spans reads all rows of spans, one result after the other.
type spans struct {
	ctx    context.Context
	engine *Engine
	is     condition.Condition
	left   []engine.Span // the next one last
	held   bytes.Buffer
	err    error
}

// Read implements io.Reader.
func (s *spans) Read(p []byte) (int, error) {
	for s.held.Len() == 0 && s.err == nil {
		s.err = s.next()
	}
	if s.held.Len() > 0 {
		return s.held.Read(p)
	}
	return 0, s.err
}

func (s *spans) next() error {
	if len(s.left) == 0 {
		return io.EOF
	}
	of := s.left[len(s.left)-1]
	s.left = s.left[:len(s.left)-1]
	from, err := s.engine.within(s.ctx, of, s.is)
	if err != nil {
		return err
	}
	lines, err := s.engine.rows(s.ctx, "SELECT * FROM "+from)
	if older, newer, ok := halves(err, of); ok {
		s.left = append(s.left, newer, older)
		return nil
	}
	if err != nil {
		return err
	}
	for _, line := range lines {
		s.held.Write(line)
		s.held.WriteByte('\n')
	}
	return nil
}

// Close implements io.Closer.
func (s *spans) Close() error { return nil }
