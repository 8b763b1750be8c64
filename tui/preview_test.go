package tui

import (
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

// logFrom loads the bytes of a text from an offset on, as rows of a source of the given name.
func logFrom(t *testing.T, name, text string, offset, line int) *model.Log {
	t.Helper()
	log := model.NewLog()
	fillFrom(log, log.AddSource(model.NewText(name)), text, offset, line)
	return log
}

func fillFrom(log *model.Log, id model.SourceID, text string, offset, line int) {
	raw := strings.NewReader(text)
	log.UpdateSource(id, func(s *model.SourceState) { s.Phase, s.Size = model.Loading, int64(len(text)) })
	s := loader.NewStream(log, id, loader.Bytes{Raw: raw, Trusted: true, Start: int64(offset), Line: int64(line)}, loader.Limits{})
	s.Write([]byte(text[offset:]))
	s.Close()
}

// previewCase is a log of 300 events whose last 60 are the preview, and of which the main log holds nothing yet.
type previewCase struct {
	*driver
	text    string
	main    *model.Log
	id      model.SourceID
	preview *model.Log
}

func newPreviewCase(t *testing.T) *previewCase {
	text := kittest.Events(300)
	offset := strings.Index(text, kittest.Event("LIST_RULES", "SUCCEEDED", 240))
	c := &previewCase{text: text, main: model.NewLog(), preview: logFrom(t, "audit.jsonl", text, offset, 241)}
	c.id = c.main.AddSource(model.NewText("audit.jsonl"))
	c.main.UpdateSource(c.id, func(s *model.SourceState) { s.Phase, s.Size = model.Loading, int64(len(text)) })
	c.driver = newDriver(t, Options{Log: kittest.StillLog{Log: c.main}, Preview: c.preview}, 100, 24)
	return c
}

// load lets the main log have everything.
func (c *previewCase) load() {
	fillFrom(c.main, c.id, c.text, 0, 1)
	c.main.UpdateSource(c.id, func(s *model.SourceState) { s.Phase = model.Complete })
	c.run(c.app.feed.wait(c.app.ctx, c.app))
}

func TestPreviewIsShownAtOnce(t *testing.T) {
	c := newPreviewCase(t)
	frame := strings.Join(c.lines(), "\n")
	if !strings.Contains(frame, "04:59:00") || !strings.Contains(frame, "loading 0 %") {
		t.Errorf("the first frame lacks the end of the log or the progress:\n%s", frame)
	}
	if got, want := c.cursorEvent().Origin.Line, int64(300); got != want {
		t.Errorf("the cursor is on line %d, want %d", got, want)
	}
}

func TestLoadedLogReplacesThePreviewAndKeepsTheEvent(t *testing.T) {
	c := newPreviewCase(t)
	c.press("k k k enter")
	c.load()
	if n := c.app.list.Len(); n != 300 {
		t.Fatalf("the list has %d rows, want 300", n)
	}
	if got, want := c.cursorEvent().Origin.Line, int64(297); got != want {
		t.Errorf("the cursor is on line %d, want %d", got, want)
	}
	if frame := strings.Join(c.lines(), "\n"); !strings.Contains(frame, "297/300") || !strings.Contains(frame, "line    297") && !strings.Contains(frame, "homer did LIST_RULES") {
		t.Errorf("the detail was lost:\n%s", frame)
	}
}

func TestLeavingThePreviewEarlyKeepsTheEventOnceItIsLoaded(t *testing.T) {
	c := newPreviewCase(t)
	c.press("k k f")
	if n := c.app.list.Len(); n != 0 {
		t.Fatalf("the list has %d rows of the log that holds nothing, want 0", n)
	}
	c.load()
	if n := c.app.list.Len(); n != 30 {
		t.Fatalf("the list has %d failures, want 30", n)
	}
	c.press("f")
	if got, want := c.cursorEvent().Origin.Line, int64(298); got != want {
		t.Errorf("the cursor is on line %d, want %d", got, want)
	}
}

func TestTopOfThePreviewIsTheTopOfTheLog(t *testing.T) {
	for _, keys := range []string{"g", "home"} {
		c := newPreviewCase(t)
		fillFrom(c.main, c.id, c.text, 0, 1)
		c.run(c.app.feed.wait(c.app.ctx, c.app))
		if !c.app.feed.previewing {
			t.Fatal("the preview was left although the log is still being loaded")
		}
		c.press(keys)
		if got, want := c.cursorEvent().Origin.Line, int64(1); got != want {
			t.Errorf("after %q the cursor is on line %d, want %d", keys, got, want)
		}
	}
}

func TestScrollingAboveThePreviewShowsTheLog(t *testing.T) {
	c := newPreviewCase(t)
	fillFrom(c.main, c.id, c.text, 0, 1)
	c.run(c.app.feed.wait(c.app.ctx, c.app))
	for range 70 {
		c.press("k")
	}
	if got, want := c.cursorEvent().Origin.Line, int64(230); got != want {
		t.Errorf("the cursor is on line %d, want %d", got, want)
	}
}

func TestPreviewIsNotShownForALoadedLog(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(10))
	d := newDriver(t, Options{Log: log, Preview: kittest.LoadText(t, "y", kittest.Events(3))}, 100, 24)
	if n := d.app.list.Len(); n != 10 {
		t.Errorf("the list has %d rows, want 10", n)
	}
}
