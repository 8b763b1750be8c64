package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
)

func TestADatabaseIsExplainedAndItsPasswordIsSaidNowhere(t *testing.T) {
	const secret = "invented-password-of-this-test"
	var asked atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("X-ClickHouse-Exception-Code", "516")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, "Code: 516. DB::Exception: %s: Authentication failed", r.Header.Get("X-ClickHouse-Key"))
	}))
	t.Cleanup(srv.Close)
	url := "clickhouse://" + strings.TrimPrefix(srv.URL, "http://") + "/logs.audit"
	explains := []string{"decided there     is:failed", "narrowed there    rule", "SELECT line FROM", "FROM `logs`.`audit` AS source", "asked first       the values of actionName"}
	for _, c := range []struct {
		args  []string
		code  int
		out   []string
		err   string
		sends int
	}{
		{[]string{"query", "--explain", "is:failed rule", url}, 0, explains, "", 0},
		{[]string{"query", "-c", "--explain", "is:failed rule", url}, 0, explains, "", 0},
		{[]string{"stats", "--explain", "-q", "is:failed rule", url}, 0, explains, "", 0},
		{[]string{"--explain", "-q", "is:failed rule", url}, 0, explains, "", 0},
		{[]string{"query", "--explain", "is:first-seen", url}, 0, []string{"decided here      is:first-seen", "looks at all loaded rows"}, "", 0},
		{[]string{"query", "--explain", "x", "../../testdata/audit.jsonl"}, 2, nil, "--explain: it is only for databases", 0},
		{[]string{"query", "--estimate", "x", url}, 2, nil, "--estimate: without -c it only prints the price of athena://", 0},
		{[]string{"query", "-c", "--estimate", "x", "-"}, 2, nil, "read whole", 0},
		{[]string{"query", "x", url}, 2, nil, "user or password is wrong (HTTP 403, code 516); set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD", 1},
		{[]string{"query", "-c", "is:failed", url}, 2, nil, "user or password is wrong", 1},
		{[]string{"check", url}, 2, nil, "--rows 0 reads all of them", 0},
		{[]string{"check", "--rows", "0", url}, 2, nil, "user or password is wrong", 1},
		{[]string{"query", "-f", "", url}, 2, nil, "cannot be followed: a database cannot say which rows are new", 0},
		{[]string{"query", "", strings.Replace(url, "://", "://u:"+secret+"@", 1)}, 2, nil, "set CLICKHOUSE_USER", 0},
		{[]string{"query", "", url, "--rows", "-1"}, 2, nil, "--rows", 0},
		{[]string{"query", "", url, "--engine-bytes", "many"}, 2, nil, "--engine-bytes", 0},
	} {
		asked.Store(0)
		cmd := exec.Command(program(t), c.args...)
		cmd.Env = append(os.Environ(), "CLICKHOUSE_USER=reader", "CLICKHOUSE_PASSWORD="+secret)
		var out, errs strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &errs
		_ = cmd.Run() // the exit code is checked below
		if code := cmd.ProcessState.ExitCode(); code != c.code || !strings.Contains(errs.String(), c.err) || asked.Load() != int64(c.sends) {
			t.Errorf("pawprint %q exits %d, asks %d times and says %q", c.args, code, asked.Load(), errs.String())
		}
		for _, want := range c.out {
			if !strings.Contains(out.String(), want) {
				t.Errorf("pawprint %q prints %s, want %s", c.args, out.String(), want)
			}
		}
		if strings.Contains(out.String()+errs.String(), secret) {
			t.Errorf("pawprint %q tells the password: %q %q", c.args, out.String(), errs.String())
		}
	}
}
