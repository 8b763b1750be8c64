package clickhouse

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"pawprint/loader"
	"pawprint/loader/engine"
	"pawprint/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// server answers as ClickHouse does, for a table of lines in memory, with faults on demand. It understands no SQL: it finds the window of
// a statement by its words.
type server struct {
	*httptest.Server
	columns string // what DESCRIBE says
	lines   []string
	nanos   []int64
	timed   []bool

	mu    sync.Mutex
	asked []*http.Request
	texts []string // the statements
	// fault may answer instead; n counts the requests from 1.
	fault func(n int, w http.ResponseWriter, r *http.Request, statement string) bool
}

func newServer(t *testing.T, text []byte) *server {
	t.Helper()
	s := &server{columns: "line\tString\t\t\t\t\t\nat\tDateTime64(3)\t\t\t\t\t\n"}
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "plain", From: bytes.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
	snap := log.Snapshot()
	for r := range model.Row(snap.Rows()) {
		line, err := snap.Raw(r)
		if err != nil {
			t.Fatal(err)
		}
		e := snap.Event(r)
		s.lines, s.nanos = append(s.lines, line.Raw()), append(s.nanos, e.Nanos)
		s.timed = append(s.timed, e.Flags&model.FlagNoTime == 0)
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Server.Close)
	return s
}

// url names the table of the server.
func (s *server) url() string {
	return scheme + strings.TrimPrefix(s.Server.URL, "http://") + "/x.audit"
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.asked, s.texts = append(s.asked, r), append(s.texts, string(body))
	n := len(s.asked)
	s.mu.Unlock()
	if s.fault != nil && s.fault(n, w, r, string(body)) {
		return
	}
	s.answer(w, r, string(body))
}

// answer answers without a fault.
func (s *server) answer(w http.ResponseWriter, r *http.Request, statement string) {
	w.Header().Set("X-ClickHouse-Query-Id", r.URL.Query().Get("query_id"))
	_, _ = io.WriteString(w, s.body(r, statement))
}

func (s *server) body(r *http.Request, statement string) string {
	var out []string
	switch {
	case strings.HasPrefix(statement, "DESCRIBE"):
		out = strings.Split(strings.TrimSuffix(s.columns, "\n"), "\n")
	case strings.Contains(statement, "min(moment)"):
		out = []string{s.bounds(statement)}
	default:
		for _, i := range s.window(statement) {
			out = append(out, escape(s.lines[i]))
		}
	}
	v, b := r.URL.Query(), strings.Builder{}
	for _, row := range out {
		b.WriteString(row + v.Get("format_custom_row_after_delimiter"))
	}
	return b.String() + v.Get("format_custom_result_after_delimiter")
}

func (s *server) bounds(statement string) string {
	rows := s.window(statement + " moment IS NOT NULL")
	if rows == nil {
		return `\N` + "\t" + `\N` + "\t0"
	}
	return fmt.Sprintf("%d\t%d\t%d", s.nanos[rows[0]], s.nanos[rows[len(rows)-1]], len(rows))
}

var (
	after  = regexp.MustCompile(`moment >= (-?\d+)`)
	before = regexp.MustCompile(`moment < (-?\d+)`)
	limit  = regexp.MustCompile(`LIMIT (\d+)`)
)

// window returns the rows that a statement asks for, in the order of time.
func (s *server) window(statement string) (rows []int) {
	number := func(in *regexp.Regexp, none int64) int64 {
		if m := in.FindStringSubmatch(statement); m != nil {
			none, _ = strconv.ParseInt(m[1], 10, 64)
		}
		return none
	}
	from, to := number(after, engine.Always.From), number(before, engine.Always.To)
	for i := range s.lines {
		if clear := !strings.Contains(statement, "moment IS NULL"); clear == s.timed[i] && (!clear || s.nanos[i] >= from && s.nanos[i] < to) {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return time.Unix(0, s.nanos[a]).Compare(time.Unix(0, s.nanos[b])) })
	if n := int(number(limit, 1<<40)); len(rows) > n {
		rows = rows[len(rows)-n:]
	}
	return rows
}

// escape writes a column as the server does.
func escape(column string) string {
	return strings.NewReplacer("\\", `\\`, "\b", `\b`, "\f", `\f`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\x00", `\0`, "'", `\'`).Replace(column)
}

// open makes a source of the table.
func (s *server) open(t *testing.T, o engine.Options) loader.Source {
	t.Helper()
	e, err := New(s.url(), Options{User: "reader", Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	e.client.silence = 300 * time.Millisecond
	o.After = func(time.Duration) <-chan time.Time {
		c := make(chan time.Time, 1)
		c <- time.Time{}
		return c
	}
	return engine.New(s.url(), e, o)
}

// secret is the password of the tests. It must appear nowhere.
const secret = "hunter2-hunter2"

// load reads the table.
func (s *server) load(t *testing.T, ctx context.Context, o engine.Options) (*model.Snapshot, error) {
	t.Helper()
	log := model.NewLog()
	err := loader.Load(ctx, log, s.open(t, o))
	snap := log.Snapshot()
	return &snap, err
}

// events are n events of one minute each.
func events(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		stamp := time.Date(2026, 11, 21, 0, i, 0, 0, time.UTC).Format(time.RFC3339)
		fmt.Fprintf(&b, `{"timestamp":%q,"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"%d\t\\"}}`+"\n", stamp, i)
	}
	return b.Bytes()
}
