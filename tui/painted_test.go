package tui

import (
	"io"
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestTheFirstFrameWithEventsIsToldOnceItIsWritten(t *testing.T) {
	told := 0
	var out strings.Builder
	o := &paintedOutput{Writer: &out, told: func() { told++ }}
	question, frame := "\x1b[?2026$p\x1b[?2027$p\x1b]11;?\x07", strings.Repeat("x", 2000)
	for i, step := range []struct {
		text  string
		drawn bool
		told  int
	}{{frame, false, 0}, {question, true, 0}, {frame, false, 1}, {frame, false, 1}} {
		if step.drawn {
			o.drawn.Store(true)
		}
		if n, err := io.WriteString(o, step.text); n != len(step.text) || err != nil {
			t.Fatal(n, err)
		}
		if told != step.told {
			t.Errorf("after write %d it was told %d times, want %d", i+1, told, step.told)
		}
	}
	if want := frame + question + frame + frame; out.String() != want {
		t.Error("something else was written")
	}
}

func TestTheFirstFrameWaitsForTheFirstRows(t *testing.T) {
	log := model.NewLog()
	id := log.AddSource(model.NewText("audit.jsonl"))
	log.UpdateSource(id, func(s *model.SourceState) { s.Phase = model.Loading })
	a := New(t.Context(), Options{Log: log, Now: func() time.Time { return kittest.TestNow }})
	a.screen.interval = time.Hour
	a.Init()
	if a.screen.begin() {
		t.Fatal("the first frame does not wait for rows")
	}
	if pace := a.feed.paceNow(); pace != emptyInterval {
		t.Errorf("a log without rows is looked at after %v, want %v", pace, emptyInterval)
	}
	log.UpdateSource(id, func(s *model.SourceState) { s.Phase = model.Broken })
	a.feed.grow(log.Snapshot())
	a.work()
	if !a.screen.begin() {
		t.Error("the first frame waits, although no rows will come")
	}
	if pace := a.feed.paceNow(); pace != refreshInterval {
		t.Errorf("a log that was read is looked at after %v, want %v", pace, refreshInterval)
	}
}
