package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model/query"
	"pawprint/tui/paint"
)

// drawChips draws chips into a line of w cells, which begins at column x of the screen.
func drawChips(t testing.TB, c *chipLine, x, w int, chips []chip, chosen int) string {
	t.Helper()
	f := paint.NewFrame(c.display.widther, x+w, 1)
	c.draw(f, rect{x, 0, w, 1}, chips, chosen)
	frame := f.String()
	checkBlock(t, c.display, frame, x+w, 1)
	return frame
}

// chipsFor makes the chips of a filter, those of the given numbers switched off.
func chipsFor(t testing.TB, text string, off ...int) []chip {
	t.Helper()
	f, err := filterText{text: text}.parse()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range off {
		f.chips[i].off = true
	}
	return f.chips
}

const chipsFilter = `is:failed actor=ci-token -(action:delete OR action:create) since:7d "cannot delete" ua:curl`

func TestChipsLookAsTheyDid(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		name := "chips"
		if ascii {
			name += "-ascii"
		}
		t.Run(name, func(t *testing.T) {
			c := &chipLine{display: rigLook(ascii, true, colorprofile.TrueColor)}
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
			checkGolden(t, name, strings.Join(all, "\n"))
		})
	}
}

func TestChipColorsLookAsTheyDid(t *testing.T) {
	for _, c := range rigColors {
		t.Run(c.name, func(t *testing.T) {
			line := &chipLine{display: rigLook(false, c.dark, c.profile)}
			checkGolden(t, "chips-color-"+c.name, drawChips(t, line, 0, 80, chipsFor(t, "is:failed since:7d ua:curl", 1), 2))
		})
	}
}

func TestEveryChipIsShownOrCounted(t *testing.T) {
	c := &chipLine{display: rigLook(false, true, colorprofile.TrueColor)}
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
	c := &chipLine{display: rigLook(false, true, colorprofile.TrueColor)}
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
func checkChips(t *testing.T, disp *display, text string, w int) {
	e := query.And(query.Is("actor", text), query.Not(query.Is(text, "x")))
	chips := chipsFor(t, e.String())
	c := &chipLine{display: disp}
	for chosen := -1; chosen < len(chips); chosen++ {
		drawChips(t, c, 0, w, chips, chosen)
		drawChips(t, c, 7, w, chips, chosen)
	}
}

func BenchmarkChipsDraw(b *testing.B) {
	c := &chipLine{display: rigLook(false, true, colorprofile.TrueColor)}
	chips := chipsFor(b, chipsFilter)
	f := paint.NewFrame(c.display.widther, 200, 1)
	b.ReportAllocs()
	for b.Loop() {
		f.Reset(c.display.widther, 200, 1)
		c.draw(f, rect{0, 0, 200, 1}, chips, 1)
	}
}

func TestChipsAnswerCommandsWithFilters(t *testing.T) {
	f, err := filterText{text: "a b", failedOnly: true}.parse()
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{current: f}
	c := newChipLine(rigLook(false, true, colorprofile.TrueColor))
	for _, tt := range []struct {
		do   command
		want *filterText
	}{
		{cmdDropChip, &filterText{text: "a", failedOnly: true}},
		{cmdSwitchChip, &filterText{text: "a b", failedOnly: true, off: "b\n"}},
		{cmdFailedOnly, &filterText{text: "a b"}},
		{cmdPreviousChip, nil},
		{cmdDropChip, &filterText{text: "b", failedOnly: true}},
		{cmdPreviousChip, nil},
		{cmdDropChip, &filterText{text: "a b"}},
		{cmdNextChip, nil},
	} {
		w := c.command(tt.do, s)
		if (w.change == nil) != (tt.want == nil) || w.change != nil && *w.change != *tt.want || w.toast.Empty() != (w.change != nil) {
			t.Errorf("command %d asks for %+v and says %q, want %+v", tt.do, w.change, w.toast, tt.want)
		}
	}
	if w := c.command(cmdEditChip, s); w.typing != typingBegins || w.typed == nil || *w.typed != "b a" {
		t.Errorf("editing asks for %+v, want to type b a", w)
	}
	if w := c.command(cmdDropChip, &scene{}); w.change != nil || w.toast.Empty() {
		t.Errorf("without a filter a chip is dropped: %+v", w)
	}
}
