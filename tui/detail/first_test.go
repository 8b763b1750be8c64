package detail

import (
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

func TestTheDetailSaysWhatAnEventIsTheFirstOf(t *testing.T) {
	log := kittest.LoadText(t, "audit.jsonl", kittest.Seen(5, "ann", "192.0.2.1", "SIGN_IN")+kittest.Seen(6, "ann", "192.0.2.1", "GET_RULE")+kittest.Seen(7, "ann", "192.0.2.1", "GET_RULE"))
	for _, c := range []struct {
		at        int
		want, not []string
	}{
		{0, []string{"the first time ann is seen from 192.0.2.1", "the first time ann is seen with SIGN_IN",
			"the log starts 2026-11-22 10:05:00 UTC; in its first 7 days"}, nil},
		{1, []string{"the first time ann is seen with GET_RULE"}, []string{"seen from"}},
		{2, nil, []string{"first time", "First seen"}},
	} {
		d := newDetailRig(t, log, 100, 30)
		d.goTo(c.at)
		text := d.text()
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("the detail of event %d lacks %q:\n%s", c.at, want, text)
			}
		}
		for _, not := range c.not {
			if strings.Contains(text, not) {
				t.Errorf("the detail of event %d has %q:\n%s", c.at, not, text)
			}
		}
	}
}

func TestTheDetailSaysThatAnEventIsACopy(t *testing.T) {
	lake := func(id string, minute int) string {
		return strings.Replace(kittest.Seen(minute, "ann", "192.0.2.1", "GET_RULE"), "{", `{"p_row_id":"`+id+`",`, 1)
	}
	d := newDetailRig(t, kittest.LoadText(t, "audit.jsonl", lake("5f1c9b", 5)+lake("5f1c9b", 5)+lake("5f1c9c", 6)), 100, 30)
	for at, want := range []bool{false, true, false} {
		d.goTo(at)
		if text := d.text(); strings.Contains(text, "has the same p_row_id: is:duplicate finds the copies") != want {
			t.Errorf("event %d: that it is a copy is said is not %v:\n%s", at, want, text)
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
		d := newDetailRig(t, kittest.LoadText(t, "audit.jsonl", kittest.Seen(5, "ann", "192.0.2.1", "SIGN_IN")+kittest.Seen(6, "ann", address, "SIGN_IN")), 100, 30)
		text := strings.ReplaceAll(d.text(), "\n", " ")
		if want == "" && strings.Contains(text, "the first time") || !strings.Contains(text, want) {
			t.Errorf("%q: the detail lacks %q:\n%s", address, want, d.text())
		}
	}
}

func TestALateEventCorrectsTheDetail(t *testing.T) {
	log := kittest.LoadText(t, "audit.jsonl", kittest.Seen(5, "ann", "192.0.2.1", "SIGN_IN")+kittest.Seen(6, "ann", "192.0.2.2", "SIGN_IN"))
	d := newDetailRig(t, log, 100, 30)
	d.goTo(0)
	if text := d.text(); !strings.Contains(text, "is seen from 192.0.2.1") {
		t.Fatalf("the first event is not the first:\n%s", text)
	}
	kittest.AppendText(t, log.Log, kittest.Seen(4, "ann", "192.0.2.1", "SIGN_IN"))
	d.SelectRows("")
	d.goTo(1) // the same event, behind the one that came late
	if text := d.text(); strings.Contains(text, "First seen") || !strings.Contains(text, "10:05:00") {
		t.Errorf("an earlier event leaves the detail as it was:\n%s", text)
	}
}
