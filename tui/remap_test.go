package tui

import (
	"slices"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// strange are keys for every command that can have others: letters that mean nothing in the usual table.
func strange() kit.Remap {
	out := kit.Remap{}
	for i, named := range KeyNames() {
		out[named.Name] = []string{string(rune('Ā' + i))}
	}
	return out
}

// inStrange translates keys of the usual table.
func inStrange(keys string) string {
	remap := strange()
	var out []string
	for k := range strings.FieldsSeq(keys) {
		for _, named := range KeyNames() {
			if slices.Contains(named.Keys, k) && k != "space" {
				k = remap[named.Name][0]
				break
			}
		}
		out = append(out, k)
	}
	return strings.Join(out, " ")
}

// Every chosen key does something that shows, or says why not, and no usual key does anything.
func TestEveryChosenKeyInEveryPaneDoesSomethingOrSaysWhyNot(t *testing.T) {
	log, remap := kittest.LoadFile(t, "audit.jsonl"), strange()
	if faults := CheckKeys(remap); faults != nil {
		t.Fatal(faults)
	}
	for _, pane := range panesToPress {
		t.Run(pane.name, func(t *testing.T) { pressEveryKey(t, log, remap, inStrange(pane.keys), 80, 24) })
	}
}

func TestMessagesHintsAndHelpNameTheChosenKeys(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	remap := kit.Remap{"mark": {"$"}, "note": {"ctrl+x"}, "filter": {"f5"}, "failed-only": {"X"}, "next-mark": nil, "mouse": {"alt+m"}, "facets": {"Y"}, "undo": {"U"}, "help": {"H"}, "extend-left": {"shift+left"}}
	for _, c := range []struct{ keys, want string }{
		{"j", "F5 filter  X failed"},
		{"$", "marked; ^x adds a note"},
		{"m", ""},
		{"alt+m", "alt+m switches it on"},
		{"a", "U goes back"},
		{"H", "F5"},
		{"H f5 m a r k", "$              mark the event"},
		{": m a r k", "$"},
		{"b", ""},
		{"enter tab Y", "▾ Result"},
		{"H", "H              help"},
	} {
		d := newDriver(t, Options{Log: log, Keys: remap}, 80, 24)
		d.press("k")
		before := d.screenText()
		d.press(c.keys)
		if after := d.screenText(); c.want == "" && after != before {
			t.Errorf("%q does something:\n%s", c.keys, after)
		} else if !strings.Contains(after, c.want) {
			t.Errorf("%q does not show %q:\n%s", c.keys, c.want, after)
		}
	}
}
