package tui

import (
	"charm.land/bubbles/v2/key"

	"pawprint/tui/kit"
	"pawprint/tui/modal"
)

// commandTable has the functions of the commands that mean the same in every pane. Panes handle the other commands.
type commandTable []func(a *App, c kit.Command) kit.Wish

// opener is a key that opens something. No room needs to know its command.
type opener struct {
	key  key.Binding
	open func(a *App, c kit.Command) kit.Wish
}

// openers are the side panes, and then the modals that are opened by their key alone.
func openers() []opener {
	var out []opener
	for i := range sidePanes {
		out = append(out, opener{sidePanes[i].key, plainly(func(a *App, _ kit.Command) { a.panes.toggle(i) })})
	}
	return append(out, opener{kit.Bind("#", "count the values", "#"), openFrequencies})
}

// newCommands returns the table, and the map of the keys with those of the openers.
func newCommands() (commandTable, *kit.Keymap) {
	fixed := fixedCommands()
	table := commandTable(fixed[:])
	var keys []key.Binding
	for _, o := range openers() {
		table, keys = append(table, o.open), append(keys, o.key)
	}
	return table, kit.NewKeymap(keys...)
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
		kit.CmdRelative:        plainly(func(a *App, _ kit.Command) { a.display.SwitchRelative() }),
		kit.CmdNextPane:        plainly(func(a *App, _ kit.Command) { a.panes.next(1) }),
		kit.CmdPreviousPane:    plainly(func(a *App, _ kit.Command) { a.panes.next(-1) }),
		kit.CmdZoom:            plainly(func(a *App, _ kit.Command) { a.panes.zoom() }),
		kit.CmdFilterFor:       onValue,
		kit.CmdFilterOut:       onValue,
		kit.CmdByActor:         inPane(kit.ListPane),
		kit.CmdByAddress:       inPane(kit.ListPane),
		kit.CmdByTarget:        inPane(kit.ListPane),
		kit.CmdByToken:         inPane(kit.ListPane),
		kit.CmdAround:          inPane(kit.ListPane),
		kit.CmdInContext:       func(a *App, _ kit.Command) kit.Wish { return a.switchContext() },
		kit.CmdUndo:            (*App).travel,
		kit.CmdRedo:            (*App).travel,
		kit.CmdBackView:        (*App).travel,
		kit.CmdForwardView:     (*App).travel,
		kit.CmdDropChip:        onChips,
		kit.CmdSwitchChip:      onChips,
		kit.CmdPreviousChip:    onChips,
		kit.CmdNextChip:        onChips,
		kit.CmdEditChip:        onChips,
		kit.CmdFind:            paneFirst(inPane(kit.ListPane)),
		kit.CmdNextHit:         paneFirst(inPane(kit.ListPane)),
		kit.CmdPreviousHit:     paneFirst(inPane(kit.ListPane)),
		kit.CmdGoToTime:        inPane(kit.ListPane),
		kit.CmdHourBack:        inPane(kit.ListPane),
		kit.CmdHourForward:     inPane(kit.ListPane),
		kit.CmdDayBack:         inPane(kit.ListPane),
		kit.CmdDayForward:      inPane(kit.ListPane),
		kit.CmdColumns:         inPane(kit.ListPane),
		kit.CmdSort:            inPane(kit.ListPane),
		kit.CmdProblems:        func(a *App, _ kit.Command) kit.Wish { return a.problems.Open() },
		kit.CmdSources: func(a *App, _ kit.Command) kit.Wish {
			return kit.Wish{Modal: modal.NewSourceView(&a.display, a.options.Memory)}
		},
		kit.CmdPalette: func(a *App, _ kit.Command) kit.Wish {
			return kit.Wish{Modal: modal.NewPalette(&a.display, a.keys, a.commands.has)}
		},
		kit.CmdCopy: func(a *App, _ kit.Command) kit.Wish {
			s := a.scene()
			return a.copier.Menu(a.ctx, &s, a.panes.focused())
		},
		kit.CmdExport:     func(a *App, _ kit.Command) kit.Wish { return a.exporter.Menu(a.ctx, a.exportable()) },
		kit.CmdErrorLines: inPane(kit.ListPane),
		kit.CmdMark:       inPane(kit.ListPane),
		kit.CmdNote:       inPane(kit.ListPane),
		kit.CmdNextMark:   inPane(kit.ListPane),
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
		kit.CmdViews:    func(a *App, _ kit.Command) kit.Wish { return kit.Wish{Cmd: a.saved.List(a.ctx)} },
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
	return modal.AskFrequencies(&a.display, v.Name)
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
	return a.chips.Command(c, &s)
}
