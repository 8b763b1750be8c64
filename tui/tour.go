package tui

import (
	"slices"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// tour leads a new user through the demonstration log. It stands beside what is shown and takes no keys: the key that a step names does
// what it always does and leads to the next step. Keys that move change nothing, any other key ends the tour.
type tour struct {
	display *kit.Display
	open    bool
	step    int
}

// tourStep is a step of the tour.
type tourStep struct {
	do   kit.Command   // the command that leads to the next step
	says string        // the text; braces stand for the key of do …
	also []kit.Command // … and further ones for the keys of these
}

// The commands of the side panes, whose openers come first.
var cmdFacets, cmdTimeline = kit.Added(0), kit.Added(1)

// tourSteps tell how to get from a log that one does not know to evidence.
var tourSteps = [...]tourStep{
	{kit.CmdFailedOnly, "Two weeks of an invented company. Every row is an action: when, its result, what was done, to what, by whom. The arrows move. {} shows only what failed.", nil},
	{kit.CmdEnter, "The second line shows the filter, and how many rows are left. {} opens the event under the cursor.", nil},
	{kit.CmdBack, "One sentence sums the event up. Below it come its errors, then who it was and from where, then every other field. {} goes back.", nil},
	{kit.CmdViews, "The usual questions are ready, and so are views that you save. {} lists them: choose \"Detections deleted or disabled\".", nil},
	{kit.CmdByAddress, "Someone deleted detections at night. The last attempts came from an address that is not the company's. {} shows everything from the address of this event.", nil},
	{cmdFacets, "So that is what they did. {} goes to the counts: who did what, how often, and from where.", nil},
	{cmdTimeline, "{} goes to the timeline: when did it happen? In both, the arrows move, and enter filters by what the cursor is on.", nil},
	{kit.CmdBack, "Red is what failed. {} goes back to the list from wherever you are.", nil},
	{kit.CmdMark, "Evidence is marked: {} marks this event, or removes its mark; marks are still there next time. {} adds a note and tags, {} a verdict.", []kit.Command{kit.CmdNote, kit.CmdVerdict}},
	{kit.CmdExport, "{} writes the shown or the marked rows to a new file, which says where they came from. {} lists all keys by task. That was the tour; with your own log: pawprint FILE", []kit.Command{kit.CmdHelp}},
}

// pressed takes a command of the panes, and reports whether it has ended the tour before its last step.
func (t *tour) pressed(c kit.Command) (left bool) {
	switch {
	case !t.open || c >= kit.CmdUp && c <= kit.CmdWiderTime: // all that moves
		return false
	case c != tourSteps[t.step].do:
		t.open = false
		return true
	}
	t.step++
	t.open = t.step < len(tourSteps)
	return false
}

// leftTour says how to see the tour again.
var leftTour = termsafe.Const("the tour is over: pawprint demo --tour begins it again")

// draw draws the step over an area, away from the selected line.
func (t *tour) draw(f *paint.Frame, area kit.Rect) {
	if !t.open {
		return
	}
	disp, step := t.display, &tourSteps[t.step]
	w := min(area.W-2, 76)
	var lines []*paint.Line
	for _, row := range disp.Widther.Wrap(disp.Keyed(step.says, slices.Concat([]kit.Command{step.do}, step.also)...), max(1, w-2)) {
		l := disp.Line()
		l.Fill(disp.Style(kit.Plain), 1)
		l.Add(disp.Style(kit.Plain), row)
		lines = append(lines, l)
	}
	box := kit.Rect{X: area.X + (area.W-w)/2, Y: area.Y + max(0, area.H-len(lines)-2), W: w}
	if _, y, ok := f.Selected(); ok && y >= box.Y {
		box.Y = area.Y
	}
	title := termsafe.Concat(termsafe.Const("Tour "), termsafe.Int(int64(t.step+1)), termsafe.Const(" of "), termsafe.Int(int64(len(tourSteps))))
	disp.DrawBox(f, area, box, title, termsafe.Const("any other key leaves the tour"), lines)
}
