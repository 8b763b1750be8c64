package kit

import "testing"

func TestEveryKeyMeansOneThingInAScope(t *testing.T) {
	for _, s := range scopes() {
		seen := map[string]Command{}
		for _, row := range KeyTable() {
			if row.In&s == 0 {
				continue
			}
			for _, k := range row.Binding.Keys() {
				if other, ok := seen[k]; ok {
					t.Errorf("scope %d: %q is bound to %d and %d", s, k, other, row.Do)
				}
				seen[k] = row.Do
			}
		}
	}
}

func TestEveryRowOfTheKeyTableWorksSomewhere(t *testing.T) {
	for _, row := range KeyTable() {
		if row.In == 0 || row.Do == NoCommand || len(row.Binding.Keys()) == 0 {
			t.Errorf("the row %+v does nothing", row)
		}
	}
}

func TestEveryScopeCanBeLeftAndQuit(t *testing.T) {
	keys := NewKeymap()
	for _, s := range scopes() {
		if keys.Command(s, "ctrl+c") != CmdQuit {
			t.Errorf("ctrl+c does not quit in scope %d", s)
		}
		if c := keys.Command(s, "esc"); c != CmdBack && c != CmdRestore {
			t.Errorf("esc is %d in scope %d", c, s)
		}
	}
}
