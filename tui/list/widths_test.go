package list

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/kit/kittest"
)

// wideEvent is an event with an action, an actor and a target, without an address and a message.
func wideEvent(action, result, actor, target string, second int) string {
	return fmt.Sprintf(`{"actionName":%q,"actionResult":%q,"actor":{"id":"u1","type":"USER","name":%q},"actionParams":{"id":%q},`+
		`"timestamp":"2026-11-22T10:%02d:%02dZ","pantherVersion":"1.1.1"}`+"\n", action, result, actor, target, second/60, second%60)
}

// widthsOf returns the widths of the placed columns by name.
func widthsOf(l *List) map[string]int {
	out := map[string]int{}
	for _, c := range l.layout().columns {
		out[c.name] = c.width
	}
	return out
}

func TestActionsAreWholeAt80Columns(t *testing.T) {
	for _, action := range []string{"UPDATE_DETECTION_STATE", "UPDATE_ALERT_DESTINATION", "CREATE_SAVED_DATA_LAKE_QUERY"} {
		d := newListRig(t, kittest.LoadText(t, "x", wideEvent(action, "FAILED", "Elena Sorrel of Example Works", strings.Repeat("t", 60), 0)), 80, 24)
		row := d.lines()[4] // below the rule with the day
		for _, want := range []string{"✗", action + " ", " Elena Sorr", " tttt"} {
			if !strings.Contains(row, want) {
				t.Errorf("the row is %q, want %q in it", row, want)
			}
		}
	}
}

func TestWordsOfResultsAreWhole(t *testing.T) {
	for _, width := range []int{80, 120, 200} {
		d := newListRig(t, kittest.LoadText(t, "x", wideEvent("GET_RULE", "PARTIALLY_FAILED", "scim", "r1", 0)), width, 24)
		if row := d.lines()[3]; !strings.Contains(row, "◐ PARTIALLY_FAILED ") {
			t.Errorf("%d columns: the row is %q", width, row)
		}
	}
}

// TestWhatGoesFirst takes cells from the list: the milliseconds go first, then the word of the result, then the date.
func TestWhatGoesFirst(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", wideEvent("UPDATE_DETECTION_STATE", "FAILED", "Elena Sorrel", strings.Repeat("t", 30), 0)), 200, 24)
	before := 4
	for width := 200; width >= 40; width-- {
		d.resize(width, 24)
		lines := d.lines()
		row, parts := lines[3], 1
		if aRule.MatchString(strings.TrimRight(row, " ")) {
			row = lines[4]
		}
		for _, part := range []string{"11-22", "FAILED", ".000"} {
			if strings.Contains(row, part) {
				parts++
			}
		}
		if parts > before || parts < 4 && strings.Contains(row, ".000") || parts < 3 && strings.Contains(row, "FAILED") {
			t.Fatalf("%d columns: the row is %q", width, row)
		}
		before = parts
	}
	if before != 1 {
		t.Errorf("%d parts are left", before)
	}
}

func TestColumnsOnlyGrowAsOneScrolls(t *testing.T) {
	var text strings.Builder
	for i := range 300 {
		actor := "scim"
		if i == 150 {
			actor = "Elena Sorrel of Example"
		}
		text.WriteString(wideEvent("GET_RULE", "SUCCEEDED", actor, strings.Repeat("t", 2+i%5), i))
	}
	d := newListRig(t, kittest.LoadText(t, "x", text.String()), 120, 24)
	d.frame()
	before := widthsOf(d.list)
	if before["actor"] >= 12 {
		t.Fatalf("the column of the actor is %d wide before a long one is seen", before["actor"])
	}
	for range 20 {
		d.press("pgup")
		d.frame()
		now := widthsOf(d.list)
		for _, name := range []string{"action", "actor", "target"} {
			if now[name] < before[name] {
				t.Fatalf("scrolled, the column %s shrinks from %d to %d", name, before[name], now[name])
			}
		}
		before = now
	}
	if before["actor"] != len("Elena Sorrel of Example") {
		t.Errorf("the column of the actor is %d wide after the long one", before["actor"])
	}
	d.filterBy("-actor:elena")
	d.frame()
	if now := widthsOf(d.list); now["actor"] >= 12 {
		t.Errorf("the column of the actor is %d wide with another filter", now["actor"])
	}
}

func TestTheTitleOfTheSignsIsNotCut(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", wideEvent("UPDATE_DETECTION_STATE", "FAILED", "Elena Sorrel of Example Works", strings.Repeat("t", 60), 0)), 80, 24)
	for _, tt := range []struct{ keys, want string }{{"", "   Time ▾    R     Action"}, {"h S", "R▾    Action"}, {"S", "R▴    Action"}} {
		d.press(tt.keys)
		if head := d.lines()[2]; !strings.Contains(head, tt.want) {
			t.Errorf("after %q the header is %q, want %q", tt.keys, head, tt.want)
		}
	}
}

func TestEmptyColumnsCollapse(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", wideEvent("GET_RULE", "SUCCEEDED", "scim", "", 0)), 120, 24)
	d.frame()
	if w := widthsOf(d.list); w["target"] != emptyWidth || w["ip"] != emptyWidth {
		t.Errorf("the widths are %v", w)
	}
	d.press("l l")
	if head := d.lines()[2]; !strings.Contains(head, "Target") {
		t.Errorf("under the cursor the header is %q", head)
	}
}

func TestTheHeaderTellsWhatLiesBeside(t *testing.T) {
	line := kittest.FailedEvent + "\n" + wideEvent("UPDATE_DETECTION_STATE", "FAILED", "Elena Sorrel", strings.Repeat("t", 40), 0)
	d := newListRig(t, kittest.LoadText(t, "x", line), 80, 24)
	for _, tt := range []struct{ keys, left, right string }{{"", "", "›1"}, {"l l l l", "‹", ""}} {
		d.press(tt.keys)
		head := ansi.Strip(d.lines()[2])
		if strings.HasSuffix(head, tt.right) != true || strings.Contains(head, "‹") != (tt.left != "") || strings.Contains(head, "›") != (tt.right != "") {
			t.Errorf("after %q the header is %q", tt.keys, head)
		}
	}
}
