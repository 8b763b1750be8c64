package list

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// What the user says about a line that is not an event stands in its columns, whichever of them there are, and the reason where they leave space.
func TestWhatIsSaidOfARejectStandsInItsColumns(t *testing.T) {
	shown := map[string]bool{}
	for _, columns := range [][]string{
		{"action", "actor", "error"},
		{"note", "tags", "verdict", "action", "error"},
		{"action", "actor", "note", "error"},
		{"action", "error", "verdict"},
		{"error", "note"},
		{"note", "tags", "verdict"},
		{"note"},
	} {
		for _, width := range []int{80, 120, 200} {
			t.Run(fmt.Sprint(columns, width), func(t *testing.T) {
				d := newListRig(t, kittest.LoadText(t, "x", kittest.FailedEvent+"\nno event\n"), width, 24)
				d.list.UseColumns(columns)
				d.settle()
				d.press("G M")
				d.write("ask marge #exfil")
				d.press("enter Y Y Y")
				d.settle()
				lines := d.lines()
				head := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "Time ") })
				row := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "no time") })
				if head < 0 || row < 0 {
					t.Fatalf("the list is\n%s", strings.Join(lines, "\n"))
				}
				if !strings.Contains(lines[row], "not JSON:") {
					t.Errorf("there is no reason:\n%s\n%s", lines[head], lines[row])
				}
				for title, text := range map[string]string{"note": "ask marge", "tags": "exfil", "verdict": "malicious"} {
					if strings.Contains(lines[head], title) && cellOf(lines[head], title) != cellOf(lines[row], text) {
						t.Errorf("%s does not stand below %s:\n%s\n%s", text, title, lines[head], lines[row])
					}
					shown[title] = shown[title] || strings.Contains(lines[head], title)
				}
			})
		}
	}
	if len(shown) != 3 || !shown["note"] || !shown["tags"] || !shown["verdict"] {
		t.Errorf("the columns that were shown are %v", shown)
	}
}

// cellOf is the cell in which a text starts.
func cellOf(line, text string) int {
	before, _, _ := strings.Cut(line, text)
	return len([]rune(before))
}

// The cell of a note on a line that is not an event has a value to filter by, as that of any other row.
func TestANoteOnARejectIsAValue(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.FailedEvent+"\nno event\n"), 80, 24)
	d.list.UseColumns([]string{"note", "action"})
	d.settle()
	d.press("G M")
	d.write("ask marge")
	d.press("enter")
	d.settle()
	v, ok := d.list.Focused()
	if want := (kit.Value{Name: "note", Text: model.NewText("ask marge")}); !ok || v.Name != want.Name || v.Text.Raw() != "ask marge" {
		t.Errorf("the value under the cursor is %+v, %v, want %+v", v, ok, want)
	}
	d.press("right")
	if v, ok := d.list.Focused(); ok {
		t.Errorf("its action is %+v", v)
	}
}
