package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pawprint/tui/termsafe"
)

// helped returns every command, with the arguments that print its help.
func helped(t *testing.T) map[*cobra.Command][]string {
	t.Helper()
	out := map[*cobra.Command][]string{}
	root := newRoot(settingsOn(t).std, &ending{})
	out[root] = []string{"--help"}
	for _, c := range root.Commands() {
		out[c] = []string{c.Name(), "--help"}
	}
	return out
}

func TestHelpWrapsByWordsAtAnyWidth(t *testing.T) {
	for c, args := range helped(t) {
		whole := strings.Fields(string(printAt(t, 1000, []string{"NO_COLOR=1"}, t.TempDir(), append(args, "--color=never")...).out))
		for _, cols := range []int{60, 80, 120} {
			got := printAt(t, cols, nil, t.TempDir(), append(args, "--color=never")...)
			if got.code != exitFound {
				t.Fatalf("%v: exit %d, %q", args, got.code, got.err)
			}
			if words := strings.Fields(string(got.out)); !slices.Equal(words, whole) {
				t.Errorf("%s at %d cells has other words: a word is broken\n%s", c.Name(), cols, got.out)
			}
			for line := range strings.Lines(string(got.out)) {
				if n := new(termsafe.Widther).Width(termsafe.Clean(strings.TrimSuffix(line, "\n"), termsafe.Options{})); n > cols {
					t.Errorf("%s: a line takes %d of %d cells: %q", c.Name(), n, cols, line)
				}
			}
		}
	}
}

// A paragraph fills its lines: the first word of a line has no room in the line above.
func TestHelpHasNoRaggedLines(t *testing.T) {
	for _, cols := range []int{80, 120} {
		lines := strings.Split(string(printAt(t, cols, nil, t.TempDir(), "--help", "--color=never").out), "\n")
		for i := 0; i+1 < len(lines) && lines[i+1] != ""; i++ {
			next, _, _ := strings.Cut(lines[i+1], " ")
			if len(lines[i])+1+len(next) <= cols {
				t.Errorf("at %d cells %q has room for %q", cols, lines[i], next)
			}
		}
	}
}

func TestFlagsStandInGroupsAndAsTheyAreWritten(t *testing.T) {
	out := string(printAt(t, 80, nil, t.TempDir(), "query", "--help", "--color=never").out)
	at := 0
	for _, want := range []string{"\nFILTER\n", "  -q, --query ", "\nOUTPUT\n", "--sort ", "time, none (by source, then by line)", "\nS3\n", "--profile ", "\nDATABASES\n", "--rows ", "\nOTHER\n", "-f, --follow", "-h, --help"} {
		i := strings.Index(out[at:], want)
		if i < 0 {
			t.Fatalf("%q is not in its place:\n%s", want, out)
		}
		at += i
	}
	known := map[string]bool{}
	for c := range helped(t) {
		for _, set := range []*pflag.FlagSet{c.Flags(), c.PersistentFlags()} {
			set.VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
		}
	}
	for _, g := range flagGroups {
		for _, name := range g.flags {
			if !known[name] {
				t.Errorf("%s: no command has the flag %s", g.title, name)
			}
		}
	}
}

// The terminal's own colours are as easy to read as its owner wants them, on dark and on light: the help adds no hue to them.
func TestHelpKeepsTheContrastOfTheTerminal(t *testing.T) {
	for _, c := range []struct {
		args []string
		bold bool
	}{{nil, true}, {[]string{"--color=never"}, false}, {[]string{"--color=always"}, true}} {
		out := string(printAt(t, 80, nil, t.TempDir(), append([]string{"query", "--help"}, c.args...)...).out)
		if bold := strings.Contains(out, "\x1b[0;1mUSAGE"); bold != c.bold {
			t.Errorf("%v: headings are bold: %v, want %v", c.args, bold, c.bold)
		}
		for _, own := range []string{"\x1b[0;1m", "\x1b[m"} {
			out = strings.ReplaceAll(out, own, "")
		}
		if strings.Contains(out, "\x1b") {
			t.Errorf("%v: the help has other styles than bold: %q", c.args, out)
		}
	}
	if out, err := exec.Command(program(t), "--help").Output(); err != nil || strings.Contains(string(out), "\x1b") {
		t.Errorf("in a pipe the help has styles: %v, %q", err, out)
	}
}
