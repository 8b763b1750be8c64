package engine

import (
	"fmt"
	"time"

	"pawprint/model/condition"
)

// none reports whether it is known without asking that an engine has no rows of the window. The window is one of the engine's times and the
// condition one of the lines' own: where these may differ, they say nothing about each other.
func (w Window) none(at Engine) bool {
	is := w.Is
	switch {
	case at.Margin() > 0:
	case w.Both:
		is = condition.And(condition.Or(condition.Time{From: w.From, To: w.To}, condition.Untimed{}), is)
	case w.Unclear:
		is = condition.Timeless(is)
	default:
		is = condition.Within(is, w.From, w.To)
	}
	return is == condition.Condition(condition.Const(false))
}

// words describes the window in an error or in the progress.
func (w Window) words() string {
	switch {
	case w.Both:
		return "the rows that the database cannot decide on"
	case w.Unclear:
		return "rows without a clear time"
	}
	return fmt.Sprintf("%s to %s", moment(w.From), moment(w.To))
}

// name is the window as a part of the name of its source.
func (w Window) name() string {
	switch {
	case w.Both:
		return "undecided"
	case w.Unclear:
		return "unclear"
	}
	return moment(w.From) + "/" + moment(w.To)
}

// key orders windows by time, those without a clear time last.
func (w Window) key() string {
	if w.Unclear {
		return "~"
	}
	return fmt.Sprintf("%016x", uint64(w.From)^1<<63) // so that times before 1970 come first
}

// moment writes a time as in a log, in UTC.
func moment(nanos int64) string {
	return time.Unix(0, nanos).UTC().Format(time.RFC3339Nano)
}
