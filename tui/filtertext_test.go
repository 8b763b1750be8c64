package tui

import (
	"strings"
	"testing"
)

// Two conditions that exclude each other find nothing: the new one takes the place of the old one.
func TestOppositeConditionsReplaceEachOther(t *testing.T) {
	for _, tt := range []struct {
		name string
		f    filterText
		add  string
		want filterText
	}{
		{"out after in", filterText{text: "actor=ann is:write"}, "-actor=ann", filterText{text: "is:write -actor=ann"}},
		{"in after out", filterText{text: "-actor=ann is:write"}, "actor=ann", filterText{text: "is:write actor=ann"}},
		{"in words", filterText{text: "NOT (a OR b)"}, "(a OR b)", filterText{text: "a OR b"}},
		{"unequal", filterText{text: "actor!=ann"}, "actor=ann", filterText{text: "actor=ann"}},
		{"another value", filterText{text: "actor=ann"}, "-actor=ben", filterText{text: "actor=ann -actor=ben"}},
		{"switched off", filterText{text: "a -b", off: "-b\n"}, "b", filterText{text: "a b"}},
		{"failures only", filterText{failedOnly: true}, "-is:failed", filterText{text: "-is:failed"}},
		{"hidden reads", filterText{hideReads: true, text: "a"}, "is:read", filterText{text: "a is:read"}},
	} {
		if got := tt.f.with(mustParse(tt.add)); got != tt.want {
			t.Errorf("%s: %+v with %s is %+v, want %+v", tt.name, tt.f, tt.add, got, tt.want)
		}
	}
	for _, tt := range []struct {
		f    filterText
		do   command
		want filterText
	}{
		{filterText{text: "a -is:failed"}, cmdFailedOnly, filterText{text: "a", failedOnly: true}},
		{filterText{text: "is:read"}, cmdHideReads, filterText{hideReads: true}},
		{filterText{text: "-is:failed", failedOnly: true}, cmdFailedOnly, filterText{text: "-is:failed"}},
	} {
		if got, ok := tt.f.switched(tt.do); !ok || got != tt.want {
			t.Errorf("%+v switched by %d is %+v, want %+v", tt.f, tt.do, got, tt.want)
		}
	}
}

// What still holds beside everything by an actor or from an address is said.
func TestEverythingBySomebodySaysWhatElseHolds(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(30))}, 160, 24)
	d.press("/")
	d.write("since:2020 homer")
	d.press("enter a")
	d.mustShow("everything with actor", ", still within since:2020")
	d.press("u u /")
	d.write("homer")
	d.press("enter i")
	d.mustShow("everything with ip")
	if text := d.lines()[23]; strings.Contains(text, "still within") {
		t.Errorf("without a time it says %q", text)
	}
}
