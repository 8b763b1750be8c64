package tui

// commandTable has the functions of the commands that mean the same in every pane. Panes handle the other commands.
type commandTable [numCommands]func(a *App, c command) wish

func newCommands() *commandTable {
	return &commandTable{
		cmdHelp:            func(a *App, _ command) wish { return wish{modal: newHelp(&a.display, a.keys, a.options.Version)} },
		cmdFilter:          func(*App, command) wish { return wish{typing: typingBegins} },
		cmdFailedOnly:      onChips,
		cmdHideReads:       onChips,
		cmdFollow:          inPane(listPane),
		cmdNextFailure:     inPane(listPane),
		cmdPreviousFailure: inPane(listPane),
		cmdZone:            plainly(func(a *App, _ command) { a.switchZone() }),
		cmdRelative:        plainly(func(a *App, _ command) { a.display.switchRelative() }),
		cmdNextPane:        plainly(func(a *App, _ command) { a.panes.next(1) }),
		cmdPreviousPane:    plainly(func(a *App, _ command) { a.panes.next(-1) }),
		cmdZoom:            plainly(func(a *App, _ command) { a.panes.zoom() }),
		cmdFilterFor:       onValue,
		cmdFilterOut:       onValue,
		cmdByActor:         inPane(listPane),
		cmdByAddress:       inPane(listPane),
		cmdByTarget:        inPane(listPane),
		cmdByToken:         inPane(listPane),
		cmdAround:          inPane(listPane),
		cmdInContext:       func(a *App, _ command) wish { return a.switchContext() },
		cmdUndo:            (*App).travel,
		cmdRedo:            (*App).travel,
		cmdBackView:        (*App).travel,
		cmdForwardView:     (*App).travel,
		cmdDropChip:        onChips,
		cmdSwitchChip:      onChips,
		cmdPreviousChip:    onChips,
		cmdNextChip:        onChips,
		cmdEditChip:        onChips,
		cmdFind:            paneFirst(inPane(listPane)),
		cmdNextHit:         paneFirst(inPane(listPane)),
		cmdPreviousHit:     paneFirst(inPane(listPane)),
		cmdGoToTime:        inPane(listPane),
		cmdHourBack:        inPane(listPane),
		cmdHourForward:     inPane(listPane),
		cmdDayBack:         inPane(listPane),
		cmdDayForward:      inPane(listPane),
		cmdColumns:         inPane(listPane),
		cmdSort:            inPane(listPane),
		cmdProblems:        func(a *App, _ command) wish { return a.problems.open() },
		cmdSources:         func(a *App, _ command) wish { return wish{modal: newSourceView(&a.display, a.options.Memory)} },
		cmdPalette:         func(a *App, _ command) wish { return wish{modal: newPalette(&a.display, a.keys, a.commands.has)} },
		cmdCopy: func(a *App, _ command) wish {
			s := a.scene()
			return a.copier.menu(a.ctx, &s, a.panes.focused())
		},
		cmdExport:     func(a *App, _ command) wish { return a.exporter.menu(a.ctx, a.exportable()) },
		cmdErrorLines: inPane(listPane),
		cmdMark:       inPane(listPane),
		cmdNote:       inPane(listPane),
		cmdNextMark:   inPane(listPane),
		cmdFacets:     plainly(func(a *App, _ command) { a.panes.toggle(facetsPane) }),
		cmdTimeline:   plainly(func(a *App, _ command) { a.panes.toggle(timelinePane) }),
		cmdDetailPlace: func(a *App, _ command) wish {
			if !a.panes.shown.detail {
				return wish{open: true}
			}
			return wish{toast: a.panes.placeDetail()}
		},
		cmdParams:   inPane(detailPane),
		cmdChanges:  inPane(detailPane),
		cmdCompare:  inPane(detailPane),
		cmdSaveView: func(a *App, _ command) wish { return a.saved.askName(a.ctx, a.currentView) },
		cmdViews:    func(a *App, _ command) wish { return wish{cmd: a.saved.list(a.ctx)} },
		cmdRedact:   plainly(func(a *App, _ command) { a.switchRedaction() }),
		cmdMouse:    func(a *App, _ command) wish { return wish{toast: a.terminal.switchMouse()} },
	}
}

// has reports whether a command means the same in every pane.
func (t *commandTable) has(c command) bool { return int(c) < len(t) && t[c] != nil }

// onValue runs the commands that filter by the value under the cursor of the pane with the focus.
func onValue(a *App, c command) wish {
	s := a.scene()
	return a.panes.filterBy(c, &s)
}

// plainly makes a table entry from a function that returns no wish.
func plainly(do func(a *App, c command)) func(*App, command) wish {
	return func(a *App, c command) wish {
		do(a, c)
		return wish{}
	}
}

// inPane makes a table entry for commands that one pane runs, whichever has the focus.
func inPane(id paneID) func(*App, command) wish {
	return func(a *App, c command) wish {
		s := a.scene()
		w, _ := a.panes.of(id).command(c, &s)
		return w
	}
}

// paneFirst makes a table entry for commands that the pane with the focus may take for itself; otherwise they are about the rows.
func paneFirst(otherwise func(*App, command) wish) func(*App, command) wish {
	return func(a *App, c command) wish {
		s := a.scene()
		if w, known := a.panes.focused().command(c, &s); known {
			return w
		}
		return otherwise(a, c)
	}
}

// onChips is the table entry of commands on the conditions of the filter.
func onChips(a *App, c command) wish {
	s := a.scene()
	return a.chips.command(c, &s)
}
