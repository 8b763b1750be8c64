package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/model/count"
)

// screenText is the present frame as one text.
func (d *driver) screenText() string { return strings.Join(d.lines(), "\n") }

// mustShow fails unless the frame shows all the texts.
func (d *driver) mustShow(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.screenText(), text) {
			d.t.Errorf("the screen does not show %q:\n%s", text, d.screenText())
		}
	}
}

func TestProblemsAreThoseOfTheModel(t *testing.T) {
	log := loadFile(t, "damaged.jsonl")
	d := newDriver(t, Options{Log: log}, 300, 200)
	d.press("f p")
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	counts, err := new(count.ProblemCounts).Extend(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	groups := counts.Groups(0)
	if len(groups) < 20 {
		t.Fatalf("%d groups", len(groups))
	}
	lines := d.lines()
	for _, g := range groups {
		want := []string{g.Severity().String(), fmt.Sprint(g.Count), problemField(&d.app.display, &g).String(), g.Code.String()}
		found := false
		for _, l := range lines {
			at, in := strings.TrimLeft(l, " ▌"), true
			for _, w := range want {
				i := strings.Index(at, w)
				in = in && i >= 0
				at = at[max(0, i):]
			}
			found = found || in
		}
		if !found {
			t.Errorf("no line shows %q:\n%s", want, strings.Join(lines, "\n"))
		}
	}
	b := log.Snapshot()
	d.mustShow(fmt.Sprintf("%d lines = %d events + %d rejects + %d blanks", b.Books().Lines, b.Books().Events, b.Books().Rejects, b.Books().Blanks))
}

func TestEnterListsTheLinesOfAGroupAndGoesToOne(t *testing.T) {
	d := newDriver(t, Options{Log: loadFile(t, "damaged.jsonl")}, 120, 40)
	d.press("p j enter")
	v := d.app.problems
	if v.inside == nil || v.inside.len() != v.groups[1].Rows {
		t.Fatalf("the group of %d lines lists %d", v.groups[1].Rows, v.inside.len())
	}
	want := v.inside.sel.At(2)
	d.press("j j enter")
	if got := d.cursorEvent().Row; got != want || len(d.app.modals) != 0 {
		t.Fatalf("enter goes to row %d and leaves %d modals, want row %d", got, len(d.app.modals), want)
	}
	d.press("p")
	if row, _ := v.inside.row(); row != want {
		t.Errorf("p comes back to row %d, want %d", row, want)
	}
	d.press("j enter")
	if got := d.cursorEvent().Row; got != v.inside.sel.At(3) {
		t.Errorf("the next line is row %d, want %d", got, v.inside.sel.At(3))
	}
	d.press("p esc")
	if v.inside != nil || len(d.app.modals) != 1 || v.at != 1 {
		t.Errorf("esc leaves %d modals with the cursor at %d", len(d.app.modals), v.at)
	}
	d.press("esc")
	if len(d.app.modals) != 0 {
		t.Error("esc does not close the problems")
	}
}

func TestALineThatTheFilterHidesIsShownInContext(t *testing.T) {
	d := newDriver(t, Options{Log: loadFile(t, "damaged.jsonl")}, 120, 40)
	d.press("/")
	d.write("is:failed")
	d.press("enter p enter")
	want := d.app.problems.inside.sel.At(0)
	d.press("enter")
	if got := d.cursorEvent().Row; got != want || !d.app.feed.filterText.empty() {
		t.Fatalf("the cursor is on row %d with the filter %q, want row %d", got, d.app.feed.text, want)
	}
	d.press("\\")
	if d.app.feed.text != "is:failed" {
		t.Errorf("the filter to go back to is %q", d.app.feed.text)
	}
}

func TestProblemsGoOnCountingWhileTheLogGrows(t *testing.T) {
	log := loadText(t, "one", event("LIST_RULES", "SUCCEEDED", 1)+"not JSON\n")
	d := newDriver(t, Options{Log: log}, 120, 40)
	d.press("p enter")
	appendText(t, log.Log, "not JSON either\nnor this\n")
	d.send(logGrew{job: startedJob(d), snap: log.Snapshot()})
	if n := d.app.problems.inside.len(); n != 3 {
		t.Errorf("the open group has %d lines, want 3", n)
	}
	d.press("esc")
	if g := d.app.problems.groups; len(g) != 1 || g[0].Count != 3 || len(g[0].Sources) != 2 {
		t.Errorf("the groups are %+v", g)
	}
	d.mustShow("3 problems in 3 lines", "1 in one", "2 in more", "4 lines = 1 event + 3 rejects + 0 blanks")
}

// startedJob is one that waits for the log.
func startedJob(d *driver) job {
	_, j := d.app.feed.waiting.start(d.app.ctx, d.app)
	return j
}

func TestALogWithoutProblemsSaysSo(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "fine", event("LIST_RULES", "SUCCEEDED", 1))}, 80, 24)
	d.press("p enter j G")
	d.mustShow("No problems: every line is an event as the schema wants it")
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
					d := newDriver(t, Options{Log: loadFile(t, f.file), ASCII: ascii, Memory: memory, Exports: testFormats(nil)}, size[0], size[1])
					d.press(f.keys)
					checkShape(t, d, size[0], size[1])
					checkGolden(t, name, ansi.Strip(d.frame()))
				})
			}
		}
	}
}

func TestMenusKeepTheirShapeAtAnySize(t *testing.T) {
	log := hostileLog(t, "\x1b[31m\u202e家👩‍👩‍👧‍👦"+strings.Repeat("\u0301", 9))
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

// + on a problem filters for exactly the lines with it, whatever the key in it is.
func TestAProblemFiltersForItsLines(t *testing.T) {
	d := newDriver(t, Options{Log: loadFile(t, "damaged.jsonl")}, 160, 40)
	d.press("p")
	groups := d.app.problems.groups
	if len(groups) < 20 {
		t.Fatalf("%d groups", len(groups))
	}
	d.press("esc")
	for i, g := range groups {
		d.press("p home" + strings.Repeat(" down", i) + " +")
		if got := d.app.list.len(); got != g.Rows {
			t.Errorf("%s finds %d rows, want %d", d.app.feed.text, got, g.Rows)
		}
		d.press("p enter +")
		if got := d.app.list.len(); got != g.Rows {
			t.Errorf("from its lines, %s finds %d rows, want %d", d.app.feed.text, got, g.Rows)
		}
		d.press("p esc esc u")
	}
}
