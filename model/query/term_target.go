package query

import (
	"strings"

	"pawprint/model"
)

// targetPredicate matches the rows whose target, in the words of model.Node.Target, passes one of the tests.
func targetPredicate(t tests) predicate {
	l := &lines{event: (&targetTest{t}).match, reject: never, price: costParse}
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
type targetTest struct{ tests tests }

func (t *targetTest) match(w *worker, line []byte, row int) bool {
	params, ok := w.walker.params(line)
	if !ok {
		return false
	}
	id := w.seg.IDs(model.ColAction).At(row)
	target := params.Target(w.snap.Dictionary(model.ColAction).Text(id))
	for i := range t.tests {
		if one := &t.tests[i]; target.Empty() && one.any {
			continue
		} else if one.onText([]byte(target.Raw())) {
			return true
		}
	}
	return false
}

// params parses the first actionParams of a line, as the only member of an object; ok is false if there is none.
func (w *walker) params(line []byte) (event *model.Node, ok bool) {
	i := w.scanner.Space(line, 0)
	if i >= len(line) || line[i] != '{' {
		return nil, false
	}
	key := model.FieldActionParams.String()
	w.members(line, i, key, func(b []byte, i int) bool {
		end, valid := w.scanner.Value(b, i)
		if !valid {
			return true
		}
		node, err := model.ParseLine(model.NewText(string(b[i:end])))
		if err == nil {
			node.Key = model.NewText(key)
			event, ok = &model.Node{Kind: model.ObjectKind, Nodes: []model.Node{*node}}, true
		}
		return true
	})
	return event, ok
}
