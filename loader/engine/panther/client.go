// Package panther asks the data lake of a Panther instance, by its public GraphQL API: it sends a SQL statement, waits for it, and
// reads its rows page by page. It sends only SELECT, and cancels a statement in the data lake once nobody waits for it.
//
// A row comes as a JSON object. Its bytes are those of the answer, unchanged: there is no other original.
package panther

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"pawprint/loader/engine"
)

const (
	pageRows    = 999       // the most that the API takes
	resultBytes = 100 << 20 // at which the API cuts a result by default
	tries       = 5         // of one request that may be repeated
	cancelTime  = 3 * time.Second
	longestWait = 6 * time.Second // between two questions for the state of a query
)

// Client asks one instance. Any number of goroutines may use it, but at most two statements run at a time, as each costs the instance
// what it costs its own users.
type Client struct {
	transport *transport
	running   chan struct{}
	wait      func(context.Context, time.Duration) error
	limit     int64 // bytes of a result
}

// Statement is a query of the data lake. Its text is SQL that this package's callers made.
type Statement struct {
	SQL      string
	Database string // panther_logs by default
}

// Stats are what the data lake says of a query that has ended.
type Stats struct {
	Scanned int64         // bytes
	Took    time.Duration // of its execution
	Rows    int64         // of the whole result
}

// Run sends a statement, waits for it, and calls row with each row in order. row may use the bytes until it
// returns. With an error, row may have been given only a part of the result. When ctx ends first, the query is cancelled.
func (c *Client) Run(ctx context.Context, s Statement, row func(node []byte) error) (Stats, error) {
	if !reads(s.SQL) {
		return Stats{}, c.transport.wrong("starting a query at", "only one SELECT is sent to the data lake")
	}
	select {
	case c.running <- struct{}{}:
		defer func() { <-c.running }()
	case <-ctx.Done():
		return Stats{}, ctx.Err()
	}
	id, err := c.start(ctx, s)
	if err != nil {
		return Stats{}, err
	}
	if ctx.Err() != nil {
		c.cancel(ctx, id)
		return Stats{}, ctx.Err()
	}
	stats, ended, err := c.follow(ctx, id, row)
	if err != nil && !ended {
		c.cancel(ctx, id)
	}
	return stats, err
}

const startText = `mutation($input:ExecuteDataLakeQueryInput!){executeDataLakeQuery(input:$input){id}}`

func (c *Client) start(ctx context.Context, s Statement) (id string, err error) {
	var out struct {
		ExecuteDataLakeQuery struct{ ID string }
	}
	input := map[string]any{"sql": s.SQL}
	if s.Database != "" {
		input["databaseName"] = s.Database
	}
	lasting, done := engine.Lingering(ctx, cancelTime)
	defer done()
	// An answer that is lost may belong to a query that runs: it is not sent a second time.
	if err := c.transport.ask(lasting, call{op: "starting a query at", text: startText, input: input, once: true}, &out); err != nil {
		return "", cmp.Or(ctx.Err(), err)
	}
	if out.ExecuteDataLakeQuery.ID == "" {
		return "", c.transport.wrong("starting a query at", "the answer has no query id")
	}
	return out.ExecuteDataLakeQuery.ID, nil
}

// answer is the state of a query and, once it has succeeded, a page of its result.
type answer struct {
	DataLakeQuery *struct {
		Status, Message string
		Results         *results
	}
}

type results struct {
	Edges []struct {
		Node json.RawMessage
	}
	PageInfo struct {
		HasNextPage bool
		EndCursor   string
	}
	Stats struct {
		BytesScanned, ExecutionTime, RowCount float64
	}
	TryAgain bool
}

const pageText = `query($id:ID!,$results:DataLakeQueryResultsInput){dataLakeQuery(id:$id){status message results(input:$results){edges{node} pageInfo{hasNextPage endCursor} stats{bytesScanned executionTime rowCount} tryAgain}}}`

// sum stands for the rows of a page.
func (r *results) sum() [sha256.Size]byte {
	h := sha256.New()
	for _, edge := range r.Edges {
		_, _ = h.Write(edge.Node) // a hash takes all
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// follow waits for a query and reads its pages. ended reports whether it has ended in the data lake.
func (c *Client) follow(ctx context.Context, id string, row func([]byte) error) (stats Stats, ended bool, err error) {
	p := progress{limit: c.limit, seen: map[any]bool{"": true}}
	for waited := 0; ; {
		page, state, err := c.page(ctx, id, p.cursor)
		p.ended = p.ended || slices.Contains([]string{"succeeded", "failed", "cancelled"}, state)
		if err != nil {
			return p.stats, p.ended, err
		}
		if state == "running" || page == nil || page.TryAgain {
			if waited++; p.ended && waited > 100 {
				return p.stats, true, c.transport.wrong(reading, "the query succeeded, but its result did not arrive")
			}
			if err := c.wait(ctx, min(time.Duration(waited)*time.Second, longestWait)); err != nil {
				return p.stats, p.ended, err
			}
			continue
		}
		waited = 0
		if more, err := p.take(c.transport, page, row); err != nil || !more {
			return p.stats, true, err
		}
	}
}

// page asks for a page of a result; it is nil as long as there is none.
func (c *Client) page(ctx context.Context, id, cursor string) (*results, string, error) {
	input := map[string]any{"pageSize": pageRows}
	if cursor != "" {
		input["cursor"] = cursor
	}
	var out answer
	if err := c.transport.ask(ctx, call{op: reading, text: pageText, id: id, results: input}, &out); err != nil {
		return nil, "", err
	}
	q := out.DataLakeQuery
	if q == nil {
		return nil, "", c.transport.wrong(reading, "the data lake does not know this query")
	}
	switch q.Status {
	case "running", "succeeded":
		return q.Results, q.Status, nil
	case "failed":
		e := c.transport.wrong(reading, "the query failed")
		e.Hint = "the query history in the console has the reason"
		return nil, q.Status, e
	case "cancelled":
		return nil, q.Status, c.transport.wrong(reading, "the query was cancelled in the data lake")
	}
	return nil, q.Status, c.transport.wrong(reading, "the query is in a state that this version does not know")
}

// reading is what is done when a result is asked for.
const reading = "reading the result of a query at"

// progress is how far the pages of a result were read.
type progress struct {
	stats  Stats
	ended  bool
	cursor string
	seen   map[any]bool // cursors, and the sums of pages
	rows   int64
	bytes  int64
	limit  int64
}

// take gives out the rows of a page. more reports whether another one follows.
func (p *progress) take(t *transport, page *results, row func([]byte) error) (more bool, err error) {
	s := page.Stats
	p.stats = Stats{Scanned: int64(s.BytesScanned), Took: time.Duration(s.ExecutionTime * float64(time.Millisecond)), Rows: int64(s.RowCount)}
	if len(page.Edges) == pageRows && p.repeats(page.sum()) { // each row has an id
		return false, p.twice(t)
	}
	for _, edge := range page.Edges {
		node := oneLine(edge.Node)
		if len(node) == 0 || node[0] != '{' {
			return false, t.wrong(reading, fmt.Sprintf("row %d is not a JSON object", p.rows+1))
		}
		p.rows++
		p.bytes += int64(len(node))
		if err := row(node); err != nil {
			return false, err
		}
	}
	if !page.PageInfo.HasNextPage {
		return false, p.whole(t)
	}
	next := page.PageInfo.EndCursor
	if p.repeats(next) {
		return false, p.twice(t)
	}
	p.cursor = next
	return true, nil
}

// repeats reports whether a cursor or a page is there for the second time.
func (p *progress) repeats(what any) bool {
	before := p.seen[what]
	p.seen[what] = true
	return before
}

func (p *progress) twice(t *transport) error {
	return t.wrong(reading, fmt.Sprintf("the same page came twice, after %d rows", p.rows))
}

// whole returns an error unless all rows have come.
func (p *progress) whole(t *transport) error {
	switch {
	case p.rows < p.stats.Rows && p.bytes > p.limit*9/10, p.bytes >= p.limit:
		return &engine.Error{Op: reading, Name: t.name, Kind: engine.TooMuch, What: "it is larger than the 100 MB that the API returns", Hint: "ask for fewer rows or less time: --rows, --since, --until"}
	case p.rows < p.stats.Rows:
		return t.wrong(reading, fmt.Sprintf("it ends after %d of %d rows", p.rows, p.stats.Rows))
	case p.stats.Rows > 0 && p.rows > p.stats.Rows:
		return t.wrong(reading, fmt.Sprintf("%d rows came instead of %d", p.rows, p.stats.Rows))
	}
	return nil
}

// oneLine replaces line ends between the tokens of a JSON text, as a line is one event. In a string they cannot stand.
func oneLine(node []byte) []byte {
	if bytes.IndexByte(node, '\n') < 0 && bytes.IndexByte(node, '\r') < 0 {
		return node
	}
	out := bytes.Clone(node)
	for i, b := range out {
		if b == '\n' || b == '\r' {
			out[i] = ' '
		}
	}
	return out
}

const cancelText = `mutation($input:CancelDataLakeQueryInput!){cancelDataLakeQuery(input:$input){id}}`

// cancel stops a query that nobody waits for any more, even if ctx has ended. That it cannot be stopped is no error of the reader.
func (c *Client) cancel(ctx context.Context, id string) {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), cancelTime)
	defer done()
	_ = c.transport.ask(ctx, call{op: "cancelling a query at", text: cancelText, input: map[string]any{"id": id}}, new(json.RawMessage))
}
