package tui

import (
	"strings"
	"time"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// aroundRadius is how far the "around" filter reaches before and after an event.
const aroundRadius = 15 * time.Minute

// relate filters for the actor, address, target or time of the event under the cursor.
func (l *list) relate(c command, s *scene) wish {
	row, ok := l.row()
	if !ok {
		return wish{}
	}
	e := l.sel.Snapshot().Event(row)
	if e.Reject() {
		return wish{toast: termsafe.Const("the line is no event")}
	}
	var v value
	switch c {
	case cmdByActor:
		v, ok = actorValue(&e)
	case cmdByAddress:
		v, ok = value{name: "ip", text: firstAddress(e.IP)}, !e.IP.Empty()
	case cmdByTarget:
		v, ok = l.facts.targetValue(row)
	case cmdByToken:
		if e.Actor.Type.Raw() != tokenType {
			return wish{toast: termsafe.Const("the actor is no token")}
		}
		v, ok = actorValue(&e)
	default:
		return surround(&s.current, e.Time())
	}
	if !ok {
		return wish{toast: termsafe.Const("the event has no such value")}
	}
	return pivot(l.display, &s.current, v)
}

// pivot filters for a value alone. Only the conditions on the time stay.
func pivot(disp *display, f *filter, v value) wish {
	e := v.expr()
	if !disp.redact.sharable(e) {
		return wish{toast: errMasked}
	}
	kept := f.terms(aboutTime)
	parts := []termsafe.Safe{termsafe.Const("everything with "), disp.quoted(e.String())}
	if len(query.Terms(kept)) > 0 {
		parts = append(parts, termsafe.Const(", still within "), disp.quoted(kept.String()))
	}
	return wish{only: query.And(kept, e), toast: termsafe.Concat(append(parts, termsafe.Const("  u goes back"))...)}
}

// surround filters for the events around a time. It replaces an earlier "around" condition.
func surround(f *filter, at time.Time) wish {
	text := f.filterText
	text.text = f.terms(func(term string) bool { return !strings.HasPrefix(term, "around") }).String()
	text = text.with(query.Around(at, aroundRadius))
	return wish{change: &text}
}
