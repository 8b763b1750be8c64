package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/condition"
)

// Options says which rows are read. The zero value reads all rows.
type Options struct {
	Rows   int64 // at most so many, the newest; 0 means all
	Span   Span  // of the times that are asked for; rows without a clear time are read in any case. The zero value is Always
	Limits loader.Limits
	Remark string // what readers of the result should know in any case; may be empty
	// Fold says which rows are asked for; nil means all. It is called in Load.
	Fold Fold
	// Decided is called with a condition on rows that need not be read, as it is known that they are wanted: then only the others are read
	// that may be. It asks for what is to be known of the rows, and may be called again. Nil reads them all.
	Decided func(ctx context.Context, of Span, core condition.Condition) error
	// Total counts the rows that are certain to be wanted and those that may be, if not all of them were read. Nil leaves it open.
	Total func(ctx context.Context, of Span, cover, core condition.Condition) (least, most int64, err error)
	// Estimate is called instead of reading any rows.
	Estimate func(ctx context.Context, of Span, cover, core condition.Condition) error
	// Notice is called with what readers of the result should know, such as that there are more rows. May be nil.
	Notice func(string)
	// After is time.After, which nil stands for: pauses between tries wait for it.
	After func(time.Duration) <-chan time.Time
}

// Source is the rows of an engine as a source of a log. In the sink it is one source without rows, named by its URL, which shows the
// progress; and one source for each window, newest first, so that one that fails is told from those that came whole.
type Source struct {
	name   string
	engine Engine
	o      Options
}

// New makes a source. name is the URL that the user wrote, which must not hold a credential.
func New(name string, e Engine, o Options) *Source {
	if o.Span == (Span{}) {
		o.Span = Always
	}
	if o.After == nil {
		o.After = time.After
	}
	return &Source{name, e, o}
}

// Name is the URL.
func (s *Source) Name() model.Text { return model.NewText(s.name) }

// Load implements loader.Source. A cancellation ends the query at the engine and keeps the rows of the windows that were read. A window
// that cannot be read ends the load, as what is loaded would otherwise have a hole.
func (s *Source) Load(ctx context.Context, sink loader.Sink) error {
	defer s.engine.Close()
	l := &load{source: s, sink: sink, progress: newProgress(sink, s.Name()), left: s.o.Rows}
	l.remark(s.o.Remark)
	err := l.run(ctx)
	if paid, ok := s.engine.(Paid); ok {
		l.remark(paid.Cost())
	}
	return l.progress.end(err)
}

// load is one Load of a source.
type load struct {
	source   *Source
	sink     loader.Sink
	progress *progress
	is       condition.Condition // of the rows that are asked for
	core     condition.Condition // of those that are not read, if only the others are
	left     int64               // rows that may still be read, if there is a limit
	windows  int
	cut      bool // rows were left out because of the limit
}

// widths are the lengths of the windows, the first one first; later ones are as long as the last.
var widths = []time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, 28 * 24 * time.Hour, 112 * 24 * time.Hour, 448 * 24 * time.Hour}

// run reads windows from the newest back until there are enough rows, or no older ones.
func (l *load) run(ctx context.Context) (err error) {
	if l.is, err = l.condition(ctx); err != nil {
		return err
	}
	if ask := l.source.o.Estimate; ask != nil {
		l.progress.tell("counting")
		return l.try(ctx, func() error { return ask(ctx, l.span(), l.is, l.core) })
	}
	if l.source.o.Decided != nil { // they have no order, and mostly are few
		if _, err := l.window(ctx, Window{Span: l.span(), Both: true, Is: l.is}); err != nil {
			return err
		}
		return l.decided(ctx)
	}
	if err := l.backwards(ctx); err != nil {
		return err
	}
	if l.full() {
		l.cut = true
	} else if _, err := l.window(ctx, Window{Span: l.source.o.Span, Unclear: true, Is: l.is, Newest: l.left}); err != nil {
		return err
	}
	return l.told(ctx)
}

// backwards reads windows of the rows with a clear time.
func (l *load) backwards(ctx context.Context) error {
	of, lines := l.span(), int64(0)
	for k := 0; !of.Empty(); k++ {
		if l.full() {
			l.cut = true // there may be older rows
			return nil
		}
		if lines == 0 { // at first, and where there may be a gap
			if ok, err := l.narrow(ctx, &of); err != nil || !ok {
				return err
			}
		}
		w := Window{Span: of, Is: l.is, Newest: l.left}
		if width := int64(widths[min(k, len(widths)-1)]); uint64(w.To)-uint64(w.From) > uint64(width) {
			w.From = w.To - width
		}
		var err error
		if lines, err = l.window(ctx, w); err != nil {
			return err
		}
		of.To = w.From
	}
	return nil
}

// narrow narrows a span to the rows that there are; ok is false if there are none.
func (l *load) narrow(ctx context.Context, of *Span) (ok bool, err error) {
	err = l.try(ctx, func() error {
		var oldest, newest int64
		if oldest, newest, ok, err = l.source.engine.Bounds(ctx, *of); ok {
			of.From, of.To = max(of.From, oldest), min(of.To, newest+1)
		}
		return err
	})
	return ok, err
}

// decided asks about the rows that were not read.
func (l *load) decided(ctx context.Context) error {
	l.progress.tell("counting")
	return l.try(ctx, func() error { return l.source.o.Decided(ctx, l.span(), l.core) })
}

// full reports whether no more rows may be read.
func (l *load) full() bool { return l.source.o.Rows > 0 && l.left <= 0 }

// window reads a window as a source of its own and returns how many lines it had. A window without lines is no source.
func (l *load) window(ctx context.Context, w Window) (lines int64, err error) {
	l.windows++
	l.progress.tell("asking for " + w.words())
	var answer *answer
	err = l.try(ctx, func() error {
		answer, err = l.ask(ctx, w)
		return err
	})
	name := l.source.name + "#" + w.name()
	if err != nil {
		if l.announce(name, w).End(err); errors.Is(err, context.Canceled) {
			return 0, err
		}
		return 0, fmt.Errorf("reading %s: %w", w.words(), err)
	}
	defer answer.Close()
	if answer.empty() {
		return 0, nil
	}
	to := l.announce(name, w)
	err = loader.ReadLines(ctx, l.sink, to.ID, l.progress.counting(answer), l.source.o.Limits)
	if to.End(err); err != nil && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("reading %s: %w", w.words(), err)
	}
	if l.source.o.Rows > 0 {
		l.left -= answer.lines
	}
	return answer.lines, err
}

// announce adds the source of a window. The older window ranks first.
func (l *load) announce(name string, w Window) loader.Announced {
	to := loader.AnnounceRanked(l.sink, model.NewText(name), model.Rank{Key: w.key()})
	to.Loading(-1)
	return to
}

// told says whether there is more than what was read, and how much if that is wanted.
func (l *load) told(ctx context.Context) error {
	if !l.cut {
		return nil
	}
	l.progress.newest(model.Total{})
	l.remark("the newest " + amount.Of(l.source.o.Rows-l.left, "row", "rows") + "; older ones were not asked for: --rows 0 reads all, --since and -q narrow the question")
	if l.source.o.Total == nil {
		return nil
	}
	l.progress.tell("counting all rows")
	var least, most int64
	err := l.try(ctx, func() (err error) {
		least, most, err = l.source.o.Total(ctx, l.span(), l.is, l.core)
		return err
	})
	if err == nil {
		read := l.source.o.Rows - l.left
		l.progress.newest(model.Total{Least: max(least, read), Most: max(least, most, read)})
	}
	return err
}

// remark says what stays true of the result; an empty text says nothing.
func (l *load) remark(text string) {
	if text == "" {
		return
	}
	if l.progress.remark != "" {
		l.progress.remark += "; "
	}
	l.progress.remark += text
	if l.source.o.Notice != nil {
		l.source.o.Notice(text)
	}
}
