package tui

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// drawDivider draws the line between the list and the detail, with the title of the detail if it lies above it.
func (d *detail) drawDivider(f *paint.Frame, r rect, focused bool) {
	disp, color := d.display, frame
	if focused {
		color = accent
	}
	if r.h > 1 {
		wall := disp.line()
		wall.Add(disp.style(color), disp.glyphs.wall)
		for y := range r.h {
			f.Put(r.x, r.y+y, 1, wall)
		}
		return
	}
	l := disp.line()
	if title := d.title(); !title.Empty() && r.w > 8 {
		l.Add(disp.style(color), disp.glyphs.rules(2))
		l.Fill(disp.style(plain), 1)
		title = disp.widther.Truncate(title, r.w-6)
		l.AddWidth(disp.style(strong), title, disp.widther.Width(title), paint.Left)
		l.Fill(disp.style(plain), 1)
	}
	l.Add(disp.style(color), disp.glyphs.rules(r.w-l.Width()))
	f.Put(r.x, r.y, r.w, l)
}

// title returns the page's name and how to leave it; empty for an event.
func (d *detail) title() termsafe.Safe {
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
