package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// aroundRadius is how far the filter for what happened around an event reaches.
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

// changeText puts another text into the filter.
func (a *App) changeText(text string) { a.change(a.feed.filterText.withText(text)) }

// filterBy filters for or out the value that has the focus.
func (a *App) filterBy(c command) tea.Cmd {
	if p := a.pane(a.shown.focus); p != nil {
		if wanted, ok := p.command(c); ok {
			return a.obey(wanted)
		}
	}
	v, ok := a.focusedValue()
	if !ok {
		a.status.toast = termsafe.Const("no value under the cursor to filter by")
		return nil
	}
	e := v.expr()
	if c == cmdFilterOut {
		e = query.Not(e)
	}
	a.narrow(e)
	return nil
}

// focusedValue is what + and - filter by.
func (a *App) focusedValue() (value, bool) {
	if p := a.pane(a.shown.focus); p != nil {
		return p.focused()
	}
	if a.shown.focus == detailPane {
		return a.detail.focusedValue()
	}
	return a.list.focused()
}

// relate narrows the filter to what the event under the cursor shares: its actor, its address, its target or its time.
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
		a.pivot(value{name: "ip", text: e.IP}, !e.IP.Empty())
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

// pivot shows everything with a value, within the times that the filter is about: no other condition stays.
func (a *App) pivot(v value, ok bool) {
	if !ok {
		a.status.toast = termsafe.Const("the event has no such value")
		return
	}
	if !a.sharable(v.expr()) {
		return
	}
	a.change(filterText{text: query.And(a.terms(aboutTime), v.expr()).String()})
	a.status.toast = termsafe.Concat(termsafe.Const("everything with "), a.display.quoted(v.expr().String()), termsafe.Const("  u goes back"))
}

// surround narrows the filter to what happened around a time, in place of another condition of the kind.
func (a *App) surround(at time.Time) {
	f := a.feed.filterText
	f.text = a.terms(func(term string) bool { return !strings.HasPrefix(term, "around") }).String()
	a.change(f.with(query.Around(at, aroundRadius)))
}

// aboutTime reports whether a term is a condition on the time.
func aboutTime(term string) bool {
	for _, name := range []string{"time", "timestamp", "since", "until", "on", "around"} {
		if rest, ok := strings.CutPrefix(term, name); ok && rest != "" && strings.Contains(":=<>", rest[:1]) {
			return true
		}
	}
	return false
}

// terms is what of the text of the filter is kept.
func (a *App) terms(keep func(term string) bool) query.Expr {
	e := query.Everything()
	chips, _ := filterText{text: a.feed.text, off: a.feed.off}.chips()
	for _, c := range chips {
		if !c.off && keep(c.text()) {
			e = query.And(e, c.expr)
		}
	}
	return e
}

// dropChip takes the chosen condition away, or switches it off and on.
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

// chosenChip is the number of the chip that x and | act on, the last one unless another was chosen, and how many there are.
func (a *App) chosenChip() (i, n int) {
	chips, err := a.feed.filterText.chips()
	if err != nil {
		return 0, 0
	}
	n = len(chips)
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
	chips, _ := a.feed.filterText.chips()
	a.status.toast = termsafe.Concat(a.display.quoted(chips[i].text()), termsafe.Const("  x drops it, | switches it off and on"))
}

// clickChip drops the chip under the mouse if its cross was hit, else chooses it.
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

// editChip begins to type, with the chosen condition at the end of the text.
func (a *App) editChip() {
	i, _ := a.chosenChip()
	from := a.view()
	if text, ok := a.feed.filterText.editing(i); ok {
		a.bar.editor.set(text)
		a.refilter()
	}
	a.bar.begin(from)
}
