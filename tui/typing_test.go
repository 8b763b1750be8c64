package tui

import (
	"strings"
	"testing"

	"pawprint/model/logtest"
	"pawprint/tui/kit/kittest"
)

func TestATimeWithoutADateIsThatOfTheCursor(t *testing.T) {
	at := func(name, time string) string {
		return logtest.Event(`"actionName":"`+name+`"`, `"timestamp":"`+time+`"`) + "\n"
	}
	log := kittest.LoadText(t, "x", at("A1", "2026-11-20T01:44:00Z")+at("A2", "2026-11-21T01:44:30Z")+at("A3", "2026-11-22T01:44:00Z"))
	for _, c := range []struct{ keys, filter, want, row string }{
		{"g j", "time:01:44", "time:2026-11-21T01:44", "A2"}, {"g", "time:01:44", "time:2026-11-20T01:44", "A1"}, {"G", "time:01:40..01:50", "time:2026-11-22T01:40..01:50", "A3"},
		{"G", "time:11-21 01:44", "time:2026-11-21T01:44", "A2"}, {"g", "since:1h@end", "since:2026-11-22T00:44:00Z", "A3"},
	} {
		d := newDriver(t, Options{Log: log}, 100, 30)
		d.press(c.keys + " /")
		d.write(c.filter)
		d.press("enter")
		if got := d.app.feed.Text; got != c.want {
			t.Errorf("after %s the filter %s became %s, want %s", c.keys, c.filter, got, c.want)
		}
		if n := d.app.list.Len(); n != 1 || !strings.Contains(strings.Join(d.lines(), "\n"), " "+c.row+" ") {
			t.Errorf("%s finds %d rows, want %s:\n%s", c.filter, n, c.row, strings.Join(d.lines(), "\n"))
		}
	}
	d := newDriver(t, Options{Log: log, Query: "time:01:44"}, 100, 30)
	if d.app.list.Len() != 1 || !strings.Contains(strings.Join(d.lines(), "\n"), " A3 ") {
		t.Errorf("a time without a date is not of the last day of the log:\n%s", strings.Join(d.lines(), "\n"))
	}
}
