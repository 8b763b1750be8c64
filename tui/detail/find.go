package detail

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// findText is a text to find. Text in lower case matches any case.
type findText struct {
	text string
	fold bool
	safe termsafe.Safe
}

// newFindText returns nil for an empty text.
func newFindText(text string, ascii bool) *findText {
	if text == "" {
		return nil
	}
	return &findText{text, strings.IndexFunc(text, unicode.IsUpper) < 0, termsafe.Clean(text, termsafe.Options{ASCII: ascii})}
}

// inSafe finds the needle in a printable text. A nil needle matches nothing.
func (n *findText) inSafe(s termsafe.Safe) []termsafe.Span {
	if n == nil {
		return nil
	}
	return s.Find(n.safe, n.fold)
}

// tokens finds the needle in raw from lo to hi.
func (n *findText) tokens(raw string, lo, hi int) []token {
	if n == nil {
		return nil
	}
	var out []token
	for at := lo; at < hi; {
		i, size := n.index(raw[at:hi])
		if i < 0 {
			break
		}
		out = append(out, token{at + i, at + i + size, kit.Hit})
		at += i + size
	}
	return out
}

// index returns the first offset of the needle in s, -1 if there is none, and the number of bytes that it matches there.
func (n *findText) index(s string) (at, size int) {
	if !n.fold {
		return strings.Index(s, n.text), len(n.text)
	}
	first, _ := utf8.DecodeRuneInString(n.text)
	if first >= utf8.RuneSelf {
		return n.indexRunes(s)
	}
	lower, upper := n.text[:1], strings.ToUpper(n.text[:1])
	for from := 0; ; {
		i := strings.IndexAny(s[from:], lower+upper)
		if lower == upper {
			i = strings.IndexByte(s[from:], lower[0])
		}
		if i < 0 {
			return -1, 0
		}
		if size := foldPrefix(s[from+i:], n.text); size > 0 {
			return from + i, size
		}
		from += i + 1
	}
}

func (n *findText) indexRunes(s string) (at, size int) {
	for at := range s {
		if size := foldPrefix(s[at:], n.text); size > 0 {
			return at, size
		}
	}
	return -1, 0
}

// foldPrefix returns how many bytes at the start of s match text in any case; 0 if s does not start with it.
func foldPrefix(s, text string) int {
	at := 0
	for _, want := range text {
		if at == len(s) {
			return 0
		}
		got, size := rune(s[at]), 1
		if got >= utf8.RuneSelf {
			got, size = utf8.DecodeRuneInString(s[at:])
		}
		if got != want && unicode.ToLower(got) != want {
			return 0
		}
		at += size
	}
	return at
}

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
func (d *document) find(ctx context.Context, n *findText) []foundPlace {
	var out []foundPlace
	collect := func(id, text string, inKey bool) {
		for at := 0; at <= len(text) && len(out) < maxFinds; {
			i, size := n.index(text[at:])
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
	needle *findText
	places []foundPlace
	done   bool // places is complete
	at     int  // index of the place that was visited last; -1 before the first
}

func (s *search) clear() { *s = search{} }

// lookFor starts a search from the cursor on; an empty text ends the search. The places arrive through Work and Take.
func (d *Detail) lookFor(text string) {
	d.search = search{needle: newFindText(text, d.display.Widther.ASCII), at: -1}
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
	before := len(p.find.tokens(b.raw, partStart(b.raw, part), min(offset, len(b.raw))))
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
	l.AddWidth(disp.Style(kit.Hit), disp.Widther.Truncate(s.needle.safe, r.W/2), min(disp.Widther.Width(s.needle.safe), r.W/2), paint.Left)
	l.Fill(disp.Style(kit.Plain), kit.Gap)
	l.Add(disp.Style(kit.Muted), count)
	l.Fill(disp.Style(kit.Plain), 1)
	width := min(l.Width(), r.W)
	f.Put(r.X+r.W-width, r.Y+r.H-1, width, l)
}
