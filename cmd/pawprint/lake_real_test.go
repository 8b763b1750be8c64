//go:build engines

package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/loader/engine/enginetest"
	"pawprint/model"
	"pawprint/model/query/querytest"
)

// lakeDays are the days of the events.
var lakeDays = func() (days []time.Time) {
	for d := 9; d <= 22; d++ {
		days = append(days, time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC))
	}
	return days
}()

// lakeLines are the lines of the shared log, 20,000 invented events, and for each day lines that engines read in different ways. Those that begin
// with a byte order mark are left out, as a window may begin with one, and a file does not. The lines are as Athena gives them out: bytes that
// are not UTF-8 are U+FFFD.
func lakeLines(t *testing.T) (lines []string) {
	t.Helper()
	shared, err := os.ReadFile("../../testdata/audit.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	invented, err := io.ReadAll(demo.New(demo.Options{Events: 20_000, Seed: 1}))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range [][]byte{shared, invented} {
		lines = append(lines, strings.Split(strings.TrimSpace(string(text)), "\n")...)
	}
	for _, day := range lakeDays { // so that no line has a time far from its part of the table
		moved := strings.NewReplacer("2026-11-12", day.Format(time.DateOnly), "1794477600", fmt.Sprint(day.Add(10*time.Hour).Unix()))
		for _, line := range enginetest.Lines() {
			if line = moved.Replace(string([]rune(line))); !strings.HasPrefix(line, "\ufeff") {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// playedLake is a database, with files of the same rows: those of the hours that questions are about, for each day, and all rows.
type playedLake struct {
	name, url, whole string
	days             []string
}

// firstHour and lastHour are the hours of a day that questions are about, which hold the odd lines. Databases read an hour around them, too.
const firstHour, lastHour = 9 * time.Hour, 12 * time.Hour

// playedLakes starts an Athena and a data lake of Panther over the same lines.
func playedLakes(t *testing.T) []playedLake {
	t.Helper()
	usual := debug.SetGCPercent(300) // what the databases answer is kept
	t.Cleanup(func() { debug.SetGCPercent(usual) })
	lines := lakeLines(t)
	a, p := enginetest.NewAthena(t, lines), enginetest.NewPanther(t, lines)
	remoteEnvironment(t, map[string]string{"AWS_ENDPOINT_URL_ATHENA": a.URL, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "invented", "AWS_SECRET_ACCESS_KEY": "invented-secret", "PANTHER_API_TOKEN": p.Token})
	files := func(l playedLake, lines func(from, to time.Time) []string) playedLake {
		dir := t.TempDir()
		write := func(name string, from, to time.Time) string {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(strings.Join(lines(from, to), "\n")+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		for _, day := range lakeDays {
			l.days = append(l.days, write(day.Format(time.DateOnly), day.Add(firstHour-time.Hour), day.Add(lastHour+time.Hour)))
		}
		l.whole = write("whole", lakeDays[0].AddDate(-1, 0, 0), lakeDays[0].AddDate(1, 0, 0))
		return l
	}
	return []playedLake{
		files(playedLake{name: "athena", url: "athena://" + enginetest.AthenaTable}, a.Lines),
		files(playedLake{name: "panther", url: "panther://" + strings.TrimPrefix(p.URL, "http://")}, p.Lines),
	}
}

// ask returns the k-th question to a database, and the same one to the file: most are about some hours of a day.
func (l playedLake) ask(k int, args ...string) (there, here []string) {
	file, since := l.whole, []string{"--since", "2026-11-02"}
	if k%150 != 1 {
		d := k % len(lakeDays)
		file, since = l.days[d], []string{"--since", lakeDays[d].Add(firstHour).Format(time.RFC3339), "--until", lakeDays[d].Add(lastHour).Format(time.RFC3339)}
	}
	args = slices.Concat(args[:1], since, args[1:])
	return append(slices.Clone(args), l.url), append(args, file)
}

// randomQueries is how many random queries each database is asked.
const randomQueries = 100

// lakeQueries returns the fixed queries and then the random ones, without those about the places of lines, which differ in a database.
func lakeQueries() (texts []string) {
	add := func(text string) bool {
		if strings.Contains(text, "line") || strings.Contains(text, "offset") {
			return false
		}
		texts = append(texts, text)
		return true
	}
	for _, q := range querytest.Queries() {
		add(q.Text)
	}
	r := rand.New(rand.NewPCG(4, 2))
	for n := 0; n < randomQueries; {
		if add(querytest.Random(r)) {
			n++
		}
	}
	return texts
}

// TestPlayedLakes compares the events that the program prints of a database, byte for byte, with those of a file that holds what the database
// does, and what it counts there.
func TestPlayedLakes(t *testing.T) {
	for n, l := range playedLakes(t) {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			for k, text := range lakeQueries() {
				l.agree(t, k, "query", "--rows", "0", "--", text)
				if k%18 == 0 {
					l.agree(t, k+2, "query", "-c", "--", text)
				}
			}
			for k, args := range [][]string{
				{"stats", "--by", "action,result"},
				{"stats", "--by", "actor.id,ua", "-q", "is:write"},
				{"stats", "--by", "email", "-q", "action:/^(GET|LIST)_/ -is:failed"},
				{"stats", "--every", "1h"},
				{"stats", "--every", "30m", "--by", "result", "-q", "rule"},
				{"stats", "--every", "1d", "--by", "actor.type", "--tz", "Europe/Zurich"},
				{"stats", "--by", "action", "--distinct", "actor.id"},
			} {
				l.agree(t, k+2+7*n, args...)
			}
			t.Run("everything", l.everything)
		})
	}
}

// agree compares what a command prints of the database, but for the order, with what it prints of the file.
func (l playedLake) agree(t *testing.T, k int, args ...string) {
	t.Helper()
	there, here := l.ask(k, args...)
	t.Run(fmt.Sprintf("%d %s", k, args[len(args)-1]), func(t *testing.T) {
		want, code := sortedOutcome(t, here...)
		if got, c := sortedOutcome(t, there...); got != want || c != code {
			t.Errorf("%q prints %d lines, want %d; exits %d, want %d: %s", there, strings.Count(got, "\n"), strings.Count(want, "\n"), c, code, firstDifference(got, want))
		}
	})
}

// everything compares the counts of all rows of some filters with those of a file.
func (l playedLake) everything(t *testing.T) {
	t.Helper()
	for d, text := range []string{"", "is:failed", "(rule OR ip:192.0.2.0/24)"} {
		whole := model.NewLog()
		if err := loader.Load(t.Context(), whole, &loader.File{Path: l.days[d]}); err != nil {
			t.Fatal(err)
		}
		from, to := lakeDays[d].Add(firstHour).Format(time.RFC3339), lakeDays[d].Add(lastHour).Format(time.RFC3339)
		loaded, asker := askedLog(t, l.url, "20", "--since", from)
		checkEverything(t, whole, asker, strings.TrimSpace(fmt.Sprintf("since:%s until:%s %s", from, to, text)), int64(3*d))
		if snap := loaded.Snapshot(); snap.Rows() > 100 {
			t.Errorf("%q: %d rows were loaded, so that little had to be counted there", text, snap.Rows())
		}
	}
}

// sortedOutcome runs the program within this process and returns the lines that it prints, sorted, and its exit code.
func sortedOutcome(t *testing.T, args ...string) (string, int) {
	t.Helper()
	out, errs := outputFile(t), outputFile(t)
	std := &streams{in: os.Stdin, out: newOutlet(out), err: newOutlet(errs), hooks: hooks{after: atOnce}}
	code := run(args, std)
	text := func(f *os.File) string {
		raw, err := os.ReadFile(f.Name())
		if err != nil {
			t.Error(err)
		}
		return string(raw)
	}
	if code > exitNothing {
		t.Errorf("pawprint %q: %s", args, text(errs))
	}
	lines := strings.SplitAfter(text(out), "\n")
	slices.Sort(lines)
	return strings.Join(lines, ""), code
}

// outputFile makes a file for what a run prints. The run closes it.
func outputFile(t *testing.T) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// firstDifference shows the first line that only one of two sorted texts has.
func firstDifference(got, want string) string {
	a, b := strings.SplitAfter(got, "\n"), strings.SplitAfter(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("%.300q, want %.300q", a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}
