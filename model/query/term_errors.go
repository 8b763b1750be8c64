package query

import (
	"pawprint/model"
)

// counts reports whether a term on the list of errors asks for their number.
func (e attribute) counts() bool {
	if e.op > opEqual {
		return true
	}
	for _, v := range e.values {
		if _, ok := wholeNumber(v.text); !ok || v.kind != literal {
			return false
		}
	}
	return true
}

// planCount compares the number of errors.
func planCount(e attribute) (plan, *fault) {
	spans, fault := numberSpans(e)
	if fault != nil {
		return nil, fault
	}
	counted := func(w *worker, line []byte, _ int) bool {
		n := int64(0)
		w.walker.errors(line, func([]byte) bool { n++; return false })
		return within(spans, n)
	}
	return func(*Env) predicate {
		some := allOf(flagged{model.FlagErrors}, &lines{event: counted, reject: never, price: costParse})
		if within(spans, 0) {
			return anyOf(some, none{flagged{model.FlagErrors | model.FlagReject}})
		}
		return some
	}, nil
}

// messagePredicate matches the rows with an error whose message passes one of the tests.
func messagePredicate(t tests) predicate {
	l := &lines{hints: t.hints(), reject: never, price: costLines, event: func(w *worker, line []byte, _ int) bool {
		return w.walker.errors(line, t.onText)
	}}
	return allOf(flagged{model.FlagErrors}, l)
}

// errors calls visit for the message of each error of an event until it reports true. An entry that breaks the schema
// counts as its own message, as it is written.
func (w *walker) errors(line []byte, visit func(message []byte) bool) bool {
	return w.at(line, model.FieldErrors.String(), func(b []byte, i int) bool {
		if i < len(b) && b[i] == '[' {
			_, found, _ := w.elements(b, i, func(i int) (int, bool, bool) {
				end, ok := w.scanner.Value(b, i)
				return end, ok && visit(w.message(b, i, end)), ok
			})
			return found
		}
		end, ok := w.scanner.Value(b, i)
		return ok && b[i] != 'n' && visit(w.message(b, i, end))
	})
}

// message gives the message of the error at b[i:end].
func (w *walker) message(b []byte, i, end int) []byte {
	start := i
	if b[i] == '{' {
		w.members(b, i, "message", func(_ []byte, k int) bool {
			if start == i && k < len(b) && b[k] == '"' {
				start = k
			}
			return start != i
		})
	}
	if b[start] != '"' {
		return b[i:end]
	}
	close, info, ok := w.scanner.String(b, start+1)
	if !ok {
		return b[i:end]
	}
	return w.decode(b[start+1:close], info)
}
