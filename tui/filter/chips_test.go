package filter

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/paint"
)

// drawChips draws chips into a line of w cells, which begins at column x of the screen.
func drawChips(t testing.TB, c *ChipLine, x, w int, chips []kit.Chip, chosen int) string {
	t.Helper()
	f, l := paint.NewFrame(c.display.Widther, x+w, 1), c.display.Line()
	l.Fill(c.display.Style(kit.Plain), x)
	c.add(l, chips, chosen, w, nil)
	f.Put(0, 0, x+w, l)
	frame := f.String()
	kittest.CheckBlock(t, c.display, frame, x+w, 1)
	return frame
}

func newChips(disp *kit.Display) *ChipLine {
	c := newChipLine(disp)
	return &c
}

// chipsFor makes the chips of a filter, those of the given numbers switched off.
func chipsFor(t testing.TB, text string, off ...int) []kit.Chip {
	t.Helper()
	f, err := kit.FilterText{Text: text}.Parse()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range off {
		f.Chips[i].Off = true
	}
	return f.Chips
}

const chipsFilter = `is:failed actor=ci-token -(action:delete OR action:create) since:7d "cannot delete" ua:curl`

func TestChipsLookAsTheyDid(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		name := "chips"
		if ascii {
			name += "-ascii"
		}
		t.Run(name, func(t *testing.T) {
			c := newChips(kittest.RigLook(ascii, true, colorprofile.TrueColor))
			var all []string
			for _, w := range []int{1, 5, 10, 20, 40, 80, 120} {
				for chosen := range 2 {
					all = append(all, ansi.Strip(drawChips(t, c, 0, w, chipsFor(t, chipsFilter, 3), chosen*5-1))+"|")
				}
			}
			all = append(all, ansi.Strip(drawChips(t, c, 20, 60, chipsFor(t, "is:failed ip:10.0.0.0/8"), 0))+"|",
				ansi.Strip(drawChips(t, c, 0, 60, chipsFor(t, strings.Repeat("long", 50)+" b"), -1))+"|",
				ansi.Strip(drawChips(t, c, 0, 60, chipsFor(t, `"`+"\u202e\x1b[31m"+`" "日本語"`), -1))+"|",
				ansi.Strip(drawChips(t, c, 0, 60, nil, -1))+"|")
			kittest.CheckGolden(t, name, strings.Join(all, "\n"))
		})
	}
}

func TestChipColorsLookAsTheyDid(t *testing.T) {
	for _, c := range kittest.RigColors {
		t.Run(c.Name, func(t *testing.T) {
			line := newChips(kittest.RigLook(false, c.Dark, c.Profile))
			kittest.CheckGolden(t, "chips-color-"+c.Name, drawChips(t, line, 0, 80, chipsFor(t, "is:failed since:7d ua:curl", 1), 2))
		})
	}
}

func TestEveryChipIsShownOrCounted(t *testing.T) {
	c := newChips(kittest.RigLook(false, true, colorprofile.TrueColor))
	chips := chipsFor(t, chipsFilter)
	for w := range 150 {
		for chosen := -1; chosen < len(chips); chosen++ {
			line := ansi.Strip(drawChips(t, c, 0, w, chips, chosen))
			if w < chipLeast+chipFoldWidth {
				continue
			}
			hidden := len(chips) - len(c.spots)
			if says := strings.Contains(line, fmt.Sprintf("+%d", hidden)); says != (hidden > 0) {
				t.Fatalf("%d of %d chips are shown in %d cells, and the line is %q", len(c.spots), len(chips), w, line)
			}
			if shown := slices.ContainsFunc(c.spots, func(s chipArea) bool { return s.chip == chosen }); chosen >= 0 && !shown {
				t.Fatalf("chip %d is chosen and not in %q", chosen, line)
			}
		}
	}
}

func TestMouseFindsTheChipAndTheSignThatDropsIt(t *testing.T) {
	c := newChips(kittest.RigLook(false, true, colorprofile.TrueColor))
	line := []rune(ansi.Strip(drawChips(t, c, 10, 60, chipsFor(t, "is:failed since:7d"), -1)))
	want := map[string]int{"is:failed": 0, "since:7d": 1}
	for text, chip := range want {
		x := strings.Index(string(line), text)
		x = len([]rune(string(line)[:x]))
		if got, drop, ok := c.at(x); got != chip || drop || !ok {
			t.Errorf("at %q there is chip %d, drop %v, %v", text, got, drop, ok)
		}
		cross := x + slices.Index(line[x:], '×')
		if got, drop, ok := c.at(cross); got != chip || !drop || !ok {
			t.Errorf("at the cross of %q there is chip %d, drop %v, %v", text, got, drop, ok)
		}
	}
	if _, _, ok := c.at(3); ok {
		t.Error("there is a chip left of all chips")
	}
}

// checkChips draws the chips of a filter made of any text.
func checkChips(t *testing.T, disp *kit.Display, text string, w int) {
	e := query.And(query.Is("actor", text), query.Not(query.Is(text, "x")))
	chips := chipsFor(t, e.String())
	c := newChips(disp)
	for chosen := -1; chosen < len(chips); chosen++ {
		drawChips(t, c, 0, w, chips, chosen)
		drawChips(t, c, 7, w, chips, chosen)
	}
}

func BenchmarkChipsDraw(b *testing.B) {
	c := newChips(kittest.RigLook(false, true, colorprofile.TrueColor))
	chips := chipsFor(b, chipsFilter)
	f := paint.NewFrame(c.display.Widther, 200, 1)
	b.ReportAllocs()
	for b.Loop() {
		f.Reset(c.display.Widther, 200, 1)
		l := c.display.Line()
		c.add(l, chips, 1, 200, nil)
		f.Put(0, 0, 200, l)
	}
}

func TestChipsAnswerCommandsWithFilters(t *testing.T) {
	f, err := kit.FilterText{Text: "a b", FailedOnly: true}.Parse()
	if err != nil {
		t.Fatal(err)
	}
	s := &kit.Scene{Current: f}
	c := newChipLine(kittest.RigLook(false, true, colorprofile.TrueColor))
	for _, tt := range []struct {
		do   kit.Command
		want *kit.FilterText
	}{
		{kit.CmdDropChip, &kit.FilterText{Text: "a", FailedOnly: true}},
		{kit.CmdSwitchChip, &kit.FilterText{Text: "a b", FailedOnly: true, Off: "b\n"}},
		{kit.CmdFailedOnly, &kit.FilterText{Text: "a b"}},
		{kit.CmdPreviousChip, nil},
		{kit.CmdDropChip, &kit.FilterText{Text: "b", FailedOnly: true}},
		{kit.CmdPreviousChip, nil},
		{kit.CmdDropChip, &kit.FilterText{Text: "a b"}},
		{kit.CmdNextChip, nil},
	} {
		w := c.Command(tt.do, s)
		if (w.Change == nil) != (tt.want == nil) || w.Change != nil && *w.Change != *tt.want || w.Toast.Empty() != (w.Change != nil) {
			t.Errorf("command %d asks for %+v and says %q, want %+v", tt.do, w.Change, w.Toast, tt.want)
		}
	}
	if w := c.Command(kit.CmdEditChip, s); w.Typing != kit.TypingBegins || w.Typed == nil || *w.Typed != "b a" {
		t.Errorf("editing asks for %+v, want to type b a", w)
	}
	if w := c.Command(kit.CmdDropChip, &kit.Scene{}); w.Change != nil || w.Toast.Empty() {
		t.Errorf("without a filter a chip is dropped: %+v", w)
	}
}
