//go:build engines

package sql

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pawprint/loader/decode"
	"pawprint/loader/demo"
	"pawprint/loader/demo/damaged"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/condition"
	"pawprint/model/query"
	"pawprint/model/query/querytest"
)

// duck is a table in DuckDB.
type duck struct {
	Before     []string `json:"before"` // statements that make the table
	Table      string   `json:"table"`
	Rows       [][]any  `json:"rows"`
	Setup      []string `json:"setup"` // statements that follow
	Statements []string `json:"statements"`
}

// answer is what a statement gives.
type answer struct {
	Rows  [][]any
	Error string
}

// ask runs statements on the table.
func (d duck) ask(t *testing.T, statements []string) []answer {
	t.Helper()
	d.Statements = statements
	in, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	command := exec.CommandContext(t.Context(), "node", "../../../.ci/duckdb.js")
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(in), &out, &said
	if err := command.Run(); err != nil {
		t.Fatalf("%v: %.2000s", err, said.String())
	}
	var answers []answer
	if err := json.Unmarshal(out.Bytes(), &answers); err != nil || len(answers) != len(statements) {
		t.Fatalf("%d answers to %d statements: %v", len(answers), len(statements), err)
	}
	return answers
}

// trinoMacros make DuckDB read the functions of Trino. It takes more for JSON than Trino does: NaN, comments, and a comma before the end.
var trinoMacros = []string{
	`CREATE MACRO sound(j) AS json_valid(j) AND NOT regexp_matches(j, '[:\[,]\s*[-+]?(nan|inf|NaN|Inf)|,\s*[}\]]|/\*|//')`,
	`CREATE MACRO json_parse(j) AS CASE WHEN sound(j) THEN j::JSON END`,
	`CREATE MACRO json_extract(j, p) AS CASE WHEN sound(j) THEN system.main.json_extract(j, p) END`,
	`CREATE MACRO json_extract_scalar(j, p) AS CASE WHEN sound(j) THEN json_extract_string(j, p) END`,
	`CREATE MACRO json_format(j) AS CAST(j AS VARCHAR)`,
	`CREATE MACRO date_add(unit, n, t) AS t + to_minutes(n)`,
	`CREATE MACRO regexp_like(a, b) AS regexp_matches(a, b)`,
}

// snowflakeMacros make DuckDB read the functions of Snowflake.
var snowflakeMacros = []string{
	`CREATE MACRO TO_VARIANT(v) AS v`,
	`CREATE MACRO GET_PATH(v, p) AS v -> ('$.' || p)`,
	`CREATE MACRO AS_VARCHAR(v) AS CASE WHEN json_type(v) = 'VARCHAR' THEN v ->> '$' END`,
	`CREATE MACRO IS_NULL_VALUE(v) AS json_type(v) = 'NULL'`,
	`CREATE MACRO IS_OBJECT(v) AS json_type(v) = 'OBJECT'`,
	`CREATE MACRO IS_VARCHAR(v) AS json_type(v) = 'VARCHAR'`,
	`CREATE MACRO ARRAY_SIZE(v) AS CASE WHEN json_type(v) = 'ARRAY' THEN json_array_length(v) END`,
	`CREATE MACRO TO_TIMESTAMP_NTZ(s) AS CAST(s AS TIMESTAMP_NS)`,
}

// writer is what both dialects do.
type writer interface {
	Where(c condition.Condition) string
	Text(path []string) string
	Quote(text string) (string, bool)
}

// lake is lines in a database, and as pawprint reads them.
type lake struct {
	duck
	writer
	lines  []string
	usual  int   // so many lines from the first are usual ones
	counts []int // rows of each line
	log    *model.Log
	values map[string][]string
}

func newLake(t *testing.T, w writer, d duck, lines []string, usual int) *lake {
	t.Helper()
	l := &lake{duck: d, writer: w, lines: lines, usual: usual, values: map[string][]string{}}
	l.log, l.counts = readLines(lines)
	var statements []string
	var paths [][]string
	for _, path := range columnPaths() {
		paths = append(paths, path)
		statements = append(statements, "SELECT DISTINCT "+w.Text(path)+" AS v FROM lines ORDER BY v")
	}
	for i, a := range l.ask(t, statements) {
		if a.Error != "" {
			t.Fatalf("%s: %s", statements[i], a.Error)
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
	answers := l.ask(t, statements)
	exact, moved := 0, 0
	for i, a := range answers {
		if a.Error != "" {
			t.Errorf("%s: %.300s: %.2000s", texts[i], a.Error, statements[i])
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
			t.Errorf("%s: %d of %d usual lines are in doubt: %.600s", texts[i], doubt, l.usual, statements[i])
		}
		if moved += doubt; doubt == 0 {
			exact++
		}
		for n, line := range l.lines {
			if matching[n] > 0 && !cover[n] || core[n] && (matching[n] != 1 || l.counts[n] != 1) {
				t.Errorf("%s: of line %.300q %d of %d rows match; in the cover %v, in the core %v: %.600s", texts[i], line, matching[n], l.counts[n], cover[n], core[n], statements[i])
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
	lines = append(lines, querytest.Lines()...)
	for _, c := range damaged.Cases() {
		if !bytes.ContainsRune(c.Line, '\n') {
			lines = append(lines, string(c.Line))
		}
	}
	r := rand.New(rand.NewPCG(1, 3))
	for range 300 {
		lines = append(lines, querytest.RandomLine(r))
	}
	return lines, usual
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
	d := duck{Before: []string{"CREATE TABLE texts (i INTEGER, raw VARCHAR)"}, Table: "texts"}
	trino := Trino{Paths: TrinoPaths(columnPaths())}
	d.Setup = append(slices.Clone(trinoMacros), "CREATE TABLE lines AS SELECT * FROM "+trino.From("texts", "raw", "i"))
	for i, line := range lines {
		d.Rows = append(d.Rows, []any{i, line})
	}
	return newLake(t, trino, d, lines, usual)
}

func TestTrinoFindsTheSameEvents(t *testing.T) {
	lines, usual := allLines(t)
	trinoLake(t, lines, usual).agree(t)
}

// lakeColumns are the columns of the table of audit logs, with some of those that the data lake adds.
var lakeColumns = []Column{
	{"actionName", Text}, {"actionDescription", Text}, {"actionResult", Text}, {"actionParams", Variant}, {"actionDetails", Variant}, {"actor", Variant}, {"errors", Variant},
	{"sourceIP", Text}, {"XForwardedFor", Variant}, {"userAgent", Text}, {"timestamp", Time}, {"pantherVersion", Text},
	{"p_event_time", Time}, {"p_row_id", Text}, {"p_log_type", Text}, {"p_schema_version", Other}, {"p_any_usernames", Variant},
}

// lakeRow makes a row of the table of an event, and the object that the API would give for it; ok is false for what is no event.
func lakeRow(line string) (row []any, node string, ok bool) {
	var event map[string]json.RawMessage
	if json.Unmarshal([]byte(line), &event) != nil || event == nil || strings.Contains(line, `\ud`) {
		return nil, "", false
	}
	members := make([]string, len(lakeColumns))
	for i, c := range lakeColumns {
		raw := event[c.Name]
		var v, shown any
		var text string
		isText := json.Unmarshal(raw, &text) == nil && string(raw) != "null"
		switch {
		case len(raw) == 0 || string(raw) == "null":
		case c.Kind == Text && isText:
			v, shown = text, text
		case c.Kind == Text:
			v, shown = string(raw), string(raw)
		case c.Kind == Variant:
			once := variant(raw)
			v, shown = string(once), json.RawMessage(once)
		case c.Kind == Time && isText:
			var r clock.Reader
			if nanos, form := r.Read([]byte(text)); form.Usable() && nanos > 0 {
				at := time.Unix(0, nanos).UTC()
				v, shown = at.Format("2006-01-02 15:04:05.000000000"), at.Format("2006-01-02 15:04:05.000")
			}
		case c.Kind == Other && len(raw) == 1:
			v, shown = string(raw), raw
		}
		var member bytes.Buffer
		e := json.NewEncoder(&member)
		e.SetEscapeHTML(false)
		if err := e.Encode(shown); err != nil {
			return nil, "", false
		}
		row = append(row, v)
		members[i] = `"` + c.Name + `":` + strings.TrimSpace(member.String())
	}
	return row, "{" + strings.Join(members, ",") + "}", true
}

// variant is what the data lake keeps of a value: of equal keys, one.
func variant(raw json.RawMessage) []byte {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if d.Decode(&v) != nil || e.Encode(v) != nil {
		return []byte("null")
	}
	return bytes.TrimSpace(out.Bytes())
}

func snowflakeLake(t *testing.T, lines []string, usual int) *lake {
	d := duck{Table: "texts"}
	columns, casts := "i INTEGER", "i"
	for _, c := range lakeColumns {
		columns += ", " + c.Name + " VARCHAR"
		casts += ", CAST(" + c.Name + " AS " + [...]string{Text: "VARCHAR", Variant: "JSON", Time: "TIMESTAMP_NS", Other: "INTEGER"}[c.Kind] + ") AS " + c.Name
	}
	d.Before = []string{"CREATE TABLE texts (" + columns + ")"}
	s := Snowflake{Columns: lakeColumns}
	d.Setup = append([]string{"CREATE TABLE audit AS SELECT " + casts + " FROM texts"}, snowflakeMacros...)
	d.Setup = append(d.Setup, "CREATE TABLE lines AS SELECT * FROM "+s.From("audit"))
	var nodes []string
	for _, line := range lines {
		if row, node, ok := lakeRow(line); ok {
			d.Rows = append(d.Rows, append([]any{len(nodes)}, row...))
			nodes = append(nodes, node)
		}
	}
	return newLake(t, s, d, nodes, usual)
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
	d := duck{Before: []string{"CREATE TABLE lines (i INTEGER, text VARCHAR)"}, Table: "lines", Setup: []string{}}
	for i, text := range texts {
		d.Rows = append(d.Rows, []any{i, text})
	}
	for name, quote := range map[string]func(string) (string, bool){"Trino": quoteTrino, "Snowflake": quoteSnowflake} {
		var statements []string
		for _, text := range texts {
			literal, ok := quote(text)
			if !ok {
				t.Fatalf("%s: %q is not quoted", name, text)
			}
			statements = append(statements, "SELECT i, text = "+literal+", "+literal+" IN ("+literal+", 'other') FROM lines WHERE strpos(text, "+literal+") > 0")
		}
		for k, a := range d.ask(t, statements) {
			var want [][]any
			for i, text := range texts {
				if strings.Contains(text, texts[k]) {
					want = append(want, []any{float64(i), text == texts[k], true})
				}
			}
			slices.SortFunc(a.Rows, func(x, y []any) int { return int(x[0].(float64) - y[0].(float64)) })
			if a.Error != "" || fmt.Sprint(a.Rows) != fmt.Sprint(want) {
				t.Errorf("%s: %q: %v %s, want %v: %s", name, texts[k], a.Rows, a.Error, want, statements[k])
			}
		}
	}
}
