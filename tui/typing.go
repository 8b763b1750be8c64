package tui

import (
	"pawprint/tui/filter"
	"pawprint/tui/kit"
)

// typeFilter fulfils the wishes about the filter that the user types.
func (a *App) typeFilter(s *kit.Wish) {
	if s.Typing == kit.TypingBegins {
		a.views.typed = a.view()
		a.bar.Begin(a.list.CursorTime())
	}
	if s.Typed != nil {
		a.bar.Fill(*s.Typed)
		if a.bar.Err = nil; *s.Typed != a.feed.Text {
			a.filter(a.feed.WithText(*s.Typed))
		}
	}
	switch s.Typing {
	case kit.TypingKept:
		a.dateFilter()
		a.bar.End()
		a.views.keepTyped(a.feed.FilterText)
	case kit.TypingGivenUp:
		a.bar.End()
		a.bar.Show(a.views.typed.filter.Text)
		if a.views.typed.filter != a.feed.FilterText {
			a.filter(a.views.typed.filter)
		}
	}
}

// dateFilter completes the times of the filter as far as they are known.
func (a *App) dateFilter() {
	if text, ok := filter.Dated(&a.feed.Filter, a.env()); ok {
		a.typeFilter(&kit.Wish{Typed: &text})
	}
}
