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
	Later  bool   // the engine is asked for more after the load, so the load does not say what its queries cost
	Remark string // what readers of the result should know in any case; may be empty
	// Fold says which rows are asked for; nil means all. It is called in Load.
	Fold Fold
	// Decided is called with a condition on the rows that are certain to be wanted. These are not read: Decided asks the engine for whatever
	// should be known about them, and may be called again. Of the others, those that may be wanted are read. Nil reads them all.
	Decided func(ctx context.Context, of Span, core condition.Condition) error
	// Total counts the rows that are certain to be wanted and those that may be, if not all of them were read. Nil leaves it open.
	Total func(ctx context.Context, of Span, cover, core condition.Condition) (least, most int64, err error)
	// Exact counts the rows that are wanted, and may read those that are not certain. It is called if Total has left the count open and not
	// too many rows are uncertain. Nil leaves it open.
	Exact func(ctx context.Context) (int64, error)
	// Before is called before anything is asked; an error ends the load. May be nil.
	Before func(ctx context.Context, of Span) error
	// Estimate is called instead of reading any rows.
	Estimate func(ctx context.Context, of Span, cover, core condition.Condition) error
	// Notice is called with what readers of the result should know, such as that there are more rows. May be nil.
	Notice func(string)
	// Loaded is what sources of the same rows have read into the same log before: no row is loaded twice. Nil if there is only one load.
	Loaded *Loaded
	Part   Part   // of the rows, if some were read before
	About  string // a note on the windows, such as the filter that they were asked for; may be empty
	// After is time.After, which nil stands for: pauses between tries wait for it.
	After func(time.Duration) <-chan time.Time
}

// Source is the rows of an engine as a source of a log. The sink sees one source without rows, named by its URL, which shows the progress,
// and one source for each window, newest first, so that a window that fails does not look like those that came whole.
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
// that cannot be read ends the load, because the log would otherwise have a gap.
func (s *Source) Load(ctx context.Context, sink loader.Sink) error {
	defer s.engine.Close()
	l := &load{source: s, loaded: s.o.Loaded, sink: sink, left: s.o.Rows}
	if l.loaded == nil {
		l.loaded, l.once = new(Loaded), true
	}
	l.again = l.loaded.Begun()
	var to loader.Announced
	l.sink, to = l.loaded.begin(sink, s.Name())
	l.progress = newProgress(to)
	l.remark(s.o.Remark)
	err := l.run(ctx)
	if paid, ok := s.engine.(Paid); ok && !s.o.Later {
		l.remark(paid.Cost())
	}
	l.loaded.ended(Outcome{Rows: l.read, More: l.cut, Total: l.total})
	if l.again && errors.Is(err, context.Canceled) { // what had been read before is whole
		_ = l.progress.end(nil)
		return err
	}
	return l.progress.end(err)
}

// More loads more rows into the log of the first load, which must have begun.
func (s *Source) More(ctx context.Context) error { return s.Load(ctx, nil) }

// load is one Load of a source.
type load struct {
	source   *Source
	loaded   *Loaded
	once     bool // no other load will know what this one has read
	again    bool // it is not the first one
	sink     loader.Sink
	progress *progress
	is       condition.Condition // of the rows that are asked for
	core     condition.Condition // of those that are not read, if only the others are
	left     int64               // rows that may still be read, if there is a limit
	read     int64               // rows that were
	cut      bool                // rows were left out because of the limit
	total    model.Total
}

// widths are the lengths of the windows, the first one first; later ones are as long as the last.
var widths = []time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, 28 * 24 * time.Hour, 112 * 24 * time.Hour, 448 * 24 * time.Hour}

// run reads windows from the newest back until there are enough rows, or no older ones.
func (l *load) run(ctx context.Context) (err error) {
	if before := l.source.o.Before; before != nil {
		l.progress.tell("looking at the size of the query")
		if err := before(ctx, l.span()); err != nil {
			return err
		}
	}
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
	if l.loaded.first == nil {
		l.loaded.first = l.is
	}
	if err := l.backwards(ctx); err != nil {
		return err
	}
	if l.full() {
		l.cut = true
	} else if l.source.o.Part != Newer || l.loaded.unclear() {
		if _, err := l.window(ctx, Window{Span: l.source.o.Span, Unclear: true, Is: l.is, Newest: l.left}); err != nil {
			return err
		}
	}
	return l.told(ctx)
}

// backwards reads windows of the rows with a clear time.
func (l *load) backwards(ctx context.Context) error {
	of, lines := l.loaded.span(l.span(), l.source.o.Part, l.is), int64(0)
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
		w = l.loaded.fit(w)
		var err error
		if lines, err = l.window(ctx, w); err != nil {
			if w.From > of.From && ctx.Err() == nil {
				err = fmt.Errorf("%w; no older rows were read", err)
			}
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

// window reads what is missing of a window and returns how many lines the answers had, or 1 if nothing had to be asked.
func (l *load) window(ctx context.Context, w Window) (lines int64, err error) {
	for {
		rest, known := l.loaded.missing(w, l.source.o.Part == Newer)
		if rest.none(l.source.engine) {
			return lines + 1, nil
		}
		came, err := l.ask(ctx, w, rest, known)
		if lines += came; err != nil || rest.Newest == 0 || came < rest.Newest {
			return lines, err
		}
		if l.full() {
			l.cut = true // there may be others in the window
			return lines, nil
		}
		w.Newest = l.left + lines // the newest rows were known: there are others below them
	}
}

// ask asks for the rest of a window, and reads the lines that are not known as a source of their own. A window without such lines is no
// source. It returns how many lines came.
func (l *load) ask(ctx context.Context, w, rest Window, known lines) (came int64, err error) {
	l.progress.tell("asking for " + w.words())
	var from *answer
	err = l.try(ctx, func() error {
		from, err = l.answer(ctx, rest)
		return err
	})
	if err != nil {
		if l.announce(w).End(err); errors.Is(err, context.Canceled) {
			return 0, err
		}
		return 0, fmt.Errorf("reading %s: %w", w.words(), err)
	}
	defer from.Close()
	from.sift(known, l.once)
	if from.empty() {
		l.keep(w, rest, from, 0)
		return from.lines, nil
	}
	to := l.announce(w)
	err = loader.ReadLines(ctx, l.sink, to.ID, l.progress.counting(from), l.source.o.Limits)
	var bytes int64
	to.Update(func(s *model.SourceState) { bytes = s.Books.Bytes })
	if to.End(err); err != nil && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("reading %s: %w", w.words(), err)
	}
	if err != nil {
		rest.Newest = 1 // it was not read whole
	}
	l.keep(w, rest, from, bytes)
	return from.lines, err
}

// keep notes what was read of a window, up to so many bytes.
func (l *load) keep(w, rest Window, from *answer, bytes int64) {
	fresh := from.lines
	if !l.once {
		read := from.sieve.passed(bytes)
		fresh = int64(len(read))
		l.loaded.add(w, rest.Newest == 0 || from.lines < rest.Newest, read)
	}
	l.read += fresh
	if l.source.o.Rows > 0 {
		l.left -= fresh
	}
}

// announce adds the source of a window. The older window ranks first.
func (l *load) announce(w Window) loader.Announced {
	to := loader.AnnounceRanked(l.sink, model.NewText(l.source.name+"#"+w.name()), model.Rank{Key: w.key()})
	to.Update(func(s *model.SourceState) { s.Of, s.Note = l.source.Name(), model.NewText(l.source.o.About) })
	to.Loading(-1)
	return to
}

// told says whether there is more than what was read, and how much if that is wanted.
func (l *load) told(ctx context.Context) error {
	first := l.is.String() == l.loaded.first.String()
	if !l.cut {
		if first && l.source.o.Part != Newer {
			l.progress.newest(false, model.Total{})
		}
		return nil
	}
	if first {
		l.progress.newest(true, model.Total{})
	}
	if l.once {
		l.remark("the newest " + amount.Of(l.read, "row", "rows") + "; older ones were not read: --rows 0 reads all, --since and -q narrow the query")
	}
	if l.source.o.Total == nil {
		return nil
	}
	l.progress.tell("counting all rows")
	var least, most int64
	err := l.try(ctx, func() (err error) {
		least, most, err = l.source.o.Total(ctx, l.span(), l.is, l.core)
		return err
	})
	if err != nil {
		return err
	}
	l.count(model.Total{Least: least, Most: max(least, most)}, first)
	if l.source.o.Exact == nil || least == most || most-least > MostUndecided {
		return nil
	}
	l.progress.tell("reading the rows that the database cannot decide on")
	n, err := l.source.o.Exact(ctx)
	if err == nil {
		l.count(model.Total{Least: n, Most: n}, first)
	}
	if ctx.Err() != nil { // an interval is true as well, so other errors do no harm
		return ctx.Err()
	}
	return nil
}

// MostUndecided is the largest number of rows that are read only to be counted.
const MostUndecided = 20_000

// count shows how many rows there are, if they are those that the first load asked for.
func (l *load) count(of model.Total, first bool) {
	if l.total = of; first {
		l.progress.newest(true, of)
	}
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
