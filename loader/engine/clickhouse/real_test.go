//go:build engines

package clickhouse

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/demo/damaged"
	"pawprint/loader/engine"
	"pawprint/model"
	"pawprint/model/condition"
	"pawprint/model/query"
	"pawprint/model/query/querytest"
)

// realServer is the host and port of the real engine, see .ci/engines.
func realServer(t *testing.T) string {
	t.Helper()
	host := os.Getenv("PAWPRINT_CLICKHOUSE")
	if host == "" {
		t.Fatal("PAWPRINT_CLICKHOUSE is not set: it names the server to test with")
	}
	return host
}

// do sends a statement that may write.
func do(t *testing.T, statement string) string {
	t.Helper()
	answer, err := http.Post("http://"+realServer(t)+"/", "text/plain", strings.NewReader(statement))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("%.300s: %s %v", statement, text, err)
	}
	http.DefaultClient.CloseIdleConnections()
	return string(text)
}

// realLog is lines in a table of the real engine, with the log that pawprint makes of them.
type realLog struct {
	name   string
	url    string
	engine *Engine
	lines  []string
	snap   model.Snapshot
}

// newRealLog puts lines into a table.
func newRealLog(t *testing.T, name string, lines []string) *realLog {
	t.Helper()
	do(t, "CREATE DATABASE IF NOT EXISTS logs")
	do(t, "DROP TABLE IF EXISTS logs."+name)
	do(t, "CREATE TABLE logs."+name+" (line String) ENGINE = MergeTree ORDER BY tuple() SETTINGS index_granularity = 100")
	for part := range slices.Chunk(lines, 2000) {
		var rows strings.Builder
		for i, l := range part {
			if i > 0 {
				rows.WriteByte(',')
			}
			rows.WriteString("(base64Decode('" + base64.StdEncoding.EncodeToString([]byte(l)) + "'))")
		}
		do(t, "INSERT INTO logs."+name+" VALUES "+rows.String())
	}
	l := &realLog{name: name, url: scheme + realServer(t) + "/logs." + name, lines: lines}
	log := model.NewLog()
	if err := loader.ReadLines(t.Context(), log, log.AddSource(model.NewText(name)), strings.NewReader(strings.Join(lines, "\n")+"\n"), loader.Limits{}); err != nil {
		t.Fatal(err)
	}
	l.snap = log.Snapshot()
	at, err := New(l.url, Options{})
	if err != nil {
		t.Fatal(err)
	}
	l.engine = at
	return l
}

// realLogs are invented events, damaged lines, and lines that engines read in different ways.
func realLogs(t *testing.T) []*realLog {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	odd, r := querytest.Lines(), rand.New(rand.NewPCG(7, 7))
	for _, c := range damaged.Cases() {
		if !bytes.ContainsRune(c.Line, '\n') {
			odd = append(odd, string(c.Line))
		}
	}
	for range 300 {
		odd = append(odd, querytest.RandomLine(r))
	}
	odd = slices.DeleteFunc(odd, func(l string) bool { return strings.HasPrefix(l, "\ufeff") }) // only the first line of a source may begin so
	return []*realLog{newRealLog(t, "audit", splitLines(text)[:1000]), newRealLog(t, "odd", odd)}
}

func splitLines(text []byte) []string {
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

var realEnv = query.Env{Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}

// matching returns the lines of a log that a query matches, sorted.
func matching(t *testing.T, snap model.Snapshot, e query.Expr) (lines []string) {
	t.Helper()
	found, err := model.Select(t.Context(), snap, query.Compile(e, realEnv), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range found.Len() {
		line, err := snap.Raw(found.At(i))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line.Raw())
	}
	slices.Sort(lines)
	return lines
}

// folded folds a query in the way of the program.
func folded(e query.Expr) engine.Fold {
	return func(d engine.Dictionaries) (cover, core condition.Condition) {
		cover, core, parts := query.Fold(e, realEnv, d)
		if slices.ContainsFunc(parts, func(p query.Part) bool { return p.Loaded }) {
			return condition.Const(true), condition.Const(false)
		}
		return cover, core
	}
}

// ask reads what a query asks of the table.
func (l *realLog) ask(t *testing.T, e query.Expr, o engine.Options) model.Snapshot {
	t.Helper()
	from, to := query.Bounds(e, realEnv)
	if !to.IsZero() {
		to = to.Add(1)
	}
	o.Span = engine.SpanOf(from, to)
	o.Fold = folded(e)
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, engine.New(l.url, l.engine, o)); err != nil {
		t.Errorf("%s: %v", e, err)
	}
	return log.Snapshot()
}

// realQueries are the fixed ones and random ones.
func realQueries(t *testing.T) (all []query.Expr) {
	t.Helper()
	var texts []string
	for _, q := range querytest.Queries() {
		texts = append(texts, q.Text)
	}
	for r := rand.New(rand.NewPCG(1, 9)); len(texts) < len(querytest.Queries())+100; {
		texts = append(texts, querytest.Random(r))
	}
	for _, text := range texts {
		e, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text, "line") && !strings.Contains(text, "offset") { // the places of a table are others
			all = append(all, e)
		}
	}
	return all
}

// TestRealClickHouseFindsTheSameEvents asks for each query in turn for its rows, or for their count, of one of the logs.
func TestRealClickHouseFindsTheSameEvents(t *testing.T) {
	logs, moved, rows := realLogs(t), 0, 0
	for i, e := range realQueries(t) {
		l := logs[(i/2)%len(logs)]
		want := matching(t, l.snap, e)
		if i%2 == 0 {
			if got := matching(t, l.ask(t, e, engine.Options{}), e); !slices.Equal(got, want) {
				t.Errorf("%s in %s: %d lines, want %d; %s", e, l.name, len(got), len(want), firstDifference(got, want))
			}
		}
		var counted int64
		rest := l.ask(t, e, engine.Options{Decided: func(ctx context.Context, of engine.Span, core condition.Condition) (err error) {
			counted, err = l.engine.Count(ctx, of, core)
			return err
		}})
		if n := int64(len(matching(t, rest, e))) + counted; n != int64(len(want)) {
			t.Errorf("%s in %s: %d counted, want %d", e, l.name, n, len(want))
		}
		moved, rows = moved+rest.Rows(), rows+len(l.lines)
	}
	t.Logf("%d of %d rows were moved to count", moved, rows)
}

// firstDifference shows a line that is in one list only.
func firstDifference(got, want []string) string {
	for _, l := range got {
		if !slices.Contains(want, l) {
			return fmt.Sprintf("too many: %.300q", l)
		}
	}
	for _, l := range want {
		if !slices.Contains(got, l) {
			return fmt.Sprintf("lost: %.300q", l)
		}
	}
	return "a number of equal lines"
}

// TestRealClickHouseReadsTimesAsPawprintDoes compares the times of all lines whose time is clear to the engine.
func TestRealClickHouseReadsTimesAsPawprintDoes(t *testing.T) {
	var lines []string
	for r := rand.New(rand.NewPCG(3, 3)); len(lines) < 5000; {
		lines = append(lines, fmt.Sprintf(`{"timestamp":%q}`, randomTime(r)))
	}
	l := newRealLog(t, "times", lines)
	times := map[string]int64{}
	raw := model.NewRawReader(&l.snap)
	for r := range model.Row(l.snap.Rows()) {
		e := l.snap.Event(r)
		line, err := raw.Line(r)
		if err != nil {
			t.Fatal(err)
		}
		if times[string(line)] = e.Nanos; e.Flags&model.FlagNoTime != 0 {
			times[string(line)] = -1 << 63
		}
	}
	at, err := New(l.url, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	table, err := at.find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := at.client.all(t.Context(), "testing", "SELECT line, moment FROM ("+table.rows(part{engine.Always, true, true})+") WHERE moment IS NOT NULL")
	if err != nil || len(rows) < 200 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		if n, ok := numbers(row[1:]); !ok || n[0] != times[row[0]] {
			t.Errorf("%s is %s, want %d", row[0], row[1], times[row[0]])
		}
	}
	t.Logf("%d of %d times are clear", len(rows), len(lines))
}

// randomTime writes a time in the usual form, with a fault now and then.
func randomTime(r *rand.Rand) string {
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	year := 1890 + r.IntN(420)
	if r.IntN(10) == 0 {
		year = []int{0, 1, 999, 1583, 9999}[r.IntN(5)]
	}
	day := fmt.Sprintf("%04d-%02d-%02d", year, r.IntN(13), r.IntN(32))
	text := day + pick("T", " ", "t") + fmt.Sprintf("%02d:%02d:%02d", r.IntN(25), r.IntN(60), r.IntN(61))
	if r.IntN(3) > 0 {
		text += pick(".", ".", ".", ",") + fmt.Sprint(r.IntN(1e9))[:1+r.IntN(1)] + strings.Repeat(pick("0", "7"), r.IntN(10))
	}
	text += pick("Z", "Z", "", " UTC", "+05:30", "-08:00", "+0100", "-23:59", "z", "+24:00", "-00:00")
	if r.IntN(20) == 0 {
		text = pick(" ", "\\n", "") + text + pick(" ", "x", "")
	}
	return text
}

// TestRealClickHouseTakesHostileTextsAsTexts looks for texts that try to end a literal, in values and in names.
func TestRealClickHouseTakesHostileTextsAsTexts(t *testing.T) {
	at, err := New(scheme+realServer(t)+"/system.one", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	r := rand.New(rand.NewPCG(5, 5))
	pieces := []string{"'", `\`, `\'`, "`", `"`, ";", "--", "/*", "*/", "\n", "\r", "\x00", "\x1b[2J", "${", "{x:String}", "DROP TABLE logs.audit", " OR 1=1", "))", "((", "UNION ALL SELECT 1", "\xff", "é", "\u202e", "%", "_", "FORMAT Null", "SETTINGS readonly=0", "\\x27", "\\u0027", "$$", "\t", "||"}
	for n := range 300 {
		var text string
		for range 1 + r.IntN(6) {
			text += pieces[r.IntN(len(pieces))]
		}
		row, err := at.client.one(t.Context(), "testing", "SELECT "+quote(text)+" AS "+identifier("x"+text)+", length("+quote(text)+"), 'end'")
		if err != nil || len(row) != 3 || row[0] != text || row[1] != fmt.Sprint(len(text)) || row[2] != "end" {
			t.Errorf("%d: %q comes back as %q, %v", n, text, row, err)
		}
		is := condition.And(condition.Holds{Text: text}, condition.Not{Part: condition.In{Path: []string{text, "x"}, Values: []string{text}}}, condition.Unsettled{Path: []string{text}, Text: true})
		if _, err := at.client.one(t.Context(), "testing", "SELECT count() FROM (SELECT '{}' AS line, 1 AS moment) WHERE "+new(table).write(is)); err != nil {
			t.Errorf("%d: a condition about %q: %v", n, text, err)
		}
	}
}

func TestRealClickHouseRefusesToWrite(t *testing.T) {
	at, err := New(scheme+realServer(t)+"/logs.audit", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	for _, statement := range []string{"DROP TABLE logs.audit", "INSERT INTO logs.audit VALUES ('x')", "CREATE TABLE logs.x (a Int8) ENGINE = Memory", "SELECT 1; DROP TABLE logs.audit"} {
		if _, err := at.client.all(t.Context(), "testing", statement); err == nil {
			t.Errorf("%s is done", statement)
		}
	}
}
