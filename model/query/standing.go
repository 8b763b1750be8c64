package query

import (
	"context"

	"pawprint/model"
)

// standings say which findings about the whole log a query rests on.
type standings uint8

const (
	restsOnFirsts   standings = 1 << iota // model.Firsts
	restsOnCopies                         // model.Copies
	restsOnTwins                          // model.Twins
	restsOnSilences                       // model.Silences
)

// standingsOf returns what a predicate rests on.
func standingsOf(p predicate) (on standings) {
	switch p := p.(type) {
	case complement:
		return standingsOf(p.part)
	case intersection:
		return standingsOfAll(p.parts)
	case union:
		return standingsOfAll(p.parts)
	case firstSeen:
		return restsOnFirsts
	case copied:
		return restsOnCopies
	case twin:
		return restsOnTwins
	case silent:
		return restsOnSilences
	}
	return 0
}

func standingsOfAll(parts []predicate) (on standings) {
	for _, p := range parts {
		on |= standingsOf(p)
	}
	return on
}

// RestsOnFirsts reports whether a query asks for the first events of their kind: what it finds depends on how far back the log goes.
func RestsOnFirsts(e Expr) bool { return standingsOf(compile(e, new(Env)))&restsOnFirsts != 0 }

// AsksForFirsts is RestsOnFirsts for the matcher of a selection.
func AsksForFirsts(m model.Matcher) bool {
	b, ok := m.(bound)
	return ok && b.firsts != nil
}

// AsksForSilences reports whether the matcher of a selection asks for silences.
func AsksForSilences(m model.Matcher) bool {
	b, ok := m.(bound)
	return ok && b.silences != nil
}

// unbound is the matcher of a query that rests on findings about the whole log. See model.Binder.
type unbound struct{ *matcher }

// bound is an unbound matcher together with the findings that its answers rest on.
type bound struct {
	unbound
	firsts, copies, twins, silences model.Standing // nil if it rests on none
}

// Bind implements model.Binder.
func (u unbound) Bind(ctx context.Context, snap *model.Snapshot) (model.Bound, error) {
	b := bound{unbound: u}
	if u.restsOn&restsOnFirsts != 0 {
		firsts, err := snap.Firsts(ctx)
		if err != nil {
			return nil, err
		}
		b.firsts = firsts.Standing()
	}
	if u.restsOn&restsOnCopies != 0 {
		copies, err := snap.Copies(ctx)
		if err != nil {
			return nil, err
		}
		b.copies = copies.Standing()
	}
	if u.restsOn&restsOnTwins != 0 {
		twins, err := snap.Twins(ctx)
		if err != nil {
			return nil, err
		}
		b.twins = twins.Standing()
	}
	if u.restsOn&restsOnSilences != 0 {
		silences, err := snap.Silences(ctx)
		if err != nil {
			return nil, err
		}
		b.silences = silences.Standing()
	}
	return b, nil
}

// Unsettled implements model.Bound: other rows than before may be the first, or copies, or behind a silence.
func (b bound) Unsettled(ctx context.Context, earlier, snap *model.Snapshot, k int, rows *model.Bitmap) error {
	if b.firsts != nil {
		before, now, err := firstsOf(ctx, earlier, snap)
		if err != nil {
			return err
		}
		markChanges(rows, before.Addresses(k), now.Addresses(k))
		markChanges(rows, before.Actions(k), now.Actions(k))
	}
	if b.copies != nil {
		before, now, err := copiesOf(ctx, earlier, snap)
		if err != nil {
			return err
		}
		markChanges(rows, before.Rows(k), now.Rows(k))
	}
	if b.twins != nil {
		before, err := twinRows(ctx, earlier, snap.Segment(k))
		if err != nil {
			return err
		}
		now, err := twinRows(ctx, snap, snap.Segment(k))
		if err != nil {
			return err
		}
		markChanges(rows, before, now)
	}
	if b.silences != nil {
		before, err := earlier.Silences(ctx)
		if err != nil {
			return err
		}
		now, err := snap.Silences(ctx)
		if err != nil {
			return err
		}
		markChanges(rows, before.Rows(k), now.Rows(k))
	}
	rows.ClearFrom(earlier.Segment(k).Rows())
	return nil
}

func firstsOf(ctx context.Context, a, b *model.Snapshot) (ofA, ofB *model.Firsts, err error) {
	if ofA, err = a.Firsts(ctx); err == nil {
		ofB, err = b.Firsts(ctx)
	}
	return ofA, ofB, err
}

func copiesOf(ctx context.Context, a, b *model.Snapshot) (ofA, ofB *model.Copies, err error) {
	if ofA, err = a.Copies(ctx); err == nil {
		ofB, err = b.Copies(ctx)
	}
	return ofA, ofB, err
}

// markChanges marks the rows that are in only one of two bitmaps.
func markChanges(rows, before, now *model.Bitmap) {
	if before == now {
		return
	}
	for i := range rows {
		rows[i] |= before[i] ^ now[i]
	}
}
