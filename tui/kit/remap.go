package kit

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"

	"pawprint/tui/termsafe"
)

// Remap has the keys that the user chose, by the names of commands. A command that is not in it keeps its keys; no key at all takes them
// away. Some keys stay whatever it says; see fixedKeys. It does not change the keys that edit a text.
type Remap map[string][]string

// commandNames are the names of commands in the user's configuration. They never change, because that would break it. Keys that the App
// adds are named by their words in the help.
var commandNames = [NumCommands]string{
	CmdUp: "up", CmdDown: "down", CmdHalfUp: "half-page-up", CmdHalfDown: "half-page-down", CmdPageUp: "page-up", CmdPageDown: "page-down",
	CmdTop: "first", CmdBottom: "last", CmdLeft: "left", CmdRight: "right", CmdExtendLeft: "extend-left", CmdExtendRight: "extend-right",
	CmdCloser: "closer", CmdWiderTime: "wider-time", CmdEnter: "open", CmdToggle: "toggle", CmdBack: "back", CmdNextPane: "next-pane",
	CmdPreviousPane: "previous-pane", CmdZoom: "zoom", CmdFilter: "filter", CmdFailedOnly: "failed-only", CmdFollow: "follow",
	CmdNextFailure: "next-failure", CmdPreviousFailure: "previous-failure", CmdZone: "zone", CmdRelative: "relative-times", CmdHelp: "help",
	CmdQuit: "quit", CmdSuspend: "suspend", CmdHideReads: "hide-reads", CmdFilterFor: "keep-value", CmdFilterOut: "hide-value",
	CmdByActor: "by-actor", CmdByAddress: "by-address", CmdAround: "around", CmdInContext: "in-context", CmdUndo: "undo", CmdRedo: "redo",
	CmdBackView: "view-back", CmdForwardView: "view-forward", CmdDropChip: "remove-condition", CmdSwitchChip: "switch-condition",
	CmdPreviousChip: "previous-condition", CmdNextChip: "next-condition", CmdEditChip: "edit-condition", CmdFind: "search",
	CmdNextHit: "next-hit", CmdPreviousHit: "previous-hit", CmdGoToTime: "go-to-time", CmdMinuteBack: "minute-back",
	CmdMinuteForward: "minute-forward", CmdHourBack: "hour-back", CmdHourForward: "hour-forward", CmdDayBack: "day-back",
	CmdDayForward: "day-forward", CmdColumns: "columns", CmdSort: "sort", CmdErrorLines: "error-lines", CmdWrap: "wrap", CmdMark: "mark",
	CmdNote: "note", CmdNextMark: "next-mark", CmdPreviousMark: "previous-mark", CmdVerdict: "verdict", CmdDetailPlace: "detail-place", CmdMouse: "mouse", CmdAdd: "add-column", CmdShiftUp: "shift-up",
	CmdShiftDown: "shift-down", CmdNarrower: "narrower", CmdWider: "wider", CmdReset: "reset-columns", CmdParams: "parameters",
	CmdChanges: "changes", CmdCompare: "compare", CmdShowAlike: "show-unchanged", CmdNextSection: "next-section",
	CmdPreviousSection: "previous-section", CmdRedact: "redact", CmdSaveView: "save-view", CmdViews: "views", CmdProblems: "problems",
	CmdSources: "sources", CmdPalette: "commands", CmdCopy: "copy", CmdExport: "export", CmdProfile: "profile", CmdCount: "count-section",
	CmdForms: "forms",
}

// name is the name of the command of a row in a configuration; empty if its keys cannot be chosen.
func (r *keyRow) name() string {
	switch {
	case r.In&^inTyping == 0:
		return ""
	case r.Do < NumCommands:
		return commandNames[r.Do]
	}
	return strings.ReplaceAll(r.Binding.Help().Desc, " ", "-")
}

// fixedKeys keep what they do: without them a user who chose badly could not leave, or not move.
var fixedKeys = []string{"esc", "enter", "tab", "shift+tab", "up", "down", "left", "right", "ctrl+c"}

// Remapped returns the keys with those that the user chose. In each place they replace the usual keys of the command; what else does it
// there stays. Check finds the choices that cannot be obeyed; here the later row wins.
func (m *Keymap) Remapped(r Remap) *Keymap {
	swaps := map[string]swap{}
	for _, named := range m.Names() {
		if chosen, ok := r[named.Name]; ok && !slices.Equal(chosen, named.Keys) {
			swaps[named.Name] = swap{named.Keys, chosen}
		}
	}
	if len(swaps) == 0 {
		return m
	}
	var out []keyRow
	for i := 0; i < len(m.Rows); {
		n := i + 1 // the rows from i to n share the words of the help
		for n < len(m.Rows) && m.Rows[n].Binding.Help().Key == "" {
			n++
		}
		out = append(out, remapGroup(m.Rows[i:n], swaps)...)
		i = n
	}
	return newKeymap(out)
}

// swap replaces the usual keys of a command by chosen ones.
type swap struct{ usual, chosen []string }

// in returns the keys of a row after the swap, and whether they changed.
func (s swap) in(keys []string) (out []string, changed bool) {
	out = slices.Clone(s.chosen)
	for _, k := range keys {
		switch {
		case slices.Contains(s.usual, k):
			changed = true
		case !slices.Contains(out, k):
			out = append(out, k)
		}
	}
	return out, changed
}

// remapGroup returns rows that share their words, with other keys. Rows without a key are left out.
func remapGroup(group []keyRow, swaps map[string]swap) []keyRow {
	var out []keyRow
	changed := false
	for _, row := range group {
		keys, other := swaps[row.name()].in(row.Binding.Keys())
		if !other {
			out = append(out, row)
			continue
		}
		changed = true
		if typing := row.In & inTyping; typing != 0 {
			out = append(out, keyRow{row.Do, typing, row.Binding})
			row.In &^= typing
		}
		if len(keys) > 0 {
			out = append(out, keyRow{row.Do, row.In, Bind("", "", keys...)})
		}
	}
	if !changed || len(out) == 0 {
		return out
	}
	return renamed(out, group[0].Binding.Help().Desc)
}

// renamed returns rows that share their words, with how the help names their keys: the first one of each, or all of a single row.
func renamed(rows []keyRow, does string) []keyRow {
	var labels []string
	for _, row := range rows {
		for _, k := range row.Binding.Keys() {
			if label := labelOf(k); !slices.Contains(labels, label) {
				labels = append(labels, label)
			}
			if len(rows) > 1 {
				break
			}
		}
	}
	for i := range rows {
		help, words := "", ""
		if i == 0 {
			help, words = strings.Join(labels, " "), does
		}
		rows[i].Binding = Bind(help, words, rows[i].Binding.Keys()...)
	}
	return rows
}

// labelOf returns a key as the help writes it.
func labelOf(k string) string {
	if len(k) > 1 && k[0] == 'f' && k[1] <= '9' {
		return strings.ToUpper(k)
	}
	return shortKeys.Replace(k)
}

// NamedKeys are a command that the user may choose keys for, and its usual keys: those of the first place, without what stays.
type NamedKeys struct {
	Name, Does string
	Keys       []string
}

// Names lists the commands that the user may choose keys for, in the order of the table.
func (m *Keymap) Names() []NamedKeys {
	var out []NamedKeys
	known := map[string]bool{}
	words := ""
	for _, row := range m.Rows {
		if does := row.Binding.Help().Desc; does != "" {
			words = does
		}
		own := slices.DeleteFunc(slices.Clone(row.Binding.Keys()), func(k string) bool { return slices.Contains(fixedKeys, k) })
		if name := row.name(); name != "" && len(own) > 0 && !known[name] {
			known[name] = true
			out = append(out, NamedKeys{name, words, own})
		}
	}
	return out
}

// KeyFault is a choice that cannot be obeyed, and what to do about it.
type KeyFault struct{ Name, Key, Msg string }

// Check returns the choices that cannot be obeyed: keys that cannot be pressed, that stay, or that would do two things. The names of
// commands are known.
func (m *Keymap) Check(r Remap) []KeyFault {
	var out []KeyFault
	for _, named := range m.Names() {
		for _, k := range r[named.Name] {
			if msg := pressable(k); msg != "" {
				out = append(out, KeyFault{named.Name, k, msg})
			} else if slices.Contains(fixedKeys, k) && !m.has(named.Name, k) {
				out = append(out, KeyFault{named.Name, k, fmt.Sprintf("%q has a fixed meaning: choose another key", k)})
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	return m.Remapped(r).conflicts(r)
}

// has reports whether a command has a key.
func (m *Keymap) has(name, k string) bool {
	return slices.ContainsFunc(m.Rows, func(row keyRow) bool { return row.name() == name && slices.Contains(row.Binding.Keys(), k) })
}

// conflicts returns the keys that would do two things in one place. Each is blamed on a command that the user chose it for.
func (m *Keymap) conflicts(r Remap) []KeyFault {
	var out []KeyFault
	blamed := map[KeyFault]bool{}
	for _, s := range scopes() {
		first := map[string]*keyRow{}
		for i := range m.Rows {
			row := &m.Rows[i]
			if row.In&s == 0 {
				continue
			}
			for _, k := range row.Binding.Keys() {
				before := first[k]
				first[k] = row
				if before == nil || before.Do == row.Do {
					continue
				}
				chosen, other := row, before
				if !slices.Contains(r[chosen.name()], k) {
					chosen, other = before, row
				}
				f := KeyFault{chosen.name(), k, fmt.Sprintf("%q is already the key of %s: choose another one, or another one for %s", k, m.called(other), m.called(other))}
				if !blamed[f] {
					blamed[f], out = true, append(out, f)
				}
			}
		}
	}
	return out
}

// called names the command of a row for an error.
func (m *Keymap) called(row *keyRow) string {
	if name := row.name(); name != "" {
		return name
	}
	return fmt.Sprintf("%q", m.Named(row.Do, row.In).Desc)
}

// namedKeys are keys with a name, and how people write them otherwise.
var namedKeys = map[string]string{
	"esc": "esc", "escape": "esc", "enter": "enter", "return": "enter", "cr": "enter", "tab": "tab", "space": "space", " ": "space", "spacebar": "space",
	"backspace": "backspace", "bs": "backspace", "delete": "delete", "del": "delete", "insert": "insert", "ins": "insert", "home": "home", "end": "end",
	"pgup": "pgup", "pageup": "pgup", "page up": "pgup", "pgdown": "pgdown", "pgdn": "pgdown", "pagedown": "pgdown", "page down": "pgdown",
	"up": "up", "down": "down", "left": "left", "right": "right",
	"f1": "f1", "f2": "f2", "f3": "f3", "f4": "f4", "f5": "f5", "f6": "f6", "f7": "f7", "f8": "f8", "f9": "f9", "f10": "f10", "f11": "f11", "f12": "f12",
}

// pressable returns why a key cannot be pressed in a terminal, or how to write it; empty if it is fine.
func pressable(k string) string {
	const another = ": choose another key"
	mods, base := "", k
	for _, mod := range []string{"ctrl+", "alt+", "shift+"} {
		if rest, ok := strings.CutPrefix(base, mod); ok && rest != "" {
			mods, base = mods+mod, rest
		}
	}
	_, width := utf8.DecodeRuneInString(base)
	switch {
	case k == "":
		return "a key is empty" + another
	case width < len(base):
		return pressableName(k, mods, base)
	case mods == "":
		return pressableRune(k)
	case mods == "ctrl+" && (base == "i" || base == "m" || base == "["):
		return fmt.Sprintf("%q arrives as %s"+another, k, map[string]string{"i": "tab", "m": "enter", "[": "esc"}[base])
	case mods == "ctrl+" && len(base) == 1 && 'a' <= base[0] && base[0] <= 'z':
		return ""
	case mods == "ctrl+" && len(base) == 1 && 'A' <= base[0] && base[0] <= 'Z':
		return fmt.Sprintf("%q arrives as a small letter: write %q", k, strings.ToLower(k))
	case mods == "alt+" && strings.Contains(`[]OPX^_\`, base):
		return fmt.Sprintf("%q begins what a terminal itself sends"+another, k)
	case mods == "alt+":
		return pressableRune(base)
	case mods == "shift+" && strings.ToUpper(base) != base:
		return fmt.Sprintf("%q arrives as a capital letter: write %q", k, strings.ToUpper(base))
	}
	return fmt.Sprintf("%q does not arrive in most terminals"+another, k)
}

// pressableName is pressable for keys with a name.
func pressableName(k, mods, base string) string {
	usual, known := namedKeys[strings.ToLower(base)]
	switch {
	case known && usual != base:
		return fmt.Sprintf("%q is not the name of a key: write %q", k, mods+usual)
	case known && (mods == "" || mods == "shift+" && base == "tab"):
		return ""
	case known && slices.Contains([]string{"up", "down", "left", "right", "home", "end", "pgup", "pgdown"}, base) && strings.Count(mods, "+") == 1:
		return ""
	case known:
		return fmt.Sprintf("%q does not arrive in most terminals: choose another key", k)
	case utf8.RuneCountInString(base) == 2 && base[0] == '^', utf8.RuneCountInString(base) == 3 && strings.EqualFold(base[:2], "c-"):
		return fmt.Sprintf("%q is not the name of a key: write %q", k, "ctrl+"+strings.ToLower(base[len(base)-1:]))
	case strings.ToLower(k) != k && pressable(strings.ToLower(k)) == "":
		return fmt.Sprintf("%q is not the name of a key: write %q", k, strings.ToLower(k))
	}
	return fmt.Sprintf("%q is not the name of a key: write one character, ctrl+x, alt+x, f5, space, home, end, pgup or pgdown", k)
}

// pressableRune is pressable for a character.
func pressableRune(k string) string {
	c, _ := utf8.DecodeRuneInString(k)
	if c == ' ' {
		return fmt.Sprintf("%q is not the name of a key: write %q", k, "space")
	}
	if c == utf8.RuneError || !unicode.IsGraphic(c) || unicode.Is(unicode.M, c) || unicode.IsSpace(c) || termsafe.Clean(k, termsafe.Options{}).String() != k {
		return fmt.Sprintf("%+q cannot be pressed: choose another key", k)
	}
	return ""
}

// standardKeys is the table without the keys that the App adds, for displays that know no other.
var standardKeys = sync.OnceValue(func() *Keymap { return NewKeymap() })

// Keyed returns a message of our own in which each {} is the key of the next command: the first one where it works, or, without a key, what
// finds it in the list of commands.
func (disp *Display) Keyed(text string, of ...Command) termsafe.Safe {
	var parts []termsafe.Safe
	for _, do := range of {
		before, after, _ := strings.Cut(text, "{}")
		parts, text = append(parts, disp.Own(before), disp.Key(do)), after
	}
	return termsafe.Concat(append(parts, disp.Own(text))...)
}

// Key returns the key of a command as Keyed writes it.
func (disp *Display) Key(do Command) termsafe.Safe {
	name := ""
	if do < NumCommands {
		name = commandNames[do]
	}
	return disp.keyOf(func(row *keyRow) bool { return row.Do == do }, name)
}

// KeyNamed is Key for a command that only the App knows, by its name in a configuration.
func (disp *Display) KeyNamed(name string) termsafe.Safe {
	return disp.keyOf(func(row *keyRow) bool { return row.name() == name }, name)
}

func (disp *Display) keyOf(is func(*keyRow) bool, name string) termsafe.Safe {
	keys := disp.Keys
	if keys == nil {
		keys = standardKeys()
	}
	for _, s := range []Scope{InPanes, ^Scope(0)} {
		for i := range keys.Rows {
			if row := &keys.Rows[i]; row.In&s != 0 && row.In&^inTyping != 0 && is(row) {
				return disp.KeyName(key.Help{Key: labelOf(row.Binding.Keys()[0])})
			}
		}
	}
	return disp.Own(":" + name)
}
