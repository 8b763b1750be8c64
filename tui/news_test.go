package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

// restarted adds a source to a followed log that begins where another of its file ended.
func restarted(d *driver, log kittest.StillLog, path string, r model.Restart) {
	id := log.AddSource(model.NewText(path + " (#2)"))
	log.UpdateSource(id, func(s *model.SourceState) {
		s.Place, s.Phase, s.Restart = model.NewText(path), model.Following, r
	})
	d.run(d.app.feed.wait(d.app.ctx, d.app))
}

func TestTheStatusLineSaysWhatHappenedToAFollowedFile(t *testing.T) {
	at := time.Date(2026, 11, 22, 10, 12, 7, 0, time.UTC)
	long := "/var/log/" + strings.Repeat("long", 30) + ".jsonl"
	for _, c := range []struct {
		name string
		path string
		was  []model.Restart
		want string
	}{
		{"cut", "/var/log/live.jsonl", []model.Restart{{Why: model.Truncated, At: at}}, "live.jsonl was cut at 10:12: read again from the start"},
		{"cut back", "live.jsonl", []model.Restart{{Why: model.Truncated, At: at, From: 5120}}, "live.jsonl was cut at 10:12: read on from byte 5,120"},
		{"rewritten", long, []model.Restart{{Why: model.Rewritten, At: at}}, "longlonglonglonglonglonglo… was rewritten at 10:12: read again from the start "},
		{"rotated", "live.jsonl", []model.Restart{{Why: model.Rotated, At: at}}, "live.jsonl was rotated at 10:12 "},
		{"several", "live.jsonl", []model.Restart{{Why: model.Rotated, At: at}, {Why: model.Rotated, At: at}, {Why: model.Truncated, At: at}}, "live.jsonl was cut at 10:12; B shows 2 more changes"},
		{"hostile", "live\x1b[2J.jsonl", []model.Restart{{Why: model.Rotated, At: at}}, "live␛[2J.jsonl was rotated at 10:12 "},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := kittest.LoadText(t, "x", kittest.Events(50))
			d := newDriver(t, Options{Log: log, Follow: true}, 80, 24)
			for _, r := range c.was {
				restarted(d, log, c.path, r)
			}
			if last := d.lines()[23]; !strings.Contains(last, c.want) {
				t.Errorf("the status line is %q, want %q", last, c.want)
			}
			d.press("k")
			if last := d.lines()[23]; strings.Contains(last, "was") {
				t.Errorf("after a key the status line is still %q", last)
			}
		})
	}
}

func TestNewsThatAMessageOrAPromptHidesAreSaidAfterIt(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(50))
	d := newDriver(t, Options{Log: log, Follow: true}, 80, 24)
	d.press("@")
	restarted(d, log, "live.jsonl", model.Restart{Why: model.Rotated, At: kittest.TestNow})
	d.press("1 esc")
	d.mustShow("live.jsonl was rotated")
	d.press("k ' ")
	d.mustShow("nothing is marked")
	restarted(d, log, "live.jsonl", model.Restart{Why: model.Truncated, At: kittest.TestNow})
	d.press("k")
	d.mustShow("live.jsonl was cut at 20:30: read again from the start")
}

func TestTheSourcesSayWhenAFileWasCut(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(50))
	d := newDriver(t, Options{Log: log, Follow: true}, 80, 24)
	restarted(d, log, "live.jsonl", model.Restart{Why: model.Truncated, At: kittest.TestNow})
	d.press("B j")
	d.mustShow("the file was cut at 2026-11-22 20:30:00 UTC: read again from the start")
}

func TestEventsThatArriveLateAboveTheScreenAreSaidAndReachable(t *testing.T) {
	log := kittest.LoadText(t, "live", kittest.Events(60))
	log.UpdateSource(0, func(s *model.SourceState) { s.Phase = model.Following })
	d := newDriver(t, Options{Log: log, Follow: true}, 80, 24)
	grow := func(text string) {
		kittest.AppendText(t, log.Log, text)
		d.run(d.app.feed.wait(d.app.ctx, d.app))
	}
	grow(kittest.Event("LIST_ROLES", "SUCCEEDED", 90) + kittest.Event("GET_ROLE", "SUCCEEDED", 59))
	if text := d.screenText(); strings.Contains(text, "late") {
		t.Errorf("an event that is on the screen is said to be late:\n%s", text)
	}
	grow(kittest.Event("DELETE_RULE", "SUCCEEDED", 5) + kittest.Event("LIST_ROLES", "SUCCEEDED", 91) + kittest.Event("CREATE_RULE", "SUCCEEDED", 3))
	d.mustShow("2 events arrived late, above the screen: & goes there")
	for i, want := range []string{"CREATE_RULE", "DELETE_RULE", "CREATE_RULE"} {
		d.press("&")
		d.mustShow(fmt.Sprintf("late event %d of 2: & goes to the next", i%2+1))
		if got := d.cursorEvent().Action.Raw(); got != want {
			t.Errorf("late event %d is %s, want %s", i, got, want)
		}
	}
	d.press("G")
	grow(kittest.Event("ENABLE_RULE", "SUCCEEDED", 4))
	d.mustShow("1 event arrived late")
	d.press("k")
	if text := d.screenText(); strings.Contains(text, "late") {
		t.Errorf("after a key the news are still there:\n%s", text)
	}
	d.press("&")
	if got := d.cursorEvent().Action.Raw(); got != "ENABLE_RULE" {
		t.Errorf("the new late event is %s", got)
	}
}

func TestNothingIsLateWhileALogIsLoaded(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(60))
	log.UpdateSource(0, func(s *model.SourceState) { s.Phase = model.Loading })
	d := newDriver(t, Options{Log: log}, 80, 24)
	kittest.AppendText(t, log.Log, kittest.Event("DELETE_RULE", "SUCCEEDED", 5))
	d.run(d.app.feed.wait(d.app.ctx, d.app))
	d.press("&")
	d.mustShow("no event arrived late")
}
