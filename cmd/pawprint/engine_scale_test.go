package main

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestADatabaseIsCountedAsTheSameLinesAre compares the figures of commands on a database with those on a file of the same lines.
func TestADatabaseIsCountedAsTheSameLinesAre(t *testing.T) {
	s := newSynthetic(t, 3000, 10*24*time.Hour)
	path := filepath.Join(t.TempDir(), "same.jsonl")
	if err := os.WriteFile(path, s.file(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"stats"},
		{"stats", "-q", "is:failed", "--top", "2"},
		{"stats", "--by", "action,result"},
		{"stats", "--by", "ip,actor.type", "-q", "is:failed"},
		{"stats", "--by", "actor,class", "--sort", "-last"},
		{"stats", "--by", "actor", "--distinct", "ip,ua,class"},
		{"stats", "--distinct", "identity", "--since", "2026-03-04"},
		{"stats", "--every", "6h", "--by", "version", "--distinct", "ip", "--top", "1"},
		{"stats", "--every", "1h", "--tz", "Europe/Zurich"},
		{"stats", "--compare", "3d", "--by", "action"},
		{"stats", "--compare", "2026-03-03..2026-03-04", "--by", "actor", "-q", "is:failed"},
		{"stats", "--compare", "2026-03-03 vs 2026-03-05"},
	} {
		want, wantSaid, wantCode := outcomeOf(t, append(slices.Clone(args), path)...)
		s.asked()
		got, said, code := outcomeOf(t, append(slices.Clone(args), s.url())...)
		if !slices.Equal(sortedLines(got), sortedLines(want)) || code != wantCode {
			t.Errorf("pawprint %q exits %d and prints\n%s(%s)\nwant %d and\n%s", args, code, got, said, wantCode, want)
		}
		for line := range strings.Lines(wantSaid) { // such as the periods
			if strings.HasPrefix(line, "pawprint: before") || strings.HasPrefix(line, "pawprint: after") || strings.Contains(line, "in neither period") {
				if !strings.Contains(said, line) {
					t.Errorf("pawprint %q says %s, and not %s", args, said, line)
				}
			}
		}
		if _, rows, _ := s.asked(); rows > 2000 { // groups, and the rows that cannot be decided on
			t.Errorf("pawprint %q moves %d rows", args, rows)
		}
	}
}

func TestWhatADatabaseCannotCountAsksForItsRows(t *testing.T) {
	s := newSynthetic(t, 300, time.Hour)
	for _, c := range []struct {
		args []string
		said string
	}{
		{[]string{"--by", "action,target"}, "target cannot be counted at the database, so its rows must be read: --rows 0"},
		{[]string{"--by", "param.x"}, "param.x cannot be counted"},
		{[]string{"--by", "actor", "--distinct", "role"}, "role cannot be counted"},
		{[]string{"--by", "action", "-q", "is:first-seen"}, "cannot be counted at the database"},
		{[]string{"--by", "action", "-q", "time:03-01"}, "cannot be counted at the database"}, // of the year in which the log ends
	} {
		if out, said, code := outcomeOf(t, append(append([]string{"stats"}, c.args...), s.url())...); code != 2 || out != "" || !strings.Contains(said, c.said) {
			t.Errorf("stats %q exits %d, prints %q and says %q", c.args, code, out, said)
		}
		if _, _, code := outcomeOf(t, append(append([]string{"stats", "--rows", "0"}, c.args...), s.url())...); code > 1 {
			t.Errorf("stats --rows 0 %q exits %d", c.args, code)
		}
	}
}

// TestAnAnswerThatIsMissingIsNoAnswer refuses the question for the rest, or one of those for the figures: then there are no figures of a
// part.
func TestAnAnswerThatIsMissingIsNoAnswer(t *testing.T) {
	s := newSynthetic(t, 300, time.Hour)
	for _, c := range []struct {
		refused string
		args    []string
	}{
		{"SELECT line", []string{"query", "-c", "is:failed"}}, {"SELECT count()", []string{"query", "-c", "is:failed"}},
		{"SELECT line", []string{"stats"}}, {"AS value2", []string{"stats"}}, // the third list of three attributes
		{"GROUP BY", []string{"stats", "--by", "action"}}, {"GROUP BY", []string{"stats", "--compare", "1m"}},
	} {
		s.behave(c.refused, nil)
		out, said, code := outcomeOf(t, append(slices.Clone(c.args), s.url())...)
		if out != "" || code != 2 || !strings.Contains(said, "would read more bytes than it may") {
			t.Errorf("pawprint %q without %s exits %d, prints %q and says %q", c.args, c.refused, code, out, said)
		}
	}
}

// cycles is how often each kind of event is in a billion of them.
const cycles = 10_416_667

// billion is a database of a billion events in 180 days.
func billion(t *testing.T) *synthetic { return newSynthetic(t, kindsOfEvents*cycles, 180*24*time.Hour) }

// TestABillionEventsAreCountedWhereTheyLie checks the sums of figures that are not loaded, and that only the difference is moved.
func TestABillionEventsAreCountedWhereTheyLie(t *testing.T) {
	s := billion(t)
	odd := int64(len(s.odd))
	for _, c := range []struct {
		args    []string
		events  int64 // those of the rows of the answer
		rows    int64 // that may be moved: those that cannot be decided on, groups, bounds and columns
		columns int   // behind the count
	}{
		{[]string{"query", "-c", ""}, kindsOfEvents*cycles + odd, odd + 2, 0},
		{[]string{"query", "-c", "is:failed"}, 8*cycles + 1, odd + 2, 0},
		{[]string{"stats", "--by", "action,result"}, kindsOfEvents*cycles + odd - 1, odd + 8, 3},
		{[]string{"stats", "--every", "1h"}, kindsOfEvents*cycles + odd - 1, odd + 4322, 1},
		{[]string{"stats", "--by", "actor", "--distinct", "ip,action"}, kindsOfEvents*cycles + odd - 1, odd + 80, 5},
	} {
		began := time.Now()
		out, said, code := outcomeOf(t, append(slices.Clone(c.args), s.url())...)
		took := time.Since(began)
		statements, rows, bytes := s.asked()
		if events := total(t, out, c.columns); code != 0 || events != c.events || rows > c.rows || bytes > 200*(c.rows+10) {
			t.Errorf("pawprint %q exits %d with %d events, %d rows and %d bytes; want %d events and at most %d rows: %s", c.args, code, events, rows, bytes, c.events, c.rows, said)
		}
		t.Logf("pawprint %q: %d statements, %d rows and %d bytes moved, %v", c.args, statements, rows, bytes, took.Round(time.Millisecond))
	}
}

// total adds the counts of an answer, each of which has so many columns behind it.
func total(t *testing.T, out string, columns int) (sum int64) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		n, err := strconv.ParseInt(row[len(row)-1-columns], 10, 64)
		if err != nil && row[len(row)-1-columns] != "count" {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}

// TestTheNewestOfABillionEventsComeFromAFewQuestions counts what is moved before there are rows.
func TestTheNewestOfABillionEventsComeFromAFewQuestions(t *testing.T) {
	s := billion(t)
	for _, rows := range []int64{100, 10_000} {
		began := time.Now()
		out, said, code := outcomeOf(t, "query", "--rows", fmt.Sprint(rows), "", s.url())
		statements, moved, bytes := s.asked()
		if n := int64(strings.Count(out, "\n")); code != 0 || n != rows || moved > rows+2 || statements > 3 || bytes > 400*(rows+3) {
			t.Errorf("%d lines of %d statements, with %d rows and %d bytes: %s", n, statements, moved, bytes, said)
		}
		if !strings.Contains(out, s.line(s.n-1)) {
			t.Error("the newest event is not there")
		}
		t.Logf("--rows %d: %d statements, %d rows and %d bytes moved, %v", rows, statements, moved, bytes, time.Since(began).Round(time.Millisecond))
	}
}

// TestKeysAreAnsweredWhileADatabaseAnswers holds an answer back, and presses keys meanwhile. The database is asked before there is a frame, so the
// time until the first key has one would be that of the start.
func TestKeysAreAnsweredWhileADatabaseAnswers(t *testing.T) {
	s := billion(t)
	release := make(chan struct{})
	held := make(chan struct{}, 8)
	s.behave("", func(r *http.Request, statement string) {
		if strings.HasPrefix(statement, "SELECT line") {
			held <- struct{}{}
			select {
			case <-release:
			case <-r.Context().Done():
			}
		}
	})
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	x := start(t, nil, s.url(), "--rows", "1000")
	<-held
	x.waitForText("Loading …")
	for range 3 {
		began := time.Now()
		x.typeKeys("?")
		x.waitForText(helpTitle)
		t.Logf("key to frame: %v", time.Since(began).Round(time.Millisecond))
		x.typeKeys("\x1b")
		x.waitFor("the end of the help", func(text string) bool { return !strings.Contains(text, helpTitle) })
	}
	close(release)
	x.waitForText("GET_RULE")
	x.typeKeys("q")
	x.waitForExit(0)
}

// helpTitle stands on the help alone.
const helpTitle = "Understand"
