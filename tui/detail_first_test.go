package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

// seen writes an event of an actor at a minute of an hour.
func seen(minute int, actor, address, action string) string {
	return fmt.Sprintf(`{"actionName":%q,"actionResult":"SUCCEEDED","actor":{"id":%q,"type":"USER","name":%q},"sourceIP":%q,"timestamp":"2026-11-22T10:%02d:00Z","pantherVersion":"1.1.1"}`+"\n",
		action, actor, actor, address, minute)
}

// addTo loads more lines into a log, and tells the interface.
func (d *driver) addTo(log stillLog, text string) {
	d.t.Helper()
	if err := loader.Load(d.t.Context(), log.Log, &loader.Reader{Label: "more.jsonl", From: strings.NewReader(text)}); err != nil {
		d.t.Fatal(err)
	}
	d.send(logGrew{job: startedJob(d), snap: log.Snapshot()})
}

func TestTheDetailSaysWhatAnEventIsTheFirstOf(t *testing.T) {
	log := loadText(t, "audit.jsonl", seen(5, "ann", "192.0.2.1", "SIGN_IN")+seen(6, "ann", "192.0.2.1", "GET_RULE")+seen(7, "ann", "192.0.2.1", "GET_RULE"))
	for _, c := range []struct {
		keys      string
		want, not []string
	}{
		{"g enter tab", []string{"the first time ann is seen from 192.0.2.1", "the first time ann is seen with SIGN_IN",
			"the log begins 2026-11-22 10:05:00 UTC; in its first 7 days"}, nil},
		{"g j enter tab", []string{"the first time ann is seen with GET_RULE"}, []string{"seen from"}},
		{"G enter tab", nil, []string{"first time", "First seen"}},
	} {
		d := newDriver(t, Options{Log: log}, 100, 30)
		d.press(c.keys)
		text := d.detailText()
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("after %s the detail lacks %q:\n%s", c.keys, want, text)
			}
		}
		for _, not := range c.not {
			if strings.Contains(text, not) {
				t.Errorf("after %s the detail has %q:\n%s", c.keys, not, text)
			}
		}
	}
}

func TestTheDetailNamesTheAddressThatIsNew(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7:443":               "is seen from 192.0.2.7 ",
		"[2001:DB8:0::1]:443":         "is seen from 2001:db8::1 ",
		"192.0.2.7, 192.0.2.7:80":     "is seen from 192.0.2.7 ",
		"192.0.2.1, 192.0.2.7:80":     "is seen from at least one address of 192.0.2.1, 192.0.2.7:80",
		"unknown":                     "is seen from unknown",
		"192.0.2.1:80":                "",
		"::ffff:192.0.2.1":            "",
		"192.0.2.1, from 192.0.2.1:5": "",
	} {
		d := newDriver(t, Options{Log: loadText(t, "audit.jsonl", seen(5, "ann", "192.0.2.1", "SIGN_IN")+seen(6, "ann", address, "SIGN_IN"))}, 100, 30)
		d.press("G enter tab")
		text := strings.ReplaceAll(d.detailText(), "\n", " ")
		if want == "" && strings.Contains(text, "the first time") || !strings.Contains(text, want) {
			t.Errorf("%q: the detail lacks %q:\n%s", address, want, d.detailText())
		}
	}
}

func TestALateEventCorrectsTheDetailAndTheList(t *testing.T) {
	log := loadText(t, "audit.jsonl", seen(5, "ann", "192.0.2.1", "SIGN_IN")+seen(6, "ann", "192.0.2.2", "SIGN_IN"))
	d := newDriver(t, Options{Log: log}, 100, 30)
	d.press("g enter tab")
	if text := d.detailText(); !strings.Contains(text, "is seen from 192.0.2.1") {
		t.Fatalf("the first event is not the first:\n%s", text)
	}
	d.addTo(log, seen(4, "ann", "192.0.2.1", "SIGN_IN"))
	if text := d.detailText(); strings.Contains(text, "First seen") || !strings.Contains(text, "10:05:00") {
		t.Errorf("an earlier event leaves the detail as it was:\n%s", text)
	}
	filtered := newDriver(t, Options{Log: log, Query: "is:new-address"}, 100, 30)
	filtered.mustShow("3 events · 2 shown · log begins 2026-11-22")
	filtered.addTo(log, seen(3, "ann", "192.0.2.1", "SIGN_IN"))
	filtered.mustShow("4 events · 2 shown", "10:03:00", "10:06:00")
	if text := filtered.screenText(); strings.Contains(text, "10:04:00") {
		t.Errorf("an event is in the list that is the first no more:\n%s", text)
	}
}

func TestTheTitleSaysWhatFirstSeenRestsOn(t *testing.T) {
	before := loadText(t, "before.jsonl", seen(1, "ann", "192.0.2.1", "SIGN_IN")).Snapshot()
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
		log := loadText(t, "audit.jsonl", seen(5, "ann", "192.0.2.1", "SIGN_IN"))
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

func TestALateEventCorrectsWhatIsFound(t *testing.T) {
	log := loadText(t, "audit.jsonl", seen(5, "ann", "192.0.2.1", "SIGN_IN")+seen(6, "ann", "192.0.2.1", "SIGN_IN"))
	for _, filter := range []string{"", "is:signin"} {
		d := newDriver(t, Options{Log: log, Query: filter}, 100, 30)
		if err := d.app.list.finder.find("is:new-address", &d.app.display); err != nil {
			t.Fatal(err)
		}
		minute := 4 - len(filter)/5
		d.addTo(log, seen(minute, "ann", "192.0.2.1", "SIGN_IN"))
		hits := d.app.list.finder.hits
		if hits == nil || hits.Len() != 1 || time.Unix(0, hits.Snapshot().Nanos(hits.At(0))).UTC().Minute() != minute {
			t.Errorf("with the filter %q, not only the event of minute %d is found", filter, minute)
		}
	}
}
