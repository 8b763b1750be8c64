package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/kit/kittest"
)

func TestALineThatTheFilterHidesIsShownInContext(t *testing.T) {
	log := kittest.LoadFile(t, "damaged.jsonl")
	d := newDriver(t, Options{Log: log}, 120, 40)
	d.press("/")
	d.write("is:failed")
	want := firstProblem(t, log.Snapshot())
	d.press("enter p enter enter")
	if got := d.cursorEvent().Row; got != want || !d.app.feed.FilterText.Empty() {
		t.Fatalf("the cursor is on row %d with the filter %q, want row %d", got, d.app.feed.Text, want)
	}
	d.press("\\")
	if d.app.feed.Text != "is:failed" {
		t.Errorf("the filter to go back to is %q", d.app.feed.Text)
	}
}

// firstProblem returns the first line of the first group of problems.
func firstProblem(t *testing.T, snap model.Snapshot) model.Row {
	t.Helper()
	all, err := model.Select(t.Context(), snap, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	counts, err := new(count.ProblemCounts).Extend(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := model.Select(t.Context(), snap, counts.Groups(1)[0].Matcher(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return lines.At(0)
}

func TestSourcesAndProblemsLeadToEachOther(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "damaged.jsonl")}, 120, 40)
	for _, step := range []struct{ key, title string }{{"B", " Sources "}, {"p", " Problems "}, {"B", " Sources "}} {
		d.press(step.key)
		if len(d.app.modals) != 1 {
			t.Fatalf("after %s there are %d modals", step.key, len(d.app.modals))
		}
		d.mustShow(step.title)
	}
	d.press("?")
	d.mustShow("Here", "enter          filter ")
	d.press("esc B")
	if len(d.app.modals) != 0 {
		t.Errorf("B leaves %d modals", len(d.app.modals))
	}
}

func TestMenusLookAsTheyDid(t *testing.T) {
	for _, f := range []struct{ name, file, keys string }{
		{"problems", "damaged.jsonl", "p j j"},
		{"problem-lines", "damaged.jsonl", "p j enter j"},
		{"problem-rejects", "damaged.jsonl", "p enter j"},
		{"sources", "damaged.jsonl", "B"},
		{"palette", "audit.jsonl", ":"},
		{"copy", "audit.jsonl", "E y"},
		{"copy-reject", "damaged.jsonl", "G y"},
		{"export", "audit.jsonl", "f m o"},
		{"export-name", "audit.jsonl", "f o down enter"},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
			for _, ascii := range []bool{false, true} {
				name := fmt.Sprintf("menu-%s-%dx%d", f.name, size[0], size[1])
				if ascii {
					name = "menu-" + f.name + "-ascii"
				}
				if ascii && size[0] != 80 {
					continue
				}
				t.Run(name, func(t *testing.T) {
					memory := func() (int64, int64) { return 93 << 20, 2 << 30 }
					d := newDriver(t, Options{Log: kittest.LoadFile(t, f.file), ASCII: ascii, Memory: memory, Exports: testFormats(nil)}, size[0], size[1])
					d.press(f.keys)
					checkShape(t, d, size[0], size[1])
					kittest.CheckGolden(t, name, ansi.Strip(d.frame()))
				})
			}
		}
	}
}

func TestMenusKeepTheirShapeAtAnySize(t *testing.T) {
	log := kittest.HostileLog(t, "\x1b[31m\u202e家👩‍👩‍👧‍👦"+strings.Repeat("\u0301", 9))
	for _, keys := range []string{"p", "p enter", "B", ":", "y", "o", "o enter"} {
		for _, size := range [][2]int{{1, 1}, {24, 6}, {30, 8}, {47, 17}, {80, 9}, {109, 12}, {300, 60}} {
			d := newDriver(t, Options{Log: log, Exports: testFormats(nil)}, 100, 30)
			d.press(keys)
			for _, key := range []string{"down", "pgdown", "G", "g", "up", "k", "j", "ctrl+d", "?", "q", "esc"} {
				d.press(key)
				d.send(sizeMsg(size[0], size[1]))
				checkShape(t, d, size[0], size[1])
			}
		}
	}
}
