package tui

import (
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

// addTo loads more lines into a log, and tells the interface.
func (d *driver) addTo(log kittest.StillLog, text string) {
	d.t.Helper()
	if err := loader.Load(d.t.Context(), log.Log, &loader.Reader{Label: "more.jsonl", From: strings.NewReader(text)}); err != nil {
		d.t.Fatal(err)
	}
	d.send(logGrew{Job: startedJob(d), snap: log.Snapshot()})
}

func TestALateEventCorrectsTheList(t *testing.T) {
	log := kittest.LoadText(t, "audit.jsonl", kittest.Seen(5, "ann", "192.0.2.1", "SIGN_IN")+kittest.Seen(6, "ann", "192.0.2.2", "SIGN_IN")+kittest.Seen(4, "ann", "192.0.2.1", "SIGN_IN"))
	filtered := newDriver(t, Options{Log: log, Query: "is:new-address"}, 100, 30)
	filtered.mustShow("3 events · 2 shown · log begins 2026-11-22")
	filtered.addTo(log, kittest.Seen(3, "ann", "192.0.2.1", "SIGN_IN"))
	filtered.mustShow("4 events · 2 shown", "10:03:00", "10:06:00")
	if text := filtered.screenText(); strings.Contains(text, "10:04:00") {
		t.Errorf("an event is in the list that is the first no more:\n%s", text)
	}
}

func TestSilencesSayHowLongTheyAre(t *testing.T) {
	log := kittest.LoadText(t, "audit.jsonl", kittest.Events(600)+kittest.Event("GET_RULE", "SUCCEEDED", 1140))
	d := newDriver(t, Options{Log: log, Query: "is:silence"}, 100, 30)
	d.mustShow("1 shown", "silence: over 1 hour")
	d.press("enter")
	d.mustShow("Silence       no event in the 9 hours")
	d.press("/ ctrl+u enter up")
	if text := d.screenText(); strings.Contains(text, "Silence  ") {
		t.Errorf("another event ends a silence, too:\n%s", text)
	}
}

func TestTheTitleSaysWhatFirstSeenRestsOn(t *testing.T) {
	before := kittest.LoadText(t, "before.jsonl", kittest.Seen(1, "ann", "192.0.2.1", "SIGN_IN")).Snapshot()
	baseline, err := model.NewBaseline(t.Context(), &before, before.Nanos(0)+1)
	if err != nil {
		t.Fatal(err)
	}
	broken := *baseline
	broken.Err = model.NewText("the download was declined")
	cut := before.Nanos(0) + 1
	for _, c := range []struct {
		query string
		b     model.Background
		want  string // an empty text is none of them
	}{
		{"", model.Background{}, ""},
		{"is:signin", model.Background{Cut: cut}, ""},
		{"is:new-address", model.Background{}, "log begins 2026-11-22"},
		{"-is:first-seen OR x", model.Background{}, "log begins 2026-11-22"},
		{"is:new-action", model.Background{Cut: cut}, "nothing before 2026-11-22"},
		{"is:new-address", model.Background{Cut: cut, Span: "60d"}, "reading the baseline"},
		{"is:new-address", model.Background{Cut: cut, Span: "60d", Baseline: baseline}, "baseline: 1 event of 60d"},
		{"", model.Background{Cut: cut, Span: "60d", Baseline: &broken}, "baseline: 1 event of 60d, incomplete"},
	} {
		log := kittest.LoadText(t, "audit.jsonl", kittest.Seen(5, "ann", "192.0.2.1", "SIGN_IN"))
		log.SetBackground(c.b)
		title := newDriver(t, Options{Log: log, Query: c.query}, 120, 30).lines()[0]
		if c.want != "" && !strings.Contains(title, c.want) {
			t.Errorf("%q, %+v: the title lacks %q: %s", c.query, c.b, c.want, title)
		}
		for _, no := range []string{"begins", "nothing before", "baseline"} {
			if c.want == "" && strings.Contains(title, no) {
				t.Errorf("%q, %+v: the title has %q: %s", c.query, c.b, no, title)
			}
		}
	}
}
