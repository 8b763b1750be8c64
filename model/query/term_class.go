package query

import "pawprint/model"

// classWords lists the classes of actions.
func classWords() []string {
	out := make([]string, model.NumClasses)
	for c := range out {
		out[c] = model.Class(c).String()
	}
	return out
}

// actionClassPredicate matches the events whose action has a class that passes one of the tests. An event without an action has
// the class of unknown ones.
func actionClassPredicate(t tests) predicate {
	var passes [model.NumClasses]bool
	for c, word := range classWords() {
		passes[c] = t.onText([]byte(word))
	}
	verb := &columnTest{column: model.ColAction, match: func(action []byte) bool { return passes[model.ClassOf(string(action))] }}
	if !passes[model.OtherClass] {
		return verb
	}
	present := &columnTest{column: model.ColAction, match: func([]byte) bool { return true }, facts: facts{any: true}}
	return anyOf(verb, allOf(complement{present}, complement{flagged{model.FlagReject}}))
}

// rejectTest matches the rejects whose reason passes a test. Its rows must be rejects.
type rejectTest struct{ match func(reason []byte) bool }

func (*rejectTest) cost() int { return costPlace }

func (r *rejectTest) narrow(w *worker, rows *model.Bitmap) error {
	return eachRow(w, rows, func(i int) bool {
		reason, _ := w.snap.WhyReject(w.seg.Base() + model.Row(i))
		return r.match([]byte(reason))
	})
}
