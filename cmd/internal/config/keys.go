package config

import (
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"pawprint/model/near"
)

// keysTable is the name of the table of keys.
const keysTable = "keys"

// keysDoc is the documentation of the table.
const keysDoc = `The keys of the interface's commands: one, several, or none ([]). A key is one character, ctrl+x, alt+x, f5, space, home, end,
pgup, pgdown, insert, delete or backspace. esc, enter, tab, the arrows and ctrl+c cannot be changed, nor can the keys that edit a text.`

// assignKeys reads a name that begins with that of the table of keys.
func (r *reader) assignKeys(of name, value *unstable.Node) {
	switch {
	case len(of.parts) == 1 && value.Kind == unstable.InlineTable:
		if !r.first(of) {
			return
		}
		for it := value.Children(); it.Next(); {
			one := r.nameOf(it.Node())
			one.parts = slices.Concat(of.parts, one.parts)
			r.assignKey(one, it.Node().Value())
		}
	case len(of.parts) == 1:
		r.add(r.offset(value, of), "%s is a table, not %s: write [%s], and name = \"key\" below it", of, r.shown(value), of)
	case len(r.section) > 0:
		r.assignKey(of, value)
	default:
		if line, closed := r.set[keysTable]; closed {
			r.add(of.at, "%s is set in line %d: move this line below it", keysTable, line)
			return
		}
		if _, ok := r.dotted[keysTable]; !ok {
			r.dotted[keysTable] = r.line(of.at)
		}
		r.assignKey(of, value)
	}
}

// assignKey reads the keys of a command.
func (r *reader) assignKey(of name, value *unstable.Node) {
	command := strings.Join(of.parts[1:], ".")
	var names []string
	for _, c := range r.rules.Commands {
		names = append(names, c.Name)
	}
	if !slices.Contains(names, command) {
		if like := near.Word(command, names); like != "" {
			r.add(of.at, "%s is not a command; did you mean %s?", command, like)
		} else {
			r.add(of.at, "%s is not a command: remove it; pawprint config lists all", command)
		}
		return
	}
	if !r.first(of) {
		return
	}
	s := setting{name: command, example: `"X"`, empty: true}
	note := func(n *unstable.Node) {
		if at := (KeyFault{Name: command, Key: string(n.Data)}); n.Kind == unstable.String {
			r.keyAt[at] = r.offset(n, of)
		}
	}
	note(value)
	if value.Kind == unstable.Array {
		for it := value.Children(); it.Next(); {
			note(it.Node())
		}
	}
	if r.conf.Keys == nil {
		r.conf.Keys = map[string][]string{}
	}
	r.conf.Keys[command] = append([]string{}, r.texts(&s, name{[]string{command}, of.at}, value)...) // none is a choice, too
}

// checkKeys notes the keys that cannot be used as chosen.
func (r *reader) checkKeys() {
	if r.rules.Keys == nil || r.conf.Keys == nil {
		return
	}
	for _, f := range r.rules.Keys(r.conf.Keys) {
		r.add(r.keyAt[KeyFault{Name: f.Name, Key: f.Key}], "%s: %s", f.Name, f.Msg)
	}
}
