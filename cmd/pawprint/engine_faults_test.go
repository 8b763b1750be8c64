package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"pawprint/loader/engine/enginetest"
)

// The secrets of these tests. Servers send them back unasked.
const (
	lakeToken = "invented-token-of-the-tests" // which the fake Panther accepts
	awsSecret = "invented/aws/secret+of/the/tests"
	awsToken  = "invented-session-token-of-the-tests"
	chSecret  = "invented-password-of-the-tests"
)

// secretsIn lists the secrets that a text holds.
func secretsIn(text string) (found []string) {
	for _, s := range []string{lakeToken, awsSecret, awsToken, chSecret} {
		if strings.Contains(text, s) {
			found = append(found, s)
		}
	}
	return found
}

// secretHome makes a home for all runs of a test that hold secrets, and looks for these in all files in the end.
func secretHome(t *testing.T) {
	home := t.TempDir()
	for name, value := range map[string]string{"HOME": home, "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": filepath.Join(home, "state"), "XDG_CACHE_HOME": "", "XDG_DATA_HOME": "", "TMPDIR": home,
		"PANTHER_API_TOKEN": lakeToken, "CLICKHOUSE_USER": "auditor", "CLICKHOUSE_PASSWORD": chSecret,
		"AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "invented", "AWS_SECRET_ACCESS_KEY": awsSecret, "AWS_SESSION_TOKEN": awsToken, "AWS_CONFIG_FILE": filepath.Join(home, "none")} {
		t.Setenv(name, value)
	}
	t.Cleanup(func() {
		files := 0
		err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			files++
			text, err := os.ReadFile(path)
			if found := secretsIn(path + string(text)); found != nil {
				t.Errorf("%s holds %q", path, found)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		t.Logf("%d files were looked at", files)
	})
}

// status answers with a status, and with all secrets.
func status(code int, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprintln(w, lakeToken, awsSecret, awsToken, chSecret)
	}
}

// cutOff is the beginning of an answer.
func cutOff(w http.ResponseWriter) {
	w.Header().Set("Content-Length", "1000")
	fmt.Fprint(w, `{"data":{`)
}

// says answers with a text.
func says(text string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { fmt.Fprint(w, text) }
}

// fails makes requests of an operation fail, the given number of times from the n-th one on.
func fails(op string, from, times int, how func(http.ResponseWriter)) enginetest.Fault {
	return func(asked string, nth int, w http.ResponseWriter) bool {
		if asked != op || nth < from || nth >= from+times {
			return false
		}
		how(w)
		return true
	}
}

const always = 1 << 30

// engineFault is a fault of a database, and what the program makes of it.
type engineFault struct {
	name  string
	fault enginetest.Fault
	said  string // on standard error; empty if the run succeeds in the end
	lines int    // that query prints: those of the windows that came whole
	stops int    // queries that are stopped, as they may still run
}

// What is asked for, and the rows of its windows: of the data lake the newest hour, then the day before that, of Athena
// the hour after that, in which lines of it may lie, and the newest day.
const (
	sinceEvents, untilEvents = "2026-11-10", "2026-11-12T23:59:59Z"
	newestHour, newestDay    = 6, 24 * 6
)

func pantherFaults() []engineFault {
	twice := says(`{"data":{"dataLakeQuery":{"status":"succeeded","results":{"edges":[],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}}}}`)
	return []engineFault{
		{"401", fails("start", 1, always, status(401)), "the token is not accepted (HTTP 401); check that it belongs to this instance", 0, 0},
		{"403", fails("start", 2, always, status(403)), `the token may not do this (HTTP 403); it needs the permission "Query Data Lake"`, 0, 0},
		{"429 once", fails("start", 2, 1, status(429, "Retry-After", "3600")), "", numberOfEvents, 0},
		{"429", fails("start", 2, always, status(429, "Retry-After", "3600")), "it received too many requests (HTTP 429)", 0, 0},
		{"500 at pages", fails("page", 2, always, status(500)), "it failed with an error of its own (HTTP 500)", 0, 1},
		{"a cut page, once", fails("page", 2, 1, cutOff), "", numberOfEvents, 0},
		{"cut pages", fails("page", 3, always, cutOff), "the answer ended too early", newestHour, 1}, // nobody knows whether it runs
		{"a page twice", fails("page", 3, always, twice), "the same page came twice", newestHour, 0},
		{"a cancelled query", fails("page", 3, 1, says(`{"data":{"dataLakeQuery":{"status":"cancelled"}}}`)), "the query was cancelled in the data lake", newestHour, 0},
		{"a cut result", nil, "it ends after 48 of 144 rows", newestHour, 0},
		{"a window", fails("start", 4, 1, status(502)), "it failed with an error of its own (HTTP 502)", newestHour + newestDay, 0},
	}
}

func athenaFaults() []engineFault {
	const start, state, page = "StartQueryExecution", "GetQueryExecution", "GetQueryResults"
	ended := func(state string) func(http.ResponseWriter) {
		return says(`{"QueryExecution":{"QueryExecutionId":"q-3","Status":{"State":"` + state + `","StateChangeReason":"` + awsSecret + `"}}}`)
	}
	return []engineFault{
		{"401", fails("GetTableMetadata", 1, always, status(401)), "access is denied (HTTP 401)", 0, 0},
		{"403", fails(start, 3, always, status(403)), "access is denied (HTTP 403); check the credentials", newestDay, 0},
		{"429 once", fails(start, 3, 1, status(429, "Retry-After", "3600")), "", numberOfEvents, 0},
		{"500 at a state", fails(state, 3, always, status(500)), "Athena is busy (HTTP 500)", newestDay, 1},
		{"a cut page, once", fails(page, 3, 1, cutOff), "", numberOfEvents, 0},
		{"cut pages", fails(page, 3, always, cutOff), "the answer ended too early", newestDay, 0},
		{"a page twice", fails(page, 3, always, says(`{"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"line"}]}]},"NextToken":"x"}`)), "the same page came twice", newestDay, 0},
		{"a failed query", fails(state, 3, 1, ended("FAILED")), "the query failed; the query history has the reason, under q-3", newestDay, 0},
	}
}

// TestFaultsOfALakeAreSaidAndNothingPartialIsWhole has played databases fail in each way, and looks at what the program makes of it.
func TestFaultsOfALakeAreSaidAndNothingPartialIsWhole(t *testing.T) {
	secretHome(t)
	t.Setenv(haste, "1")
	for name, of := range map[string]struct {
		faults []engineFault
		play   func(*testing.T, enginetest.Fault) faultyEngine
	}{
		"panther": {pantherFaults(), func(t *testing.T, f enginetest.Fault) faultyEngine {
			return playPanther(t, f, func(p *enginetest.Panther) {
				if f == nil {
					p.Limit = 10_000
				}
			})
		}},
		"athena": {athenaFaults(), func(t *testing.T, f enginetest.Fault) faultyEngine { return playAthena(t, f, nil) }},
	} {
		for _, c := range of.faults {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				e := of.play(t, c.fault)
				out, said := e.run(t, c.said, "query", "")
				if n := strings.Count(out, "\n"); n != c.lines {
					t.Errorf("query prints %d lines, want %d: %s", n, c.lines, said)
				}
				if n := e.stopped(); n != c.stops {
					t.Errorf("%d queries were stopped, want %d", n, c.stops)
				}
				if c.lines == newestHour && !strings.Contains(said, "no older rows were read") {
					t.Errorf("it says %s", said)
				}
			})
		}
	}
}

// run runs a command on the database, and checks that it fails with words, if there are any.
func (e faultyEngine) run(t *testing.T, want string, args ...string) (out, said string) {
	t.Helper()
	args = append(args, "--since", sinceEvents, "--until", untilEvents, e.url)
	out, said, code := outcomeOf(t, args...)
	wantCode := exitFound
	if want != "" {
		wantCode = exitError
	}
	if code != wantCode || !strings.Contains(said, want) {
		t.Errorf("pawprint %q exits %d and says %q, want %d and %q", args, code, said, wantCode, want)
	}
	for _, statement := range e.statements() {
		if !strings.HasPrefix(statement, "/* pawprint */ SELECT ") || strings.Contains(statement, ";") {
			t.Errorf("pawprint %q sends %s", args, statement)
		}
	}
	if found := secretsIn(out + said); found != nil {
		t.Errorf("pawprint %q tells %q: %s", args, found, said)
	}
	return out, said
}

// TestFiguresOfALakeThatFailsAreNotPrinted has one question of several fail.
func TestFiguresOfALakeThatFailsAreNotPrinted(t *testing.T) {
	secretHome(t)
	t.Setenv(haste, "1")
	for name, play := range map[string]func(*testing.T, int) faultyEngine{
		"panther": func(t *testing.T, nth int) faultyEngine {
			return playPanther(t, fails("start", nth, 1, status(403)), nil)
		},
		"athena": func(t *testing.T, nth int) faultyEngine {
			return playAthena(t, fails("StartQueryExecution", nth, 1, status(403)), nil)
		},
	} {
		for k, args := range [][]string{{"query", "-c", ""}, {"stats", "--by", "action"}} {
			if out, said := play(t, 1+k).run(t, "(HTTP 403)", args...); out != "" { // the rest, and what is certain
				t.Errorf("%s: %q without an answer prints %q and says %s", name, args, out, said)
			}
			out, said := play(t, 3).run(t, "", args...)
			if !strings.Contains(out, strconv.Itoa(numberOfEvents)) || !strings.Contains(said, "432 rows were counted in the database, 0 rows were read") {
				t.Errorf("%s: %q prints %q and says %s", name, args, out, said)
			}
			if strings.Contains(said, "Athena read") != (name == "athena") || name == "athena" && !strings.Contains(said, "Athena read 38 MiB") {
				t.Errorf("%s: %q says %s", name, args, said)
			}
		}
	}
}

// TestALakeThatTakesItsTimeIsWaitedFor checks what is no fault.
func TestALakeThatTakesItsTimeIsWaitedFor(t *testing.T) {
	secretHome(t)
	t.Setenv(haste, "1")
	for name, e := range map[string]faultyEngine{
		"running, and to be asked again": playPanther(t, nil, func(p *enginetest.Panther) { p.Running, p.Again = 3, 2 }),
		"running":                        playAthena(t, nil, func(a *enginetest.Athena) { a.Running = 3 }),
	} {
		if out, said := e.run(t, "", "query", ""); strings.Count(out, "\n") != numberOfEvents {
			t.Errorf("%s: %d lines: %s", name, strings.Count(out, "\n"), said)
		}
	}
}

// TestTheInterfaceSaysWhichRowsOfALakeAreMissing has the second window fail, and then a panic end the program.
func TestTheInterfaceSaysWhichRowsOfALakeAreMissing(t *testing.T) {
	secretHome(t)
	trigger := filepath.Join(t.TempDir(), "trigger")
	t.Setenv(faultPlace, "update")
	t.Setenv(faultTrigger, trigger)
	e := playPanther(t, fails("start", 3, always, status(403)), nil)
	x := start(t, nil, "--since", sinceEvents, "--until", untilEvents, e.url)
	x.waitForText("1 of 2 broken")
	x.waitForText("6 matches") // and an event of the source that panics
	x.typeKeys("B")
	x.waitForText("lines = 7 events")
	x.typeKeys("j")
	x.waitForText("no older rows were read")
	if err := os.WriteFile(trigger, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	x.typeKeys("\x1b")
	x.waitForExit(exitError)
	x.tellsNoSecret()
	for _, kept := range []string{"crash-*", "recent*"} {
		if paths, err := filepath.Glob(filepath.Join(os.Getenv("XDG_STATE_HOME"), "pawprint", kept)); err != nil || len(paths) == 0 {
			t.Errorf("%s was not kept: %v", kept, err)
		}
	}
}

// TestFaultsOfClickHouseAreSaidAndNothingPartialIsWhole has the second window of a table fail in different ways.
func TestFaultsOfClickHouseAreSaidAndNothingPartialIsWhole(t *testing.T) {
	secretHome(t)
	t.Setenv(haste, "1")
	exception := func(w http.ResponseWriter) {
		fmt.Fprintf(w, "{}\tx\nCode: 241. DB::Exception: %s\n", chSecret)
	}
	s := newRowServer(t)
	span := []string{"--since", "2026-11-08", "--until", "2026-11-12T12:00:00Z"}
	all, _, _ := outcomeOf(t, append([]string{"query", "", s.url()}, span...)...)
	for _, c := range []struct {
		name        string
		from, times int // of the statements for lines
		how         func(http.ResponseWriter)
		said        string
	}{
		{"401", 1, always, status(401), "access is denied (HTTP 401); set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD"},
		{"403", 2, always, status(403, "X-ClickHouse-Exception-Code", "516"), "user or password is wrong (HTTP 403, code 516)"},
		{"429 once", 2, 1, status(429, "Retry-After", "3600"), ""},
		{"429", 2, always, status(429, "Retry-After", "3600"), "it asks to slow down (HTTP 429)"},
		{"500 once", 2, 1, status(500), ""},
		{"500", 2, always, status(500), "it is not available (HTTP 500)"},
		{"cut once", 2, 1, cutOff, ""},
		{"cut", 2, always, cutOff, "the answer broke off"},
		{"an exception after 200", 2, always, exception, "the query needs too much memory of the server (code 241)"},
		{"a cancelled query", 2, always, func(w http.ResponseWriter) { fmt.Fprint(w, "Code: 394. DB::Exception: x") }, "the query was stopped at the server (code 394)"},
	} {
		for _, args := range [][]string{{"query", ""}, {"query", "-c", ""}} {
			first := 1 // of the figures, the rest is the only question for lines
			if args[1] == "" {
				first = c.from
			}
			var n atomic.Int64
			s.fail(func(w http.ResponseWriter, _ *http.Request) bool {
				k := int(n.Add(1))
				if k < first || k >= first+c.times {
					return false
				}
				c.how(w)
				return true
			})
			if args[1] != "" && c.name != "cut" && !strings.HasPrefix(c.name, "an exception") {
				continue
			}
			out, said, code := outcomeOf(t, append(append(slices.Clone(args), s.url()), span...)...)
			if (code == exitFound) != (c.said == "") || !strings.Contains(said, c.said) || secretsIn(out+said) != nil {
				t.Errorf("%s: pawprint %q exits %d and says %q", c.name, args, code, said)
			}
			switch {
			case args[1] != "":
				if c.said != "" && out != "" {
					t.Errorf("%s: pawprint %q prints %q", c.name, args, out)
				}
			case (out == all) != (c.said == "") || !strings.HasSuffix(all, out), c.said != "" && !strings.Contains(said, "no older rows were read"):
				t.Errorf("%s: pawprint %q prints %d of %d bytes: %s", c.name, args, len(out), len(all), said)
			}
		}
	}
}
