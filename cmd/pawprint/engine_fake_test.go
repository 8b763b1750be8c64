package main

import (
	"bytes"
	"cmp"
	"encoding/json"
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
)

// synthetic answers as ClickHouse would for any number of invented events, at even steps of time, without storing them: it makes the lines
// that it is asked for, and counts the others. It does not parse SQL, but looks for the parts of pawprint's statements that it needs.
type synthetic struct {
	*httptest.Server
	n, start, step int64    // events; nanoseconds
	kinds          []string // the members after the time; event i has those of kind i modulo their number
	texts          []map[string]any
	odd            []string // lines without a clear time, or that the engine does not read as pawprint does

	mu         sync.Mutex
	statements []string
	rows       int64 // that were sent
	bytes      int64
	// hold is called before an answer. May be nil.
	hold   func(r *http.Request, statement string)
	refuse string // statements that hold this text are refused; empty for none
}

// kindsOfEvents is how many events differ in more than their times.
const kindsOfEvents = 96

// syntheticStart is the time of the first event.
var syntheticStart = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func newSynthetic(t *testing.T, n int64, over time.Duration) *synthetic {
	t.Helper()
	s := &synthetic{n: n, start: syntheticStart.UnixNano(), step: int64(over) / n}
	for i := range kindsOfEvents {
		result := "SUCCEEDED"
		if i%12 == 5 {
			result = []string{"FAILED", "PARTIALLY_FAILED"}[i%24/12]
		}
		s.kinds = append(s.kinds, fmt.Sprintf(`"actionName":"%s","actionResult":%q,"actor":{"id":"u-%d","type":%q,"name":"actor %d"},"sourceIP":"192.0.2.%d","userAgent":"agent %d","pantherVersion":"1.11%d.0"}`,
			[]string{"GET_RULE", "LIST_ALERTS", "DELETE_RULE", "SIGN_IN"}[i%4], result, i%7, []string{"USER", "TOKEN"}[i%2], i%7, i%5, i%3, i%2))
	}
	for _, k := range s.kinds {
		var texts map[string]any
		if err := json.Unmarshal([]byte("{"+k), &texts); err != nil {
			t.Fatal(err)
		}
		s.texts = append(s.texts, texts)
	}
	s.odd = []string{
		`{"timestamp":"2026-03-02 at noon","actionName":"GET_RULE","actionResult":"FAILED"}`, `{"actionName":"NEW_\u0041CTION","timestamp":"2026-03-01T00:00:01Z"}`,
		`no event`, `{"timestamp":"2026-03-01T00:00:02Z","timestamp":"2026-03-01T00:00:03Z","actionName":"GET_RULE","actor":{"id":7}}`,
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Server.Close)
	return s
}

func (s *synthetic) url() string {
	return "clickhouse://" + strings.TrimPrefix(s.Server.URL, "http://") + "/logs.audit"
}

func (s *synthetic) line(i int64) string {
	return `{"timestamp":"` + time.Unix(0, s.start+i*s.step).UTC().Format(time.RFC3339Nano) + `",` + s.kinds[i%int64(len(s.kinds))]
}

// asked returns how many statements there were since the last call, and the rows and bytes of their answers.
func (s *synthetic) asked() (statements int, rows, bytes int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	statements, rows, bytes = len(s.statements), s.rows, s.bytes
	s.statements, s.rows, s.bytes = nil, 0, 0
	return statements, rows, bytes
}

// behave makes the server refuse statements with a text, and call hold with each statement before its answer.
func (s *synthetic) behave(refuse string, hold func(r *http.Request, statement string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse, s.hold = refuse, hold
}

func (s *synthetic) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	statement := string(body)
	s.mu.Lock()
	hold, refuse := s.hold, s.refuse
	s.mu.Unlock()
	if hold != nil {
		hold(r, statement)
	}
	if refuse != "" && strings.Contains(statement, refuse) {
		w.Header().Set("X-ClickHouse-Exception-Code", "307")
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	v := r.URL.Query()
	var out bytes.Buffer
	rows := s.answer(statement)
	for _, row := range rows {
		out.WriteString(row + v.Get("format_custom_row_after_delimiter"))
	}
	out.WriteString(v.Get("format_custom_result_after_delimiter"))
	s.mu.Lock()
	s.statements, s.rows, s.bytes = append(s.statements, statement), s.rows+int64(len(rows)), s.bytes+int64(out.Len())
	s.mu.Unlock()
	w.Header().Set("X-ClickHouse-Query-Id", v.Get("query_id"))
	_, _ = w.Write(out.Bytes())
}

func (s *synthetic) answer(statement string) []string {
	from, where, _ := strings.Cut(statement, " WHERE ")
	in := s.indices(where)
	switch {
	case strings.HasPrefix(statement, "DESCRIBE"):
		return []string{"line\tString\t\t\t\t\t"}
	case strings.Contains(where, "GROUP BY"):
		return s.groups(from, in, where)
	case strings.Contains(from, "min(moment), max(moment)"):
		return s.bounds(in)
	case strings.HasPrefix(from, "SELECT DISTINCT"):
		return s.values(from)
	case strings.HasPrefix(from, "SELECT count()"):
		n := int64(0)
		for k := range s.kinds {
			if s.wanted(k, where) {
				count, _, _ := s.ofKind(in, int64(k))
				n += count
			}
		}
		return []string{fmt.Sprint(n)}
	}
	return s.lines(where, in)
}

// indices are stretches of events, each from the first to before the second.
type indices [][2]int64

var (
	notWithin = regexp.MustCompile(`NOT \(+(?:ifNull\()?moment >= (-?\d+) AND moment < (-?\d+)`)
	within    = regexp.MustCompile(`moment (>=|<) (-?\d+)`)
)

// indices returns the events whose times a condition asks for.
func (s *synthetic) indices(where string) indices {
	without := notWithin.FindStringSubmatch(where)
	if without != nil {
		where = strings.ReplaceAll(where, without[0], "")
	}
	a, b := int64(0), s.n
	for _, m := range within.FindAllStringSubmatch(where, -1) {
		if m[1] == ">=" {
			a = max(a, s.index(m[2]))
		} else {
			b = min(b, s.index(m[2]))
		}
	}
	if without == nil {
		return indices{{a, max(a, b)}}
	}
	from, to := s.index(without[1]), s.index(without[2])
	return indices{{a, max(a, min(b, from))}, {max(a, to), max(a, b, to)}}
}

// index is that of the first event that is not before a time.
func (s *synthetic) index(nanos string) int64 {
	at, _ := strconv.ParseInt(nanos, 10, 64)
	return s.indexAt(at)
}

func (s *synthetic) indexAt(at int64) int64 {
	if at <= s.start {
		return 0
	}
	return min(s.n, (at-s.start+s.step-1)/s.step)
}

// ofKind counts the events of a kind, and returns the first and the last one.
func (s *synthetic) ofKind(in indices, kind int64) (n, first, last int64) {
	kinds := int64(len(s.kinds))
	for _, span := range in {
		a, b := span[0]+((kind-span[0])%kinds+kinds)%kinds, span[1]
		if a >= b {
			continue
		}
		if n == 0 {
			first = a
		}
		n += (b - a + kinds - 1) / kinds
		last = a + (b-1-a)/kinds*kinds
	}
	return n, first, last
}

func (s *synthetic) failed(kind int) bool { return s.texts[kind]["actionResult"] != "SUCCEEDED" }

// wanted reports whether a kind is one that a condition asks for. It understands is:failed.
func (s *synthetic) wanted(kind int, where string) bool {
	return !strings.Contains(where, "'actionResult') IN ('FAILED', 'PARTIALLY_FAILED')") || s.failed(kind)
}

func (s *synthetic) bounds(in indices) []string {
	a, b := in[0][0], in[0][1]
	if a == b {
		return []string{"\\N\t\\N\t0"}
	}
	return []string{fmt.Sprintf("%d\t%d\t%d", s.start+a*s.step, s.start+(b-1)*s.step, b-a)}
}

var (
	pathText  = regexp.MustCompile(`JSONExtractString\(line((?:, '[^']*')+)\) AS value`)
	anyPath   = regexp.MustCompile(`JSONExtractString\(line((?:, '[^']*')+)\)`)
	edgesText = regexp.MustCompile(`CAST\(\[([-0-9,]*)\]`)
	limitText = regexp.MustCompile(`LIMIT (\d+)`)
)

// textAt returns the string at a path in a kind; is is false if there is none.
func (s *synthetic) textAt(kind int, path string) (text string, is bool) {
	var value any = s.texts[kind]
	for _, key := range strings.Split(strings.Trim(path, ", '"), "', '") {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	text, is = value.(string)
	return text, is
}

func (s *synthetic) values(from string) (rows []string) {
	for k := range s.kinds {
		if text, is := s.textAt(k, anyPath.FindStringSubmatch(from)[1]); is && !slices.Contains(rows, text) {
			rows = append(rows, text)
		}
	}
	return rows
}

// syntheticGroup is a row of groups without its keys.
type syntheticGroup struct{ n, failed, first, last int64 }

func (s *synthetic) groups(from string, in indices, where string) (rows []string) {
	groups := map[string]*syntheticGroup{}
	keys := make([]string, len(s.kinds)) // empty if it is not counted
	for k := range s.kinds {
		if s.wanted(k, where[:strings.Index(where, "GROUP BY")]) {
			keys[k] = "\t"
		}
	}
	for _, path := range pathText.FindAllStringSubmatch(from, -1) {
		for k := range s.kinds {
			text, is := s.textAt(k, path[1])
			keys[k] += fmt.Sprintf("%d\t%s\t", map[bool]int{true: 1}[is], text)
		}
	}
	for _, bucket := range s.buckets(from, in) {
		for k := range s.kinds {
			n, first, last := s.ofKind(bucket.in, int64(k))
			if n == 0 || !strings.HasPrefix(keys[k], "\t") {
				continue
			}
			key := fmt.Sprint(bucket.edge, keys[k])
			g := groups[key]
			if g == nil {
				g = &syntheticGroup{first: first, last: last}
				groups[key] = g
			}
			g.n, g.first, g.last = g.n+n, min(g.first, first), max(g.last, last)
			if s.failed(k) {
				g.failed += n
			}
		}
	}
	for key, g := range groups {
		rows = append(rows, fmt.Sprintf("%s%d\t%d\t%d\t%d", key, g.n, g.failed, s.start+g.first*s.step, s.start+g.last*s.step))
	}
	return rows
}

type syntheticBucket struct {
	edge int64
	in   indices
}

// buckets cuts stretches at the edges of a statement.
func (s *synthetic) buckets(from string, in indices) (all []syntheticBucket) {
	m := edgesText.FindStringSubmatch(from)
	if m == nil {
		return []syntheticBucket{{0, in}}
	}
	edges := strings.Split(m[1], ",")
	for i, text := range edges {
		edge, _ := strconv.ParseInt(text, 10, 64)
		a, b := s.indexAt(edge), s.n
		if i+1 < len(edges) {
			b = s.index(edges[i+1])
		}
		bucket := syntheticBucket{edge: edge}
		for _, span := range in {
			if lo, hi := max(a, span[0]), min(b, span[1]); lo < hi {
				bucket.in = append(bucket.in, [2]int64{lo, hi})
			}
		}
		all = append(all, bucket)
	}
	return all
}

// lines returns the lines of a window, or the odd ones, which belong to no window.
func (s *synthetic) lines(where string, in indices) (rows []string) {
	if strings.HasPrefix(where, "moment IS NULL") || !strings.HasPrefix(where, "moment IS NOT NULL") {
		for _, line := range s.odd {
			rows = append(rows, strings.ReplaceAll(line, `\`, `\\`))
		}
		return rows
	}
	a, b := in[0][0], in[0][1]
	if m := limitText.FindStringSubmatch(where); m != nil {
		limit, _ := strconv.ParseInt(m[1], 10, 64)
		a = max(a, b-limit)
	}
	for i := a; i < b; i++ {
		if s.wanted(int(i%int64(len(s.kinds))), where) {
			rows = append(rows, s.line(i))
		}
	}
	return rows
}

// file returns all lines, of which there must be few.
func (s *synthetic) file() []byte {
	var out bytes.Buffer
	for i := range s.n {
		out.WriteString(s.line(i) + "\n")
	}
	return append(out.Bytes(), strings.Join(s.odd, "\n")+"\n"...)
}

// sortedLines are the lines of a text, sorted, without those that are about all lines of a log, which nobody reads at an engine.
func sortedLines(text string) []string {
	lines := strings.Split(text, "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "all ") || strings.HasPrefix(l, "sources,") })
	slices.SortFunc(lines, cmp.Compare[string])
	return lines
}
