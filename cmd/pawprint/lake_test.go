package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// lakeServer answers as the API of an invented instance would, whose data lake holds the lines of the shared log, all of them in the last hours.
func lakeServer(t *testing.T, token string) *httptest.Server {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(text)), "\n")[:900]
	var mu sync.Mutex
	var sql string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		switch asked := string(body); {
		case r.Header.Get("X-API-Key") != token:
			w.WriteHeader(http.StatusUnauthorized)
		case strings.Contains(asked, "dataLakeDatabaseTable"):
			fmt.Fprint(w, `{"data":{"dataLakeDatabaseTable":{"columns":[{"name":"actionName","type":"string"},{"name":"actor","type":"variant"},{"name":"timestamp","type":"timestamp"}]}}}`)
		case strings.Contains(asked, "executeDataLakeQuery"):
			sql = asked
			fmt.Fprint(w, `{"data":{"executeDataLakeQuery":{"id":"q"}}}`)
		case strings.Contains(sql, "MIN("):
			fmt.Fprint(w, `{"data":{"dataLakeQuery":{"status":"succeeded","results":{"edges":[{"node":{"oldest":"2026-11-08 20:31:30.446","newest":"2026-11-08 20:40:00.000"}}],"pageInfo":{},"stats":{"rowCount":1}}}}}`)
		case strings.Contains(sql, "count(*)"), strings.Contains(sql, "DISTINCT"): // nothing is certain, and no values are known
			fmt.Fprint(w, `{"data":{"dataLakeQuery":{"status":"succeeded","results":{"edges":[{"node":{"c0":0}}],"pageInfo":{},"stats":{"rowCount":1}}}}}`)
		default:
			fmt.Fprintf(w, `{"data":{"dataLakeQuery":{"status":"succeeded","results":{"edges":[{"node":%s}],"pageInfo":{},"stats":{"rowCount":%d}}}}}`, strings.Join(rows, `},{"node":`), len(rows))
		}
	}))
	t.Cleanup(srv.Close)
	return srv
}

func TestADataLakeIsReadAndItsTokenIsSaidNowhere(t *testing.T) {
	const token = "invented-token-of-this-test"
	srv := lakeServer(t, token)
	url := "panther://" + strings.TrimPrefix(srv.URL, "http://")
	kept := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(kept, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env, args []string
		code      int
		out, err  string
	}{
		{[]string{"PANTHER_API_TOKEN=" + token}, []string{"query", "-c", "", url, "--since", "2026-11-01"}, 0, "900\n", ""},
		{[]string{"PAWPRINT_PANTHER_TOKEN_FILE=" + kept}, []string{"query", "-c", "action:LIST_*", url}, 0, "", "only the last 24 hours"},
		{[]string{"PANTHER_API_TOKEN=" + token + "x"}, []string{"query", "-c", "", url}, 2, "", "the token is not accepted (HTTP 401)"},
		{nil, []string{"query", "-c", "", url}, 2, "", "set PANTHER_API_TOKEN"},
		{[]string{"PAWPRINT_PANTHER_TOKEN_FILE=" + kept + ".not"}, []string{"query", "-c", "", url}, 2, "", "PAWPRINT_PANTHER_TOKEN_FILE"},
		{[]string{"PANTHER_API_TOKEN=" + token}, []string{"query", "-f", "", url}, 2, "", "cannot be followed: each query is an audit event itself"},
		{[]string{"PANTHER_API_TOKEN=" + token}, []string{"query", "-c", "", "panther://" + token + "@example.com"}, 2, "", "leave the token out of it"},
		{[]string{"PANTHER_API_TOKEN=" + token}, []string{"query", "-c", "", url, "--rows", "-1"}, 2, "", "--rows"},
		{nil, []string{"query", "--explain", "", "panther://example.com/x"}, 2, "", "names no table"},
	} {
		cmd := exec.Command(program(t), c.args...)
		cmd.Env = append(os.Environ(), c.env...)
		var out, errs strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &errs
		_ = cmd.Run() // the exit code is checked below
		if code := cmd.ProcessState.ExitCode(); code != c.code || c.out != "" && out.String() != c.out || !strings.Contains(errs.String(), c.err) {
			t.Errorf("pawprint %q exits %d, prints %q and says %q", c.args, code, out.String(), errs.String())
		}
		if strings.Contains(out.String()+errs.String(), token) {
			t.Errorf("pawprint %q tells the token: %q %q", c.args, out.String(), errs.String())
		}
	}
}

// TestADataLakeIsExplainedWithoutAQuestion needs no token, and no server.
func TestADataLakeIsExplainedWithoutAQuestion(t *testing.T) {
	const url = "panther://api.example.com"
	for _, c := range []struct {
		args      []string
		out, lack []string
	}{
		{[]string{"query", "--explain", "is:failed rule", url}, []string{"decided there     is:failed\n", "narrowed there    rule\n", "to have the columns of Panther's schema",
			"/* pawprint */ SELECT * FROM (SELECT * FROM (SELECT * EXCLUDE (x_all, x_low) FROM ", "coalesce(CAST(TO_JSON(TO_VARIANT(actor)) AS VARCHAR), '')", "LIMIT 10000) ORDER BY p_event_time\n",
			"WHERE p_event_time >= TO_TIMESTAMP_NTZ('20", "query -c          counts in the database the rows that certainly match, once the values are known"}, []string{"asked first  "}},
		{[]string{"query", "-c", "--explain", "is:failed", "--since", "2026-11-02", "--until", "2026-11-03", url}, []string{`SELECT count(*) AS "c0" FROM `, "p_event_time < TO_TIMESTAMP_NTZ('2026-11-"}, nil},
		{[]string{"query", "-c", "--explain", "action:/^GET/", url}, []string{"asked first       the values of actionName", "query -c          counts in the database the rows that certainly match, once the values are known"}, []string{"FALSE\n"}},
		{[]string{"stats", "--explain", "-q", "", "--rows", "0", url + "/a.b.c"}, []string{"AS x_all FROM a.b.c)) WHERE p_event_time"}, []string{"LIMIT"}},
		{[]string{"query", "--explain", "", "--since", "2026-11-02", "--rows", "5", url}, []string{"ORDER BY p_event_time DESC LIMIT 5)"}, nil},
		{[]string{"query", "--explain", "param.x:1", url}, []string{"query -c          counts nothing in the database"}, nil},
	} {
		out, said, code := outcomeOf(t, c.args...)
		if code != 0 || said != "" {
			t.Errorf("pawprint %q exits %d and says %q", c.args, code, said)
		}
		for _, text := range c.out {
			if !strings.Contains(out, text) {
				t.Errorf("pawprint %q prints\n%s\nwithout %q", c.args, out, text)
			}
		}
		for _, text := range c.lack {
			if strings.Contains(out, text) {
				t.Errorf("pawprint %q prints\n%s\nwith %q", c.args, out, text)
			}
		}
	}
}

// athenaServer answers as Amazon's service would, whose table holds the lines of the shared log.
func athenaServer(t *testing.T) *httptest.Server {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, line := range append([]string{"line"}, strings.Split(strings.TrimSpace(string(text)), "\n")[:900]...) {
		rows = append(rows, fmt.Sprintf(`{"Data":[{"VarCharValue":%s}]}`, strconv.Quote(line)))
	}
	var mu sync.Mutex
	sql := ""
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		switch _, op, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); op {
		case "GetTableMetadata":
			fmt.Fprint(w, `{"TableMetadata":{"Name":"audit","Columns":[{"Name":"line","Type":"string"}],"PartitionKeys":[{"Name":"year","Type":"string"},{"Name":"month","Type":"string"},{"Name":"day","Type":"string"},{"Name":"hour","Type":"string"}]}}`)
		case "StartQueryExecution":
			sql = string(body)
			fmt.Fprint(w, `{"QueryExecutionId":"q-1"}`)
		case "GetQueryExecution":
			fmt.Fprint(w, `{"QueryExecution":{"Status":{"State":"SUCCEEDED"},"Statistics":{"DataScannedInBytes":3000000000}}}`)
		case "GetQueryResults":
			if strings.Contains(sql, "count(*)") { // nothing is certain
				fmt.Fprintf(w, `{"ResultSet":{"Rows":[%s,{"Data":[{"VarCharValue":"0"}]}]}}`, rows[0])
				return
			}
			if !strings.Contains(sql, "2026-11-08T22:30") { // the beginning of what is asked for
				fmt.Fprintf(w, `{"ResultSet":{"Rows":[%s]}}`, rows[0])
				return
			}
			fmt.Fprintf(w, `{"ResultSet":{"Rows":[%s]}}`, strings.Join(rows, ","))
		}
	}))
	t.Cleanup(srv.Close)
	return srv
}

func TestATableOfAthenaIsReadAndItsPriceIsSaid(t *testing.T) {
	srv := athenaServer(t)
	env := append(os.Environ(), "AWS_ENDPOINT_URL="+srv.URL, "AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=invented", "AWS_SECRET_ACCESS_KEY=invented-secret")
	for _, c := range []struct {
		args     []string
		code     int
		out, err string
	}{
		{[]string{"athena", "ddl", "logs.audit", "s3://example-bucket/logs"}, 0, "CREATE EXTERNAL TABLE logs.audit (line string)", ""},
		{[]string{"athena", "ddl", "logs.audit", "/tmp/logs"}, 2, "", "s3://BUCKET"},
		{[]string{"query", "-c", "is:failed", "--explain", "--since", "2026-11-02", "athena://logs.audit"}, 0, `"year" = '2026' AND "month" = '11'`, ""},
		{[]string{"query", "-c", "is:failed", "athena://logs"}, 2, "", "athena://DATABASE.TABLE"},
		{[]string{"query", "-f", "is:failed", "athena://logs.audit"}, 2, "", "cannot be followed: each query costs money"},
		{[]string{"query", "-c", "is:failed", "--estimate", "athena://logs.audit"}, 1, "0\n", "which costs about 0.0300 US dollars"},
	} {
		cmd := exec.Command(program(t), c.args...)
		cmd.Env = env
		var out, errs strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &errs
		_ = cmd.Run() // the exit code is checked below
		if code := cmd.ProcessState.ExitCode(); code != c.code || !strings.Contains(out.String(), c.out) || !strings.Contains(errs.String(), c.err) || strings.Contains(errs.String(), "invented-secret") {
			t.Errorf("pawprint %q exits %d, prints %q and says %q", c.args, code, out.String(), errs.String())
		}
	}
	cmd := exec.Command(program(t), "query", "-c", "action:*", "--since", "2026-11-08T22:30:00Z", "--until", "2026-11-08T23:30:00Z", "athena://logs.audit")
	cmd.Env = env
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run()
	if n, err := strconv.Atoi(strings.TrimSpace(out.String())); err != nil || n != 3 || !strings.Contains(errs.String(), "US dollars") {
		t.Errorf("it prints %q and says %q", out.String(), errs.String())
	}
}
