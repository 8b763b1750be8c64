package tui

import (
	"fmt"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// What a condition hides is what removing it shows, and what one that is off would hide is what switching it on takes away.
func TestWhatAConditionHidesIsExact(t *testing.T) {
	for _, f := range []kit.FilterText{
		{FailedOnly: true},
		{Text: "is:failed -action:get"},
		{Text: "actor:ci-token ip:192.0.2.0/24 delete", HideReads: true},
		{Text: "is:first-seen actor:elena", FailedOnly: true},
		{Text: "(is:failed OR is:write) actor:ci-token since:2026-11-20", Off: "actor:ci-token\n"},
		{Text: "nobody action:delete"},
	} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 200, 50)
		d.obey(kit.Wish{Change: &f})
		shown, chips := d.app.list.Len(), d.app.feed.Chips
		for i, chip := range chips {
			d.obey(kit.Wish{Change: &f})
			line := d.line("/ [")
			turned := f.Without(i)
			want := "hides %d ×]"
			if chip.Off {
				turned, want = f.Toggled(i), "would hide %d off]"
			}
			d.obey(kit.Wish{Change: &turned})
			n := d.app.list.Len() - shown
			if chip.Off {
				n = -n
			}
			if want = fmt.Sprintf(want, n); !strings.Contains(strings.ReplaceAll(line, ",", ""), want) {
				t.Errorf("%+v: the bar is %q, want that %s %s", f, line, chip.Text, want)
			}
		}
	}
}

// obey fulfils a wish, and runs the commands that follow from it.
func (d *driver) obey(w kit.Wish) {
	d.run(d.app.obey(w))
	d.run(d.app.work())
	d.app.screen.changed()
}

// line is the first line of the frame with a text.
func (d *driver) line(with string) string {
	for _, l := range d.lines() {
		if strings.Contains(l, with) {
			return l
		}
	}
	return ""
}

func TestWhatAConditionHidesFollowsAGrowingLog(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(100))
	d := newDriver(t, Options{Log: log}, 120, 40)
	d.press("f")
	d.mustShow("[failed only · hides 90 ×]")
	kittest.AppendText(t, log.Log, kittest.Events(50))
	d.send(logGrew{startedJob(d), log.Snapshot()})
	d.mustShow("[failed only · hides 135 ×]")
}

// A number of another filter is never shown.
func TestWhatAConditionHidesIsForgottenWithTheFilter(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 200, 50)
	d.press("f")
	_, cmd := d.app.Update(kittest.KeyMsg("w"))
	if line := d.line("/ ["); !strings.Contains(line, "[failed only ×] [reads hidden ×]") {
		t.Errorf("before anything is counted the bar is %q", line)
	}
	d.run(cmd)
	d.mustShow("[failed only · hides 0 ×] [reads hidden · hides 10 ×]")
}

func TestTheChosenConditionSaysWhatItDoes(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
	d.press("f /")
	d.write("action:delete actor:elena ip:203.0.113.66")
	d.press("enter [")
	d.mustShow("hides", "actor:elena: without it ", " more  x removes it, | turns it off")
	d.press("| [ ]")
	d.mustShow("actor:elena: with it ", " fewer  x removes it, | turns it on")
	checkShape(t, d, 80, 24)
}

func TestKeysThatNarrowSayWhatTheyFound(t *testing.T) {
	for _, tt := range []struct{ keys, want string }{
		{"g -", "hidden: action LIST_RULES (100)"},
		{"g +", "everything with action LIST_RULES"},
		{"f g +", "action LIST_RULES within failed only · 10 of 100"},
		{"g ~ i", "ip 192.0.2.1 within ±15 min · 16 of 100 · i again: all time"},
		{"g ~ i i", "everything with ip 192.0.2.1 · u goes back"},
		{"g + -", "hidden: action LIST_RULES"},
	} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(100))}, 80, 24)
		d.press(tt.keys)
		last := d.lines()[23]
		if !strings.Contains(last, tt.want) {
			t.Errorf("after %s the status line is %q, want %q", tt.keys, last, tt.want)
		}
		if d.press("?"); strings.Contains(d.lines()[23], tt.want) {
			t.Errorf("the next key leaves %q", d.lines()[23])
		}
	}
}

// An actor is named as people know it, unless the name would say more or less than the id.
func TestChipsNameActors(t *testing.T) {
	event := func(id, name string) string {
		return strings.ReplaceAll(strings.ReplaceAll(kittest.Event("GET_RULE", "SUCCEEDED", 1), `"u1"`, `"`+id+`"`), `"homer"`, `"`+name+`"`)
	}
	for _, tt := range []struct{ log, want string }{
		{event("a", "homer") + event("b", "marge"), "[actor homer · hides 1 ×]"},
		{event("a", "homer") + event("b", "homer"), "[actor.id a · hides 1 ×]"},
		{event("a", "homer") + event("a", "marge"), "[actor.id a · hides 0 ×]"},
		{event("a", "x] [failed only"), "[actor.id a · hides 0 ×]"},
	} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "x", tt.log), Query: "actor.id=a"}, 80, 24)
		if line := d.line("/ ["); !strings.Contains(line, tt.want) {
			t.Errorf("the bar is %q, want %s", line, tt.want)
		}
	}
}
