// Package engine reads audit logs that lie in a database: the newest rows first, in windows of time, a few at a time. An Engine
// knows how to ask its database; this package decides which windows to ask for, retries what may be retried, and turns answers into rows.
//
// It never sends anything by itself, and never passes off a partial answer as a whole one: a window that cannot be read whole becomes a
// broken source.
package engine

import (
	"context"
	"io"
	"math"
	"time"

	"pawprint/model/condition"
)

// Engine asks one table of a database, or objects that take its place. Its methods may be called from any goroutine. When the context ends,
// they return its error, and the query no longer runs at the database. An error of one of this package's kinds is an *Error.
type Engine interface {
	// Bounds returns the earliest and the latest clear time in a span, whatever the condition on the rows; ok is false if there is none.
	Bounds(ctx context.Context, of Span) (oldest, newest int64, ok bool, err error)
	// Lines returns the lines of a window, each ended by a newline; if their number is limited, the oldest first. They end with io.EOF
	// only if the answer came whole.
	Lines(ctx context.Context, w Window) (io.ReadCloser, error)
	// Margin is how far the engine's time of a row may be from the time in its line: windows are wider than the requested span by this.
	Margin() time.Duration
	// Close ends the connections.
	Close()
}

// Knowing is an Engine that can also list the values in its rows, and read windows of Both.
type Knowing interface {
	Engine
	// Values lists the distinct strings at a path in the rows of a span and in those without a clear time. ok is false if there are more
	// than most of them, or more than mostBytes bytes.
	Values(ctx context.Context, of Span, path []string, most, mostBytes int) (values []string, ok bool, err error)
}

// Counting is an Engine that can count its rows without sending them.
type Counting interface {
	Knowing
	// Count counts the rows of a span, and those without a clear time, for which a condition is true.
	Count(ctx context.Context, of Span, is condition.Condition) (int64, error)
	// Groups counts the rows of a span for which a condition is true. These must have a clear time, and a string or nothing at each path.
	// ok is false if there are too many groups.
	Groups(ctx context.Context, of Span, is condition.Condition, by Grouping) (groups []Group, ok bool, err error)
}

// Sparing returns an engine that counts through another one, but does not ask it if the condition alone rules out all rows.
func Sparing(at Counting) Counting { return sparing{at} }

type sparing struct{ Counting }

// Count implements Counting.
func (s sparing) Count(ctx context.Context, of Span, is condition.Condition) (int64, error) {
	if (Window{Span: of, Both: true, Is: is}).none(s) {
		return 0, nil
	}
	return s.Counting.Count(ctx, of, is)
}

// Groups implements Counting.
func (s sparing) Groups(ctx context.Context, of Span, is condition.Condition, by Grouping) (groups []Group, ok bool, err error) {
	if (Window{Span: of, Both: true, Is: is}).none(s) {
		return nil, true, nil
	}
	return s.Counting.Groups(ctx, of, is, by)
}

// Paid is an Engine whose queries cost money.
type Paid interface {
	Engine
	// Cost says what the queries have cost so far; empty if nothing.
	Cost() string
}

// Span is a span of time in Unix nanoseconds, from From to before To.
type Span struct{ From, To int64 }

// Always is the span of all times.
var Always = Span{math.MinInt64, math.MaxInt64}

// SpanOf returns the span between two times. A zero time leaves that end open.
func SpanOf(from, to time.Time) Span {
	s := Always
	if !from.IsZero() {
		s.From = nanos(from)
	}
	if !to.IsZero() {
		s.To = nanos(to)
	}
	return s
}

// nanos returns Unix nanoseconds; times that do not fit become the smallest or the largest.
func nanos(t time.Time) int64 {
	switch {
	case t.Before(time.Unix(0, math.MinInt64)):
		return math.MinInt64
	case t.After(time.Unix(0, math.MaxInt64)):
		return math.MaxInt64
	}
	return t.UnixNano()
}

// Widened returns the span with a margin on both sides.
func (s Span) Widened(margin time.Duration) Span {
	if s.From != math.MinInt64 {
		s.From -= int64(margin)
	}
	if s.To != math.MaxInt64 {
		s.To += int64(margin)
	}
	return s
}

// Empty reports whether no time is in the span.
func (s Span) Empty() bool { return s.From >= s.To }

// Window is a part of the rows of an engine, asked for at once.
type Window struct {
	Span
	Unclear bool // the rows without a clear time, whatever the span, instead of those of the span
	Both    bool // the rows of the span and those without a clear time
	// Is is a condition on the rows; nil is true of all. An engine may return more rows.
	Is     condition.Condition
	Newest int64 // at most so many rows, the newest ones; 0 means all
}
