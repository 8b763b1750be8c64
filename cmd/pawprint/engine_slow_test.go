package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pawprint/loader/engine/enginetest"
)

// TestAResultThatTheAPICutsIsReadInParts has the data lake cut what is asked for at fifty rows.
func TestAResultThatTheAPICutsIsReadInParts(t *testing.T) {
	secretHome(t)
	t.Setenv(haste, "1")
	t.Setenv(fewBytes, "10000")
	e := playPanther(t, nil, func(p *enginetest.Panther) { p.Limit = 10_000 })
	out, said := e.run(t, "", "query", "")
	lines := sortedLines(out)
	if n := strings.Count(out, "\n"); n != numberOfEvents || len(slices.Compact(lines)) != len(lines) {
		t.Errorf("%d rows are printed, want each of %d once: %s", n, numberOfEvents, said)
	}
}

// crowded answers statements about events that all happen at one moment.
type crowded struct{}

// Ask implements enginetest.Asked.
func (crowded) Ask(statement string) (a enginetest.Answer) {
	const events = 100
	moment := eventsBegin.Add(time.Hour).Format("2006-01-02 15:04:05.000000000")
	switch span := lakeSpans.FindStringSubmatch(statement); {
	case strings.Contains(statement, "MIN("):
		a.Columns, a.Types, a.Rows = []string{"oldest", "newest"}, []string{"VARCHAR", "VARCHAR"}, [][]any{{moment, moment}}
	case strings.Contains(statement, "DISTINCT"):
		a.Columns, a.Types = []string{"c0"}, []string{"VARCHAR"}
	case strings.Contains(statement, "count(*)"):
		a.Columns, a.Types, a.Rows = []string{"c0"}, []string{"BIGINT"}, [][]any{{0}}
	default:
		a.Columns, a.Types = []string{"actionName", "timestamp", "p_event_time"}, []string{"VARCHAR", "TIMESTAMP", "TIMESTAMP"}
		for range events {
			if span != nil && span[1] <= moment && (span[2] == "" || span[2] > moment) {
				a.Rows = append(a.Rows, []any{"GET_RULE", moment, moment})
			}
		}
	}
	return a
}

// TestAResultThatCannotBeReadInPartsIsRefused has more rows in a moment than the API gives out.
func TestAResultThatCannotBeReadInPartsIsRefused(t *testing.T) {
	secretHome(t)
	t.Setenv(haste, "1")
	t.Setenv(fewBytes, "2000")
	p := enginetest.PlayPanther(t, crowded{}, func(p *enginetest.Panther) { p.Limit = 2000 })
	e := faultyEngine{"panther://" + strings.TrimPrefix(p.URL, "http://"), p.Stopped, p.Asked, p.Statements}
	for _, args := range [][]string{{"query", ""}, {"query", "-c", "rule"}, {"stats", "--by", "target", "--rows", "0"}} {
		if out, said := e.run(t, "it is larger than the 100 MB that the API returns", args...); strings.Contains(out, "GET_RULE") || args[1] == "-c" && out != "" {
			t.Errorf("pawprint %q prints %q and says %s", args, out, said)
		}
	}
}

// slowly answers with a text, a byte at a time.
func slowly(text string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := range len(text) {
			fmt.Fprint(w, text[i:i+1])
			_ = http.NewResponseController(w).Flush() // what cannot be sent is missed by its reader
		}
	}
}

// The states of queries that run.
const (
	pantherRuns = `{"data":{"dataLakeQuery":{"status":"running","message":"","results":null}}}`
	athenaRuns  = `{"QueryExecution":{"QueryExecutionId":"q-3","Status":{"State":"RUNNING"}}}`
)

// TestAnAnswerThatComesSlowlyIsWaitedFor sends an answer a byte at a time.
func TestAnAnswerThatComesSlowlyIsWaitedFor(t *testing.T) {
	secretHome(t)
	t.Setenv(haste, "1")
	for name, e := range map[string]faultyEngine{
		"panther": playPanther(t, fails("page", 3, 1, slowly(pantherRuns)), nil),
		"athena":  playAthena(t, fails("GetQueryExecution", 3, 1, slowly(athenaRuns)), nil),
	} {
		if out, said := e.run(t, "", "query", ""); strings.Count(out, "\n") != numberOfEvents {
			t.Errorf("%s: %d lines: %s", name, strings.Count(out, "\n"), said)
		}
	}
}

// TestAnAnswerThatStallsIsNoneAndItsQueryIsStopped ends the program while it waits for the rest of an answer, after a window has come whole.
func TestAnAnswerThatStallsIsNoneAndItsQueryIsStopped(t *testing.T) {
	secretHome(t)
	stalled, over := make(chan struct{}, 99), make(chan struct{})
	defer close(over) // before the servers end
	stalls := func(text string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			slowly(text[:len(text)/2])(w)
			stalled <- struct{}{}
			<-over
		}
	}
	for _, c := range []struct {
		play  func() faultyEngine
		args  []string
		lines int
	}{
		{func() faultyEngine { return playPanther(t, fails("page", 3, always, stalls(pantherRuns)), nil) }, []string{"query", ""}, newestHour},
		{func() faultyEngine { return playPanther(t, fails("page", 1, always, stalls(pantherRuns)), nil) }, []string{"query", "-c", ""}, 0},
		{func() faultyEngine {
			return playAthena(t, fails("GetQueryExecution", 3, always, stalls(athenaRuns)), nil)
		}, []string{"query", ""}, newestDay},
		{func() faultyEngine {
			return playAthena(t, fails("GetQueryExecution", 1, always, stalls(athenaRuns)), nil)
		}, []string{"stats", "--by", "action"}, 0},
	} {
		e := c.play()
		cmd := exec.Command(program(t), append(c.args, "--since", sinceEvents, "--until", untilEvents, e.url)...)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		<-stalled
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // the exit code is checked below
		code, lines := cmd.ProcessState.ExitCode(), strings.Count(out.String(), "\n")
		if code != 128+int(syscall.SIGTERM) || lines != c.lines || e.stopped() != 1 || secretsIn(out.String()+errs.String()) != nil {
			t.Errorf("%s %q exits %d, prints %d lines and says %q; %d queries were stopped", e.url, c.args, code, lines, errs.String(), e.stopped())
		}
	}
}
