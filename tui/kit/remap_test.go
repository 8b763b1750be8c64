package kit

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryCommandWithAKeyHasANameOfItsOwn(t *testing.T) {
	seen := map[string]Command{}
	for _, row := range KeyTable() {
		name := row.name()
		if row.In&^inTyping == 0 || row.Do == CmdSection {
			continue
		}
		if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-") != "" {
			t.Errorf("the command of %v is called %q", row.Binding.Keys(), name)
		}
		if do, ok := seen[name]; ok && do != row.Do {
			t.Errorf("%d and %d are both called %s", do, row.Do, name)
		}
		seen[name] = row.Do
	}
}

// Choosing the usual keys changes nothing, one command at a time or all together.
func TestTheUsualKeysChangeNothing(t *testing.T) {
	m, all := NewKeymap(), Remap{}
	for _, named := range m.Names() {
		all[named.Name] = named.Keys
		if got := m.Remapped(Remap{named.Name: named.Keys}); got != m {
			t.Errorf("the usual keys of %s change something", named.Name)
		}
	}
	if m.Remapped(all) != m || m.Check(all) != nil {
		t.Errorf("all usual keys: %v", m.Check(all))
	}
}

func TestAChosenKeyReplacesTheUsualOnes(t *testing.T) {
	m := NewKeymap().Remapped(Remap{"filter": {"Z"}, "down": {"n", "ctrl+n"}, "next-hit": nil, "quit": {"Q"}, "back": {"Y"}, "suspend": {"ctrl+q"}, "keep-value": {"X"}})
	for _, c := range []struct {
		in   Scope
		key  string
		want Command
	}{
		{InList, "Z", CmdFilter}, {InTable, "Z", CmdFilter}, {InHelp, "Z", CmdFilter}, {InList, "/", NoCommand}, {InFilter, "Z", NoCommand},
		{InList, "n", CmdDown}, {InPage, "ctrl+n", CmdDown}, {InList, "j", NoCommand}, {InList, "down", CmdDown}, {InFilter, "down", CmdDown}, {InFilter, "n", NoCommand},
		{InList, "Q", CmdQuit}, {InList, "q", NoCommand}, {InList, "ctrl+c", CmdQuit}, {InHelp, "Q", NoCommand}, {InHelp, "ctrl+c", CmdQuit},
		{InTable, "Y", CmdBack}, {InTable, "esc", CmdBack}, {InTable, "#", CmdBack}, {InTable, "q", NoCommand}, {InList, "esc", CmdBack},
		{InList, "ctrl+q", CmdSuspend}, {InFilter, "ctrl+z", CmdSuspend}, {InList, "ctrl+z", NoCommand},
		{InList, "X", CmdFilterFor}, {InMenu, "X", CmdFilterFor}, {InList, "=", NoCommand}, {InList, "-", CmdFilterOut},
		{InList, "N", CmdPreviousHit},
	} {
		if got := m.Command(c.in, c.key); got != c.want {
			t.Errorf("in %d %q is %d, want %d", c.in, c.key, got, c.want)
		}
	}
	for do, want := range map[Command]string{CmdFilter: "Z", CmdDown: "n ^n ↓", CmdPreviousHit: "N", CmdQuit: "Q ^c", CmdFilterFor: "X -"} {
		if got := helpOf(m, do); got != want {
			t.Errorf("the help calls the keys of %d %q, want %q", do, got, want)
		}
	}
	if got := m.Named(CmdFilter, InList).Key; got != "Z" {
		t.Errorf("filter is named %q", got)
	}
	if got := m.Named(CmdPreviousHit, InList).Desc; got != "next, previous hit" {
		t.Errorf("without the row above it, the words are %q", got)
	}
}

// helpOf returns how the help names the keys of the first row of a command in the panes.
func helpOf(m *Keymap, do Command) string {
	for _, row := range m.Rows {
		if row.Do == do && row.In&InPanes != 0 {
			return row.Binding.Help().Key
		}
	}
	return ""
}

func TestChoicesThatCannotBeObeyedSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		remap Remap
		want  string // the name, the key and the message
	}{
		{Remap{"filter": {"f"}}, `filter f "f" is already the key of failed-only: choose another one, or another one for failed-only`},
		{Remap{"filter": {"Z"}, "copy": {"Z"}}, `copy Z "Z" is already the key of filter: choose another one, or another one for filter`},
		{Remap{"filter": {"1"}}, `filter 1 "1" is already the key of "section by number"`},
		{Remap{"filter": {"esc"}}, `filter esc "esc" has a fixed meaning: choose another key`},
		{Remap{"filter": {"ctrl+c"}}, `filter ctrl+c "ctrl+c" has a fixed meaning`},
		{Remap{"filter": {"ctrl+i"}}, `filter ctrl+i "ctrl+i" arrives as tab: choose another key`},
		{Remap{"filter": {"ctrl+m"}}, `"ctrl+m" arrives as enter`},
		{Remap{"filter": {"ctrl+F"}}, `"ctrl+F" arrives as a small letter: write "ctrl+f"`},
		{Remap{"filter": {"Ctrl+x"}}, `write "ctrl+x"`},
		{Remap{"filter": {"^x"}}, `write "ctrl+x"`},
		{Remap{"filter": {"C-x"}}, `write "ctrl+x"`},
		{Remap{"filter": {"shift+a"}}, `"shift+a" arrives as a capital letter: write "A"`},
		{Remap{"filter": {"F5"}}, `write "f5"`},
		{Remap{"filter": {"PageUp"}}, `write "pgup"`},
		{Remap{"filter": {" "}}, `write "space"`},
		{Remap{"filter": {"alt+["}}, `"alt+[" begins what a terminal itself sends: choose another key`},
		{Remap{"filter": {"ctrl+1"}}, `"ctrl+1" does not arrive in most terminals: choose another key`},
		{Remap{"filter": {"ctrl+alt+x"}}, `does not arrive in most terminals`},
		{Remap{"filter": {"super+x"}}, `"super+x" is not the name of a key: write one character`},
		{Remap{"filter": {"gg"}}, `"gg" is not the name of a key: write one character`},
		{Remap{"filter": {"\u202e"}}, `cannot be pressed`},
		{Remap{"filter": {"\x01"}}, `cannot be pressed`},
		{Remap{"filter": {""}}, `a key is empty`},
	} {
		var got []string
		for _, f := range NewKeymap().Check(c.remap) {
			got = append(got, f.Name+" "+f.Key+" "+f.Msg)
		}
		if len(got) != 1 || !strings.Contains(got[0], c.want) {
			t.Errorf("Check(%q) = %q, want %q", c.remap, got, c.want)
		}
	}
	for _, fine := range []Remap{nil, {"filter": {"f"}, "failed-only": {"/"}}, {"filter": nil}, {"filter": {"alt+f", "é", "f5", "ctrl+left", "\\"}, "in-context": {"Z"}}, {"back": {"esc"}}} {
		if faults := NewKeymap().Check(fine); faults != nil {
			t.Errorf("Check(%q) = %v", fine, faults)
		}
	}
}

// Whatever is chosen, every place can be left.
func TestEveryPlaceCanBeLeftWithoutAnyOtherKey(t *testing.T) {
	none := Remap{}
	for _, named := range NewKeymap().Names() {
		none[named.Name] = nil
	}
	m := NewKeymap().Remapped(none)
	for _, s := range scopes() {
		if c := m.Command(s, "esc"); m.Command(s, "ctrl+c") != CmdQuit || c != CmdBack && c != CmdRestore {
			t.Errorf("scope %d: esc is %d, ctrl+c is %d", s, c, m.Command(s, "ctrl+c"))
		}
	}
	if m.Command(InList, "down") != CmdDown || m.Command(InList, "enter") != CmdEnter || m.Command(InList, "j") != NoCommand {
		t.Error("moving in the list")
	}
}

func TestMessagesNameTheChosenKey(t *testing.T) {
	disp := Display{}
	if got := disp.Key(CmdMark).String(); got != "m" {
		t.Errorf("mark is %q", got)
	}
	if got := disp.Key(CmdMouse).String(); got != "F2" {
		t.Errorf("mouse is %q", got)
	}
	disp.Keys = NewKeymap().Remapped(Remap{"mark": {"ctrl+x"}, "mouse": nil})
	if got := disp.Key(CmdMark).String(); got != "^x" {
		t.Errorf("the chosen key of mark is %q", got)
	}
	if got := disp.Key(CmdMouse).String(); got != ":mouse" {
		t.Errorf("without a key mouse is %q", got)
	}
}

// The names are in the configurations of people: one that changes breaks them.
func TestTheNamesOfCommandsStay(t *testing.T) {
	var got []string
	for _, named := range NewKeymap().Names() {
		got = append(got, named.Name)
	}
	want := strings.Fields(`help filter failed-only hide-reads keep-value hide-value by-actor by-address around in-context undo redo view-back view-forward
		remove-condition switch-condition previous-condition next-condition edit-condition search next-hit previous-hit next-failure
		previous-failure go-to-time minute-back minute-forward hour-back hour-forward day-back day-forward mark note next-mark parameters
		changes compare profile copy export problems sources commands follow zoom detail-place zone relative-times save-view views redact
		mouse suspend quit down up half-page-down half-page-up page-down page-up first last left right columns sort error-lines wrap toggle
		next-section previous-section show-unchanged extend-left extend-right closer wider-time back forms count-section shift-up shift-down
		narrower wider add-column reset-columns`)
	missing := slices.DeleteFunc(slices.Clone(want), func(name string) bool { return slices.Contains(got, name) })
	if len(missing) > 0 {
		t.Errorf("no command is called %q any more; there are %s", missing, cmp.Diff(want, got))
	}
}
