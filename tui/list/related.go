package list

import (
	"strings"
	"time"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// aroundRadius is how far the "around" filter reaches before and after an event.
const aroundRadius = 15 * time.Minute

// relate filters for the actor, address, target or time of the event under the cursor.
func (l *List) relate(c kit.Command, s *kit.Scene) kit.Wish {
	row, ok := l.Row()
	if !ok {
		return kit.Wish{}
	}
	e := l.Sel.Snapshot().Event(row)
	if e.Reject() {
		return kit.Wish{Toast: termsafe.Const("the line is no event")}
	}
	var v kit.Value
	switch c {
	case kit.CmdByActor:
		v, ok = actorValue(&e)
	case kit.CmdByAddress:
		v, ok = kit.Value{Name: "ip", Text: firstAddress(e.IP)}, !e.IP.Empty()
	case kit.CmdByTarget:
		v, ok = l.facts.targetValue(row)
	case kit.CmdByToken:
		if e.Actor.Type.Raw() != tokenType {
			return kit.Wish{Toast: termsafe.Const("the actor is no token")}
		}
		v, ok = actorValue(&e)
	default:
		return surround(&s.Current, e.Time())
	}
	if !ok {
		return kit.Wish{Toast: termsafe.Const("the event has no such value")}
	}
	return pivot(l.display, &s.Current, v)
}

// pivot filters for a value alone. Only the conditions on the time stay.
func pivot(disp *kit.Display, f *kit.Filter, v kit.Value) kit.Wish {
	e := v.Expr()
	if !disp.Redact.Sharable(e) {
		return kit.Wish{Toast: kit.ErrMasked}
	}
	kept := f.Terms(kit.AboutTime)
	parts := []termsafe.Safe{termsafe.Const("everything with "), disp.Quoted(e.String())}
	if len(query.Terms(kept)) > 0 {
		parts = append(parts, termsafe.Const(", still within "), disp.Quoted(kept.String()))
	}
	return kit.Wish{Only: query.And(kept, e), Toast: termsafe.Concat(append(parts, termsafe.Const("  u goes back"))...)}
}

// surround filters for the events around a time. It replaces an earlier "around" condition.
func surround(f *kit.Filter, at time.Time) kit.Wish {
	text := f.FilterText
	text.Text = f.Terms(func(term string) bool { return !strings.HasPrefix(term, "around") }).String()
	text = text.With(query.Around(at, aroundRadius))
	return kit.Wish{Change: &text}
}
