package tui

import (
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

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
