package query

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readmeRow is a row of an example: the query in backquotes, the lines that it finds, and the rest.
var readmeRow = regexp.MustCompile("^\\| `(.+?)` \\| ([0-9 ]*|error) ?\\|.*\\|$")

func TestTheExamplesOfTheLanguagePageFindWhatTheySay(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```jsonl\n")
	sample, _, ok := strings.Cut(rest, "\n```")
	if !ok {
		t.Fatal("the page has no sample of a log")
	}
	log := newLog(t, strings.Split(sample, "\n"))
	examples, rows := 0, 0
	for _, line := range strings.Split(string(page), "\n") {
		if strings.HasPrefix(line, "| `") {
			rows++
		}
		m := readmeRow.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		examples++
		text := strings.ReplaceAll(m[1], `\|`, "|") // as in every cell of a table
		e, err := Parse(text)
		if m[2] == "error" || err != nil {
			if m[2] != "error" || err == nil {
				t.Errorf("%s: %v, and the page says %q", m[1], err, m[2])
			}
			continue
		}
		want := []int{}
		for _, n := range strings.Fields(m[2]) {
			row, _ := strconv.Atoi(n)
			want = append(want, row-1)
		}
		if diff := cmp.Diff(want, selected(t, log, Compile(e, Env{}))); diff != "" || !slices.IsSorted(want) {
			t.Errorf("rows of %s (-page +got):\n%s", m[1], diff)
		}
	}
	if examples != rows || rows < 40 {
		t.Errorf("%d of %d rows are examples, want all of at least 40", examples, rows)
	}
}
