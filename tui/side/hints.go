package side

import "pawprint/tui/kit"

// Hints implements kit.Hinting.
func (p *FacetPane) Hints() []kit.Hint {
	return []kit.Hint{kit.Does("filter, fold", kit.CmdEnter), kit.Does("keep, hide", kit.CmdFilterFor, kit.CmdFilterOut), kit.Does("search", kit.CmdFind),
		kit.Does("add", kit.CmdColumns), kit.Does("help", kit.CmdHelp), kit.Does("list", kit.CmdBack), kit.Does("pick", kit.CmdToggle), kit.Does("by name", kit.CmdSort), kit.Does("pane", kit.CmdNextPane), kit.Does("commands", kit.CmdPalette)}
}

// Hints implements kit.Hinting.
func (t *Timeline) Hints() []kit.Hint {
	return []kit.Hint{kit.Does("move", kit.CmdLeft, kit.CmdRight), kit.Does("range", kit.CmdExtendLeft, kit.CmdExtendRight), kit.Does("filter", kit.CmdEnter),
		kit.Does("list", kit.CmdBack), kit.Does("help", kit.CmdHelp), kit.Does("closer, wider", kit.CmdCloser, kit.CmdWiderTime),
		kit.Does("begin a range", kit.CmdToggle), kit.Does("pane", kit.CmdNextPane), kit.Does("commands", kit.CmdPalette)}
}
