package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tiedSources writes files whose events share few times and ids, so that their order and the choice between copies depend on the
// sources. It returns the arguments that name them.
func tiedSources(t *testing.T) []string {
	t.Helper()
	dir, r := t.TempDir(), rand.New(rand.NewPCG(2, 9))
	write := func(name string, events int) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for i := range events {
			id := r.IntN(900)
			at := fmt.Sprintf(`,"timestamp":"2026-11-02T10:0%d:00Z"`, r.IntN(4))
			if r.IntN(50) == 0 {
				at = ""
			}
			fmt.Fprintf(&b, `{"actionName":"%s %d","actionResult":"SUCCEEDED","actor":{"id":"u%d","type":"USER"},"sourceIP":"192.0.2.%d"%s,"pantherVersion":"1.113.138","p_row_id":"%d"}`+"\n",
				name, i%5, id%40, id%200, at, id)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	args := []string{write("z.jsonl", 3000)}
	for i := range 12 {
		write(fmt.Sprintf("folder/%d.jsonl", i), 1+r.IntN(200))
		write(fmt.Sprintf("more-%d.jsonl", i), 1+r.IntN(20))
	}
	return append(args, filepath.Join(dir, "folder"), filepath.Join(dir, "more-*.jsonl"), write("a.jsonl", 2000))
}

func TestEveryRunPrintsTheSame(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "pawprint")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	sources := tiedSources(t)
	for _, command := range [][]string{
		{"query", ""}, {"query", "--sort", "none", ""}, {"query", "--sort", "-time", ""}, {"query", "--dedupe", "--sort", "none", ""}, {"query", "is:first-seen OR is:duplicate"},
		{"stats", "--by", "action,actor"}, {"stats", "--every", "1m", "--by", "ip", "--top", "3"}, {"check", "-o", "json"},
	} {
		t.Run(strings.Join(command, " "), func(t *testing.T) {
			t.Parallel()
			var first string
			for run := range 5 {
				c := exec.Command(name, append(command, sources...)...)
				c.Env = append(os.Environ(), fmt.Sprint("GOMAXPROCS=", 1+run%2))
				out, err := c.Output()
				if len(out) == 0 {
					t.Fatalf("nothing was printed: %v", err)
				}
				if run == 0 {
					first = string(out)
				}
				if string(out) != first {
					t.Fatalf("run %d printed something else than the first", run+1)
				}
			}
		})
	}
}

func TestTheCopyThatStaysIsTheFirstInTheOrderOfEvents(t *testing.T) {
	dir := t.TempDir()
	event := func(action, at string) string {
		return fmt.Sprintf(`{"actionName":%q,"actionResult":"SUCCEEDED","actor":{"id":"u","type":"USER"},"timestamp":%q,"pantherVersion":"1.113.138","p_row_id":"r"}`+"\n", action, at)
	}
	for name, text := range map[string]string{
		"a.jsonl": event("LATER", "2026-11-02T10:00:01Z") + event("IN_A", "2026-11-02T10:00:00Z"), "b.jsonl": event("IN_B", "2026-11-02T10:00:00Z"),
		"c.jsonl": event("IN_C", "2026-11-02T09:00:00Z"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ sources, stays string }{{"a b", "IN_A"}, {"b a", "IN_B"}, {"a b c", "IN_C"}, {"c b a", "IN_C"}, {"a", "IN_A"}} {
		args := []string{"query", "--dedupe", "-o", "csv", "--fields", "action", ""}
		for _, s := range strings.Fields(c.sources) {
			args = append(args, filepath.Join(dir, s+".jsonl"))
		}
		if got, want := pawprint(t, args...), "action,reject\n"+c.stays+",\n"; got != want {
			t.Errorf("of %s stays %q, want %q", c.sources, got, want)
		}
	}
}

func TestFollowingSeveralSourcesSaysThatEventsComeAsTheyArrive(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "pawprint")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	const event = `{"actionName":"%s","actionResult":"SUCCEEDED","actor":{"id":"u","type":"USER"},"timestamp":"2026-11-02T10:00:00Z","pantherVersion":"1.113.138"}` + "\n"
	one, other := filepath.Join(dir, "one.jsonl"), filepath.Join(dir, "other.jsonl")
	for _, path := range []string{one, other} {
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(event+event, "%s", filepath.Base(path))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		sources []string
		times   int
	}{{[]string{one, other}, 1}, {[]string{dir}, 1}, {[]string{one}, 0}} {
		var out, errs strings.Builder
		run := exec.Command(name, append([]string{"query", "-f", "-n", fmt.Sprint(4 - 2*(1-c.times)), ""}, c.sources...)...)
		run.Stdout, run.Stderr = &out, &errs
		if err := run.Run(); err != nil {
			t.Fatalf("%v: %v\n%s", c.sources, err, errs.String())
		}
		if got := strings.Count(errs.String(), "as they arrive"); got != c.times {
			t.Errorf("of %d sources it is said %d times, want %d:\n%s", len(c.sources), got, c.times, errs.String())
		}
	}
}
