package query

import (
	"context"

	"pawprint/model"
)

// standings say which findings about the whole log a query rests on.
type standings uint8

const restsOnFirsts standings = 1 << iota // model.Firsts

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

// unbound is the matcher of a query that rests on findings about the whole log. See model.Binder.
type unbound struct{ *matcher }

// bound is an unbound matcher together with what its answers stand for.
type bound struct {
	unbound
	firsts model.Standing
}

// Bind implements model.Binder.
func (u unbound) Bind(ctx context.Context, snap *model.Snapshot) (model.Bound, error) {
	firsts, err := snap.Firsts(ctx)
	if err != nil {
		return nil, err
	}
	return bound{u, firsts.Standing()}, nil
}

// Unsettled implements model.Bound: an event that was the first may not be it any more.
func (b bound) Unsettled(ctx context.Context, earlier, snap *model.Snapshot, k int, rows *model.Bitmap) error {
	before, err := earlier.Firsts(ctx)
	if err != nil {
		return err
	}
	now, err := snap.Firsts(ctx)
	if err != nil {
		return err
	}
	mark := func(before, now *model.Bitmap) {
		if before == now {
			return
		}
		for i := range rows {
			rows[i] |= before[i] &^ now[i]
		}
	}
	mark(before.Addresses(k), now.Addresses(k))
	mark(before.Actions(k), now.Actions(k))
	return nil
}
