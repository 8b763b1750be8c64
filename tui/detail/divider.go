package detail

import (
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// DrawDivider draws the line between the list and the detail, with the title of the detail if it lies above it.
func (d *Detail) DrawDivider(f *paint.Frame, r kit.Rect, focused bool) {
	disp, color := d.display, kit.Frame
	if focused {
		color = kit.Accent
	}
	if r.H > 1 {
		wall := disp.Line()
		wall.Add(disp.Style(color), disp.Glyphs.Wall)
		for y := range r.H {
			f.Put(r.X, r.Y+y, 1, wall)
		}
		return
	}
	l := disp.Line()
	if title := d.title(); !title.Empty() && r.W > 8 {
		l.Add(disp.Style(color), disp.Glyphs.Rules(2))
		l.Fill(disp.Style(kit.Plain), 1)
		title = disp.Widther.Truncate(title, r.W-6)
		l.AddWidth(disp.Style(kit.Strong), title, disp.Widther.Width(title), paint.Left)
		l.Fill(disp.Style(kit.Plain), 1)
	}
	l.Add(disp.Style(color), disp.Glyphs.Rules(r.W-l.Width()))
	f.Put(r.X, r.Y, r.W, l)
}

// title returns the page's name and how to leave it; empty for an event.
func (d *Detail) title() termsafe.Safe {
	switch p := d.page.(type) {
	case *comparison:
		if p.changes {
			return termsafe.Const("Changes, esc goes back to the event")
		}
		return termsafe.Const("Comparison, esc goes back to the event")
	case *paramsPage:
		return termsafe.Const("Parameters, esc goes back to the event")
	}
	return termsafe.Safe{}
}
