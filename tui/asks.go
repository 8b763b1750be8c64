package tui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// asks is what the user asks the databases of the log for: more rows than those that were loaded at the start. One question runs at a
// time.
type asks struct {
	display *kit.Display
	asker   kit.Asker // nil if there is none
	key     kit.Command
	asking  kit.Slot
	what    kit.Asking // what is being asked now
	rows    int        // how many the log had before
	stop    context.CancelFunc
	stopped bool                   // the user stopped waiting
	loaded  int                    // rows of the log before the first question of the user; -1 before that
	first   query.Expr             // the filter that the first load asked for
	whole   []query.Expr           // filters whose rows were all loaded by later questions
	totals  map[string]model.Total // how many rows match, by the filter
	all     overall                // what is counted of all rows
}

func newAsks(disp *kit.Display, asker kit.Asker) asks {
	q := asks{display: disp, asker: asker, loaded: -1, totals: map[string]model.Total{}, all: newOverall(disp, asker)}
	for i, o := range openers() {
		if strings.ReplaceAll(o.key.Help().Desc, " ", "-") == kit.AskCommand {
			q.key = kit.Added(i)
		}
	}
	return q
}

// total is how many rows of a filter there are, if that is known.
func (q *asks) total(filter string, snap *model.Snapshot) model.Total {
	if t, known := q.totals[filter]; known || filter != q.first.String() {
		return t
	}
	return snap.Total()
}

// dated notes that a filter has the same meaning as another one, whose times were completed.
func (q *asks) dated(before string, now query.Expr) {
	if q.first.String() == before {
		q.first = now
	}
}

// mixed reports whether rows of several questions are loaded, also of one that was stopped or failed: then they need not be the newest.
func (q *asks) mixed(snap *model.Snapshot) bool { return q.loaded >= 0 && snap.Rows() > q.loaded }

// part reports whether the databases may have more rows of a filter than those that are loaded. New rows that have come since do not count.
func (q *asks) part(e query.Expr, snap *model.Snapshot) bool {
	switch {
	case q.asker == nil:
		return snap.OnlyNewest()
	case !q.asker.Asks():
		return false
	case !snap.OnlyNewest() && !endedEarly(snap.Sources()) && query.Implies(e, q.first):
		return false
	}
	return !slices.ContainsFunc(q.whole, func(whole query.Expr) bool { return query.Implies(e, whole) })
}

// endedEarly reports whether a source was not read to its end.
func endedEarly(sources []model.SourceState) bool {
	return slices.ContainsFunc(sources, func(s model.SourceState) bool { return s.Phase == model.Broken || s.Phase == model.Cancelled })
}

// possible reports whether there is a database to ask.
func (q *asks) possible() bool { return q.asker != nil && q.asker.Asks() }

// askFor makes a table entry for a key that asks for a part of the rows of the current filter.
func askFor(part kit.AskedPart) func(*App, kit.Command) kit.Wish {
	return func(a *App, _ kit.Command) kit.Wish {
		what := kit.Asking{Expr: a.feed.Expr, Env: a.env(), Text: a.feed.Expr.String(), Part: part}
		return a.asks.ask(a.ctx, what, &a.feed.snap)
	}
}

// ask begins to ask.
func (q *asks) ask(ctx context.Context, what kit.Asking, snap *model.Snapshot) kit.Wish {
	switch {
	case !q.possible():
		return kit.Wish{Toast: termsafe.Const("no source is a database: everything is loaded already")}
	case q.asking.Busy():
		return kit.Wish{Toast: termsafe.Const("one query at a time: esc stops the running one")}
	case q.loaded < 0 && kit.Loading(snap.Sources()):
		return kit.Wish{Toast: termsafe.Const("still loading the first rows: esc stops that")}
	}
	q.all.forget() // the counts are of rows that will be replaced
	ctx, job := q.asking.Start(ctx, q)
	ctx, q.stop = context.WithCancel(ctx)
	q.what, q.rows, q.stopped = what, snap.Rows(), false
	if q.loaded < 0 {
		q.loaded = q.rows
	}
	asker, cancel := q.asker, q.stop
	return kit.Wish{Cmd: kit.Safely(func() tea.Msg {
		defer cancel()
		got, ok, err := asker.Ask(ctx, what)
		return answered{Job: job, got: got, ok: ok, err: err}
	})}
}

// work counts all rows of the filter, if it is known how many match and only a part of them is loaded.
func (q *asks) work(a *App) tea.Cmd {
	f, text := &a.feed, a.feed.Expr.String()
	if q.all.begun && q.all.of != f.matcher {
		q.all.forget()
	}
	if f.previous == nil || f.partial() || a.bar.Typing || !f.settled() || q.busy() ||
		!q.all.unasked(f.matcher, q.total(text, &f.snap), &f.snap) || !q.part(f.Expr, &f.snap) {
		return nil
	}
	return q.all.begin(a.ctx, kit.Asking{Expr: f.Expr, Env: f.env, Text: text}, f.matcher)
}

// countAll counts all rows of the filter when the user asks for it.
func countAll(a *App, _ kit.Command) kit.Wish {
	q, f := &a.asks, &a.feed
	switch {
	case !q.possible():
		return kit.Wish{Toast: termsafe.Const("no source is a database: everything is loaded already")}
	case !q.part(f.Expr, &f.snap):
		return kit.Wish{Toast: termsafe.Const("all rows for this filter are loaded, and the counts are of all rows")}
	case !q.all.possible(&f.snap):
		return kit.Wish{Toast: termsafe.Const("not all sources are databases: the counts are still those of the loaded rows")}
	case q.busy():
		return kit.Wish{Toast: termsafe.Const("one query at a time: esc stops the running one")}
	case !f.settled():
		return kit.Wish{Toast: termsafe.Const("still loading the first rows: esc stops that")}
	}
	return kit.Wish{Cmd: q.all.begin(a.ctx, kit.Asking{Expr: f.Expr, Env: f.env, Text: f.Expr.String()}, f.matcher)}
}

// busy reports whether a database is asked for something.
func (q *asks) busy() bool { return q.asking.Busy() || q.all.busy() }

// end stops the question that runs, and reports whether there was one. The slot stays busy until the database has been told.
func (q *asks) end() bool {
	if !q.asking.Busy() {
		return false
	}
	q.stopped = true
	q.stop()
	return true
}

// words says what the user waits for; empty if nothing.
func (q *asks) words(snap *model.Snapshot) termsafe.Safe {
	switch {
	case q.all.busy():
		return termsafe.Const("counting all rows at the database")
	case !q.asking.Busy():
		return termsafe.Safe{}
	}
	words := partWords[q.what.Part]
	if q.stopped {
		words = termsafe.Const("stopping")
	}
	return termsafe.Concat(words, termsafe.Const(": "), termsafe.Count(int64(snap.Rows()-q.rows), "row", "rows"), termsafe.Const(" so far"))
}

// partWords say what is asked for.
var partWords = [...]termsafe.Safe{
	kit.MissingRows: termsafe.Const("asking for more rows for this filter"), kit.OlderRows: termsafe.Const("asking for older rows for this filter"),
	kit.NewerRows: termsafe.Const("asking for newer rows for this filter"),
}

// answered brings the answer of a question.
type answered struct {
	kit.Job
	got kit.Asked
	ok  bool
	err error
}

// Take takes the answer.
func (q *asks) Take(msg tea.Msg) kit.Wish {
	m, is := msg.(answered)
	if !is {
		return kit.Wish{}
	}
	q.all.held = q.stopped || m.err != nil
	switch {
	case q.stopped:
		return kit.Wish{Toast: termsafe.Const("stopped: loaded rows stay")}
	case m.err != nil:
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("loaded rows stay, but the query failed: "), q.display.Said(m.err))}
	case !m.ok:
		return kit.Wish{}
	}
	if m.got.Total.Known() {
		q.totals[q.what.Text] = m.got.Total
	}
	if !m.got.More && q.what.Part == kit.MissingRows {
		q.whole = append(q.whole, q.what.Expr)
	}
	return kit.Wish{Toast: q.came(&m.got)}
}

// came says what has come.
func (q *asks) came(got *kit.Asked) termsafe.Safe {
	words := termsafe.Concat(termsafe.Count(got.Rows, "more row", "more rows"), termsafe.Const(" loaded"))
	switch {
	case got.Rows == 0 && !got.More:
		words = termsafe.Const("the database has no more rows for this filter")
		if q.what.Part != kit.MissingRows {
			words = termsafe.Concat(words, termsafe.Const(" there"))
		}
	case got.More:
		words = termsafe.Concat(words, termsafe.Const("; there are others: "), q.display.KeyNamed(kit.AskCommand), termsafe.Const(" asks for them"))
	default:
		words = termsafe.Concat(words, termsafe.Const(", and there are no others"))
	}
	if got.Loaded != "" {
		words = termsafe.Concat(words, termsafe.Const("; "), q.display.Quoted(got.Loaded), termsafe.Const(" looks at all loaded rows, so all rows were asked for"))
	}
	return words
}

// hints puts the key that asks among the hints of the list, if there is a database.
func (q *asks) hints(hints []kit.Hint) []kit.Hint {
	if !q.possible() || len(hints) < 2 {
		return hints
	}
	own := kit.Does("ask the database", q.key)
	return append(append(append([]kit.Hint{}, hints[:2]...), own), hints[2:]...)
}
