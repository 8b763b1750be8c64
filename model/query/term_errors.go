package query

import (
	"pawprint/model"
)

// counts reports whether a term about errors compares their number.
func (e attribute) counts() bool {
	if e.op.compares() {
		return true
	}
	if e.op == opContains {
		return false
	}
	for _, v := range e.values {
		if _, ok := wholeValue(v.text); !ok || v.kind != literal {
			return false
		}
	}
	return true
}

// planCount compares the number of errors.
func planCount(e attribute) (plan, *fault) {
	intervals, fault := numberIntervals(e)
	if fault != nil {
		return nil, fault
	}
	counted := func(w *worker, line []byte, _ int) bool {
		n := int64(0)
		w.walker.Messages(line, func([]byte) bool { n++; return false })
		return within(intervals, n)
	}
	return func(*Env) predicate {
		some := allOf(flagged{model.FlagErrors}, &lines{event: counted, reject: never, price: costParse})
		if within(intervals, 0) {
			return anyOf(some, complement{flagged{model.FlagErrors | model.FlagReject}})
		}
		return some
	}, nil
}

// messagePredicate matches the rows with an error whose message passes one of the tests.
func messagePredicate(t tests) predicate {
	l := &lines{hints: t.hints(), reject: never, price: costLines, event: func(w *worker, line []byte, _ int) bool {
		return w.walker.Messages(line, func(raw []byte) bool { return t.onText(w.walker.Text(raw)) })
	}}
	return allOf(flagged{model.FlagErrors}, l)
}
