package engine

import (
	"context"

	"pawprint/model/condition"
)

// Fold returns two conditions on rows: cover is true for every row that is wanted, and core is true only for such rows. A row of the cover
// that is not in the core has to be read to be decided.
type Fold func(Dictionaries) (cover, core condition.Condition)

// Dictionaries know the values at a path in the rows that a load asks for.
type Dictionaries interface {
	// Values lists the distinct strings at a path; ok is false if they are not known.
	Values(path []string) (values []string, ok bool)
}

// mostValues and mostValueBytes bound a dictionary.
const (
	mostValues     = 10_000
	mostValueBytes = 64 << 10
)

// dictionaries ask an engine, for each path once. They are for one goroutine.
type dictionaries struct {
	ctx    context.Context
	engine Engine
	span   Span
	try    func(context.Context, func() error) error
	known  map[string]dictionary
	err    error // why values are not known
}

type dictionary struct {
	values []string
	ok     bool
}

// Values implements Dictionaries.
func (d *dictionaries) Values(path []string) ([]string, bool) {
	name := condition.Present{Path: path}.String()
	if known, ok := d.known[name]; ok {
		return known.values, known.ok
	}
	if d.err != nil { // the conditions will not be used
		return nil, false
	}
	var found dictionary
	err := d.try(d.ctx, func() (err error) {
		knowing, is := d.engine.(Knowing)
		if !is {
			return nil
		}
		found.values, found.ok, err = knowing.Values(d.ctx, d.span, path, mostValues, mostValueBytes)
		return err
	})
	if err != nil {
		found, d.err = dictionary{}, err
	}
	if d.known == nil {
		d.known = map[string]dictionary{}
	}
	d.known[name] = found
	return found.values, found.ok
}

// condition returns the condition on the rows that are asked for.
func (l *load) condition(ctx context.Context) (condition.Condition, error) {
	if l.source.o.Fold == nil {
		l.core = condition.Const(false)
		return condition.Const(true), nil
	}
	l.progress.tell("looking up values")
	d := &dictionaries{ctx: ctx, engine: l.source.engine, span: l.span(), try: l.try}
	cover, core := l.source.o.Fold(d)
	if d.err != nil {
		return nil, d.err
	}
	if l.core = core; l.source.o.Decided != nil {
		cover = condition.Without(cover, core)
	}
	return cover, nil
}

// span is what windows are cut from.
func (l *load) span() Span { return l.source.o.Span.Widened(l.source.engine.Margin()) }
