package query

import (
	"slices"
	"strings"
	"sync"

	"pawprint/model"
	"pawprint/model/field"
)

// targetPredicate matches the rows whose target passes one of the tests.
func targetPredicate(t tests) predicate {
	l := &lines{event: (&targetTest{tests: t, top: newTopKey(model.FieldActionParams.String())}).match, reject: never, price: costParse}
	l.hints = targetHints(t)
	return l
}

// targetHints are the hints of the tests, without what may come from joining several values, and without the words that the target puts
// around a value.
func targetHints(ts tests) []needle {
	var out []needle
	for _, h := range ts.hints() {
		parts := strings.FieldsFunc(string(h.text), func(r rune) bool { return r == ',' || r == ' ' || r == ':' })
		parts = slices.DeleteFunc(parts, field.MayBeWords)
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
	keys  sync.Map // field.TargetKeys, by action
}

func (t *targetTest) match(w *worker, line []byte, row int) bool {
	keys := t.keysOf(w, w.seg.IDs(model.ColAction).At(row))
	if w.seg.Flags()[row]&ambiguousFlags == 0 {
		if i := t.top.early(&w.walker, line); i >= 0 {
			return t.passes(w.walker.TargetAt(line, i, keys))
		}
	}
	return t.passes(w.walker.Target(line, keys))
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

// keysOf returns the parameters that may name the target of an action.
func (t *targetTest) keysOf(w *worker, action uint32) []field.TargetKey {
	if keys, ok := t.keys.Load(action); ok {
		return keys.([]field.TargetKey)
	}
	keys := field.TargetKeys(w.snap.Dictionary(model.ColAction).Text(action))
	t.keys.Store(action, keys)
	return keys
}
