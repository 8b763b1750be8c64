package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit/kittest"
)

// alerting starts to follow a log with an alert for what a query matches.
func alerting(t *testing.T, log kittest.StillLog, text, filter string) (d *driver, calls *[]string) {
	t.Helper()
	log.UpdateSource(0, func(s *model.SourceState) { s.Phase = model.Following })
	e, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	calls = new([]string)
	d = newDriver(t, Options{Log: log, Follow: true, Alert: e, Query: filter}, 100, 24)
	d.app.alerts.alarm.Pause = time.Nanosecond
	d.heard = func(m tea.RawMsg) { *calls = append(*calls, fmt.Sprint(m.Msg)) }
	return d, calls
}

func TestAlertsCallForEventsThatArriveWhateverIsShown(t *testing.T) {
	log := kittest.LoadText(t, "live", kittest.Events(30)+kittest.Event("DELETE_RULE", "FAILED", 100))
	d, calls := alerting(t, log, "action:DELETE_RULE", "is:failed")
	grow := func(text string) {
		kittest.AppendText(t, log.Log, text)
		d.run(d.app.feed.wait(d.app.ctx, d.app))
	}
	grow(kittest.Event("LIST_RULES", "FAILED", 101))
	if len(*calls) > 0 || strings.Contains(d.screenText(), "alert") {
		t.Fatalf("what was loaded and what does not match calls: %q\n%s", *calls, d.screenText())
	}
	grow(kittest.Event("DELETE_RULE", "SUCCEEDED", 102))
	if got, want := fmt.Sprint(*calls), "[\a\x1b]9;pawprint: 1 alert\a]"; got != want {
		t.Errorf("the calls are %q, want %q", got, want)
	}
	if title := d.app.View().WindowTitle; title != "● 1 alert · pawprint live" {
		t.Errorf("the title of the window is %q", title)
	}
	d.mustShow("● 1 alert: *")
	grow(kittest.Event("DELETE_RULE", "FAILED", 103) + kittest.Event("DELETE_RULE", "FAILED", 104))
	if got, want := (*calls)[len(*calls)-1], "\a\x1b]9;pawprint: 2 new alerts, 3 in all\a"; got != want {
		t.Errorf("the last call is %q, want %q", got, want)
	}
	d.mustShow("● 3 alerts: *")
	for i, minute := range []int{2, 3, 4, 2} {
		d.press("*")
		d.mustShow(fmt.Sprintf("alert %d of 3: * goes to the next", i%3+1))
		if e := d.cursorEvent(); e.Action.Raw() != "DELETE_RULE" || e.Time().Minute() != 40+minute {
			t.Errorf("at alert %d the cursor is on %s at %v", i+1, e.Action.Raw(), e.Time())
		}
	}
	if title := d.app.View().WindowTitle; title != "pawprint live" || strings.Contains(d.screenText(), "●") && strings.Contains(d.screenText(), "alerts: *") {
		t.Errorf("after all were looked at the title of the window is %q\n%s", title, d.screenText())
	}
}

func TestAlertsOfALoadThatGoesOnAreNone(t *testing.T) {
	log := kittest.LoadText(t, "live", kittest.Events(3))
	d, calls := alerting(t, log, "action:DELETE_RULE", "")
	log.UpdateSource(log.AddSource(model.NewText("other")), func(s *model.SourceState) { s.Phase = model.Loading })
	d.run(d.app.feed.wait(d.app.ctx, d.app))
	_ = calls
	d.press("*")
	d.mustShow("no alert so far: only events that arrive from now on raise one")
	if d, _ := alerting(t, log, "is:failed", ""); d.app.alerts.watch != nil {
		t.Error("alerts are looked for while a source is being loaded")
	}
}

func TestWithoutAnAlertTheKeySaysHowToSetOne(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(9))}, 80, 24)
	d.press("*")
	d.mustShow("no alert is set: start with -f --alert QUERY")
}
