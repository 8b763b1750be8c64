package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pawprint/loader"
	"pawprint/model"
)

// rowServer answers as ClickHouse does for a table of the lines of the shared log. Of a statement it understands only the times and the
// limit, so it may return more rows than were asked for. It never counts all rows by their values.
type rowServer struct {
	*httptest.Server
	lines []string
	nanos []int64

	mu    sync.Mutex
	fault func(w http.ResponseWriter, r *http.Request) (answered bool) // of a statement for lines; may be nil
}

func newRowServer(t *testing.T) *rowServer {
	t.Helper()
	log, s := model.NewLog(), &rowServer{}
	if err := loader.Load(t.Context(), log, &loader.File{Path: filepath.Join("..", "..", "testdata", "audit.jsonl")}); err != nil {
		t.Fatal(err)
	}
	snap := log.Snapshot()
	raw, escaped := model.NewRawReader(&snap), strings.NewReplacer("\\", "\\\\", "\t", "\\t")
	for r := range model.Row(snap.Rows()) {
		line, err := raw.Line(r)
		if err != nil {
			t.Fatal(err)
		}
		s.lines, s.nanos = append(s.lines, escaped.Replace(string(line))), append(s.nanos, snap.Nanos(r))
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Server.Close)
	return s
}

func (s *rowServer) url() string {
	return "clickhouse://" + strings.TrimPrefix(s.Server.URL, "http://") + "/logs.audit"
}

// fail sets what happens to statements for lines; nil for nothing.
func (s *rowServer) fail(fault func(http.ResponseWriter, *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

var (
	momentFrom = regexp.MustCompile(`moment >= (-?\d+)`)
	momentTo   = regexp.MustCompile(`moment < (-?\d+)`)
	rowsAtMost = regexp.MustCompile(`LIMIT (\d+)`)
)

func (s *rowServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("X-ClickHouse-Query-Id", r.URL.Query().Get("query_id"))
	statement := string(body)
	rows := s.rows(statement)
	var out []string
	switch {
	case strings.HasPrefix(statement, "DESCRIBE"):
		out = []string{"line\tString\t\t\t\t\t"}
	case strings.Contains(statement, "min(moment)") && len(rows) == 0:
		out = []string{`\N` + "\t" + `\N` + "\t0"}
	case strings.Contains(statement, "min(moment)"):
		out = []string{fmt.Sprintf("%d\t%d\t%d", s.nanos[rows[0]], s.nanos[rows[len(rows)-1]], len(rows))}
	case strings.Contains(statement, "WHERE 1 AND (NOT ("): // how many rows would have to be read to count all
		<-r.Context().Done()
	case strings.HasPrefix(statement, "SELECT count()"):
		out = []string{strconv.Itoa(len(rows))}
	case strings.Contains(statement, "DISTINCT"):
	default:
		s.mu.Lock()
		fault := s.fault
		s.mu.Unlock()
		if fault != nil && fault(w, r) {
			return
		}
		for _, i := range rows {
			out = append(out, s.lines[i])
		}
	}
	v := r.URL.Query()
	for _, row := range out {
		fmt.Fprint(w, row+v.Get("format_custom_row_after_delimiter"))
	}
	fmt.Fprint(w, v.Get("format_custom_result_after_delimiter"))
}

// rows are the rows of the times of a statement, the oldest first, as many as it wants.
func (s *rowServer) rows(statement string) (rows []int) {
	number := func(of *regexp.Regexp, otherwise int64) int64 {
		if found := of.FindStringSubmatch(statement); found != nil {
			otherwise, _ = strconv.ParseInt(found[1], 10, 64)
		}
		return otherwise
	}
	if strings.Contains(statement, "WHERE moment IS NULL") {
		return nil
	}
	for i, at := range s.nanos {
		if at >= number(momentFrom, -1<<63) && at < number(momentTo, 1<<63-1) {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return int(s.nanos[a]/1000 - s.nanos[b]/1000) })
	if n := int(number(rowsAtMost, 1<<62)); len(rows) > n {
		rows = rows[len(rows)-n:]
	}
	return rows
}

// waitForLoad waits for words of the title and for the end of the load, which comes after them.
func (x *terminal) waitForLoad(words string) {
	x.t.Helper()
	x.waitForText(words)
	x.waitUntil("the end of the load", x.Exited(), func() bool { return !strings.Contains(x.screen(), "loading") })
}

func TestTheInterfaceAsksADatabaseForMore(t *testing.T) {
	s := newRowServer(t)
	x := start(t, nil, "--rows", "100", s.url())
	x.waitForLoad("2,000 match · newest 100 loaded")
	x.typeKeys("Q")
	x.waitForText("100 more rows loaded; there are others: Q asks for them")
	x.waitForText("2,000 match · 200 loaded")
	x.typeKeys("Z")
	x.waitForText("2,000 match · 300 loaded")
	x.waitForText("100 more rows loaded") // the question is over
	x.typeKeys("I")
	x.waitForText("no more rows for this filter there")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestAQuestionThatFailsLeavesWhatIsLoaded(t *testing.T) {
	s := newRowServer(t)
	x := start(t, nil, "--rows", "100", s.url())
	x.waitForLoad("2,000 match · newest 100 loaded")
	s.fail(func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("X-ClickHouse-Exception-Code", "159")
		w.WriteHeader(http.StatusInternalServerError)
		return true
	})
	x.typeKeys("Q")
	x.waitForText("loaded rows stay, but the query failed")
	x.waitForText("broken")
	x.waitForText("newest 100 loaded")
	s.fail(nil)
	x.typeKeys("Q")
	x.waitForText("2,000 match · 200 loaded")
	if strings.Contains(x.screen(), "broken") {
		t.Errorf("the source is still broken:\n%s", x.screen())
	}
	x.typeKeys("q")
	x.waitForExit(0)
}

// Esc, and the end of the program, end the query at the database.
func TestAQuestionThatIsStoppedEndsAtTheDatabase(t *testing.T) {
	for keys, exits := range map[string]bool{"\x1b": false, "q": true} {
		s := newRowServer(t)
		x := start(t, nil, "--rows", "100", s.url())
		x.waitForLoad("2,000 match · newest 100 loaded")
		began, ended := make(chan struct{}, 9), make(chan struct{}, 9)
		s.fail(func(_ http.ResponseWriter, r *http.Request) bool {
			began <- struct{}{}
			<-r.Context().Done()
			ended <- struct{}{}
			return true
		})
		x.typeKeys("Q")
		<-began
		x.typeKeys(keys)
		<-ended
		if !exits {
			x.waitForText("stopped: loaded rows stay")
			x.typeKeys("q")
		}
		x.waitForExit(0)
	}
}

func TestAQuestionThatCostsIsAskedAboutFirst(t *testing.T) {
	const token = "invented-token-of-this-test"
	srv := lakeServer(t, token)
	url := "panther://" + strings.TrimPrefix(srv.URL, "http://")
	t.Setenv("PANTHER_API_TOKEN", token)
	x := start(t, nil, "--since", "2026-11-01", url)
	x.waitForLoad("900 events")
	x.typeKeys("Q")
	x.waitForText("gives no estimate")
	x.typeKeys("\x1b")
	x.waitForText("nothing was asked")
	x.typeKeys("Q")
	x.waitForText("enter asks, esc cancels")
	x.typeKeys("\r")
	x.waitForText("no more rows for this filter")
	if screen := x.screen(); strings.Contains(screen, token) || !strings.Contains(screen, "900 events") {
		t.Errorf("rows were loaded twice, or the token is shown:\n%s", screen)
	}
	x.typeKeys("q")
	x.waitForExit(0)
}
