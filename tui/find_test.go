package tui

import (
	"strings"
	"testing"
	"time"

	"pawprint/model"
)

func TestFoundTextStandsOut(t *testing.T) {
	d := newListRig(t, loadText(t, "x", events(10)), 100, 24)
	plainFrame := d.frame()
	d.press("ctrl+f")
	d.write("homer")
	d.press("enter")
	if d.frame() == plainFrame {
		t.Error("what was found looks like before")
	}
	if row := d.lines()[5]; !strings.Contains(row, "›") {
		t.Errorf("the row of a hit is %q, want the sign of one", row)
	}
	d.press("ctrl+f esc")
	d.press("ctrl+f ctrl+u enter")
	if row := d.lines()[5]; strings.Contains(row, "›") {
		t.Errorf("after finding nothing the row is %q", row)
	}
}

func TestFindGoesOnInALogThatGrows(t *testing.T) {
	d := newListRig(t, loadText(t, "x", events(10)), 100, 24)
	d.press("ctrl+f")
	d.write("delete")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "not found") {
		t.Fatalf("the status line is %q", last)
	}
	d.add(event("DELETE_RULE", "FAILED", 1000))
	d.press("g n")
	if got := d.cursorEvent().Action; got != model.NewText("DELETE_RULE") {
		t.Errorf("the cursor is on %v, want the event that came later", got)
	}
}

func TestNextHitIsLookedForFromARowThatCameAfterTheHits(t *testing.T) {
	for name, text := range map[string]string{"in the order of times": events(30), "in another": events(30) + event("LIST_RULES", "SUCCEEDED", 3)} {
		t.Run(name, func(t *testing.T) {
			d := newListRig(t, loadText(t, "x", text), 100, 24)
			d.list.follow = following
			d.press("ctrl+f")
			d.write("failed")
			d.press("enter G")
			d.list.finder.searching.start(t.Context(), d.list) // which does not come to its end
			d.add(event("LIST_ROLES", "SUCCEEDED", 1000) + event("LIST_ROLES", "SUCCEEDED", 1001))
			d.press("n N")
			if got, want := d.cursorEvent().Row, model.Row(29); got != want {
				t.Errorf("the cursor is on row %d, want the last failure, %d", got, want)
			}
		})
	}
}

func TestFindWorksInAnyOrder(t *testing.T) {
	d := newListRig(t, mixedLog(t), 99, 24)
	d.press("S g ctrl+f") // by action: 3 1 2 4 0
	d.write("homer")
	d.press("enter")
	if got, want := d.cursorEvent().Row, model.Row(2); got != want {
		t.Errorf("the first hit is row %d, want %d", got, want)
	}
	d.press("n")
	if got, want := d.cursorEvent().Row, model.Row(0); got != want {
		t.Errorf("the next hit is row %d, want %d", got, want)
	}
}

func TestAWrongFindSaysSoAndStaysOpen(t *testing.T) {
	d := newListRig(t, mixedLog(t), 99, 24)
	d.press("ctrl+f")
	d.write("(a")
	d.press("enter")
	if len(d.modals) != 1 {
		t.Error("the line closed")
	}
	d.press("esc")
	if len(d.modals) != 0 || d.list.finder.expr != nil {
		t.Error("esc does not give up")
	}
}

func TestKeysPressedWhileFindingCount(t *testing.T) {
	d := newListRig(t, loadText(t, "x", events(50)), 100, 24)
	d.press("g ctrl+f")
	for _, r := range "failed" {
		d.begin(keyMsg(string(r)))
	}
	d.begin(keyMsg("enter"))
	d.begin(keyMsg("n"))
	slow := d.begin(keyMsg("n"))
	d.list.finder.searching.stop()
	d.run(slow)
	d.resize(101, 24)
	if got, want := d.cursorEvent().Row, model.Row(29); got != want {
		t.Errorf("after enter n n the cursor is on row %d, want %d", got, want)
	}
}

func TestALateEventCorrectsWhatIsFound(t *testing.T) {
	log := loadText(t, "audit.jsonl", seen(5, "ann", "192.0.2.1", "SIGN_IN")+seen(6, "ann", "192.0.2.1", "SIGN_IN"))
	for _, filter := range []string{"", "is:signin"} {
		d := newListRig(t, log, 100, 30)
		d.filterBy(filter)
		if err := d.list.finder.find("is:new-address", d.display); err != nil {
			t.Fatal(err)
		}
		minute := 4 - len(filter)/5
		appendText(t, log.Log, seen(minute, "ann", "192.0.2.1", "SIGN_IN"))
		d.selectRows(filter)
		d.list.selected(d.sel, true)
		d.settle()
		hits := d.list.finder.hits
		if hits == nil || hits.Len() != 1 || time.Unix(0, hits.Snapshot().Nanos(hits.At(0))).UTC().Minute() != minute {
			t.Errorf("with the filter %q, not only the event of minute %d is found", filter, minute)
		}
	}
}
