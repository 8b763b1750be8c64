package tui

import (
	"charm.land/bubbles/v2/key"

	"pawprint/model/clock"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/modal"
	"pawprint/tui/page"
	"pawprint/tui/termsafe"
)

// commandTable has the functions of the commands that mean the same in every pane. Panes handle the other commands.
type commandTable []func(a *App, c kit.Command) kit.Wish

// opener is a key that opens something. No room needs to know its command.
type opener struct {
	key  key.Binding
	open func(a *App, c kit.Command) kit.Wish
}

// Commands whose keys are named in messages, as a configuration calls them; these are the words of the openers.
const (
	alertCommand  = "next-alert"
	lateCommand   = "next-late-event"
	resumeCommand = "resume-the-last-session"
)

// openers are the side panes, and then the modals that are opened by their key alone.
func openers() []opener {
	var out []opener
	for i := range sidePanes {
		out = append(out, opener{sidePanes[i].key, plainly(func(a *App, _ kit.Command) { a.panes.toggle(i) })})
	}
	out = append(out, opener{kit.Bind("*", "next alert", "*"), func(a *App, _ kit.Command) kit.Wish { return a.alerts.next() }})
	out = append(out, opener{kit.Bind("&", "next late event", "&"), func(a *App, _ kit.Command) kit.Wish { return a.news.nextLate() }})
	return append(out, opener{kit.Bind("#", "count the values", "#"), openFrequencies},
		opener{kit.Bind("!", "rows to a pager or shell command", "!"), onceFound(func(a *App) kit.Wish {
			return modal.AskCommand(a.ctx, &a.display, a.options.Pipe, a.exportable())
		})},
		opener{kit.Bind("\"", "list of notes and tags", "\""), func(a *App, _ kit.Command) kit.Wish {
			s := a.scene()
			return modal.NotesMenu(&a.display, s.Marked, &a.feed.snap)
		}},
		opener{kit.Bind("X", "report", "X"), onceFound(func(a *App) kit.Wish {
			what := a.exportable()
			what.Asked = asked(a.views.past, a.feed.FilterText)
			return a.exporter.ReportMenu(a.ctx, what)
		})},
		opener{kit.Bind(".", "compare two periods", "."), openPeriods},
		opener{kit.Bind("r", "resume the last session", "r"), resumed},
		opener{kit.Bind(",", "last 24 hours of the log", ","), countFromEnd},
		opener{kit.Bind("Q", "ask the database", "Q"), askFor(kit.MissingRows)},
		opener{kit.Bind("Z", "older rows of the database", "Z"), askFor(kit.OlderRows)},
		opener{kit.Bind("I", "newer rows of the database", "I"), askFor(kit.NewerRows)},
		opener{kit.Bind("%", "count all at the database", "%"), countAll})
}

// newCommands returns the table, and the map of the keys with those of the openers.
func newCommands(remap kit.Remap) (commandTable, *kit.Keymap) {
	fixed := fixedCommands()
	table := commandTable(fixed[:])
	var keys []key.Binding
	for _, o := range openers() {
		table, keys = append(table, o.open), append(keys, o.key)
	}
	return table, kit.NewKeymap(keys...).Remapped(remap)
}

// KeyNames lists the commands that the user may choose keys for.
func KeyNames() []kit.NamedKeys {
	_, keys := newCommands(nil)
	return keys.Names()
}

// CheckKeys returns the choices of keys that cannot be obeyed. The names are those of KeyNames.
func CheckKeys(remap kit.Remap) []kit.KeyFault {
	_, keys := newCommands(nil)
	return keys.Check(remap)
}

// fixedCommands are the commands that rooms know by name.
func fixedCommands() [kit.NumCommands]func(a *App, c kit.Command) kit.Wish {
	return [kit.NumCommands]func(a *App, c kit.Command) kit.Wish{
		kit.CmdHelp: func(a *App, _ kit.Command) kit.Wish {
			return kit.Wish{Modal: modal.NewHelp(&a.display, a.keys, a.scope(), a.hints(), a.options.Version)}
		},
		kit.CmdFilter:          func(*App, kit.Command) kit.Wish { return kit.Wish{Typing: kit.TypingBegins} },
		kit.CmdFailedOnly:      onChips,
		kit.CmdHideReads:       onChips,
		kit.CmdFollow:          inPane(kit.ListPane),
		kit.CmdNextFailure:     inPane(kit.ListPane),
		kit.CmdPreviousFailure: inPane(kit.ListPane),
		kit.CmdZone:            func(a *App, _ kit.Command) kit.Wish { return kit.Wish{Toast: a.switchZone()} },
		kit.CmdRelative: func(a *App, _ kit.Command) kit.Wish {
			return kit.Wish{Toast: a.display.SwitchTimes(a.list.Marks.Len() > 0)}
		},
		kit.CmdNextPane:      plainly(func(a *App, _ kit.Command) { a.panes.next(1) }),
		kit.CmdPreviousPane:  plainly(func(a *App, _ kit.Command) { a.panes.next(-1) }),
		kit.CmdZoom:          func(a *App, _ kit.Command) kit.Wish { return kit.Wish{Toast: a.panes.zoom()} },
		kit.CmdFilterFor:     onValue,
		kit.CmdFilterOut:     onValue,
		kit.CmdByActor:       inPane(kit.ListPane),
		kit.CmdByAddress:     inPane(kit.ListPane),
		kit.CmdByTarget:      inPane(kit.ListPane),
		kit.CmdByToken:       inPane(kit.ListPane),
		kit.CmdAround:        inPane(kit.ListPane),
		kit.CmdInContext:     func(a *App, _ kit.Command) kit.Wish { return a.switchContext() },
		kit.CmdUndo:          (*App).travel,
		kit.CmdRedo:          (*App).travel,
		kit.CmdBackView:      (*App).travel,
		kit.CmdForwardView:   (*App).travel,
		kit.CmdDropChip:      onChips,
		kit.CmdSwitchChip:    onChips,
		kit.CmdPreviousChip:  onChips,
		kit.CmdNextChip:      onChips,
		kit.CmdEditChip:      onChips,
		kit.CmdFind:          paneFirst(inPane(kit.ListPane)),
		kit.CmdNextHit:       paneFirst(inPane(kit.ListPane)),
		kit.CmdPreviousHit:   paneFirst(inPane(kit.ListPane)),
		kit.CmdGoToTime:      inPane(kit.ListPane),
		kit.CmdMinuteBack:    inPane(kit.ListPane),
		kit.CmdMinuteForward: inPane(kit.ListPane),
		kit.CmdHourBack:      inPane(kit.ListPane),
		kit.CmdHourForward:   inPane(kit.ListPane),
		kit.CmdDayBack:       inPane(kit.ListPane),
		kit.CmdDayForward:    inPane(kit.ListPane),
		kit.CmdColumns:       sideOrList,
		kit.CmdSort:          sideOrList,
		kit.CmdProblems:      func(a *App, _ kit.Command) kit.Wish { return a.problems.Open() },
		kit.CmdSources: func(a *App, _ kit.Command) kit.Wish {
			return kit.Wish{Modal: modal.NewSourceView(&a.display, a.options.Memory)}
		},
		kit.CmdPalette: func(a *App, _ kit.Command) kit.Wish {
			return kit.Wish{Modal: modal.NewPalette(&a.display, a.keys, a.commands.has)}
		},
		kit.CmdTheme: func(a *App, _ kit.Command) kit.Wish { return a.terminal.themeMenu() },
		kit.CmdCopy: func(a *App, _ kit.Command) kit.Wish {
			s := a.scene()
			return a.copier.Menu(a.ctx, &s, a.panes.focused(), copiedView(a))
		},
		kit.CmdExport:       onceFound(func(a *App) kit.Wish { return a.exporter.Menu(a.ctx, a.exportable()) }),
		kit.CmdErrorLines:   inPane(kit.ListPane),
		kit.CmdProfile:      openProfile,
		kit.CmdWrap:         inPane(kit.ListPane),
		kit.CmdMark:         inPane(kit.ListPane),
		kit.CmdNote:         inPane(kit.ListPane),
		kit.CmdNextMark:     inPane(kit.ListPane),
		kit.CmdPreviousMark: inPane(kit.ListPane),
		kit.CmdVerdict:      inPane(kit.ListPane),
		kit.CmdDetailPlace: func(a *App, _ kit.Command) kit.Wish {
			if !a.panes.shown.detail {
				return kit.Wish{Open: true}
			}
			return kit.Wish{Toast: a.panes.placeDetail()}
		},
		kit.CmdParams:   inPane(kit.DetailPane),
		kit.CmdChanges:  inPane(kit.DetailPane),
		kit.CmdCompare:  inPane(kit.DetailPane),
		kit.CmdSaveView: func(a *App, _ kit.Command) kit.Wish { return a.saved.AskName(a.ctx, a.currentView) },
		kit.CmdViews:    func(a *App, _ kit.Command) kit.Wish { return a.saved.List(a.ctx) },
		kit.CmdRedact:   plainly(func(a *App, _ kit.Command) { a.switchRedaction() }),
		kit.CmdMouse:    func(a *App, _ kit.Command) kit.Wish { return kit.Wish{Toast: a.terminal.switchMouse()} },
	}
}

// has reports whether a command means the same in every pane.
func (t commandTable) has(c kit.Command) bool { return int(c) < len(t) && t[c] != nil }

// onValue runs the commands that filter by the value under the cursor of the pane with the focus.
func onValue(a *App, c kit.Command) kit.Wish {
	s := a.scene()
	return a.panes.filterBy(c, &s)
}

// openFrequencies counts the values of what is under the cursor of the pane with the focus.
func openFrequencies(a *App, _ kit.Command) kit.Wish {
	v, _ := a.panes.focused().Focused() // a cell without one value has a name all the same
	return page.AskFrequencies(&a.display, v.Name)
}

// openProfile opens the page about the value under the cursor of the pane with the focus, or else about the actor of the event.
func openProfile(a *App, _ kit.Command) kit.Wish {
	s := a.scene()
	v, ok := a.panes.focused().Focused()
	return page.OfCursor(&a.display, v, ok, a.scope() == kit.InList, &s)
}

// openPeriods opens the page of two periods: the user may have chosen one by marks, or in the timeline.
func openPeriods(a *App, _ kit.Command) kit.Wish {
	var stretches page.Stretches
	if marks := &a.list.Marks; marks.Found(a.feed.snap.Rows()) {
		stretches.Marks = marks.Span(&a.feed.snap)
	}
	for i := range sidePanes {
		if pane, ok := a.panes.of(sideID(i)).(interface{ Brush() clock.Span }); ok {
			stretches.Brush = pane.Brush()
		}
	}
	return kit.Wish{Modal: page.NewPeriods(&a.display, stretches), Whole: true}
}

// countFromEnd shows the last day of the log, or the times that the filter counts back from now, counted from the end of the log.
func countFromEnd(a *App, _ kit.Command) kit.Wish {
	if a.feed.end().IsZero() {
		return kit.Wish{Toast: termsafe.Const("the end of the log is not known yet")}
	}
	e, ok := query.FromEnd(a.feed.Typed)
	if !ok {
		e = query.And(a.feed.Typed, kit.MustParse("since:24h@end"))
	}
	f := a.feed.WithText(query.Dated(e, a.env()).String())
	return kit.Wish{Change: &f}
}

// onceFound makes a table entry for commands that write rows: they wait until the present rows are selected and sorted, and all marks among
// them are found.
func onceFound(open func(a *App) kit.Wish) func(*App, kit.Command) kit.Wish {
	return func(a *App, _ kit.Command) kit.Wish {
		rows, marks := a.feed.snap.Rows(), &a.list.Marks
		listed := func() bool { return a.feed.partial() || a.feed.gaveUp || a.list.Shows(rows, a.feed.matcher) }
		found := func() bool {
			return listed() && marks.Found(rows) && (!query.AsksForMarks(a.feed.Expr) || !a.feed.fresh() && !a.feed.behind())
		}
		if listed() && (a.feed.partial() || marks.Found(rows)) {
			return open(a)
		}
		words := func() termsafe.Safe {
			if listed() {
				return marks.SoughtWords()
			}
			return termsafe.Concat(termsafe.Const("selecting from "), termsafe.Count(int64(rows), "row", "rows"))
		}
		return kit.Wish{Modal: modal.NewRowsWait(&a.display, func() kit.Wish { return open(a) }, found, words, 4*a.feed.pace)}
	}
}

// plainly makes a table entry from a function that returns no wish.
func plainly(do func(a *App, c kit.Command)) func(*App, kit.Command) kit.Wish {
	return func(a *App, c kit.Command) kit.Wish {
		do(a, c)
		return kit.Wish{}
	}
}

// inPane makes a table entry for commands that one pane runs, whichever has the focus.
func inPane(id kit.PaneID) func(*App, kit.Command) kit.Wish {
	return func(a *App, c kit.Command) kit.Wish {
		s := a.scene()
		w, _ := a.panes.of(id).Command(c, &s)
		return w
	}
}

// sideOrList is the table entry of commands that the facets have in their own way, and otherwise the list.
func sideOrList(a *App, c kit.Command) kit.Wish {
	i, side := sideOf(a.panes.shown.focus)
	if !side {
		return inPane(kit.ListPane)(a, c)
	}
	s := a.scene()
	if w, known := a.panes.of(sideID(i)).Command(c, &s); known {
		return w
	}
	return kit.Wish{Toast: a.notHere(c)}
}

// paneFirst makes a table entry for commands that the pane with the focus may take for itself; otherwise they are about the rows.
func paneFirst(otherwise func(*App, kit.Command) kit.Wish) func(*App, kit.Command) kit.Wish {
	return func(a *App, c kit.Command) kit.Wish {
		s := a.scene()
		if w, known := a.panes.focused().Command(c, &s); known {
			return w
		}
		return otherwise(a, c)
	}
}

// onChips is the table entry of commands on the conditions of the filter.
func onChips(a *App, c kit.Command) kit.Wish {
	s := a.scene()
	return a.bar.Chips.Command(c, &s)
}
