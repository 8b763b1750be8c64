package list

import (
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestFoundTextStandsOut(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(10)), 100, 24)
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
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(10)), 100, 24)
	d.press("ctrl+f")
	d.write("delete")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "not found") {
		t.Fatalf("the status line is %q", last)
	}
	d.add(kittest.Event("DELETE_RULE", "FAILED", 1000))
	d.press("g n")
	if got := d.cursorEvent().Action; got != model.NewText("DELETE_RULE") {
		t.Errorf("the cursor is on %v, want the event that came later", got)
	}
}

func TestNextHitIsLookedForFromARowThatCameAfterTheHits(t *testing.T) {
	for name, text := range map[string]string{"in the order of times": kittest.Events(30), "in another": kittest.Events(30) + kittest.Event("LIST_RULES", "SUCCEEDED", 3)} {
		t.Run(name, func(t *testing.T) {
			d := newListRig(t, kittest.LoadText(t, "x", text), 100, 24)
			d.list.Follow = Following
			d.press("ctrl+f")
			d.write("failed")
			d.press("enter G")
			d.list.finder.searching.Start(t.Context(), d.list) // does not end
			d.add(kittest.Event("LIST_ROLES", "SUCCEEDED", 1000) + kittest.Event("LIST_ROLES", "SUCCEEDED", 1001))
			d.press("n N")
			if got, want := d.cursorEvent().Row, model.Row(29); got != want {
				t.Errorf("the cursor is on row %d, want the last failure, %d", got, want)
			}
		})
	}
}

func TestFindWorksInAnyOrder(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
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
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
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
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(50)), 100, 24)
	d.press("g ctrl+f")
	for _, r := range "failed" {
		d.begin(kittest.KeyMsg(string(r)))
	}
	d.begin(kittest.KeyMsg("enter"))
	d.begin(kittest.KeyMsg("n"))
	slow := d.begin(kittest.KeyMsg("n"))
	d.list.finder.searching.Stop()
	d.run(slow)
	d.resize(101, 24)
	if got, want := d.cursorEvent().Row, model.Row(29); got != want {
		t.Errorf("after enter n n the cursor is on row %d, want %d", got, want)
	}
}

func TestALateEventCorrectsWhatIsFound(t *testing.T) {
	log := kittest.LoadText(t, "audit.jsonl", kittest.Seen(5, "ann", "192.0.2.1", "SIGN_IN")+kittest.Seen(6, "ann", "192.0.2.1", "SIGN_IN"))
	for _, filter := range []string{"", "is:signin"} {
		d := newListRig(t, log, 100, 30)
		d.filterBy(filter)
		if err := d.list.finder.find("is:new-address", d.Display); err != nil {
			t.Fatal(err)
		}
		minute := 4 - len(filter)/5
		kittest.AppendText(t, log.Log, kittest.Seen(minute, "ann", "192.0.2.1", "SIGN_IN"))
		d.SelectRows(filter)
		d.list.Selected(d.Sel, true)
		d.settle()
		hits := d.list.finder.hits
		if hits == nil || hits.Len() != 1 || time.Unix(0, hits.Snapshot().Nanos(hits.At(0))).UTC().Minute() != minute {
			t.Errorf("with the filter %q, not only the event of minute %d is found", filter, minute)
		}
	}
}
