package tui

import (
	"slices"

	"pawprint/model"
	"pawprint/tui/kit"
)

// view is a filter, an order and a cursor: enough to return to what was shown.
type view struct {
	filter kit.FilterText
	by     kit.Sorting
	cursor model.Row
	held   bool // there is a cursor to return to
}

// history keeps the views before and after the current one, for undo and redo.
type history struct {
	past, future []view
	context      *view // the view that was left for the view in context; nil if that is not shown
	typed        view  // when typing of the filter began
	session      keeper
}

// maxViews limits the number of kept views.
const maxViews = 200

// push stores a view that is about to be left.
func (h *history) push(v view) {
	if len(h.past) == maxViews {
		h.past = append(h.past[:0], h.past[1:]...)
	}
	h.past, h.future = append(h.past, v), nil
}

// keepTyped stores the view from before typing if the filter is now another one.
func (h *history) keepTyped(now kit.FilterText) {
	if h.typed.filter != now {
		h.push(h.typed)
		h.context = nil
	}
}

// travel goes one view back or forward from now; ok is false if there is none.
func (h *history) travel(forward bool, now view) (v view, ok bool) {
	from, to := &h.past, &h.future
	if forward {
		from, to = to, from
	}
	last := len(*from) - 1
	if last < 0 {
		return v, false
	}
	v = (*from)[last]
	*from, *to, h.context = (*from)[:last], append(*to, now), nil
	return v, true
}

// leaveContext returns the view that was left for the view in context, now; ok is false if that is not shown.
func (h *history) leaveContext(now view) (v view, ok bool) {
	if h.context == nil {
		return v, false
	}
	v = *h.context
	h.push(now)
	h.context = nil
	return v, true
}

// asked returns the filters that were looked at, as queries: each once, in the order in which they were left, now last.
func asked(past []view, now kit.FilterText) (queries []string) {
	texts := make([]kit.FilterText, 0, len(past)+1)
	for i := range past {
		texts = append(texts, past[i].filter)
	}
	for _, t := range append(texts, now) {
		f, err := t.Parse()
		if err != nil || t.Empty() {
			continue
		}
		if text := f.Expr.String(); text != "" && !slices.Contains(queries, text) {
			queries = append(queries, text)
		}
	}
	return queries
}
