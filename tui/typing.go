package tui

// typeFilter fulfils the wishes about the filter that the user types.
func (a *App) typeFilter(s *wish) {
	if s.typing == typingBegins {
		a.views.typed = a.view()
		a.bar.begin(a.list.cursorTime())
	}
	if s.typed != nil {
		a.bar.fill(*s.typed)
		if a.bar.err = nil; *s.typed != a.feed.text {
			a.filter(a.feed.withText(*s.typed))
		}
	}
	switch s.typing {
	case typingKept:
		a.dateFilter()
		a.bar.end()
		a.views.keepTyped(a.feed.filterText)
	case typingGivenUp:
		a.bar.end()
		a.bar.show(a.views.typed.filter.text)
		if a.views.typed.filter != a.feed.filterText {
			a.filter(a.views.typed.filter)
		}
	}
}

// dateFilter completes the times of the filter as far as they are known.
func (a *App) dateFilter() {
	if text, ok := dated(&a.feed.filter, a.env()); ok {
		a.typeFilter(&wish{typed: &text})
	}
}
