package athena

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader/engine"
	"pawprint/model"
	"pawprint/model/condition"
)

var base = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

func window(hours int) engine.Window {
	return engine.Window{Span: engine.Span{From: base.UnixNano(), To: base.Add(time.Duration(hours) * time.Hour).UnixNano()}}
}

func numbered(n int) (lines []string) {
	for i := range n {
		lines = append(lines, fmt.Sprintf(`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","timestamp":"2026-11-02T10:00:00Z","n":%d}`, i))
	}
	return lines
}

func read(ctx context.Context, e *Engine, w engine.Window) ([]string, error) {
	from, err := e.Lines(ctx, w)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	text, err := io.ReadAll(from)
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), err
}

func TestLinesComePageByPage(t *testing.T) {
	for _, n := range []int{1, 999, 1000, 2500} {
		s := newService(t, numbered(n)...)
		s.running = 4
		e := s.engine(t)
		lines, err := read(t.Context(), e, window(1))
		if err != nil || !slices.Equal(lines, s.lines) {
			t.Errorf("%d lines: %d lines, %v", n, len(lines), err)
		}
		if got := e.Cost(); got != "Athena read 1.9 MiB, which costs less than 0.0001 US dollars" || s.stopped != 0 {
			t.Errorf("%s, stopped %d", got, s.stopped)
		}
	}
}

func TestTheNewestLinesAreASource(t *testing.T) {
	s := newService(t, numbered(30)...)
	log := model.NewLog()
	var notices []string
	src := engine.New("athena://logs.audit", s.engine(t), engine.Options{Rows: 20, Span: engine.SpanOf(base, time.Time{}), Notice: func(text string) { notices = append(notices, text) }})
	if err := src.Load(t.Context(), log); err != nil {
		t.Fatal(err)
	}
	snap := log.Snapshot()
	if b := snap.Books(); b.Events != 30 || b.Lines != 30 { // the invented service knows no limit
		t.Errorf("books are %+v", b)
	}
	if !snap.OnlyNewest() || len(notices) != 2 || !strings.Contains(notices[1], "US dollars") {
		t.Errorf("notices are %q", notices)
	}
	for _, sql := range s.started {
		if !strings.HasPrefix(sql, comment+"SELECT line FROM ") {
			t.Errorf("sent is %s", sql)
		}
	}
}

func TestFaultsAreSaid(t *testing.T) {
	on := func(of string, do func(w http.ResponseWriter)) func(*service) {
		return func(s *service) {
			s.fault = func(op string, _ int, w http.ResponseWriter) bool {
				if op == of {
					do(w)
				}
				return op == of
			}
		}
	}
	refuse := func(of string, status int, code string) func(*service) {
		return on(of, func(w http.ResponseWriter) {
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"__type":%q,"message":"of %s"}`, code, secret)
		})
	}
	text := func(of string, status int, text string) func(*service) {
		return on(of, func(w http.ResponseWriter) {
			w.WriteHeader(status)
			fmt.Fprint(w, text)
		})
	}
	const state, start, page = "GetQueryExecution", "StartQueryExecution", "GetQueryResults"
	for name, c := range map[string]struct {
		set     func(*service)
		err     string
		asked   string // the last operation
		times   int    // that it was
		stopped int
	}{
		"no rights":          {refuse(start, 400, "AccessDeniedException"), "access is denied (AccessDeniedException) (HTTP 400)", start, 1, 0},
		"no token":           {text(start, 401, "<html>"+secret), "access is denied (HTTP 401); check the credentials", start, 1, 0},
		"forbidden":          {text(start, 403, ""), "access is denied (HTTP 403)", start, 1, 0},
		"no table":           {refuse("GetTableMetadata", 400, "MetadataException"), "check database, table and workgroup", "GetTableMetadata", 1, 0},
		"busy":               {refuse(start, 400, "TooManyRequestsException"), "Athena is busy (TooManyRequestsException) (HTTP 400); try again later", start, tries, 0},
		"too many":           {text(start, 429, "slow down"), "Athena is busy (HTTP 429)", start, tries, 0},
		"out of order":       {text(page, 503, "<html>"), "Athena is busy (HTTP 503)", page, tries, 0},
		"not taken":          {text(start, 404, "{}"), "Athena does not accept the request (HTTP 404); check the region, and AWS_ENDPOINT_URL", start, 1, 0},
		"lost state":         {refuse(state, 500, "InternalServerException"), "Athena is busy", state, tries, 1},
		"lost page":          {refuse(page, 400, "InvalidRequestException"), "Athena refuses the query", page, 1, 0},
		"a web page":         {text(page, 200, "<html>"+secret), "the answer cannot be understood; check the region", page, 1, 0},
		"no id":              {text(start, 200, "{}"), "the answer has no query id", start, 1, 0},
		"failed":             {func(s *service) { s.state = "FAILED" }, "the query failed; the query history has the reason, under q-1", state, 1, 0},
		"cancelled":          {func(s *service) { s.state = "CANCELLED" }, "was cancelled", state, 1, 0},
		"a page twice":       {func(s *service) { s.next = []string{"7", "7"} }, "the same page came twice, after 10 rows", page, 2, 0},
		"pages in a circle":  {func(s *service) { s.next = []string{"7", "8", "7"} }, "the same page came twice, after 14 rows", page, 3, 0},
		"a page by two keys": {func(s *service) { s.lines, s.next = numbered(5000), []string{"1000", "1000.", "2000"} }, "the same page came twice, after 1999 rows", page, 3, 0},
		"two columns":        {func(s *service) { s.columns += `,{"Name":"x","Type":"string"}` }, "not a table of raw lines", "GetTableMetadata", 1, 0},
		"no text":            {func(s *service) { s.columns = `{"Name":"line","Type":"int"}` }, "pawprint athena ddl", "GetTableMetadata", 1, 0},
		"not cut":            {func(s *service) { s.keys = `{"Name":"day","Type":"string"}` }, "not partitioned by year, month and day", "GetTableMetadata", 1, 0},
		"cut": {on(page, func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, `{"ResultSet":{"Rows":[`)
		}), "the answer ended too early", page, tries, 0},
		"stalls": {func(s *service) {
			s.silence = 50 * time.Millisecond
			on(page, func(w http.ResponseWriter) {
				fmt.Fprint(w, `{"ResultSet":{"Rows":[`)
				_ = http.NewResponseController(w).Flush()
				s.hold()
			})(s)
		}, "nothing came for a minute", page, tries, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, numbered(10)...)
			c.set(s)
			_, err := read(t.Context(), s.engine(t), window(1))
			if err == nil || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), secret) || s.stopped != c.stopped {
				t.Errorf("error is %v, want %q; stopped %d", err, c.err, s.stopped)
			}
			if n := s.times(c.asked); n != c.times {
				t.Errorf("%s was asked %d times, want %d", c.asked, n, c.times)
			}
			var e *engine.Error
			if !errors.As(err, &e) || e.Again() { // the query would cost a second time
				t.Errorf("the error is %#v", err)
			}
		})
	}
}

func TestWhatFailsOnceIsAskedForAgainAsLongAfterAsIsWished(t *testing.T) {
	for _, of := range []string{"GetTableMetadata", "StartQueryExecution", "GetQueryExecution", "GetQueryResults"} {
		s := newService(t, numbered(2500)...)
		failed := false
		s.fault = func(op string, _ int, w http.ResponseWriter) bool {
			if op != of || failed {
				return false
			}
			failed = true
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		}
		lines, err := read(t.Context(), s.engine(t), window(1))
		if err != nil || !slices.Equal(lines, s.lines) || !slices.Equal(s.waits, []time.Duration{7 * time.Second}) {
			t.Errorf("%s: %d lines, %v; waits are %v", of, len(lines), err, s.waits)
		}
		if of == "StartQueryExecution" && (len(s.tokens) != 2 || s.tokens[0] != s.tokens[1] || len(s.tokens[0]) < 32) {
			t.Errorf("the query is started as %q", s.tokens)
		}
	}
}

// Equal pages are no fault where their rows are all the same.
func TestPagesOfEqualLinesAreRead(t *testing.T) {
	s := newService(t, slices.Repeat([]string{""}, 3500)...)
	if lines, err := read(t.Context(), s.engine(t), window(1)); err != nil || len(lines) != 3500 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

func TestAQueryThatIsStartedInVainIsStopped(t *testing.T) {
	s := newService(t, numbered(10)...)
	ctx, cancel := context.WithCancel(t.Context())
	s.fault = func(op string, _ int, _ http.ResponseWriter) bool {
		if op == "StartQueryExecution" {
			cancel()
		}
		return false
	}
	if _, err := read(ctx, s.engine(t), window(1)); !errors.Is(err, context.Canceled) || s.stopped != 1 {
		t.Errorf("%v, stopped %d times", err, s.stopped)
	}
}

func TestAQueryThatNobodyWaitsForIsStopped(t *testing.T) {
	s := newService(t, numbered(10)...)
	s.running = 100
	ctx, cancel := context.WithCancel(t.Context())
	s.fault = func(op string, nth int, _ http.ResponseWriter) bool {
		if op == "GetQueryExecution" && nth > 5 {
			cancel()
		}
		return false
	}
	if _, err := read(ctx, s.engine(t), window(1)); !errors.Is(err, context.Canceled) || s.stopped != 1 {
		t.Errorf("%v, stopped %d times", err, s.stopped)
	}
}

func TestStatementsNameThePartsOfTheTable(t *testing.T) {
	s := newService(t)
	e := s.engine(t)
	tab, err := e.find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		w          engine.Window
		has, hasNo string
	}{
		"an hour": {window(1), `("year" = '2026' AND "month" = '11' AND "day" = 2 AND "hour" >= '10' AND "hour" <= '10') AND `, " OR \"year\""},
		"night":   {window(15), `("year" = '2026' AND "month" = '11' AND "day" = 2 AND "hour" >= '10' OR "year" = '2026' AND "month" = '11' AND "day" = 3 AND "hour" <= '00')`, "LIMIT"},
		"months":  {window(24 * 100), `"year" = '2027' AND "month" = '02'`, `"day" = 2`},
		"limited": {engine.Window{Span: window(1).Span, Newest: 50}, "ORDER BY moment DESC LIMIT 50) ORDER BY moment", ""},
		"a term":  {engine.Window{Span: window(1).Span, Is: condition.In{Path: []string{"actionName"}, Values: []string{"it's"}}}, "'it''s'", ""},
		"unclear": {engine.Window{Span: window(1).Span, Unclear: true}, "(x_time IS NULL)", "x_time >= "},
	} {
		got := tab.lines(c.w)
		if !strings.HasPrefix(got, "SELECT line FROM ") || !strings.Contains(got, c.has) || c.hasNo != "" && strings.Contains(got, c.hasNo) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestATableIsNotAskedWithoutAnEarliestTime(t *testing.T) {
	s := newService(t)
	e := s.engine(t)
	_, _, _, err := e.Bounds(t.Context(), engine.Always)
	if err == nil || !strings.Contains(err.Error(), "--since") {
		t.Errorf("bounds: %v", err)
	}
	if _, err := e.Lines(t.Context(), engine.Window{Span: engine.Always}); err == nil || len(s.asked) > 0 {
		t.Errorf("lines: %v, asked %q", err, s.asked)
	}
}

func TestURLsAreTakenApart(t *testing.T) {
	for url, want := range map[string]string{
		"athena://logs.audit": "logs audit primary", "athena://logs.audit?workgroup=a-b": "logs audit a-b", "athena://logs.audit/": "logs audit primary",
		"athena://logs": "", "athena://logs.audit/x": "", "athena://u:p@logs.audit": "", "athena://logs.audit?x=1": "", "athena://logs.audit?workgroup=a'b": "", "athena://logs.au dit": "",
		"athena://logs.audit:1": "", "athena://logs.a.b": "", "athena://": "", "other://logs.audit": "",
	} {
		p, err := parse(url)
		got := ""
		if err == nil {
			got = p.database + " " + p.table + " " + p.workgroup
		}
		if got != want {
			t.Errorf("%s is %q, %v, want %q", url, got, err, want)
		}
	}
}
