package main

import (
	"encoding/csv"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The command that the page of two periods copies counts what the page shows.
func TestTheCopiedCommandOfTwoPeriodsCountsThem(t *testing.T) {
	b := newBench(t)
	path, err := filepath.Abs(story)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flags []string
		keys  string
		shows string
	}{
		{nil, "", "the last 7 days"},
		{[]string{"-q", "is:failed time:2026-11-12..", "--tz", "Asia/Tokyo"}, " \t", "[actor]"},
		{[]string{"--no-config"}, " [", "earlier"},
	} {
		x := startOn(t, terminalOptions{cols: 120, rows: 40}, nil, append(c.flags, path)...)
		x.waitForLoad(" events ") // the end of the log moves until then, and the periods with it
		x.typeKeys(".")
		x.waitForText("Change")
		x.typeKeys(c.keys)
		x.waitForText(c.shows)
		x.typeKeys("y")
		x.waitUntil("the clipboard", x.Exited(), func() bool { return x.copied() != "" })
		command := x.copied()
		rows, err := csv.NewReader(strings.NewReader(string(b.output(t, "sh", command)))).ReadAll()
		if err != nil || len(rows) < 4 {
			t.Fatalf("%s prints %q, %v", command, rows, err)
		}
		for _, row := range rows[1:4] {
			line := regexp.MustCompile(regexp.QuoteMeta(row[0]) + ` +` + row[1] + ` +` + row[2] + ` `)
			x.waitUntil("what the command counts, "+line.String(), x.Exited(), func() bool { return line.MatchString(x.screen()) })
		}
		x.typeKeys("\x03")
		x.waitForExit(0)
	}
}

func TestCopiedCommandsHaveTheFlagsThatChangeCounts(t *testing.T) {
	s := settings{zone: "utc", since: "2026-11-01", baseline: "60d", noConfig: true}
	s.inputs.offline = true
	p := s.program()
	got := strings.Join(slices.Concat(p.Counting, p.Flags, p.Past), " ")
	if want := "--no-config --offline --since=2026-11-01T00:00:00Z --baseline=60d"; got != want {
		t.Errorf("the flags are %s, want %s", got, want)
	}
}
