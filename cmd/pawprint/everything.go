//go:build !nos3

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"pawprint/cmd/internal/statistics"
	"pawprint/loader"
	"pawprint/loader/engine"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/clock"
	"pawprint/model/condition"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui"
)

// everything is all rows of a filter: the databases count those that are certain to match, and the others were read into a log of their
// own.
type everything struct {
	asker  *asker
	places []*engineRows
	log    *model.Log
	rest   *model.Selection // the rows of the log that match
	costs  bool

	mu    sync.Mutex
	asked bool // for the timeline
}

// Counts implements tui.Asker.
func (a *asker) Counts() (databases int, costs bool) {
	for _, source := range a.settings.asks.list() {
		databases++
		costs = costs || source.costs != ""
	}
	return databases, costs
}

// Everything implements tui.Asker.
func (a *asker) Everything(ctx context.Context, what tui.Asking, by []tui.CountedBy) (*tui.Everything, bool, error) {
	leave, err := a.enter(ctx)
	if err != nil {
		return nil, false, err
	}
	defer leave()
	q := a.question(what)
	if q.loaded != "" {
		return nil, false, fmt.Errorf("counting all rows: %s looks only at loaded rows: remove it from the filter", q.loaded)
	}
	e := &everything{asker: a, log: model.NewLog()}
	by, lists := countable(by)
	for _, source := range a.settings.asks.list() {
		if ok, err := e.read(ctx, source, q, lists); err != nil || !ok {
			return nil, false, err
		}
	}
	if e.rest, err = model.Select(ctx, e.log.Snapshot(), query.Compile(q.expr, q.env), nil); err != nil {
		return nil, false, err
	}
	all := &tui.Everything{Facets: map[string][]count.Count{}, Timeline: e.timeline}
	for i, b := range by {
		if all.Facets[b.Name], err = e.counted(ctx, lists[i], b.Key); err != nil {
			return nil, false, err
		}
	}
	for _, n := range all.Facets[by[0].Name] {
		all.Events += n.Events
	}
	return all, true, nil
}

// countable returns the fields that databases can count by, with the attributes that their values depend on.
func countable(by []tui.CountedBy) (out []tui.CountedBy, lists [][]model.Field) {
	for _, b := range by {
		f := field.Of(b.Name)
		if list := statistics.AttributesOf(&f); list != nil {
			out, lists = append(out, b), append(lists, list)
		}
	}
	return out, lists
}

// read reads the rows of a source that the source cannot decide. ok is false if the user declined.
func (e *everything) read(ctx context.Context, source *askedSource, q *question, lists [][]model.Field) (ok bool, err error) {
	if !source.loaded.Begun() {
		return false, errors.New("the source has not been read yet: try again in a moment")
	}
	span := source.span(q, engine.Missing)
	if source.costs != "" {
		e.costs = true
		costs, err := source.told(ctx, span)
		if err != nil {
			return false, err
		}
		text := fmt.Sprintf("%s All rows since %s are counted there, by %d queries.", costs, sinceWords(span), len(lists)+4)
		if !e.asker.settings.answered(ctx.Done(), tui.Question{About: source.url, Text: text, Asks: true}) {
			return false, nil
		}
	}
	at, err := source.open()
	if err != nil {
		return false, err
	}
	counting, can := at.(engine.Counting)
	if !can {
		return false, fmt.Errorf("%s cannot count", source.url)
	}
	fold := q.fold
	if source.costs != "" { // without asking for values, which would each cost another reading
		fold = func(engine.Dictionaries) (cover, core condition.Condition) { return q.fold(nil) }
		if from, _ := query.Bounds(q.expr, q.env); from.IsZero() {
			fold = bounded(span, fold)
		}
	}
	return true, e.load(ctx, source.url, counting, span, settled(fold, &grouping{lists: lists}))
}

// load reads the rows of an engine that may match a query but are not certain to, unless they are too many.
func (e *everything) load(ctx context.Context, url string, at engine.Counting, span engine.Span, fold engine.Fold) error {
	o := engine.Options{Span: span, Limits: loader.Limits{Memory: loader.NewBudget(decisionMemory)}, After: e.asker.settings.after}
	var cover, core condition.Condition
	o.Fold = func(d engine.Dictionaries) (condition.Condition, condition.Condition) {
		cover, core = fold(d)
		return cover, core
	}
	var rest int64
	o.Estimate = func(ctx context.Context, of engine.Span, cover, core condition.Condition) (err error) {
		rest, err = at.Count(ctx, of, condition.And(cover, condition.Negate(core)))
		return err
	}
	if err := loader.Load(ctx, model.NewLog(), engine.New(url, at, o)); err != nil {
		return err
	}
	if rest > engine.MostUndecided {
		return fmt.Errorf("%s would have to be read to count all of them: narrow the filter, such as by a time", amount.Of(rest, "row", "rows"))
	}
	o.Estimate, o.Fold = nil, func(engine.Dictionaries) (condition.Condition, condition.Condition) { return cover, core }
	o.Decided = func(_ context.Context, of engine.Span, core condition.Condition) error {
		e.places = append(e.places, &engineRows{at, span, of, core, func(string) {}, e.asker.settings.after})
		return nil
	}
	return loader.Load(ctx, e.log, engine.New(url, at, o))
}

// counted counts all rows by a key whose values depend on the texts of some attributes.
func (e *everything) counted(ctx context.Context, of []model.Field, key count.Key) ([]count.Count, error) {
	keys := []count.Key{key}
	here, err := count.NewFacets(keys).Extend(ctx, e.rest)
	if err != nil {
		return nil, err
	}
	var groups []count.Count
	for _, p := range e.places {
		found, err := p.groups(ctx, of, clock.Step{}, condition.Const(true))
		if err != nil {
			return nil, err
		}
		groups = append(groups, found...)
	}
	there, err := statistics.NewElsewhere(ctx, of, false, groups)
	if err != nil {
		return nil, err
	}
	return there.Merged(ctx, here.Facet(0).Top(0), keys)
}

// timeline implements Timeline of tui.Everything.
func (e *everything) timeline(ctx context.Context, fit func(first, last int64) count.Window) (*count.Histogram, error) {
	if e.again() {
		return nil, nil
	}
	leave, err := e.asker.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	first, last, ok, err := e.times(ctx)
	if err != nil {
		return nil, err
	}
	if !ok {
		return new(count.Histogram).Within(ctx, e.rest, count.Window{})
	}
	w := fit(first, last)
	edges, err := edgesOf(w, first, last)
	if err != nil {
		return nil, err
	}
	var groups []count.Bucket
	for _, p := range e.places {
		found, err := p.buckets(ctx, edges)
		if err != nil {
			return nil, err
		}
		groups = append(groups, found...)
	}
	return count.Beside(ctx, e.rest, w, groups)
}

// again reports whether the timeline was asked for before and would cost again.
func (e *everything) again() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	again := e.asked && e.costs
	e.asked = true
	return again
}

// times returns the first and the last time of all rows; ok is false if none has one.
func (e *everything) times(ctx context.Context) (first, last int64, ok bool, err error) {
	first, last, ok = count.Span(e.rest)
	all := reach{first, last, ok}
	for _, p := range e.places {
		if err := all.add(p.timesOf(ctx, p.of, p.core)); err != nil {
			return 0, 0, false, err
		}
	}
	return all.first, all.last, all.known, nil
}
