package tui

import (
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

func TestTheProfileOpensFromEveryPane(t *testing.T) {
	for _, c := range []struct{ name, keys, want string }{
		{"the list", "O", " Actor terraform "},
		{"a cell of the list", "l l O", " Object slack-enterprise "},
		{"the facets", "b j O", " "},
		{"the detail", "enter tab O", " "},
		{"the table of values", "l # O", " Actor "},
		{"the commands", "", " Actor terraform "},
	} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 160, 48)
		if c.keys == "" {
			d.press(":")
			d.write("who is")
			d.press("enter")
		}
		d.press(c.keys)
		screen := d.screenText()
		if !strings.Contains(screen, "in the whole log") || !strings.Contains(screen, c.want) {
			t.Errorf("from %s there is no page:\n%s", c.name, screen)
		}
	}
}

func TestEnterOnAProfileFiltersAndLeavesAllPages(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 120, 40)
	d.press("l # O J enter")
	if len(d.app.modals) != 0 || !strings.Contains(d.app.feed.Text, "actor=") || len(d.app.feed.Chips) < 2 {
		t.Errorf("%d modals are open and the filter is %q", len(d.app.modals), d.app.feed.Text)
	}
	if d.press("u"); d.app.feed.Text != "" {
		t.Errorf("u leaves the filter %q", d.app.feed.Text)
	}
}

func TestAFindingOfAProfileIsUnderTheCursor(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 120, 40)
	d.press("O enter")
	e := d.app.list.Sel.Snapshot()
	row, ok := d.app.list.Row()
	if !ok || !strings.Contains(d.app.feed.Text, e.Event(row).Action.Raw()) && !strings.Contains(d.app.feed.Text, e.Event(row).IP.Raw()) || row != d.app.list.Sel.At(0) {
		t.Errorf("the filter is %q and the cursor on row %d", d.app.feed.Text, row)
	}
}
