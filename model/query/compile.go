package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/marks"
)

// Env holds what a query depends on besides the log. The zero value means the year 1 in UTC, with no marked rows.
type Env struct {
	Now    time.Time      // the base of relative times
	CI     *Automation    // what is:ci stands for; nil is is:token
	Office Office         // of is:offhours
	Zone   *time.Location // of times without a zone, of days and of office hours; nil is UTC
	End    time.Time      // of the last event of the log, for times without a year and those with @end; zero is unknown, and taken as Now
	Day    time.Time      // a moment of the day that times without a date belong to; zero is that of End
	Marks  Marks          // the marked events; nil finds none
	Kept   []*marks.Mark  // all kept marks, whatever log they are of, to say why none is found; nil if they are not known
	// Sets returns the set of values in a file, for values such as @bad.txt. It is called when the first row is decided, by any
	// goroutine, and must return the same set each time. nil knows no files.
	Sets func(path string) (*Set, error)
	// Unread is called for rows whose bytes could not be read, with the reason: no text is found in them. Many goroutines call it,
	// and it may get the same row more than once. nil is fine.
	Unread func(from, to model.Row, err error)

	endless bool // the end of the log is not known yet, so a time that depends on it may be any time
	untimed bool // terms about the time of the event match the rows that have none; see Undecided
}

func (e *Env) zone() *time.Location {
	if e.Zone == nil {
		return time.UTC
	}
	return e.Zone
}

func (e *Env) end() time.Time {
	if e.End.IsZero() {
		return e.Now
	}
	return e.End
}

func (e *Env) day() time.Time {
	if e.Day.IsZero() {
		return e.end()
	}
	return e.Day
}

// Compile returns the matcher of a query, or nil for the query that matches everything. A matcher belongs to the first log it
// is used on and keeps working as that log grows; on any other log it returns model.ErrOtherLog. Any number of goroutines may use
// it.
func Compile(e Expr, env Env) model.Matcher {
	if e == (all{}) {
		return nil
	}
	return newMatcher(compile(e, &env), env)
}

// ReadsLines reports whether rows of a log can only be decided by reading their lines.
func ReadsLines(e Expr) bool { return e != (all{}) && compile(e, new(Env)).cost() >= costLines }

func newMatcher(root predicate, env Env) model.Matcher {
	m := &matcher{root: root, env: env}
	if m.restsOn = standingsOf(m.root); m.restsOn == 0 {
		return m
	}
	return unbound{m}
}

// matcher decides rows by the predicate of a whole query.
type matcher struct {
	root    predicate
	env     Env
	restsOn standings
	log     atomic.Pointer[model.LogID] // whose ids the predicates know; nil before the first use
	workers sync.Pool                   // of *worker
}

// bind ties the matcher to its first log and reports whether log is that one.
func (m *matcher) bind(log model.LogID) bool {
	if known := m.log.Load(); known != nil {
		return *known == log
	}
	first := log // a copy, so that log stays on the stack
	return m.log.CompareAndSwap(nil, &first) || *m.log.Load() == log
}

// Narrow clears the rows that do not match. See model.Matcher.
func (m *matcher) Narrow(ctx context.Context, snap *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !m.bind(snap.Log()) {
		return fmt.Errorf("matching a query: %w", model.ErrOtherLog)
	}
	w, ok := m.workers.Get().(*worker)
	if !ok {
		w = newWorker()
	}
	defer m.workers.Put(w)
	w.ctx, w.snap, w.seg, w.env = ctx, snap, seg, &m.env
	defer func() { w.ctx, w.snap, w.seg = nil, nil, nil }()
	return m.root.narrow(w, rows)
}

// worker holds what one goroutine needs to decide the rows of a segment.
type worker struct {
	ctx    context.Context // of the call that the worker serves
	snap   *model.Snapshot
	seg    *model.Segment
	env    *Env
	lines  model.LineReader
	walker walker
}

func newWorker() *worker {
	return &worker{walker: walker{field.NewWalker()}}
}

// predicate decides rows. It must answer the same for the same row each time; any number of goroutines may call it.
type predicate interface {
	// narrow clears the rows of the worker's segment that do not match.
	narrow(w *worker, rows *model.Bitmap) error
	// cost is a rough number of picoseconds per row; cheap predicates run first.
	cost() int
	// fold returns what an engine can be asked about the rows that match; see Fold.
	fold(f *folder) limits
}

// Costs of predicates.
const (
	costFlags     = 200
	costColumn    = 800
	costTime      = 1_500
	costAddresses = 4_000
	costPlace     = 10_000
	costState     = 50_000
	costLines     = 100_000 // raw lines have to be read
	costParse     = 2_000_000
)

// compile makes the predicate of an expression.
func compile(e Expr, env *Env) predicate {
	switch e := e.(type) {
	case conjunction:
		return allOf(compileAll(e.terms, env)...)
	case alternative:
		return anyOf(compileAll(e.terms, env)...)
	case negation:
		other := *env
		other.untimed = !env.untimed
		return complement{compile(e.term, &other)}
	case words:
		return wordsPredicate(e.value)
	case attribute:
		return e.compile(env)
	}
	return every{}
}

func compileAll(terms []Expr, env *Env) []predicate {
	out := make([]predicate, len(terms))
	for i, t := range terms {
		out[i] = compile(t, env)
	}
	return out
}

// every matches every row.
type every struct{}

func (every) narrow(*worker, *model.Bitmap) error { return nil }
func (every) cost() int                           { return 0 }

// complement matches the rows that its part does not match.
type complement struct{ part predicate }

func (c complement) cost() int { return c.part.cost() }

func (c complement) narrow(w *worker, rows *model.Bitmap) error {
	match := *rows
	if err := c.part.narrow(w, &match); err != nil {
		return err
	}
	for i := range rows {
		rows[i] &^= match[i]
	}
	return nil
}

// intersection matches the rows that all parts match.
type intersection struct{ parts []predicate }

// allOf puts the cheapest parts first, so that the others have less to do.
func allOf(parts ...predicate) predicate {
	if len(parts) == 1 {
		return parts[0]
	}
	slices.SortStableFunc(parts, func(a, b predicate) int { return cmp.Compare(a.cost(), b.cost()) })
	return intersection{parts}
}

func (in intersection) cost() int { return totalCost(in.parts) }

func totalCost(parts []predicate) int {
	n := 0
	for _, p := range parts {
		n += p.cost()
	}
	return n
}

func (in intersection) narrow(w *worker, rows *model.Bitmap) error {
	for _, p := range in.parts {
		if rows.Next(0) < 0 {
			return nil
		}
		if err := p.narrow(w, rows); err != nil {
			return err
		}
	}
	return nil
}

// union matches the rows that any part matches.
type union struct{ parts []predicate }

// anyOf puts the cheapest parts first, so that the others have less to do.
func anyOf(parts ...predicate) predicate {
	if len(parts) == 1 {
		return parts[0]
	}
	slices.SortStableFunc(parts, func(a, b predicate) int { return cmp.Compare(a.cost(), b.cost()) })
	return union{parts}
}

func (u union) cost() int { return totalCost(u.parts) }

func (u union) narrow(w *worker, rows *model.Bitmap) error {
	left := *rows
	var found model.Bitmap
	for _, p := range u.parts {
		if left.Next(0) < 0 {
			break
		}
		match := left
		if err := p.narrow(w, &match); err != nil {
			return err
		}
		for i, m := range match {
			found[i] |= m
			left[i] &^= m
		}
	}
	*rows = found
	return nil
}
