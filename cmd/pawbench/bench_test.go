package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
)

func TestPlaceIsReadFromTheLastLine(t *testing.T) {
	for _, c := range []struct {
		screen  string
		k, want int
		ok      bool
	}{
		{"a\nb  12/3,456 \n\n", 12, 3456, true},
		{"x 1,204,331/1,204,331", 1_204_331, 1_204_331, true},
		{"no place\nhere", 0, 0, false},
		{"a/b", 0, 0, false},
		{"", 0, 0, false},
	} {
		if k, n, ok := place(c.screen); k != c.k || n != c.want || ok != c.ok {
			t.Errorf("place(%q) = %d, %d, %v, want %d, %d, %v", c.screen, k, n, ok, c.k, c.want, c.ok)
		}
	}
}

// folder holds what all tests share.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "pawbench"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := os.RemoveAll(folder); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// buildOnce makes the program for all tests, as that takes longer than most of them.
var buildOnce = sync.OnceValues(func() (program string, err error) {
	program = filepath.Join(folder, "pawprint")
	if out, err := exec.Command("go", "build", "-o", program, "../pawprint").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building: %w\n%s", err, out)
	}
	return program, nil
})

func built(t *testing.T) string {
	t.Helper()
	program, err := buildOnce()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

func TestMeasuresRunOnTheRealProgram(t *testing.T) {
	t.Parallel()
	program := built(t)
	log := filepath.Join("..", "..", "testdata", "audit.jsonl")
	run := func(want string, l interface {
		Execute() error
		SetArgs([]string)
	}, out *bytes.Buffer, args ...string) {
		t.Helper()
		l.SetArgs(args)
		if err := l.Execute(); err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("printed\n%s\nwant %s", out, want)
		}
	}
	var out bytes.Buffer
	load := newLoad()
	load.SetOut(&out)
	run(`(?m)^pawprint query -c is:failed +\d+ +\d+ +\d`, load, &out, "--program", program, "--rounds", "1", log)
	var table bytes.Buffer
	kinds := newShapes()
	kinds.SetOut(&table)
	run(`(?m)^demo +\d+\.\d+ +\d+ +\d+\.\d+ [^\n]*\n(?s:.*)^hostile +\d`, kinds, &table, "--program", program, "--rounds", "1", "--mb", "1")
	for _, args := range [][]string{
		{`key to frame, 45 keys: p50 .*p99 .* bytes a key\nscrolling by a line, 45 keys: `, "--keys", "45"},
		{`key to frame, \d+ keys: [^\n]*\nappended \d+ events, .* a second; .*\nall of them are counted .* none lost or doubled`, "--for", "2s", "--rate", "2000"},
	} {
		var out bytes.Buffer
		screen := newScreen()
		screen.SetOut(&out)
		run(args[0], screen, &out, append(args[1:], "--program", program, log)...)
	}
	if _, err := os.Stat(log); err != nil {
		t.Error(err)
	}
}
