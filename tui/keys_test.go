package tui

import "testing"

func TestEveryKeyMeansOneThingInAScope(t *testing.T) {
	for _, s := range scopes() {
		seen := map[string]command{}
		for _, row := range keyTable() {
			if row.in&s == 0 {
				continue
			}
			for _, k := range row.binding.Keys() {
				if other, ok := seen[k]; ok {
					t.Errorf("scope %d: %q is bound to %d and %d", s, k, other, row.do)
				}
				seen[k] = row.do
			}
		}
	}
}

func TestEveryRowOfTheKeyTableWorksSomewhere(t *testing.T) {
	for _, row := range keyTable() {
		if row.in == 0 || row.do == noCommand || len(row.binding.Keys()) == 0 {
			t.Errorf("the row %+v does nothing", row)
		}
		if row.hint != 0 && row.binding.Help().Desc == "" {
			t.Errorf("the row %+v is hinted at without words", row)
		}
	}
}

func TestEveryScopeCanBeLeftAndQuit(t *testing.T) {
	keys := newKeymap()
	for _, s := range scopes() {
		if keys.command(s, "ctrl+c") != cmdQuit {
			t.Errorf("ctrl+c does not quit in scope %d", s)
		}
		if c := keys.command(s, "esc"); c != cmdBack && c != cmdRestore {
			t.Errorf("esc is %d in scope %d", c, s)
		}
	}
}
