//go:build engines

package sql_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pawprint/loader/decode"
	"pawprint/loader/demo"
	"pawprint/loader/engine/enginetest"
	"pawprint/loader/engine/sql"
	"pawprint/model"
	"pawprint/model/condition"
	"pawprint/model/query"
	"pawprint/model/query/querytest"
)

// writer is what both dialects do.
type writer interface {
	Where(c condition.Condition) string
	Text(path []string) string
	Quote(text string) (string, bool)
}

// lake is lines in a database, and as pawprint reads them.
type lake struct {
	*enginetest.Duck
	writer
	lines  []string
	usual  int   // so many lines from the first are usual ones
	counts []int // rows of each line
	log    *model.Log
	values map[string][]string
}

func newLake(t *testing.T, w writer, d *enginetest.Duck, lines []string, usual int) *lake {
	t.Helper()
	l := &lake{Duck: d, writer: w, lines: lines, usual: usual, values: map[string][]string{}}
	l.log, l.counts = readLines(lines)
	var statements []string
	var paths [][]string
	for _, path := range columnPaths() {
		paths = append(paths, path)
		statements = append(statements, "SELECT DISTINCT "+w.Text(path)+" AS v FROM lines ORDER BY v")
	}
	for i, statement := range statements {
		a := l.Ask(statement)
		if a.Error != "" {
			t.Fatalf("%s: %s", statement, a.Error)
		}
		values := []string{}
		for _, row := range a.Rows {
			if text, is := row[0].(string); is {
				values = append(values, text)
			}
		}
		l.values[strings.Join(paths[i], ".")] = values
	}
	return l
}

// readLines makes a log of lines and counts the rows of each.
func readLines(lines []string) (*model.Log, []int) {
	raw := []byte(strings.Join(lines, "\n") + "\n")
	log := model.NewLog()
	b := &model.Batch{Source: log.AddSource(model.NewText("audit.jsonl")), Raw: bytes.NewReader(raw), Length: int64(len(raw)), Line: 1}
	decode.New().Lines(b, raw)
	log.Append(b)
	counts := make([]int, len(lines))
	snap := log.Snapshot()
	for r := range snap.Rows() {
		counts[snap.Event(model.Row(r)).Origin.Line-1]++
	}
	return log, counts
}

// Values implements query.Dictionaries.
func (l *lake) Values(path []string) ([]string, bool) {
	values, ok := l.values[strings.Join(path, ".")]
	return values, ok && len(values) <= query.MaxValues
}

// found lists the bytes of the rows of a log that match, and counts those of each line.
func found(t *testing.T, log *model.Log, e query.Expr, lines int) (raw []string, counts []int) {
	t.Helper()
	snap := log.Snapshot()
	s, err := model.Select(context.Background(), snap, query.Compile(e, env), nil)
	if err != nil {
		t.Fatal(err)
	}
	counts = make([]int, lines)
	for k := range s.Len() {
		text, err := snap.Raw(s.At(k))
		if err != nil {
			t.Fatal(err)
		}
		raw = append(raw, text.Raw())
		counts[snap.Event(s.At(k)).Origin.Line-1]++
	}
	return raw, counts
}

var env = query.Env{Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}

// agree checks that the answers of the database to queries, filtered again, are the events that match, and that what it counts does.
func (l *lake) agree(t *testing.T) {
	t.Helper()
	var texts, statements []string
	var kinds []querytest.Kind
	var d []bool // whether the values of columns are known
	for _, q := range querytest.Queries() {
		texts, kinds = append(texts, q.Text), append(kinds, q.Kind)
	}
	for r := rand.New(rand.NewPCG(4, 2)); len(texts) < len(querytest.Queries())+100; {
		texts, kinds = append(texts, querytest.Random(r)), append(kinds, querytest.Mixed)
	}
	for i, text := range texts {
		e, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		known := query.Dictionaries(l)
		if d = append(d, i%5 != 4); !d[i] {
			known = nil
		}
		cover, core, _ := query.Fold(e, env, known)
		statements = append(statements, fmt.Sprintf("SELECT string_agg(i || CASE WHEN b THEN CASE WHEN a THEN 'b' ELSE '?' END ELSE 'a' END, ' ' ORDER BY i) FROM (SELECT i, coalesce(%s, FALSE) AS a, coalesce(%s, FALSE) AS b FROM lines) WHERE a OR b", l.Where(cover), l.Where(core)))
	}
	begin := time.Now()
	exact, moved := 0, 0
	for i, statement := range statements {
		a := l.Ask(statement)
		if a.Error != "" {
			t.Errorf("%s: %.300s: %.2000s", texts[i], a.Error, statement)
			continue
		}
		e, _ := query.Parse(texts[i])
		want, matching := found(t, l.log, e, len(l.lines))
		cover, core := make([]bool, len(l.lines)), make([]bool, len(l.lines))
		var covered []string
		doubt := 0
		list, _ := a.Rows[0][0].(string)
		for _, row := range strings.Fields(list) {
			n, err := strconv.Atoi(row[:len(row)-1])
			if err != nil {
				t.Fatal(err)
			}
			if cover[n], core[n] = !strings.HasSuffix(row, "?"), !strings.HasSuffix(row, "a"); cover[n] {
				covered = append(covered, l.lines[n])
			}
			if cover[n] && !core[n] && n < l.usual {
				doubt++
			}
		}
		if kinds[i] <= querytest.Classes && d[i] && doubt > l.usual/100 {
			t.Errorf("%s: %d of %d usual lines are in doubt: %.600s", texts[i], doubt, l.usual, statement)
		}
		if moved += doubt; doubt == 0 {
			exact++
		}
		for n, line := range l.lines {
			if matching[n] > 0 && !cover[n] || core[n] && (matching[n] != 1 || l.counts[n] != 1) {
				t.Errorf("%s: of line %.300q %d of %d rows match; in the cover %v, in the core %v: %.600s", texts[i], line, matching[n], l.counts[n], cover[n], core[n], statement)
				break
			}
		}
		if kinds[i] == querytest.Loaded || kinds[i] == querytest.Mixed && rests(e) {
			continue
		}
		log, _ := readLines(covered)
		got, _ := found(t, log, e, len(covered))
		slices.Sort(got) // a row without a time stands where the row before it does
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("%s: %d events of the lines that the database gave, want %d", texts[i], len(got), len(want))
		}
	}
	t.Logf("%d queries over %d lines in %v; no usual line is in doubt for %d, %d of %d are in all", len(texts), len(l.lines), time.Since(begin).Round(time.Second/10), exact, moved, len(texts)*l.usual)
	if exact < len(texts)/3 {
		t.Errorf("only %d of %d queries are decided by the database", exact, len(texts))
	}
}

// rests reports whether what a query finds rests on what was loaded.
func rests(e query.Expr) bool {
	_, _, parts := query.Fold(e, env, nil)
	return slices.ContainsFunc(parts, func(p query.Part) bool { return p.Loaded })
}

// allLines are the lines of the shared log, of invented events, damaged ones, and those that engines read in different ways.
func allLines(t *testing.T) (lines []string, usual int) {
	t.Helper()
	for _, read := range []func() ([]byte, error){
		func() ([]byte, error) { return os.ReadFile("../../../testdata/audit.jsonl") },
		func() ([]byte, error) {
			return io.ReadAll(demo.New(demo.Options{Events: 1500, Seed: 5}))
		},
	} {
		raw, err := read()
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Split(strings.TrimSpace(string(raw)), "\n")...)
	}
	usual = len(lines)
	return append(lines, enginetest.Lines()...), usual
}

// columnPaths are the paths of the columns, and of the other attributes that are asked for.
func columnPaths() (paths [][]string) {
	for _, f := range model.Schema() {
		if f.Column != model.NoColumn || f.Field == model.FieldErrors {
			paths = append(paths, strings.Split(f.Name, "."))
		}
	}
	return paths
}

func trinoLake(t *testing.T, lines []string, usual int) *lake {
	trino := sql.Trino{Paths: sql.TrinoPaths(columnPaths())}
	of := enginetest.LineTable("texts", lines)
	of.After = append(slices.Clone(of.After), "CREATE TABLE lines AS SELECT * FROM "+trino.From("texts", "line", "i"))
	return newLake(t, trino, enginetest.NewDuck(t, of), lines, usual)
}

func TestTrinoFindsTheSameEvents(t *testing.T) {
	lines, usual := allLines(t)
	trinoLake(t, lines, usual).agree(t)
}

func snowflakeLake(t *testing.T, lines []string, usual int) *lake {
	s := sql.Snowflake{Columns: enginetest.LakeColumns}
	var rows [][]any
	var nodes []string
	for _, line := range lines {
		if row, ok := enginetest.LakeRow(line); ok {
			rows, nodes = append(rows, row), append(nodes, enginetest.Node(enginetest.LakeColumns, row))
		}
	}
	of := enginetest.LakeTable("audit", rows)
	of.After = append(of.After, "CREATE TABLE lines AS SELECT * FROM "+s.From("audit"))
	return newLake(t, s, enginetest.NewDuck(t, of), nodes, usual)
}

func TestSnowflakeFindsTheSameEvents(t *testing.T) {
	lines, usual := allLines(t)
	snowflakeLake(t, lines, usual).agree(t)
}

// hostileTexts are texts that try to end a literal, and what else statements are made of.
func hostileTexts() (texts []string) {
	pieces := []string{"'", "''", `"`, `\`, `\'`, "\\", "--", "/*", "*/", ";", "$$", "{", "}", "|", "||", "CHR(39)", " OR TRUE", "\x1b[2J", "\n", "\t", "%", "_", "U&'\\0027'", "E'", "p_occurs_since('1 d')", "p_occurs_p_occurs_", "é", "\u202e", "😀", "x", "?", ":1", "@v", "&v", "\u2028"}
	r := rand.New(rand.NewPCG(7, 7))
	for len(texts) < 300 {
		text := ""
		for range 1 + r.IntN(6) {
			text += pieces[r.IntN(len(pieces))]
		}
		texts = append(texts, text)
	}
	return texts
}

func TestNoTextChangesTheMeaningOfAStatement(t *testing.T) {
	texts := hostileTexts()
	of := enginetest.Table{Before: []string{"CREATE TABLE lines (i INTEGER, text VARCHAR)"}, Name: "lines", After: []string{}}
	for i, text := range texts {
		of.Rows = append(of.Rows, []any{i, text})
	}
	duck := enginetest.NewDuck(t, of)
	for name, quote := range map[string]func(string) (string, bool){"Trino": sql.Trino{}.Quote, "Snowflake": sql.Snowflake{}.Quote} {
		var statements []string
		for _, text := range texts {
			literal, ok := quote(text)
			if !ok {
				t.Fatalf("%s: %q is not quoted", name, text)
			}
			statements = append(statements, "SELECT i, text = "+literal+", "+literal+" IN ("+literal+", 'other') FROM lines WHERE strpos(text, "+literal+") > 0")
		}
		for k, statement := range statements {
			a := duck.Ask(statement)
			var want [][]any
			for i, text := range texts {
				if strings.Contains(text, texts[k]) {
					want = append(want, []any{float64(i), text == texts[k], true})
				}
			}
			a.Rows = slices.Clone(a.Rows)
			slices.SortFunc(a.Rows, func(x, y []any) int { return int(x[0].(float64) - y[0].(float64)) })
			if a.Error != "" || fmt.Sprint(a.Rows) != fmt.Sprint(want) {
				t.Errorf("%s: %q: %v %s, want %v: %s", name, texts[k], a.Rows, a.Error, want, statement)
			}
		}
	}
}
