package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// pawprint runs the program and returns its standard output.
func pawprint(t *testing.T, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "pawprint") // with this name the test binary acts as the program
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("pawprint %q: %v", args, err)
	}
	return string(out)
}

// plainEvent is an event as encoding/json reads it.
type plainEvent struct {
	ActionResult string
	Actor        struct {
		ID, Name   string
		Attributes struct{ Email string }
	}
	Timestamp plainTime
}

// plainTime is a time as the schema writes it, with or without a zone.
type plainTime struct{ time.Time }

func (t *plainTime) UnmarshalJSON(text []byte) (err error) {
	for _, layout := range []string{time.RFC3339, time.DateTime} {
		at, failed := time.Parse(`"`+layout+`"`, string(text))
		if err = failed; err == nil {
			t.Time = at.UTC()
			return nil
		}
	}
	return err
}

func (e *plainEvent) bad() bool {
	return e.ActionResult == "FAILED" || e.ActionResult == "PARTIALLY_FAILED"
}

func plainEvents(t *testing.T, path string) []plainEvent {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []plainEvent
	for line := range strings.Lines(string(text)) {
		var e plainEvent
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

func readCSV(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// sameRows compares records, and fails if there are none.
func sameRows(t *testing.T, got, want [][]string, least int) {
	t.Helper()
	if len(want) < least || len(got) != len(want) {
		t.Fatalf("%d records, want %d, and at least %d", len(got), len(want), least)
	}
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("record %d is %q, want %q", i, got[i], want[i])
		}
	}
}

func TestStatsByFieldsCountsWhatEncodingJSONCounts(t *testing.T) {
	type total struct {
		count, failed int
		first, last   time.Time
	}
	totals := map[[2]string]*total{}
	for _, e := range plainEvents(t, story) {
		label := e.Actor.Name
		if label == "" {
			label = e.Actor.Attributes.Email
		}
		if label == "" {
			label = e.Actor.ID
		}
		key := [2]string{label, e.ActionResult}
		n := totals[key]
		if n == nil {
			n = &total{first: e.Timestamp.Time, last: e.Timestamp.Time}
			totals[key] = n
		}
		n.count++
		if e.bad() {
			n.failed++
		}
		if e.Timestamp.Time.Before(n.first) {
			n.first = e.Timestamp.Time
		}
		if e.Timestamp.Time.After(n.last) {
			n.last = e.Timestamp.Time
		}
	}
	var want [][]string
	for key, n := range totals {
		want = append(want, []string{key[0], key[1], strconv.Itoa(n.count), strconv.Itoa(n.failed), n.first.Format(time.RFC3339Nano), n.last.Format(time.RFC3339Nano)})
	}
	slices.SortFunc(want, func(a, b []string) int {
		if x, y := totals[[2]string(a)].count, totals[[2]string(b)].count; x != y {
			return y - x
		}
		return slices.Compare(a[:2], b[:2])
	})
	want = append([][]string{{"actor", "result", "count", "failed", "first", "last"}}, want...)
	got := readCSV(t, pawprint(t, "stats", "--by", "actor,result", story))
	sameRows(t, got, want, 20)
}

func TestStatsByTheHourCountsWhatEncodingJSONCounts(t *testing.T) {
	counts := map[time.Time][2]int{}
	events := plainEvents(t, story)
	first, last := events[0].Timestamp.Truncate(time.Hour), events[0].Timestamp.Truncate(time.Hour)
	for _, e := range events {
		hour := e.Timestamp.Truncate(time.Hour)
		n := counts[hour]
		n[0]++
		if e.bad() {
			n[1]++
		}
		counts[hour] = n
		if hour.Before(first) {
			first = hour
		}
		if hour.After(last) {
			last = hour
		}
	}
	want := [][]string{{"time", "count", "failed"}}
	for hour := first; !hour.After(last); hour = hour.Add(time.Hour) {
		n := counts[hour]
		want = append(want, []string{hour.Format(time.RFC3339), strconv.Itoa(n[0]), strconv.Itoa(n[1])})
	}
	got := readCSV(t, pawprint(t, "stats", "--every", "1h", story))
	sameRows(t, got, want, 300)
}

func TestStatsOfTwoPeriodsCountWhatEncodingJSONCounts(t *testing.T) {
	middle := time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)
	counts := map[string][2]int{}
	for _, e := range plainEvents(t, story) {
		n := counts[e.ActionResult]
		if e.Timestamp.Before(middle) {
			n[0]++
		} else {
			n[1]++
		}
		counts[e.ActionResult] = n
	}
	want := map[string]bool{}
	for result, n := range counts {
		want[fmt.Sprint(result, n[0], n[1], n[1]-n[0])] = true
	}
	got := readCSV(t, pawprint(t, "stats", "--by", "result", "--compare", "2026-11-15..", story))
	if len(got) != len(want)+1 || len(want) < 3 {
		t.Fatalf("%q, want %v", got, want)
	}
	for _, row := range got[1:] {
		if key := fmt.Sprint(row[0], row[1], " ", row[2], " ", row[3]); !want[key] {
			t.Errorf("%q is not among %v", key, want)
		}
	}
}

func TestEveryOutputHasARecordForEveryRow(t *testing.T) {
	const damaged = "../../testdata/damaged.jsonl"
	rows := strings.Count(pawprint(t, "query", "-o", "jsonl", "", damaged), "\n")
	if rows < 300 {
		t.Fatalf("%d rows", rows)
	}
	header := 1
	if got := readCSV(t, pawprint(t, "query", "-o", "csv", "", damaged)); len(got) != rows+header {
		t.Errorf("csv has %d records for %d rows", len(got), rows)
	}
	if got := readCSV(t, pawprint(t, "query", "-o", "csv", "--fields", "actor,.a", "", damaged)); len(got) != rows+header || len(got[0]) != 3 {
		t.Errorf("csv of fields has %d records for %d rows", len(got), rows)
	}
	for _, args := range [][]string{{"-o", "json"}, {"-o", "json", "--fields", "actor,params,errors"}} {
		var got []json.RawMessage
		text := pawprint(t, append(append([]string{"query"}, args...), "", damaged)...)
		if err := json.Unmarshal([]byte(text), &got); err != nil && !strings.Contains(err.Error(), "max depth") {
			t.Errorf("%q: %v", args, err)
		} else if err == nil && len(got) != rows {
			t.Errorf("%q: %d objects for %d rows", args, len(got), rows)
		}
		if strings.Count(text, "\n") != rows+2 {
			t.Errorf("%q: %d lines for %d rows", args, strings.Count(text, "\n"), rows)
		}
	}
	for _, format := range []string{"table", "json", "csv", "md"} {
		text := pawprint(t, "query", "-o", format, "", damaged)
		for _, c := range []byte(text) {
			if c < 0x20 && c != '\n' && !(c == '\t' && format == "csv") || c == 0x7f {
				t.Errorf("-o %s prints the control byte %#x", format, c)
				break
			}
		}
	}
	if got := strings.Count(pawprint(t, "query", "-o", "md", "", damaged), "\n"); got != rows+2 {
		t.Errorf("md has %d lines for %d rows", got, rows)
	}
}
