package list

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// mostAgain is how many equal rows before a row are counted.
const mostAgain = 9

// again returns the sign of a row that shows the same as rows before it: how often it has occurred up to here, or that it is a copy of an
// event elsewhere. It is empty for other rows, and while that is not known. It costs no more than a few comparisons.
func (p *rowPainter) again(r model.Row, place int) termsafe.Safe {
	sign, n := p.display.Glyphs.Again, 1
	for n <= mostAgain && place >= n && p.list.same(p.snap, p.list.at(place-n), r) {
		n++
	}
	switch {
	case n > mostAgain:
		return termsafe.Concat(sign, termsafe.Const("+"))
	case n > 1:
		return termsafe.Concat(sign, termsafe.Int(int64(n)))
	case p.copies != nil && p.copies.Rows(int(r/model.SegmentRows)).Has(int(r%model.SegmentRows)):
		return sign
	}
	return termsafe.Safe{}
}

// same reports whether two rows are the same event by its id, or the same line.
func (l *List) same(snap *model.Snapshot, a, b model.Row) bool {
	if snap.SameEvent(a, b) {
		return true
	}
	if snap.Origin(a).Length != snap.Origin(b).Length {
		return false
	}
	one, other := l.facts.get(a), l.facts.get(b)
	return one != nil && other != nil && one.sum != 0 && one.sum == other.sum
}

// seenName is the name of the column that tells new from known.
const seenName = "first-seen"

// seenWords is a cell of that column.
func seenWords(s model.Seen) termsafe.Safe { return termsafe.Clean(s.String(), termsafe.Options{}) }

// allFound says that the findings about a snapshot are known now.
type allFound struct{ kit.Job }

// findWork finds out which rows are copies and, if a column shows it, which are the first of their kind. It waits for the end of a load,
// which it would slow down.
func (l *List) findWork(ctx context.Context, s *kit.Scene) tea.Cmd {
	if l.Sel == nil || s.Preview || !s.Complete || l.finding.Busy() {
		return nil
	}
	snap, firsts := l.Sel.Snapshot(), slices.Contains(l.Columns.Names(), seenName)
	if snap.KnownCopies() != nil && (!firsts || snap.KnownFirsts() != nil) {
		return nil
	}
	ctx, job := l.finding.Start(ctx, l)
	return kit.Safely(func() tea.Msg {
		if _, err := snap.Copies(ctx); err == nil && firsts {
			_, _ = snap.Firsts(ctx) // it fails only where the job was cancelled, and then nobody takes the answer
		}
		return allFound{job}
	})
}
