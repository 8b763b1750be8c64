package panther

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader/engine"
)

var statement = Statement{SQL: "SELECT * FROM panther_logs.public.panther_audit WHERE p_event_time >= '2026-11-02'"}

func numbered(n int) (rows []string) {
	for i := range n {
		rows = append(rows, fmt.Sprintf(`{"n": %d,"odd":"\u0041","n":1.50}`, i))
	}
	return rows
}

// read runs the statement and returns the rows.
func read(ctx context.Context, c *Client) (rows []string, stats Stats, err error) {
	stats, err = c.Run(ctx, statement, func(node []byte) error {
		rows = append(rows, string(node))
		return nil
	})
	return rows, stats, err
}

func TestRowsComeAsTheyStandPageByPage(t *testing.T) {
	for _, n := range []int{0, 1, 998, 999, 1000, 2500} {
		in := newInstance(t, numbered(n)...)
		in.running, in.again = 8, 2
		c, waits := in.client(t)
		rows, stats, err := read(t.Context(), c)
		if err != nil || !slices.Equal(rows, in.rows) {
			t.Fatalf("%d rows: %d rows, %v", n, len(rows), err)
		}
		if want := (Stats{Scanned: 12345, Took: 1500 * time.Millisecond, Rows: int64(n)}); stats != want {
			t.Errorf("stats are %+v, want %+v", stats, want)
		}
		if got := fmt.Sprint((*waits)[:8]); got != "[1s 2s 3s 4s 5s 6s 6s 6s]" {
			t.Errorf("waits are %s", got)
		}
		if len(in.cancelled) > 0 || len(in.started) != 1 || in.started[0] != statement.SQL {
			t.Errorf("cancelled %q, started %q", in.cancelled, in.started)
		}
	}
}

func TestARowOfSeveralLinesIsOne(t *testing.T) {
	in := newInstance(t, "{\n \"a\": 1,\r\n \"b\": \"x\\ny\"\n}")
	c, _ := in.client(t)
	rows, _, err := read(t.Context(), c)
	if err != nil || len(rows) != 1 || rows[0] != `{  "a": 1,   "b": "x\ny" }` {
		t.Errorf("%q, %v", rows, err)
	}
}

// Each fault ends in an error that says what it is, after as many requests as are worth it, and never in rows that look whole.
func TestFaultsAreSaid(t *testing.T) {
	status := func(code int, header ...string) func(int, string, http.ResponseWriter) bool {
		return func(_ int, _ string, w http.ResponseWriter) bool {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
			return true
		}
	}
	// onPage does something to the nth question for a page.
	onPage := func(nth int, do func(http.ResponseWriter)) func(int, string, http.ResponseWriter) bool {
		return func(_ int, body string, w http.ResponseWriter) bool {
			if !strings.Contains(body, "pageInfo") {
				return false
			}
			nth--
			if nth == 0 {
				do(w)
			}
			return nth == 0
		}
	}
	text := func(s string) func(http.ResponseWriter) { return func(w http.ResponseWriter) { fmt.Fprint(w, s) } }
	cut := func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, `{"data":{"dataLakeQuery":{"status":"succ`)
	}
	for name, c := range map[string]struct {
		set      func(*instance)
		err      string // empty if the rows come all the same
		requests int
	}{
		"no token":             {func(in *instance) { in.fault = status(401) }, "not accepted (HTTP 401)", 1},
		"no permission":        {func(in *instance) { in.fault = status(403) }, "Query Data Lake", 1},
		"elsewhere":            {func(in *instance) { in.fault = status(302, "Location", "https://example.com/") }, "must not get the token (HTTP 302)", 1},
		"not taken":            {func(in *instance) { in.fault = status(400) }, "does not accept the request (HTTP 400)", 1},
		"too many":             {func(in *instance) { in.fault = status(429, "Retry-After", "7") }, "too many requests (HTTP 429)", 1},
		"start is never twice": {func(in *instance) { in.fault = status(502) }, "an error of its own (HTTP 502)", 1},
		"start is lost": {func(in *instance) {
			in.fault = func(_ int, _ string, w http.ResponseWriter) bool { cut(w); return true }
		}, "ended too early", 1},
		"too many at pages": {func(in *instance) {
			in.fault = func(_ int, body string, w http.ResponseWriter) bool {
				if strings.Contains(body, "pageInfo") {
					w.Header().Set("Retry-After", "7")
					w.WriteHeader(429)
				}
				return strings.Contains(body, "pageInfo")
			}
		}, "too many requests (HTTP 429)", 1 + tries},
		"503 at a page":    {func(in *instance) { in.fault = onPage(1, func(w http.ResponseWriter) { w.WriteHeader(503) }) }, "", 4},
		"cut at a page":    {func(in *instance) { in.fault = onPage(2, cut) }, "", 4},
		"a web page":       {func(in *instance) { in.fault = onPage(1, text("<html>")) }, "not JSON", 2},
		"errors":           {func(in *instance) { in.fault = onPage(1, text(`{"errors":[{"message":"no such table `+token+`"}]}`)) }, "refuses the query", 2},
		"null":             {func(in *instance) { in.fault = onPage(1, text(`{"data":null}`)) }, "the answer cannot be understood; check for a proxy", 2},
		"no such query":    {func(in *instance) { in.fault = onPage(1, text(`{"data":{"dataLakeQuery":null}}`)) }, "does not know this query", 2},
		"another shape":    {func(in *instance) { in.fault = onPage(1, text(`{"data":{"dataLakeQuery":[]}}`)) }, "the answer cannot be understood; check for a proxy", 2},
		"failed":           {func(in *instance) { in.status = "failed" }, "the query failed; the query history", 2},
		"cancelled":        {func(in *instance) { in.status = "cancelled" }, "was cancelled", 2},
		"unknown state":    {func(in *instance) { in.status = "asleep" }, "does not know", 2},
		"never there":      {func(in *instance) { in.again = 1000 }, "did not arrive", 102},
		"rows are missing": {func(in *instance) { in.claimed = 1500 }, "it ends after 1200 of 1500 rows", 3},
		"a page twice": {func(in *instance) {
			in.fault = onPage(2, text(`{"data":{"dataLakeQuery":{"status":"succeeded","results":{"edges":[],"pageInfo":{"hasNextPage":true,"endCursor":"999"}}}}}`))
		}, "the same page came twice, after 999 rows", 3},
		"a page by two cursors": {func(in *instance) {
			in.fault = onPage(2, func(w http.ResponseWriter) {
				fmt.Fprintf(w, `{"data":{"dataLakeQuery":{"status":"succeeded","results":{"edges":[{"node":%s}],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}}}}`, strings.Join(in.rows[:999], `},{"node":`))
			})
		}, "the same page came twice, after 999 rows", 3},
		"rows too many": {func(in *instance) { in.claimed = 1100 }, "1200 rows came instead of 1100", 3},
		"rows that are none": {func(in *instance) {
			in.fault = onPage(1, text(`{"data":{"dataLakeQuery":{"status":"succeeded","results":{"edges":[{"node":"text"}],"pageInfo":{}}}}}`))
		}, "row 1 is not a JSON object", 2},
	} {
		t.Run(name, func(t *testing.T) {
			in := newInstance(t, numbered(1200)...)
			c.set(in)
			client, waits := in.client(t)
			rows, _, err := read(t.Context(), client)
			requests := slices.DeleteFunc(slices.Clone(in.requests), func(r string) bool { return strings.Contains(r, "cancelDataLakeQuery") })
			if len(requests) != c.requests {
				t.Errorf("%d requests, want %d", len(requests), c.requests)
			}
			if c.err == "" {
				if err != nil || !slices.Equal(rows, in.rows) {
					t.Errorf("%d rows, %v", len(rows), err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), token) {
				t.Errorf("error is %v, want %q", err, c.err)
			}
			if name == "too many at pages" && fmt.Sprint(*waits) != "[7s 7s 7s 7s]" {
				t.Errorf("waits are %v", *waits)
			}
			var e *engine.Error
			if !errors.As(err, &e) || e.Again() != (name == "too many") || name == "too many" && e.After != 7*time.Second {
				t.Errorf("the error is %#v", err)
			}
			if slices.Contains([]string{"a page twice", "failed", "cancelled"}, name) && len(in.cancelled) != 0 {
				t.Errorf("cancelled: %q; the query has ended", in.cancelled)
			}
		})
	}
}

func TestAResultThatWasCutIsNotWhole(t *testing.T) {
	in := newInstance(t, numbered(48)...)
	in.claimed = 70
	c, _ := in.client(t)
	c.limit = 48 * int64(len(in.rows[40]))
	var tooMuch *engine.Error
	if _, err := c.Run(t.Context(), statement, func([]byte) error { return nil }); !errors.As(err, &tooMuch) || tooMuch.Kind != engine.TooMuch {
		t.Errorf("error is %v", err)
	}
}

func TestAQueryThatNobodyWaitsForIsCancelled(t *testing.T) {
	for name, at := range map[string]int{"while it is started": 1, "while it runs": 3, "between pages": 0} {
		in := newInstance(t, numbered(3000)...)
		in.running = 5 * min(at, 1)
		ctx, cancel := context.WithCancel(t.Context())
		in.fault = func(n int, body string, _ http.ResponseWriter) bool {
			if n == at {
				cancel()
			}
			return false
		}
		c, _ := in.client(t)
		_, err := c.Run(ctx, statement, func([]byte) error {
			if at == 0 {
				cancel()
			}
			return ctx.Err()
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if want := min(at, 1); len(in.cancelled) != want { // one that has succeeded does not run any more
			t.Errorf("%s: cancelled are %q", name, in.cancelled)
		}
	}
}

func TestAnAnswerThatStallsIsAskedForAgain(t *testing.T) {
	in := newInstance(t, numbered(1200)...)
	ended := make(chan struct{})
	t.Cleanup(func() { close(ended) })
	stalled := false
	in.fault = func(_ int, body string, w http.ResponseWriter) bool {
		if stalled || !strings.Contains(body, `"999"`) {
			return false
		}
		stalled = true
		fmt.Fprint(w, `{"data":{"dataLakeQuery":`)
		_ = http.NewResponseController(w).Flush()
		in.mu.Unlock()
		<-ended
		in.mu.Lock()
		return true
	}
	c, _ := in.client(t)
	c.transport.quiet = 300 * time.Millisecond
	if rows, _, err := read(t.Context(), c); err != nil || !stalled || !slices.Equal(rows, in.rows) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestAtMostTwoQueriesRunAtOnce(t *testing.T) {
	in := newInstance(t, numbered(1)...)
	c, _ := in.client(t)
	c.running <- struct{}{}
	c.running <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := read(ctx, c); !errors.Is(err, context.Canceled) || len(in.requests) != 0 {
		t.Errorf("a third one: %v, %d requests", err, len(in.requests))
	}
}

func TestOnlyOneStatementThatReadsIsSent(t *testing.T) {
	in := newInstance(t)
	c, _ := in.client(t)
	for sql, want := range map[string]bool{
		"SELECT 1": true, "/* pawprint */ select 'a;b\\';--' from \"x;y\"": true, "WITH x AS (SELECT 1) SELECT * FROM x": true, "SELECT(1)": true,
		"DELETE FROM t": false, "SELECT 1; DROP TABLE t": false, "SELECT 1;": false, "/* SELECT */ DROP TABLE t": false, "/* SELECT": false, "": false,
		"SELECT 'open": false, "SELECT $$;$$": false, "SELECT 1 -- x\n": false, "CREATE TABLE x AS SELECT 1": false, "CALL f()": false, "USE ROLE x": false, "SELECT \"x": false,
	} {
		before := len(in.started)
		_, err := c.Run(t.Context(), Statement{SQL: sql}, func([]byte) error { return nil })
		if (err == nil) != want || (len(in.started) > before) != want {
			t.Errorf("%q: %v, sent %v", sql, err, in.started[before:])
		}
	}
}

func TestAnInstanceIsNamedWithoutSecrets(t *testing.T) {
	for url, token := range map[string]string{
		"panther://": token, "panther://example.com": "", "panther://user:secret@example.com": token, "panther://example.com/x": token, "panther://example.com/a.b.c;": token,
		"panther://exa mple.com": token, "panther://example.com?x=secret": token, "panther://example.com:port": token, "panther://example.com/": "a\nb", "other://example.com": token,
	} {
		if e, err := Open(url, Options{Token: token}); err == nil {
			t.Errorf("%s gives %+v", url, e)
		} else if strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "panther://") {
			t.Errorf("%s: %v", url, err)
		}
	}
	for url, want := range map[string]string{
		"panther://example.com": "https://example.com/public/graphql", "panther://127.0.0.1:81": "http://127.0.0.1:81/public/graphql", "panther://[::1]:81/": "http://[::1]:81/public/graphql",
		"panther://localhost:1/a.b.c": "http://localhost:1/public/graphql", "panther://127.0.0.1.example.com": "https://127.0.0.1.example.com/public/graphql",
		"panther://192.0.2.1:80": "https://192.0.2.1:80/public/graphql",
	} {
		e, err := Open(url, Options{Token: token})
		if err != nil || e.client.transport.url != want {
			t.Errorf("%s is %v, %v", url, e, err)
		}
	}
}
