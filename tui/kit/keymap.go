package kit

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"pawprint/tui/termsafe"
)

// Keymap finds commands by key. It never changes.
type Keymap struct {
	Rows  []keyRow // as KeyTable returns them
	byKey map[Scope]map[string]Command
}

// NewKeymap returns the key table with the keys that the App adds.
func NewKeymap(added ...key.Binding) *Keymap { return newKeymap(KeyTable(added...)) }

func newKeymap(rows []keyRow) *Keymap {
	m := &Keymap{Rows: rows, byKey: map[Scope]map[string]Command{}}
	for _, s := range scopes() {
		m.byKey[s] = map[string]Command{}
		for _, row := range m.Rows {
			if row.In&s == 0 {
				continue
			}
			for _, k := range row.Binding.Keys() {
				m.byKey[s][k] = row.Do
			}
		}
	}
	return m
}

// Command returns the command of a key in a scope, NoCommand if it has none.
func (m *Keymap) Command(s Scope, key string) Command { return m.byKey[s][key] }

// arrows are the names of keys where only ASCII can be shown.
var arrows = strings.NewReplacer("↓", "down", "↑", "up", "←", "left", "→", "right", "⇧", "shift+")

// KeyName returns the name of a key as it is shown.
func (disp *Display) KeyName(h key.Help) termsafe.Safe {
	if disp.Widther.ASCII {
		return disp.Own(arrows.Replace(h.Key))
	}
	return disp.Own(h.Key)
}

// IsMove reports whether a command moves in the list even while the user types.
func IsMove(c Command) bool {
	return c == CmdDown || c == CmdUp || c == CmdPageDown || c == CmdPageUp
}
