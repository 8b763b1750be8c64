package field

import (
	"strings"

	"pawprint/model"
)

// targetKeys lists the parameters that may name the target of an action, by a word in the action's name. All rows whose word
// occurs count, in this order, with their keys in order. If the parameters hold a state rather than a name, of is what the action
// touched: the target is "SAML: enabled".
//
// Source: the shapes of actionParams that are documented or occur in logs.
var targetKeys = []struct {
	word string
	keys []string
	of   string
}{
	{word: "USER_ROLE", keys: []string{"name", "id", "roleId"}},
	{word: "ROLE", keys: []string{"name", "id", "roleId"}},
	{word: "USER", keys: []string{"email", "id", "userId"}},
	{word: "API_TOKEN", keys: []string{"name", "id", "tokenId"}},
	{word: "DESTINATION", keys: []string{"displayName", "outputId", "id"}},
	{word: "LOG_SOURCE", keys: []string{"name", "integrationLabel", "integrationId", "logSourceId", "id"}},
	{word: "CLOUD_ACCOUNT", keys: []string{"name", "integrationLabel", "integrationId", "id"}},
	{word: "SAML", keys: []string{"enabled"}, of: "SAML"},
	{word: "GENERAL_SETTINGS", keys: []string{"displayName"}, of: "General settings"},
	{word: "QUERY", keys: []string{"sql", "name", "id", "queryId"}},
	{word: "SEARCH", keys: []string{"sql", "name", "id", "query"}},
	{word: "ALERT", keys: []string{"id", "alertId", "ids", "name"}},
	{keys: []string{"detections", "detectionId", "id", "name", "displayName", "email", "tableName", "schemaName", "integrationId", "logSourceId", "outputId", "sql"}},
}

// TargetKey is a parameter that may name the target of an action.
type TargetKey struct {
	Param string
	Of    string // what is in the state that its value names; empty if the value is a name
}

// TargetKeys returns the parameters that may name the target of an action, in the order in which they count: the target is the first one with
// a text. They match only with this case, unlike other names.
func TargetKeys(action model.Text) []TargetKey {
	var keys []TargetKey
	for _, row := range targetKeys {
		if !strings.Contains(action.Raw(), row.word) {
			continue
		}
		for _, param := range row.keys {
			keys = append(keys, TargetKey{param, row.of})
		}
	}
	return keys
}

// The words for the two values of a switch, as they stand in a target.
const (
	enabled  = "enabled"
	disabled = "disabled"
)

// MayBeWords reports whether a part of a target may come from the words that the target puts around the values of the line, in
// any case. Then the line need not hold it.
func MayBeWords(part string) bool {
	part = strings.ToLower(part)
	for _, row := range targetKeys {
		if row.of != "" && strings.Contains(strings.ToLower(row.of), part) {
			return true
		}
	}
	return strings.Contains(enabled, part) || strings.Contains(disabled, part)
}

// ThingOf returns the target of the event in a line without the state of what was touched: SAML, whether it was enabled or disabled.
func ThingOf(line, action model.Text) model.Text {
	w, keys := NewWalker(), TargetKeys(action)
	for i := range keys {
		if of := keys[i].Of; of != "" && len(w.Target([]byte(line.Raw()), keys[i:i+1])) > 0 {
			return model.NewText(of)
		}
	}
	return model.NewText(string(w.Target([]byte(line.Raw()), keys)))
}

// Target returns the target of the event in a line, valid until the next call. keys are the TargetKeys of its action.
func (w *Walker) Target(line []byte, keys []TargetKey) []byte {
	if i := w.Member(line, w.Scanner.Space(line, 0), model.FieldActionParams.String()); i >= 0 {
		return w.TargetAt(line, i, keys)
	}
	return nil
}

// TargetAt is Target for a line whose parameters begin at line[params].
func (w *Walker) TargetAt(line []byte, params int, keys []TargetKey) []byte {
	f := paramFinder{walker: w, line: line, keys: keys[:min(len(keys), maxTargetKeys)]}
	f.find(params)
	for k, i := range f.found[:len(f.keys)] {
		if i == 0 {
			continue
		}
		if text := w.label(line, i); len(text) > 0 {
			return w.stateOf(f.keys[k].Of, text)
		}
	}
	return nil
}

// stateOf returns the text of a state of something, or the text alone if of is empty.
func (w *Walker) stateOf(of string, text []byte) []byte {
	if of == "" {
		return text
	}
	w.named = append(append(w.named[:0], of...), ": "...)
	switch string(text) {
	case "true":
		return append(w.named, enabled...)
	case "false":
		return append(w.named, disabled...)
	}
	return append(w.named, text...)
}

// maxTargetKeys is more than any action has.
const maxTargetKeys = 64

// paramFinder searches for parameters at all their places.
type paramFinder struct {
	walker *Walker
	line   []byte
	keys   []TargetKey
	found  [maxTargetKeys]int // by key: the index of its value at the first place that has it; 0 for none
}

// find searches the places in their order.
func (f *paramFinder) find(params int) {
	var roots, dynamic, static [3]int // of "dynamic", "static" and "input" in each
	f.inputs(params, &roots)
	f.inputs(roots[0], &dynamic)
	f.inputs(roots[1], &static)
	for _, i := range [...]int{dynamic[2], static[2], roots[2], params} {
		f.members(i)
	}
}

// inputs finds the members "dynamic", "static" and "input" of the object at line[i]; 0 for none.
func (f *paramFinder) inputs(i int, at *[3]int) {
	f.each(i, func(key []byte, i int) {
		for k, name := range [...]string{"dynamic", "static", "input"} {
			if at[k] == 0 && string(key) == name {
				at[k] = i
			}
		}
	})
}

// members notes parameters among the members of the object at line[i], unless an earlier place has them.
func (f *paramFinder) members(i int) {
	f.each(i, func(key []byte, i int) {
		for k := range f.keys {
			if f.found[k] == 0 && string(key) == f.keys[k].Param {
				f.found[k] = i
			}
		}
	})
}

// each calls visit for the members of the object at line[i]; none if i is 0.
func (f *paramFinder) each(i int, visit func(key []byte, i int)) {
	if i == 0 || f.line[i] != '{' {
		return
	}
	f.walker.Members(f.line, i, func(key []byte, i int) (int, bool, bool) {
		visit(key, i)
		end, ok := f.walker.Scanner.Value(f.line, i)
		return end, false, ok
	})
}

// label turns the value at b[i] into one text: the ids in a list, the id of an object, or the value itself; empty for null.
func (w *Walker) label(b []byte, i int) []byte {
	if b[i] == '"' {
		end, info, ok := w.Scanner.String(b, i+1)
		if !ok {
			return nil
		}
		return w.Decode(b[i+1:end], info)
	}
	w.joined = w.joined[:0]
	w.appendLabel(b, i)
	return w.joined
}

// appendLabel appends the label of the value at b[i] to joined. It reads each byte once, at any depth.
func (w *Walker) appendLabel(b []byte, i int) (end int, found, ok bool) {
	switch {
	case i >= len(b):
		return i, false, false
	case b[i] == '{':
		return w.appendID(b, i)
	case b[i] == '[':
		start := len(w.joined)
		return w.Elements(b, i, func(i int) (int, bool, bool) {
			mark := len(w.joined)
			if mark > start {
				w.joined = append(w.joined, ", "...)
			}
			text := len(w.joined)
			end, _, ok := w.appendLabel(b, i)
			if len(w.joined) == text {
				w.joined = w.joined[:mark]
			}
			return end, false, ok
		})
	}
	end, ok = w.Scanner.Value(b, i)
	if ok && b[i] != 'n' {
		w.joined = append(w.joined, w.Text(b[i:end])...)
	}
	return end, false, ok
}

// appendID appends the label of the id of the object at b[i], or of its name if it has no id.
func (w *Walker) appendID(b []byte, i int) (end int, found, ok bool) {
	start := len(w.joined)
	hasID, hasName := false, false
	return w.Members(b, i, func(key []byte, i int) (int, bool, bool) {
		switch {
		case !hasID && string(key) == "id":
			hasID, w.joined = true, w.joined[:start]
			return w.appendLabel(b, i)
		case !hasID && !hasName && string(key) == "name":
			hasName = true
			return w.appendLabel(b, i)
		}
		end, ok := w.Scanner.Value(b, i)
		return end, false, ok
	})
}
