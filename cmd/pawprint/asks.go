//go:build !nos3

package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"pawprint/loader"
	"pawprint/loader/engine"
	"pawprint/model/amount"
	"pawprint/model/condition"
	"pawprint/model/query"
	"pawprint/tui"
)

// asks are the sources of the log that can be asked for more rows. Its methods may be called from any goroutine.
type asks struct {
	mu  sync.Mutex
	all []*askedSource
}

// askedSource is a source that can be asked for more rows.
type askedSource struct {
	url    string
	limits loader.Limits
	loaded engine.Loaded
	costs  string // what the user should know before a query; empty if it costs nothing to speak of
	from   int64  // if it costs: the earliest time that has been asked for, in Unix nanoseconds
	open   func() (engine.Engine, error)

	price func(context.Context, engine.Span) (string, error) // what a query costs; nil if nobody knows
}

// told returns what the user should know before a query about a span: its price, if that can be known.
func (s *askedSource) told(ctx context.Context, of engine.Span) (string, error) {
	if s.price == nil {
		return s.costs, nil
	}
	return s.price(ctx, of)
}

// add adds a source, and returns the record of what it has loaded; nil for a source of the past, which is not asked again.
func (a *asks) add(of span, source *askedSource) *engine.Loaded {
	if of.past {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = append(a.all, source)
	return &source.loaded
}

// clear forgets the sources.
func (a *asks) clear() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = nil
}

func (a *asks) list() []*askedSource {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.all
}

// asker asks the sources again for the interface. It implements tui.Asker.
type asker struct {
	settings *settings
	turn     chan struct{} // holds a value while a question runs
}

// asker returns an asker of the sources. Call end once nobody asks again: it waits a moment for a running question whose context has ended,
// so that its query ends too.
func (s *settings) asker() (_ tui.Asker, end func()) {
	a := &asker{s, make(chan struct{}, 1)}
	return a, func() {
		select {
		case a.turn <- struct{}{}:
		case <-time.After(graceTime / 4):
		}
	}
}

// Asks implements tui.Asker.
func (a *asker) Asks() bool { return len(a.settings.asks.list()) > 0 }

// Ask implements tui.Asker. It asks one source after the other.
func (a *asker) Ask(ctx context.Context, what tui.Asking) (got tui.Asked, ok bool, err error) {
	leave, err := a.enter(ctx)
	if err != nil {
		return got, false, err
	}
	defer leave()
	q, known := a.question(what), true
	got.Loaded = q.loaded
	for _, source := range a.settings.asks.list() {
		out, asked, err := a.askOne(ctx, source, q, what)
		if err != nil || !asked {
			return got, ok, err
		}
		ok, got.Rows, got.More = true, got.Rows+out.Rows, got.More || out.More
		got.Total.Least, got.Total.Most = got.Total.Least+out.Total.Least, got.Total.Most+out.Total.Most
		known = known && out.Total.Known()
	}
	if !known {
		got.Total.Most = 0
	}
	return got, ok, nil
}

// enter waits until no other question runs. leave lets the next one run.
func (a *asker) enter(ctx context.Context) (leave func(), err error) {
	select {
	case a.turn <- struct{}{}:
		return func() { <-a.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// question returns what a filter asks for.
func (a *asker) question(what tui.Asking) *question {
	if what.Expr == nil {
		what.Expr = query.Everything()
	}
	what.Env.Unread = nil
	return newQuestion(what.Expr, what.Env)
}

// askOne asks one source. asked is false if the user declined.
func (a *asker) askOne(ctx context.Context, source *askedSource, q *question, what tui.Asking) (out engine.Outcome, asked bool, err error) {
	if !source.loaded.Begun() {
		return out, false, errors.New("the source has not been read yet: try again in a moment")
	}
	o := engine.Options{Rows: a.settings.inputs.rows.n, Limits: source.limits, Fold: q.fold, Loaded: &source.loaded, Part: engine.Part(what.Part), About: about(what)}
	o.Span = source.span(q, o.Part)
	costs, err := source.told(ctx, o.Span)
	if err != nil {
		return out, false, err
	}
	if text := beforehand(costs, &o); text != "" && !a.settings.answered(ctx.Done(), tui.Question{About: source.url, Text: text, Asks: true}) {
		return out, false, nil
	}
	at, err := source.open()
	if err != nil {
		return out, false, err
	}
	if source.costs == "" {
		q.count(&o, source.url, at)
	} else { // neither a count nor a look at values, which would cost another reading
		o.Fold = func(engine.Dictionaries) (cover, core condition.Condition) { return q.fold(nil) }
	}
	if err = engine.New(source.url, at, o).More(ctx); err != nil {
		return out, false, err
	}
	if source.costs != "" {
		source.from = min(source.from, o.Span.From)
	}
	return source.loaded.Last(), true, nil
}

// about describes a question, for the windows that it loads.
func about(what tui.Asking) string {
	if what.Text == "" {
		return ""
	}
	return "asked for " + what.Text
}

// span returns the time to ask for: that of the filter. If a source costs money, rows earlier than before are read only if the user asks
// for older ones, and then those of one more day.
func (s *askedSource) span(q *question, part engine.Part) engine.Span {
	from, to := query.Bounds(q.expr, q.env)
	if !to.IsZero() {
		to = to.Add(time.Nanosecond)
	}
	of := engine.SpanOf(from, to)
	if s.costs == "" || !from.IsZero() {
		return of
	}
	if of.From = s.from; part == engine.Older {
		of.From -= int64(lakeSpan)
	}
	return of
}

// sinceWords says when a span begins, in UTC.
func sinceWords(of engine.Span) string {
	return time.Unix(0, of.From).UTC().Format("2006-01-02 15:04 UTC")
}

// beforehand is what the user should know before a query, with what it costs; empty if there is nothing.
func beforehand(costs string, o *engine.Options) string {
	text := costs
	if text != "" {
		text += " The query asks for rows since " + sinceWords(o.Span) + "."
	}
	switch {
	case o.Rows == 0:
		text += " With --rows 0 all rows that match are loaded, however many there are."
		text = strings.TrimPrefix(text, " ")
	case text != "":
		text += " At most " + amount.Of(o.Rows, "row is", "rows are") + " loaded."
	}
	return text
}
