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
		return kit.Wish{Toast: termsafe.Const("the line is not an event")}
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
			return kit.Wish{Toast: termsafe.Const("the actor is not a token")}
		}
		v, ok = actorValue(&e)
	default:
		return surround(&s.Current, e.Time())
	}
	if !ok {
		return kit.Wish{Toast: termsafe.Const("this event has no value for that")}
	}
	return pivot(l.display, c, &s.Current, v)
}

// pivot filters for a value alone. Only the conditions on the time stay, until the key is pressed once more.
func pivot(disp *kit.Display, c kit.Command, f *kit.Filter, v kit.Value) kit.Wish {
	e := v.Expr()
	if !disp.Redact.Sharable(e) {
		return kit.Wish{Toast: disp.MaskedWords()}
	}
	kept := f.Terms(kit.AboutTime)
	only := query.And(kept, e)
	if only.String() == f.Expr.String() {
		return kit.Wish{Only: e, Toast: disp.Keyed("{} goes back", kit.CmdUndo)}
	}
	w := kit.Wish{Only: only, Toast: disp.Keyed("{} goes back", kit.CmdUndo)}
	if len(query.Terms(kept)) > 0 {
		switch c {
		case kit.CmdByActor:
			w.Toast = termsafe.Const("a again: all time")
		case kit.CmdByAddress:
			w.Toast = termsafe.Const("i again: all time")
		}
	}
	return w
}

// surround filters for the events around a time. It replaces an earlier "around" condition.
func surround(f *kit.Filter, at time.Time) kit.Wish {
	text := f.FilterText
	text.Text = f.Terms(func(term string) bool { return !strings.HasPrefix(term, "around") }).String()
	text = text.With(query.Around(at, aroundRadius))
	return kit.Wish{Change: &text}
}
