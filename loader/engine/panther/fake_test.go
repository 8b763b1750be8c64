package panther

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const token = "invented-token-of-the-tests"

// instance is an invented Panther instance. It speaks the protocol, holds rows, and does on request what such instances do to their callers.
type instance struct {
	*httptest.Server

	mu        sync.Mutex
	rows      []string
	running   int                                                         // questions for the state before a query succeeds
	again     int                                                         // answers with tryAgain
	claimed   int                                                         // rows in the statistics; as many as there are if 0
	status    string                                                      // of the query when it has ended; succeeded if empty
	fault     func(n int, body string, w http.ResponseWriter) (done bool) // before anything else
	requests  []string
	cancelled []string
	started   []string // statements
	columns   string   // of the table
	lake      *lake    // answers them; nil gives out rows
}

// lake is the events of a data lake in the order of their times. It understands no SQL but what an Engine asks.
type lake struct {
	times []time.Time
	limit int // bytes at which a result is cut
}

var (
	literal = regexp.MustCompile(`TO_TIMESTAMP_NTZ\('([^']*)'\)`)
	limited = regexp.MustCompile(`LIMIT (\d+)`)
)

func (l *lake) answer(sql string) (rows []string, claimed int) {
	from, to := time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, m := range literal.FindAllStringSubmatch(sql, -1) {
		at, _ := time.Parse("2006-01-02 15:04:05.999999999", m[1])
		if i == 0 {
			from = at
		} else {
			to = at
		}
	}
	var in []time.Time
	for _, at := range l.times {
		if !at.Before(from) && at.Before(to) {
			in = append(in, at)
		}
	}
	if strings.Contains(sql, "MIN(") {
		if len(in) == 0 {
			return []string{`{"oldest":null,"newest":null}`}, 1
		}
		return []string{fmt.Sprintf(`{"newest":"%s","oldest":"%s"}`, in[len(in)-1].Format("2006-01-02 15:04:05.000"), in[0].Format("2006-01-02 15:04:05.000"))}, 1
	}
	if m := limited.FindStringSubmatch(sql); m != nil {
		n, _ := strconv.Atoi(m[1])
		in = in[max(0, len(in)-n):]
	}
	size := 0
	for i, at := range in {
		row := fmt.Sprintf(`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","timestamp":%q,"n":%d}`, at.Format("2006-01-02 15:04:05.000"), i)
		if size += len(row); l.limit > 0 && size > l.limit {
			break
		}
		rows = append(rows, row)
	}
	return rows, len(in)
}

func newInstance(t *testing.T, rows ...string) *instance {
	in := &instance{rows: rows}
	in.Server = httptest.NewServer(in)
	t.Cleanup(in.Close)
	return in
}

// client returns a client that waits for nothing, and what it would have waited.
func (in *instance) client(t *testing.T) (*Client, *[]time.Duration) {
	t.Helper()
	var waits []time.Duration
	e, err := Open(scheme+strings.TrimPrefix(in.URL, "http://"), Options{Token: token, Wait: func(ctx context.Context, d time.Duration) error {
		waits = append(waits, d)
		return ctx.Err()
	}})
	if err != nil {
		t.Fatal(err)
	}
	return e.client, &waits
}

func (in *instance) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	whole, _ := io.ReadAll(r.Body)
	in.mu.Lock()
	defer in.mu.Unlock()
	in.requests = append(in.requests, string(whole))
	if in.fault != nil && in.fault(len(in.requests), string(whole), w) {
		return
	}
	if r.Header.Get("X-API-Key") != token {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var asked struct {
		Query     string
		Variables struct {
			ID      string
			Input   struct{ SQL, ID string }
			Results struct {
				Cursor   string
				PageSize int
			}
		}
	}
	if err := json.Unmarshal(whole, &asked); err != nil || r.URL.Path != "/public/graphql" || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	switch {
	case strings.Contains(asked.Query, "executeDataLakeQuery"):
		in.started = append(in.started, asked.Variables.Input.SQL)
		if in.lake != nil {
			in.rows, in.claimed = in.lake.answer(asked.Variables.Input.SQL)
		}
		fmt.Fprint(w, `{"data":{"executeDataLakeQuery":{"id":"q1"}}}`)
	case strings.Contains(asked.Query, "dataLakeDatabaseTable"):
		fmt.Fprintf(w, `{"data":{"dataLakeDatabaseTable":%s}}`, in.columns)
	case strings.Contains(asked.Query, "cancelDataLakeQuery"):
		in.cancelled = append(in.cancelled, asked.Variables.Input.ID)
		fmt.Fprint(w, `{"data":{"cancelDataLakeQuery":{"id":"q1"}}}`)
	case asked.Variables.Results.PageSize > 999 || asked.Variables.ID != "q1":
		fmt.Fprint(w, `{"errors":[{"message":"bad input"}],"data":null}`)
	default:
		fmt.Fprint(w, in.page(asked.Variables.Results.Cursor, asked.Variables.Results.PageSize))
	}
}

func (in *instance) page(cursor string, size int) string {
	if in.running > 0 {
		in.running--
		return `{"data":{"dataLakeQuery":{"status":"running","message":"","results":null}}}`
	}
	if in.status != "" {
		return fmt.Sprintf(`{"data":{"dataLakeQuery":{"status":%q,"message":"syntax error near %s","results":null}}}`, in.status, token)
	}
	if in.again > 0 {
		in.again--
		return `{"data":{"dataLakeQuery":{"status":"succeeded","results":{"edges":[],"pageInfo":{"hasNextPage":false},"tryAgain":true}}}}`
	}
	from, _ := strconv.Atoi(cursor)
	to := min(from+size, len(in.rows))
	var edges []string
	for _, row := range in.rows[from:to] {
		edges = append(edges, `{"node":`+row+`}`)
	}
	claimed := len(in.rows)
	if in.claimed > 0 {
		claimed = in.claimed
	}
	return fmt.Sprintf(`{"data":{"dataLakeQuery":{"status":"succeeded","message":"","results":{"edges":[%s],"pageInfo":{"hasNextPage":%t,"endCursor":"%d"},"columnInfo":{},"stats":{"bytesScanned":12345,"executionTime":1500,"rowCount":%d},"tryAgain":false}}}}`,
		strings.Join(edges, ","), to < len(in.rows), to, claimed)
}
