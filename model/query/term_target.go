package query

import (
	"strings"
	"sync"

	"pawprint/model"
	"pawprint/model/line"
)

// targetPredicate matches the rows whose target, in the words of line.Node.Target, passes one of the tests.
func targetPredicate(t tests) predicate {
	l := &lines{event: (&targetTest{tests: t, top: newTopKey(model.FieldActionParams.String())}).match, reject: never, price: costParse}
	l.hints = targetHints(t)
	return l
}

// targetHints are the hints of the tests without what may come from joining several values.
func targetHints(ts tests) []needle {
	var out []needle
	for _, h := range ts.hints() {
		parts := strings.FieldsFunc(string(h.text), func(r rune) bool { return r == ',' || r == ' ' })
		one := hintsOf(parts, h.fold)
		if one == nil {
			return nil
		}
		out = append(out, one...)
	}
	return out
}

// targetTest decides on the target of an event.
type targetTest struct {
	tests tests
	top   topKey
	keys  sync.Map // by action: those of line.TargetKeys
}

func (t *targetTest) match(w *worker, line []byte, row int) bool {
	id := w.seg.IDs(model.ColAction).At(row)
	if w.seg.Flags()[row]&unsettled == 0 {
		if i := t.top.early(&w.walker, line); i >= 0 {
			if target, ok := w.walker.target(line, i, t.keysOf(w, id)); ok {
				return t.passes(target)
			}
		}
	}
	params, ok := w.walker.params(line)
	return ok && t.passes([]byte(params.Target(w.snap.Dictionary(model.ColAction).Text(id)).Raw()))
}

func (t *targetTest) passes(target []byte) bool {
	for i := range t.tests {
		if one := &t.tests[i]; len(target) == 0 && one.any {
			continue
		} else if one.onText(target) {
			return true
		}
	}
	return false
}

// keysOf gives the parameters that may name the target of an action.
func (t *targetTest) keysOf(w *worker, action uint32) []string {
	if keys, ok := t.keys.Load(action); ok {
		return keys.([]string)
	}
	keys := line.TargetKeys(w.snap.Dictionary(model.ColAction).Text(action))
	t.keys.Store(action, keys)
	return keys
}

// params parses the first actionParams of a line, as the only member of an object; ok is false if there is none.
func (w *walker) params(text []byte) (event *line.Node, ok bool) {
	i := w.scanner.Space(text, 0)
	if i >= len(text) || text[i] != '{' {
		return nil, false
	}
	key := model.FieldActionParams.String()
	w.members(text, i, key, func(b []byte, i int) bool {
		end, valid := w.scanner.Value(b, i)
		if !valid {
			return true
		}
		node, err := line.Parse(model.NewText(string(b[i:end])))
		if err == nil {
			node.Key = model.NewText(key)
			event, ok = &line.Node{Kind: line.ObjectKind, Nodes: []line.Node{*node}}, true
		}
		return true
	})
	return event, ok
}
