package enginetest

import (
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

	"pawprint/model/clock"
)

// Fault may answer a request in place of a server: the nth one of an operation, from 1. done reports whether it did.
type Fault func(op string, nth int, w http.ResponseWriter) (done bool)

// AthenaTable is the table that Athena has.
const AthenaTable = "logs.audit"

// Athena plays Amazon Athena, with one table of raw lines that is cut by year, month, day and hour.
type Athena struct {
	*httptest.Server
	Location string // of the table, s3://BUCKET/FOLDER/; empty if Athena does not tell
	Fault    Fault  // may be nil
	Running  int    // questions for the state before a query has succeeded

	from  Asked
	lines []string
	hours []time.Time // the parts of the table that the lines are in
	played
}

// played is what a server was asked.
type played struct {
	mu         sync.Mutex
	asked      map[string]int // operations
	statements []string
	stopped    []string // the ids of queries
	results    []*result
}

// result is the answer to a statement.
type result struct {
	Answer
	done    chan struct{}
	waiting int      // questions for its state before it is there
	nodes   []string // rows as objects, once they were asked for
}

// Statements lists what was asked so far.
func (p *played) Statements() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.statements)
}

// Stopped counts the queries that were stopped.
func (p *played) Stopped() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.stopped)
}

// Asked counts the requests of an operation.
func (p *played) Asked(op string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[op]
}

// ask notes a request and returns how many of its kind there were.
func (p *played) ask(op string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asked == nil {
		p.asked = map[string]int{}
	}
	p.asked[op]++
	return p.asked[op]
}

// patience is how long whoever starts a query waits for its answer, as asking for its state takes longer than most queries.
const patience = 5 * time.Second

// run begins a statement and returns its id. Its state is running so many times more than it is.
func (p *played) run(from Asked, statement string, running int) (id string) {
	r := &result{waiting: running, done: make(chan struct{})}
	go func() {
		defer close(r.done)
		r.Answer = from.Ask(statement)
	}()
	select {
	case <-r.done:
	case <-time.After(patience):
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.statements = append(p.statements, statement)
	p.results = append(p.results, r)
	return fmt.Sprintf("q-%d", len(p.results))
}

// stop notes that a query is stopped.
func (p *played) stop(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = append(p.stopped, id)
}

// find returns the answer to a statement, and whether it runs no more. It is nil if there is no such query.
func (p *played) find(id string) (r *result, ended bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, err := strconv.Atoi(strings.TrimPrefix(id, "q-"))
	if err != nil || n < 1 || n > len(p.results) {
		return nil, false
	}
	r = p.results[n-1]
	select {
	case <-r.done:
		r.waiting--
		return r, r.waiting < 0
	default:
		return r, false
	}
}

// NewAthena starts a server for lines, which lie in the part of the table of their time, or of the line before. It ends with the test.
func NewAthena(t *testing.T, lines []string) *Athena {
	t.Helper()
	of := Table{Name: "texts", Before: []string{"CREATE TABLE texts (line VARCHAR, year VARCHAR, month VARCHAR, day VARCHAR, hour VARCHAR)"},
		After: slices.Concat(trinoMacros, []string{"CREATE SCHEMA logs", "CREATE TABLE logs.audit AS SELECT * FROM texts"})}
	a := &Athena{lines: lines}
	at := time.Date(2026, 11, 12, 10, 0, 0, 0, time.UTC)
	for _, line := range lines {
		if moment, ok := timeOf(line); ok {
			at = moment
		}
		a.hours = append(a.hours, at.Truncate(time.Hour))
		of.Rows = append(of.Rows, append([]any{line}, partsOf(at)...))
	}
	a.from = NewDuck(t, of)
	a.begin(t)
	return a
}

// PlayAthena starts a server that answers what from does; see PlayPanther.
func PlayAthena(t *testing.T, from Asked, set func(*Athena)) *Athena {
	a := &Athena{from: from}
	if set != nil {
		set(a)
	}
	a.begin(t)
	return a
}

func (a *Athena) begin(t *testing.T) {
	t.Helper()
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
}

// Lines are those that lie in the parts of the table from one hour to before another.
func (a *Athena) Lines(from, to time.Time) (lines []string) {
	for i, line := range a.lines {
		if !a.hours[i].Before(from) && a.hours[i].Before(to) {
			lines = append(lines, line)
		}
	}
	return lines
}

// partsOf are the values of the columns that cut the table.
func partsOf(at time.Time) []any {
	return []any{at.Format("2006"), at.Format("01"), at.Format("02"), at.Format("15")}
}

// anyTime finds what looks like a time of these years in a line that tells it in no usual way.
var anyTime = regexp.MustCompile(`20[23][0-9]-[01][0-9]-[0-3][0-9]|1[78][0-9]{8}`)

// timeOf reads the time of a line as the writer of a bucket knows it; ok is false if it has none of the last years.
func timeOf(line string) (at time.Time, ok bool) {
	var event struct{ Timestamp string }
	_ = json.Unmarshal([]byte(line), &event) // without a time it is looked for in the text
	var r clock.Reader
	nanos, form := r.Read([]byte(event.Timestamp))
	if at = time.Unix(0, nanos).UTC(); form.Usable() && at.Year() > 2020 && at.Year() < 2030 {
		return at, true
	}
	found := anyTime.FindString(line)
	if seconds, err := strconv.ParseInt(found, 10, 64); err == nil {
		return time.Unix(seconds, 0).UTC(), true
	}
	at, err := time.Parse(time.DateOnly, found)
	return at.Add(10 * time.Hour), err == nil
}

// ServeHTTP implements http.Handler.
func (a *Athena) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	_, op, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	if n := a.ask(op); a.Fault != nil && a.Fault(op, n, w) {
		return
	}
	var in struct {
		QueryString, QueryExecutionID, NextToken string
		MaxResults                               int
	}
	_ = json.Unmarshal(body, &in) // what is missing is found below
	switch op {
	case "GetTableMetadata":
		reply(w, a.metadata())
	case "StartQueryExecution":
		reply(w, map[string]string{"QueryExecutionId": a.run(a.from, in.QueryString, a.Running)})
	case "GetQueryExecution":
		reply(w, a.state(in.QueryExecutionID))
	case "StopQueryExecution":
		a.stop(in.QueryExecutionID)
		reply(w, struct{}{})
	case "GetQueryResults":
		a.page(w, in.QueryExecutionID, in.NextToken, in.MaxResults)
	default:
		refuse(w, "InvalidRequestException")
	}
}

// reply answers. If that fails, who asked is gone.
func reply(w http.ResponseWriter, v any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
}

func refuse(w http.ResponseWriter, code string) {
	w.WriteHeader(http.StatusBadRequest)
	reply(w, map[string]string{"__type": code})
}

type column struct{ Name, Type string }

func (a *Athena) metadata() any {
	var keys []column
	for _, name := range []string{"year", "month", "day", "hour"} {
		keys = append(keys, column{name, "string"})
	}
	return map[string]any{"TableMetadata": map[string]any{"Name": "audit", "Columns": []column{{"line", "string"}}, "PartitionKeys": keys, "Parameters": map[string]string{"location": a.Location}}}
}

// Scanned is how many bytes Athena says that a query reads.
const Scanned = 20_000_000

func (a *Athena) state(id string) any {
	state := "SUCCEEDED"
	switch found, ended := a.find(id); {
	case found != nil && !ended:
		state = "RUNNING"
	case found == nil || found.Error != "":
		state = "FAILED"
	}
	return map[string]any{"QueryExecution": map[string]any{"QueryExecutionId": id, "Status": map[string]string{"State": state}, "Statistics": map[string]int{"DataScannedInBytes": Scanned}}}
}

type datum struct{ VarCharValue *string }

// page gives out rows as texts. The first one of a result is the names of its columns.
func (a *Athena) page(w http.ResponseWriter, id, token string, most int) {
	found, ended := a.find(id)
	from, _ := strconv.Atoi(token)
	if found == nil || !ended || found.Error != "" || most > 1000 || from > len(found.Rows) {
		refuse(w, "InvalidRequestException")
		return
	}
	type row struct{ Data []datum }
	var rows []row
	if token == "" {
		var names row
		for _, name := range found.Columns {
			names.Data = append(names.Data, datum{&name})
		}
		rows, most = append(rows, names), most-1
	}
	to := min(from+most, len(found.Rows))
	for _, values := range found.Rows[from:to] {
		var one row
		for _, v := range values {
			one.Data = append(one.Data, datum{textOf(v)})
		}
		rows = append(rows, one)
	}
	out := map[string]any{"ResultSet": map[string]any{"Rows": rows}}
	if to < len(found.Rows) {
		out["NextToken"] = strconv.Itoa(to)
	}
	reply(w, out)
}

// textOf is a value as Athena writes it; nil is no value.
func textOf(v any) *string {
	if v == nil {
		return nil
	}
	text := fmt.Sprint(v)
	return &text
}
