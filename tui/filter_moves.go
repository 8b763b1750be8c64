package tui

import (
	"strings"
	"time"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// aroundRadius is how far the "around" filter reaches before and after an event.
const aroundRadius = 15 * time.Minute

// narrow adds a condition to the filter.
func (a *App) narrow(e query.Expr) {
	if !a.sharable(e) {
		return
	}
	a.change(a.feed.filterText.with(e))
	if a.bar.err == nil {
		a.status.toast = termsafe.Concat(termsafe.Const("+ "), a.display.quoted(e.String()))
	}
}

// changeText replaces the text of the filter.
func (a *App) changeText(text string) { a.change(a.feed.filterText.withText(text)) }

// filterBy filters for the focused value, or excludes it.
func (a *App) filterBy(c command) wish {
	p, s := a.panes.focused(), a.scene()
	if wanted, ok := p.command(c, &s); ok {
		return wanted
	}
	v, ok := p.focused()
	if !ok {
		return wish{toast: termsafe.Const("no value under the cursor to filter by")}
	}
	e := v.expr()
	if c == cmdFilterOut {
		e = query.Not(e)
	}
	return wish{with: e}
}

// relate filters for the actor, address, target or time of the event under the cursor.
func (a *App) relate(c command) {
	row, ok := a.list.row()
	if !ok {
		return
	}
	e := a.list.sel.Snapshot().Event(row)
	if e.Reject() {
		a.status.toast = termsafe.Const("the line is no event")
		return
	}
	switch c {
	case cmdByActor:
		a.pivot(actorValue(&e))
	case cmdByAddress:
		a.pivot(value{name: "ip", text: firstAddress(e.IP)}, !e.IP.Empty())
	case cmdByTarget:
		a.pivot(a.list.facts.targetValue(row))
	case cmdByToken:
		if e.Actor.Type.Raw() != tokenType {
			a.status.toast = termsafe.Const("the actor is no token")
			return
		}
		a.pivot(actorValue(&e))
	case cmdAround:
		a.surround(e.Time())
	}
}

// pivot filters for a value alone. Only the conditions on the time stay.
func (a *App) pivot(v value, ok bool) {
	if !ok {
		a.status.toast = termsafe.Const("the event has no such value")
		return
	}
	if !a.sharable(v.expr()) {
		return
	}
	kept := a.feed.terms(aboutTime)
	a.change(filterText{text: query.And(kept, v.expr()).String()})
	parts := []termsafe.Safe{termsafe.Const("everything with "), a.display.quoted(v.expr().String())}
	if len(query.Terms(kept)) > 0 {
		parts = append(parts, termsafe.Const(", still within "), a.display.quoted(kept.String()))
	}
	a.status.toast = termsafe.Concat(append(parts, termsafe.Const("  u goes back"))...)
}

// surround filters for the events around a time. It replaces an earlier "around" condition.
func (a *App) surround(at time.Time) {
	f := a.feed.filterText
	f.text = a.feed.terms(func(term string) bool { return !strings.HasPrefix(term, "around") }).String()
	a.change(f.with(query.Around(at, aroundRadius)))
}

// dropChip removes the chosen condition, or switches it off or on.
func (a *App) dropChip(c command) {
	f := a.feed.filterText
	i, n := a.chosenChip()
	if n == 0 {
		a.status.toast = termsafe.Const("there is no filter")
		return
	}
	if c == cmdDropChip {
		a.change(f.without(i))
		return
	}
	a.change(f.toggled(i))
}

// chosenChip returns the index of the chip that x and | act on, the last one by default, and the number of chips.
func (a *App) chosenChip() (i, n int) {
	n = len(a.feed.chips)
	if a.chipFromEnd < 0 || a.chipFromEnd >= n {
		a.chipFromEnd = 0
	}
	return n - 1 - a.chipFromEnd, n
}

// chooseChip moves to another chip.
func (a *App) chooseChip(c command) {
	_, n := a.chosenChip()
	switch {
	case n == 0:
		a.status.toast = termsafe.Const("there is no filter")
		return
	case c == cmdPreviousChip:
		a.chipFromEnd = (a.chipFromEnd + 1) % n
	default:
		a.chipFromEnd = (a.chipFromEnd + n - 1) % n
	}
	i, _ := a.chosenChip()
	a.status.toast = termsafe.Concat(a.display.quoted(a.feed.chips[i].text), termsafe.Const("  x drops it, | switches it off and on"))
}

// clickChip removes the chip under the mouse if its cross was clicked, else chooses it.
func (a *App) clickChip(x int) {
	i, drop, ok := a.chips.at(x)
	switch _, n := a.chosenChip(); {
	case !ok || i >= n:
	case drop:
		a.change(a.feed.filterText.without(i))
	default:
		a.chipFromEnd = n - 1 - i
	}
}

// editChip starts typing, with the chosen condition moved to the end of the text.
func (a *App) editChip() {
	i, _ := a.chosenChip()
	from := a.view()
	if text, ok := a.feed.filterText.editing(i); ok {
		a.bar.editor.set(text)
		a.refilter()
	}
	a.bar.begin(from, a.cursorTime())
}
