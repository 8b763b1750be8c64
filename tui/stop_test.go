package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/modal"
)

func TestEscStopsLoadingAndKeepsWhatIsThere(t *testing.T) {
	log, text, stops := model.NewLog(), kittest.Events(30), 0
	id := log.AddSource(model.NewText("audit.jsonl"))
	fillFrom(log, id, text, 0, 1)
	log.UpdateSource(id, func(s *model.SourceState) { s.Phase, s.Size = model.Loading, 1e9 })
	d := newDriver(t, Options{Log: kittest.StillLog{Log: log}, Stop: func() {
		stops++
		log.UpdateSource(id, func(s *model.SourceState) { s.Phase = model.Cancelled })
	}}, 100, 24)
	d.press("enter")
	if !strings.Contains(d.lines()[0], "loading") {
		t.Fatalf("the title does not tell of the load: %q", d.lines()[0])
	}
	d.press("esc")
	d.run(d.app.feed.wait(d.app.ctx, d.app))
	if title := d.lines()[0]; stops != 1 || !strings.Contains(title, "stopped") || !strings.Contains(title, "30 events") || strings.Contains(title, "loading") {
		t.Errorf("after esc the load was stopped %d times, the title is %q", stops, title)
	}
	if !d.app.panes.shown.detail || !strings.Contains(d.lines()[23], "the rows loaded so far stay") {
		t.Errorf("the first esc does more than to stop, or does not say so: %q", d.lines()[23])
	}
	kittest.CheckGolden(t, "stopped", ansi.Strip(d.frame()))
	d.press("esc")
	if stops != 1 || d.app.panes.shown.detail {
		t.Errorf("the second esc does not close the detail, or stops again: %d", stops)
	}
}

func TestEscStopsNothingOnceAllIsLoaded(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Stop: func() { t.Error("a load that ended was stopped") }}, 100, 24)
	d.press("enter esc")
	if d.app.panes.shown.detail || d.app.feed.stopped {
		t.Error("esc did not close the detail")
	}
}

func TestALargeDownloadIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		key, toast string
		yes        bool
	}{{"enter", "", true}, {"esc", "nothing was downloaded", false}} {
		var answers []bool
		questions := make(chan modal.Question, 1)
		questions <- modal.Question{About: "s3://audit-logs/a\x1b[2J/", Text: "12,000 objects, 3.1 GiB", Answer: func(yes bool) { answers = append(answers, yes) }}
		close(questions)
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Questions: questions}, 100, 24)
		checkShape(t, d, 100, 24)
		if c.yes {
			kittest.CheckGolden(t, "confirm", ansi.Strip(d.frame()))
		}
		d.press("j x tab")
		if len(answers) != 0 {
			t.Fatal("another key answers the question")
		}
		d.press(c.key)
		if len(answers) != 1 || answers[0] != c.yes || len(d.app.modals) != 0 {
			t.Errorf("%s answers %v, and %d modals are left", c.key, answers, len(d.app.modals))
		}
		if !strings.Contains(d.lines()[23], c.toast) {
			t.Errorf("%s says %q, want %q", c.key, d.lines()[23], c.toast)
		}
	}
}

func TestQuestionFitsAnyScreen(t *testing.T) {
	for _, size := range [][2]int{{24, 6}, {30, 8}, {64, 12}, {200, 50}} {
		questions := make(chan modal.Question, 1)
		questions <- modal.Question{About: strings.Repeat("s3://long/", 50), Text: "2 objects"}
		close(questions)
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Questions: questions}, size[0], size[1])
		checkShape(t, d, size[0], size[1])
	}
}
