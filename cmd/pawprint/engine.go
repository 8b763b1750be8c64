//go:build !nos3

package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"pawprint/loader"
	"pawprint/loader/engine"
	"pawprint/loader/engine/clickhouse"
	"pawprint/model"
	"pawprint/model/condition"
	"pawprint/model/query"
)

// clickhouseSource returns the source of a clickhouse:// URL: the newest rows of a table that match the query of this run.
func (s *settings) clickhouseSource(url string, limits loader.Limits, of span) (loader.Source, error) {
	at, err := s.clickhouse(url)
	if err != nil {
		return nil, err
	}
	asked, err := s.asked()
	if err != nil {
		return nil, err
	}
	o := engine.Options{Span: engine.SpanOf(of.from, of.to), Limits: limits, Fold: asked.fold, After: s.after}
	if s.questions == nil {
		o.Notice = s.notice
	} else { // the interface shows the notices in its list of sources, and how many rows there are in its title
		asked.count(&o, url, at)
		o.Loaded = s.asks.add(of, &askedSource{url: url, limits: limits, open: func() (engine.Engine, error) { return s.clickhouse(url) }})
	}
	if err := s.question(at, asked, &o); err != nil {
		return nil, err
	}
	return engine.New(url, at, o), nil
}

// after is time.After for the pauses before a database is asked again.
func (s *settings) after(d time.Duration) <-chan time.Time {
	if change := s.std.hooks.after; change != nil {
		return change(d)
	}
	return time.After(d)
}

// pause waits for a time, or until ctx ends.
func (s *settings) pause(ctx context.Context, d time.Duration) error {
	select {
	case <-s.after(d):
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// question says what is asked: for rows, for their number, or for the rows that cannot be counted there.
func (s *settings) question(at *clickhouse.Engine, asked *question, o *engine.Options) (err error) {
	switch {
	case asked.loaded != "":
		s.tellLoaded(asked)
		o.Rows, err = s.rowsOf(false)
	case s.countedThere(o, at, engine.Always):
	default:
		o.Rows, err = s.rowsOf(false)
	}
	return err
}

// countedThere sets how an engine counts its rows; whole is the time of all of them. It reports whether the command only counts, and only by
// what the engine can count by.
func (s *settings) countedThere(o *engine.Options, at engine.Counting, whole engine.Span) bool {
	paid, costs := at.(engine.Paid)
	at = engine.Sparing(at)
	switch {
	case s.inputs.estimate:
		s.elsewhere.expect()
		o.Estimate = func(ctx context.Context, of engine.Span, cover, core condition.Condition) error {
			return s.estimate(ctx, at, of, cover, core)
		}
	case s.elsewhere.by != nil:
		o.Fold = settled(o.Fold, s.elsewhere.by)
		s.elsewhere.expect()
		if o.Later = true; costs {
			s.elsewhere.costs = append(s.elsewhere.costs, paid.Cost)
		}
		o.Decided = func(_ context.Context, of engine.Span, core condition.Condition) error {
			s.elsewhere.found(&engineRows{at, whole, of, core, s.notice, s.after})
			return nil
		}
	case s.elsewhere.wanted:
		s.elsewhere.expect()
		o.Decided = func(ctx context.Context, of engine.Span, core condition.Condition) error {
			n, err := at.Count(ctx, of, core)
			if err == nil {
				s.elsewhere.answered(n, n)
			}
			return err
		}
	default:
		return false
	}
	return true
}

// clickhouse returns the engine of a clickhouse:// URL.
func (s *settings) clickhouse(url string) (*clickhouse.Engine, error) {
	in := &s.inputs
	o := clickhouse.Options{User: os.Getenv("CLICKHOUSE_USER"), Password: os.Getenv("CLICKHOUSE_PASSWORD"),
		Limits: clickhouse.Limits{Time: time.Duration(in.engineSeconds) * time.Second}}
	if in.engineBytes != "" {
		bytes, err := parseSize(in.engineBytes)
		if err != nil {
			return nil, fmt.Errorf("reading --engine-bytes: %w", err)
		}
		o.Limits.Bytes = bytes
	}
	return clickhouse.New(url, o)
}

// count lets the engine count the rows that match, if it can. A query that looks at the loaded rows cannot be counted there.
func (q *question) count(o *engine.Options, url string, at engine.Engine) {
	counts, can := at.(engine.Counting)
	if !can || q.loaded != "" {
		return
	}
	counts = engine.Sparing(counts)
	all := q.expr.String() == query.Everything().String()
	o.Total = func(ctx context.Context, of engine.Span, cover, core condition.Condition) (int64, int64, error) {
		if all {
			core = cover // all rows count, whatever they hold
		}
		return counted(ctx, counts, of, cover, core)
	}
	within := o.Span
	o.Exact = func(ctx context.Context) (int64, error) { return q.exact(ctx, url, counts, within) }
}

// decisionMemory bounds the rows that are read only to be counted.
const decisionMemory = 256 << 20

// exact counts the rows that match: the engine counts those that are certain to, and the others are read into a log of their own and
// decided here.
func (q *question) exact(ctx context.Context, url string, at engine.Counting, of engine.Span) (n int64, err error) {
	log := model.NewLog()
	err = loader.Load(ctx, log, engine.New(url, at, engine.Options{Span: of, Fold: q.fold, Limits: loader.Limits{Memory: loader.NewBudget(decisionMemory)},
		Decided: func(ctx context.Context, of engine.Span, core condition.Condition) (err error) {
			n, err = at.Count(ctx, of, core)
			return err
		}}))
	if err != nil {
		return 0, err
	}
	found, err := model.Select(ctx, log.Snapshot(), query.Compile(q.expr, q.env), nil)
	if err != nil {
		return 0, err
	}
	return n + int64(found.Len()), nil
}

// estimate counts what is certain to match, and what may match.
func (s *settings) estimate(ctx context.Context, at engine.Counting, of engine.Span, cover, core condition.Condition) error {
	least, most, err := counted(ctx, at, of, cover, core)
	if err == nil {
		s.elsewhere.answered(least, most)
	}
	return err
}

// counted returns a lower and an upper bound of the count of rows.
func counted(ctx context.Context, at engine.Counting, of engine.Span, cover, core condition.Condition) (least, most int64, err error) {
	if most, err = at.Count(ctx, of, cover); err != nil || cover.String() == core.String() {
		return most, most, err
	}
	least, err = at.Count(ctx, of, core)
	return least, max(least, most), err
}

// tellLoaded says that a term looks at the loaded rows.
func (s *settings) tellLoaded(q *question) {
	if s.questions == nil {
		s.showAll([]string{fmt.Sprintf("note: %s looks at all loaded rows, so --rows and the time decide which rows these are, not the query", q.loaded)})
	}
}

// explainClickHouse prints what a clickhouse:// source would be asked.
func (s *settings) explainClickHouse(url string, of span) error {
	at, err := s.clickhouse(url)
	if err != nil {
		return err
	}
	q, err := s.asked()
	if err != nil {
		return err
	}
	var paths wouldAsk
	cover, core := q.fold(&paths)
	w := engine.Window{Span: engine.SpanOf(of.from, of.to), Is: cover, Newest: s.inputs.rows.n}
	e := explanation{url: url, parts: q.parts, loaded: q.loaded, paths: paths.paths}
	e.lines, e.count = at.Statements(w, core)
	e.certain(core)
	return e.print(s.std.out)
}

// wouldAsk knows no values, and notes which ones are asked for.
type wouldAsk struct{ paths []string }

// Values implements engine.Dictionaries.
func (a *wouldAsk) Values(path []string) ([]string, bool) {
	if name := strings.Join(path, "."); !slices.Contains(a.paths, name) {
		a.paths = append(a.paths, name)
	}
	return nil, false
}

// question is what the query of this run asks an engine.
type question struct {
	expr   query.Expr
	env    query.Env
	parts  []query.Part
	loaded string // a term that looks at all loaded rows, so that rows which do not match must be loaded too; empty if there is none
}

// asked returns what the query of this run asks an engine. Nothing is sent.
func (s *settings) asked() (*question, error) {
	expr, err := s.expression(s.commandQuery)
	if err != nil {
		return nil, err
	}
	if err := s.readSets(expr); err != nil {
		return nil, err
	}
	env, err := s.env()
	if err != nil {
		return nil, err
	}
	return newQuestion(expr, env), nil
}

// newQuestion returns what a query asks an engine.
func newQuestion(expr query.Expr, env query.Env) *question {
	q := &question{expr: expr, env: env}
	_, _, q.parts = query.Fold(q.expr, q.env, nil)
	for _, p := range q.parts {
		if p.Loaded {
			q.loaded = p.Term
		}
	}
	return q
}

// fold implements engine.Fold.
func (q *question) fold(d engine.Dictionaries) (cover, core condition.Condition) {
	if q.loaded != "" {
		return condition.Const(true), condition.Const(false)
	}
	cover, core, _ = query.Fold(q.expr, q.env, d)
	return cover, core
}
