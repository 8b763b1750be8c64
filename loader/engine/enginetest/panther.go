package enginetest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pawprint/loader/engine/sql"
)

// LakeName is the table that the data lake has.
const LakeName = "panther_logs.public.panther_audit"

// Panther plays an instance of Panther, with the table of audit events in its data lake.
type Panther struct {
	*httptest.Server
	Token   string
	Fault   Fault // may be nil; the operations are start, page, cancel and columns
	Running int   // questions for the state before a query has succeeded
	Again   int   // answers with tryAgain before each first page
	Limit   int   // bytes at which a result is cut; 0 means none

	from Asked
	played
}

// NewPanther starts a server for the lines that are events. It ends with the test.
func NewPanther(t *testing.T, lines []string) *Panther {
	t.Helper()
	var rows [][]any
	for _, line := range lines {
		if row, ok := LakeRow(line); ok {
			rows = append(rows, row)
		}
	}
	of := LakeTable("audit", rows)
	of.After = append(of.After, "ATTACH ':memory:' AS panther_logs", "CREATE SCHEMA panther_logs.public", "CREATE TABLE "+LakeName+" AS SELECT * EXCLUDE (i) FROM audit")
	return PlayPanther(t, NewDuck(t, of), nil)
}

// PlayPanther starts a server that answers what from does, after set has changed its ways, which stay as they are then; set may be nil. The
// server ends with the test.
func PlayPanther(t *testing.T, from Asked, set func(*Panther)) *Panther {
	t.Helper()
	p := &Panther{from: from, Token: "invented-token-of-the-tests"}
	if set != nil {
		set(p)
	}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

// Lines are the rows from one time to before another, as the API gives them.
func (p *Panther) Lines(from, to time.Time) []string {
	return nodesOf(p.from.Ask(fmt.Sprintf("SELECT * FROM %s WHERE %s >= '%s' AND %[2]s < '%[4]s'", LakeName, lakeTime, from.Format(fullTime), to.Format(fullTime))))
}

// nodesOf are the rows of an answer as objects.
func nodesOf(a Answer) (out []string) {
	columns := make([]sql.Column, len(a.Columns))
	for i, name := range a.Columns {
		columns[i] = sql.Column{Name: name, Kind: sql.Other}
		switch kind := a.Types[i]; {
		case kind == "VARCHAR":
			columns[i].Kind = sql.Text
		case kind == "JSON":
			columns[i].Kind = sql.Variant
		case strings.HasPrefix(kind, "TIMESTAMP"):
			columns[i].Kind = sql.Time
		}
	}
	for _, row := range a.Rows {
		out = append(out, Node(columns, row))
	}
	return out
}

// nodes are the rows of a result as objects.
func (p *Panther) nodes(r *result) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.nodes == nil {
		r.nodes = nodesOf(r.Answer)
	}
	return r.nodes
}

// ServeHTTP implements http.Handler.
func (p *Panther) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
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
	if err := json.Unmarshal(body, &asked); err != nil || r.URL.Path != "/public/graphql" || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	op := operation(asked.Query)
	if n := p.ask(op); p.Fault != nil && p.Fault(op, n, w) {
		return
	}
	if r.Header.Get("X-API-Key") != p.Token {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	switch v := asked.Variables; op {
	case "start":
		data(w, "executeDataLakeQuery", map[string]string{"id": p.run(p.from, v.Input.SQL, p.Running)})
	case "cancel":
		p.stop(v.Input.ID)
		data(w, "cancelDataLakeQuery", map[string]string{"id": v.Input.ID})
	case "columns":
		var columns []map[string]string
		for _, c := range LakeColumns {
			columns = append(columns, map[string]string{"name": c.Name, "type": apiTypes[c.Kind]})
		}
		data(w, "dataLakeDatabaseTable", map[string]any{"columns": columns})
	default:
		data(w, "dataLakeQuery", p.page(v.ID, v.Results.Cursor, v.Results.PageSize))
	}
}

func operation(query string) string {
	for _, op := range [][2]string{{"executeDataLakeQuery", "start"}, {"cancelDataLakeQuery", "cancel"}, {"dataLakeDatabaseTable", "columns"}} {
		if strings.Contains(query, op[0]) {
			return op[1]
		}
	}
	return "page"
}

func data(w http.ResponseWriter, name string, v any) {
	reply(w, map[string]any{"data": map[string]any{name: v}})
}

// page is the state of a query and, once it has succeeded, a page of its result.
func (p *Panther) page(id, cursor string, size int) any {
	found, ended := p.find(id)
	switch {
	case found == nil || size > 999:
		return nil
	case !ended:
		return map[string]any{"status": "running", "message": "", "results": nil}
	case found.Error != "":
		return map[string]any{"status": "failed", "message": found.Error, "results": nil}
	}
	if cursor == "" && p.Asked("page")%(p.Again+1) != 0 {
		return results(nil, 0, false, "", true)
	}
	rows := p.nodes(found)
	if p.Limit > 0 {
		bytes := 0
		if cut := slices.IndexFunc(rows, func(row string) bool { bytes += len(row); return bytes > p.Limit }); cut >= 0 {
			rows = rows[:cut]
		}
	}
	from, _ := strconv.Atoi(cursor)
	to := min(from+size, len(rows))
	return results(rows[from:to], len(found.Rows), to < len(rows), fmt.Sprint(to), false)
}

func results(rows []string, all int, more bool, cursor string, again bool) any {
	type edge struct {
		Node json.RawMessage `json:"node"`
	}
	edges := []edge{}
	for _, row := range rows {
		edges = append(edges, edge{json.RawMessage(row)})
	}
	return map[string]any{"status": "succeeded", "message": "", "results": map[string]any{"edges": edges, "pageInfo": map[string]any{"hasNextPage": more, "endCursor": cursor},
		"stats": map[string]int{"bytesScanned": Scanned, "executionTime": 1500, "rowCount": all}, "tryAgain": again}}
}
