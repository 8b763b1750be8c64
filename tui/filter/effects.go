package filter

import (
	"context"
	"maps"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
	"pawprint/tui/kit"
)

// effects knows what each condition of the filter does to the rows: how many more there are without it, or how many fewer with it if it
// is switched off. A job counts that for the rows of a whole log, so what is known is exact; otherwise nothing is known.
type effects struct {
	counting kit.Slot
	env      query.Env         // the environment of the filter, so that its relative times mean the same
	of       *model.Selection  // the rows that the counts are about; nil if there are none
	asked    *model.Selection  // of the job that is under way, or of the last one
	turned   []turned          // by chip
	actors   map[string]string // those of chipNames
	alone    query.Expr        // the condition that was added last, to be counted by itself; nil for none
	lone     turned            // its rows
	part     bool              // a database may have more rows of the filter than those that are loaded
	local    []bool            // by chip: no database can be asked for it, as it looks at the rows that are loaded
}

// turned is the rows that would be shown if a condition were turned: switched off if it is on, and on if it is off.
type turned struct {
	matcher model.Matcher
	rows    *model.Selection
	known   bool // every row was decided
}

// The limits of what is counted.
const (
	effectChips    = 20      // conditions
	effectReadRows = 300_000 // rows of a log in which lines are read to count
)

// effectsCounted brings the effects of the conditions on the rows of a selection.
type effectsCounted struct {
	kit.Job
	of     *model.Selection
	turned []turned
	lone   turned
	local  []bool
	names  map[string]string
	err    error
}

// reset forgets the effects, as there is another filter, compiled with env.
func (e *effects) reset(env query.Env) {
	e.counting.Stop()
	*e = effects{counting: e.counting, env: env, actors: e.actors, part: e.part}
}

// known returns the rows that would be shown if chip i of a filter that shows sel were turned; ok is false until they are counted.
func (e *effects) known(i int, sel *model.Selection) (rows int, ok bool) {
	if sel == nil || e.of != sel || i >= len(e.turned) || !e.turned[i].known {
		return 0, false
	}
	return e.turned[i].rows.Len(), true
}

// over returns how many rows are loaded, of those that a database has; 0 if they are all.
func (e *effects) over() int {
	if e.of == nil || !e.part {
		return 0
	}
	return e.of.Snapshot().Rows()
}

// onlyLoaded reports whether chip i makes sense only over the rows that are loaded.
func (e *effects) onlyLoaded(i int) bool { return i < len(e.local) && e.local[i] }

// work starts the job once all rows of the filter are selected from a complete log, and again as that grows.
func (e *effects) work(ctx context.Context, s *kit.Scene) tea.Cmd {
	f, sel := &s.Current, s.Newest
	e.part = s.Part
	if sel == nil || !s.Complete || s.Preview || e.asked == sel || e.counting.Busy() || len(f.Chips) == 0 || len(f.Chips) > effectChips {
		return nil
	}
	e.asked = sel
	exprs, conditions := []query.Expr{e.alone}, []query.Expr(nil)
	for i := range f.Chips {
		exprs, conditions = append(exprs, f.Turned(i)), append(conditions, f.Chips[i].Expr)
	}
	before := append([]turned{e.lone}, e.turned...)
	ctx, job := e.counting.Start(ctx, e)
	env, ids := e.env, actorIDs(f)
	return kit.Safely(func() tea.Msg {
		m := countEffects(ctx, job, sel, exprs, before, env, ids)
		for _, c := range conditions {
			m.local = append(m.local, query.LooksAtLoaded(c, env))
		}
		return m
	})
}

// countEffects selects what each expression finds, and extends what was found before; a nil one finds nothing.
func countEffects(ctx context.Context, job kit.Job, of *model.Selection, exprs []query.Expr, before []turned, env query.Env, ids []string) effectsCounted {
	out, snap := effectsCounted{Job: job, of: of, names: map[string]string{}}, *of.Snapshot()
	for i, e := range exprs {
		var t turned
		if i < len(before) {
			t = before[i]
		}
		if e != nil && (snap.Rows() <= effectReadRows || !query.ReadsLines(e)) {
			t, out.err = t.extend(ctx, snap, e, env)
		}
		if out.err != nil {
			return out
		}
		out.turned = append(out.turned, t)
	}
	out.lone, out.turned = out.turned[0], out.turned[1:]
	for _, id := range ids {
		if name, ok := onlyName(ctx, snap, id); ok {
			out.names[id] = name
		}
	}
	return out
}

// extend selects the rows of a newer snapshot.
func (t turned) extend(ctx context.Context, snap model.Snapshot, e query.Expr, env query.Env) (turned, error) {
	var unread query.Unread
	if t.rows == nil {
		env.Unread = unread.Add
		t.matcher, t.known = query.Compile(e, env), true
	}
	rows, err := model.Select(ctx, snap, t.matcher, t.rows)
	if n, _ := unread.Rows(); n > 0 {
		t.known = false
	}
	t.rows = rows
	return t, err
}

// Take implements kit.Taker.
func (e *effects) Take(msg tea.Msg) kit.Wish {
	if m, ok := msg.(effectsCounted); ok && m.err == nil {
		e.of, e.turned, e.lone, e.local = m.of, m.turned, m.lone, m.local
		clear(e.actors)
		maps.Copy(e.actors, m.names)
	}
	return kit.Wish{}
}

// actorIDs lists the ids of actors that conditions ask for.
func actorIDs(f *kit.Filter) (ids []string) {
	for i := range f.Chips {
		if c, ok := query.Compared(f.Chips[i].Expr); ok && c.Exact && c.Name == actorID {
			ids = append(ids, c.Text)
		}
	}
	return ids
}

const actorID, actorName = "actor.id", "actor.name"

// onlyName returns the name of the actor with an id. ok is false if the log has several names for the id, or the name is that of
// several ids: then it would say less, or more, than the id.
func onlyName(ctx context.Context, snap model.Snapshot, id string) (name string, ok bool) {
	names, ok := onlyValue(ctx, snap, query.Is(actorID, id), model.ColActorName)
	if !ok {
		return "", false
	}
	_, ok = onlyValue(ctx, snap, query.Is(actorName, names), model.ColActorID)
	return names, ok
}

// onlyValue returns the only value of a column in the rows that a query finds.
func onlyValue(ctx context.Context, snap model.Snapshot, e query.Expr, c model.Column) (text string, ok bool) {
	rows, err := model.Select(ctx, snap, query.Compile(e, query.Env{}), nil)
	if err != nil {
		return "", false
	}
	facets, err := count.NewFacets([]count.Key{count.ByColumn(c)}).Extend(ctx, rows)
	if err != nil {
		return "", false
	}
	top := facets.Facet(0).Top(2)
	if len(top) != 1 || top[0].Values[0].Absent || top[0].Events != rows.Len() {
		return "", false
	}
	return top[0].Values[0].Text.Raw(), true
}
