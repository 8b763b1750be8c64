package detail

import (
	"context"
	"strings"

	"pawprint/model/line"
	"pawprint/tui/detail/verbatim"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// foundPlace is a match in the key or the value of the block with an id.
type foundPlace struct {
	id    string
	inKey bool
	at    int // the offset in the value, in bytes
}

// maxFinds limits the number of places that are kept.
const maxFinds = 10_000

// find lists the matches in the decoded keys and values of the event, in the order in which they are shown. In a line that is
// not an event it searches the bytes.
func (d *document) find(ctx context.Context, n *verbatim.Needle) []foundPlace {
	var out []foundPlace
	collect := func(id, text string, inKey bool) {
		for at := 0; at <= len(text) && len(out) < maxFinds; {
			i, size := n.Index(text[at:])
			if i < 0 {
				return
			}
			out = append(out, foundPlace{id, inKey, at + i})
			at += i + size
		}
	}
	if d.node == nil {
		id := bytesID
		if !d.event.Reject() {
			id = rawID
		}
		collect(id, d.line.Raw(), false)
		return out
	}
	d.walk(func(id string, node *line.Node) bool {
		collect(id, node.Key.Raw(), true)
		if d.inner[node] == nil {
			collect(id, node.Text.Raw(), false)
		}
		return len(out) < maxFinds && ctx.Err() == nil
	})
	return out
}

// search is the current search in the detail and its matches.
type search struct {
	needle *verbatim.Needle
	places []foundPlace
	done   bool // places is complete
	at     int  // index of the place that was visited last; -1 before the first
}

func (s *search) clear() { *s = search{} }

// lookFor starts a search from the cursor on; an empty text ends the search. The places arrive through Work and Take.
func (d *Detail) lookFor(text string) {
	d.search = search{needle: verbatim.NewNeedle(text, d.display.Widther.ASCII), at: -1}
	d.drawn = nil
	if d.search.needle == nil {
		d.task.drop(findTask)
		d.settle()
		return
	}
	d.task.want(task{kind: findTask})
}

// found stores the places, and goes to the first one at or after the cursor.
func (d *Detail) found(places []foundPlace) {
	s := &d.search
	s.places, s.done = places, true
	if len(places) == 0 {
		return
	}
	s.at = d.firstPlace()
	d.toPlace()
}

// firstPlace returns the index of the first place at or after the cursor.
func (d *Detail) firstPlace() int {
	order := map[string]int{}
	for i := range d.blocks {
		order[d.blocks[i].id] = i
	}
	for i, p := range d.search.places {
		for id := p.id; ; {
			if at, ok := order[id]; ok {
				if at >= d.at {
					return i
				}
				break
			}
			cut := strings.LastIndexByte(id, idSep)
			if cut < 0 {
				break
			}
			id = id[:cut]
		}
	}
	return 0
}

// nextPlace goes to the next match, or with -1 to the previous one, and wraps around at the ends. It returns false if there
// is no search.
func (d *Detail) nextPlace(step int) bool {
	s := &d.search
	if len(s.places) > 0 {
		s.at = (s.at + step + len(s.places)) % len(s.places)
		d.toPlace()
	}
	return s.needle != nil
}

// toPlace unfolds what hides the place and goes there.
func (d *Detail) toPlace() {
	p := d.search.places[d.search.at]
	if d.unfoldFor(p) {
		d.rebuild()
	}
	at, ok := d.blockBelow(p.id)
	if !ok || d.empty() {
		return
	}
	d.at = at
	d.settle()
	if !p.inKey && d.blocks[at].id == p.id {
		d.showByte(at, p.at)
	}
}

// unfoldFor unfolds everything that hides a place, and reports whether anything was folded.
func (d *Detail) unfoldFor(p foundPlace) bool {
	changed := false
	above := foldsAbove(p.id)
	if p.inKey || p.at < headBytes {
		above = above[:len(above)-1]
	}
	for _, id := range above {
		if !d.folds[id] {
			d.folds[id], changed = true, true
		}
	}
	return changed
}

// blockBelow finds the block with an id. The key of a branch with one member may be shown in a block below it.
func (d *Detail) blockBelow(id string) (int, bool) {
	for i := range d.blocks {
		if b := d.blocks[i].id; b == id || strings.HasPrefix(b, id) && b[len(id)] == idSep {
			return i, true
		}
	}
	return 0, false
}

// showByte scrolls until a byte of a block's text is visible.
func (d *Detail) showByte(at, offset int) {
	p, b := d.painter(), &d.blocks[at]
	part := p.partAt(b, offset)
	before, start := 0, verbatim.PartStart(b.raw, part)
	for _, hit := range p.find.InPart(b.raw, start, verbatim.PartStart(b.raw, part+1)) {
		if hit.Lo >= start && hit.Lo < offset {
			before++
		}
	}
	target := linePosition{at, part, 0}
	for i, l := range d.lines(at, part) {
		target.line = i
		if before < l.hits {
			break
		}
		before -= l.hits
	}
	if target.before(d.top) || d.bottom().before(target) {
		d.top = d.step(target, -d.height/3)
		d.fill()
	}
}

// drawSearch draws the last line: the searched text and the number of matches.
func (d *Detail) drawSearch(f *paint.Frame, r kit.Rect) {
	s, disp := &d.search, d.display
	if s.needle == nil {
		return
	}
	count := disp.Own("looking …")
	switch {
	case s.done && len(s.places) == 0:
		count = termsafe.Const("not found")
	case s.done:
		count = termsafe.Concat(termsafe.Int(int64(s.at+1)), termsafe.Const(" of "), termsafe.Int(int64(len(s.places))))
		if len(s.places) == maxFinds {
			count = termsafe.Concat(count, termsafe.Const(" or more"))
		}
	}
	l := disp.Line()
	l.Fill(disp.Style(kit.Plain), 1)
	l.AddWidth(disp.Style(kit.Hit), disp.Widther.Truncate(s.needle.Safe(), r.W/2), min(disp.Widther.Width(s.needle.Safe()), r.W/2), paint.Left)
	l.Fill(disp.Style(kit.Plain), kit.Gap)
	l.Add(disp.Style(kit.Muted), count)
	l.Fill(disp.Style(kit.Plain), 1)
	width := min(l.Width(), r.W)
	f.Put(r.X+r.W-width, r.Y+r.H-1, width, l)
}
