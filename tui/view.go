package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// View implements tea.Model. It builds a frame if there is something new and the last one is old enough.
func (a *App) View() tea.View {
	s := &a.screen
	if s.stale && time.Since(s.built) >= s.interval {
		s.stale, s.built = false, time.Now()
		s.view = a.safeView()
	}
	return s.view
}

// safeView draws; if that panics the frame says so, and the next message ends the program.
func (a *App) safeView() (v tea.View) {
	v = tea.View{AltScreen: true, MouseMode: tea.MouseModeCellMotion, WindowTitle: windowTitle(a.feed.snap.Sources())}
	defer func() {
		if r := recover(); r != nil {
			a.err = newPanicError(r)
			v.Content = ""
		}
	}()
	a.draw(&v)
	v.Content = a.screen.frame.String()
	if a.painted != nil && a.list.len() > 0 && a.layout.width > 0 {
		a.painted()
		a.painted = nil
	}
	return v
}

// draw draws all rooms into the frame.
func (a *App) draw(v *tea.View) {
	f, l := a.screen.frame, &a.layout
	f.Reset(a.look.widther, l.width, l.height)
	if l.tooSmall {
		a.drawTooSmall(f)
		return
	}
	title := titleLine{look: &a.look}
	title.draw(f, l.title, titleState{snap: &a.feed.snap, shown: a.list.len(), filtered: a.feed.filtered()})
	cursorX := a.bar.draw(f, l.filter, filterState{failedOnly: a.feed.failedOnly, matches: a.list.len(), working: a.feed.fresh(&a.jobs)})
	if a.bar.typing {
		v.Cursor = tea.NewCursor(min(cursorX, l.width-1), l.filter.y)
	}
	if len(a.modals) > 0 {
		a.modals[len(a.modals)-1].draw(f, rect{0, l.filter.y + 1, l.width, l.status.y - l.filter.y - 1})
	} else {
		a.drawPanes(f)
	}
	a.status.draw(f, l.status, statusState{scope: a.scope(), place: a.list.cursor, rows: a.list.len(),
		follow: a.list.follow, fresh: a.list.fresh(), busy: a.jobs.busy(findRoom),
		part: a.feed.previewing || a.feed.swap})
}

func (a *App) drawPanes(f *paint.Frame) {
	l := &a.layout
	if !l.list.empty() {
		a.drawList(f)
	}
	if !l.detail.empty() {
		a.drawDivider(f)
		if a.list.len() > 0 {
			a.detail.draw(f, l.detail, a.wish.focus == detailPane)
		}
	}
	if a.bar.err != nil {
		a.bar.drawError(f, rect{0, l.filter.y + 1, l.width, 1})
	}
}

func (a *App) drawList(f *paint.Frame) {
	if a.list.len() == 0 {
		a.look.drawEmpty(f, a.layout.list, a.look.words(emptyState{snap: &a.feed.snap, filter: a.feed.text,
			failedOnly: a.feed.failedOnly, loading: !a.feed.settled(), selecting: a.jobs.busy(selectRoom)}))
		return
	}
	a.list.drawHeader(f, a.layout.header)
	a.list.draw(f, a.layout.list, a.wish.focus == listPane)
}

// drawTooSmall says so, as far as it fits.
func (a *App) drawTooSmall(f *paint.Frame) {
	l := a.look.line()
	l.AddWidth(a.look.style(muted), termsafe.Const("too small"), a.layout.width, paint.Center)
	f.Put(0, (a.layout.height-1)/2, a.layout.width, l)
}

// drawDivider draws the line between list and detail.
func (a *App) drawDivider(f *paint.Frame) {
	r, k := a.layout.divider, &a.look
	r0 := frame
	if a.wish.focus == detailPane {
		r0 = accent
	}
	if r.h > 1 {
		wall := k.line()
		wall.Add(k.style(r0), k.glyphs.wall)
		for y := range r.h {
			f.Put(r.x, r.y+y, 1, wall)
		}
		return
	}
	l := k.line()
	l.Add(k.style(r0), k.glyphs.rules(r.w))
	f.Put(r.x, r.y, r.w, l)
}

// drawHeader names the columns.
func (l *list) drawHeader(f *paint.Frame, r rect) {
	k, line := l.look, l.look.line()
	style := k.style(muted)
	line.Fill(style, gutterWidth)
	line.AddWidth(style, termsafe.Const("Time"), k.timeWidth(r.w >= preciseFrom)+gap, paint.Left)
	line.AddWidth(style, termsafe.Const("Result"), resultWidth+1+marksWidth+1, paint.Left)
	for i, c := range fitColumns(k.columnsAt(r.w), r.w, columnID(l.column)) {
		if i > 0 {
			line.Fill(style, gap)
		}
		line.AddWidth(style, columnSpecs[c.id].title, c.width, paint.Left)
	}
	f.Put(r.x, r.y, r.w, line)
}

// draw draws the visible rows.
func (l *list) draw(f *paint.Frame, r rect, focused bool) {
	p := l.painter(r.w)
	from, to := l.visible()
	for k := from; k < to; k++ {
		g := onScreen
		if k == l.cursor {
			g = onRest
			if focused {
				g = onCursor
			}
		}
		f.Put(r.x, r.y+k-from, r.w, p.draw(l.sel.At(k), g))
	}
}
