package tui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
)

// suggestLog is what completion knows of the log: of the whole of it, whatever the filter shows, as values that the filter
// hides are what one may want to type.
type suggestLog struct {
	asked  model.Snapshot // of the job that is under way, or of the last one
	began  bool           // there is such a job
	all    *model.Selection
	facets *count.Facets
	values [model.NumColumns][]query.ValueCount
	paths  []query.PathCount
	ids    map[string]bool // of actors that have a name, too
}

// How much of the log completion knows.
const (
	suggestValues = 500  // values of a column, the most frequent ones
	suggestLines  = 1000 // newest lines that are read for the paths in them
)

// suggestCounted brings what completion knows of the log.
type suggestCounted struct {
	job
	snap   model.Snapshot
	all    *model.Selection
	facets *count.Facets
	values [model.NumColumns][]query.ValueCount
	paths  []query.PathCount
	ids    map[string]bool
	err    error
}

// data is what completions are made from.
func (l *suggestLog) data() query.Data {
	return query.Data{Paths: l.paths, Values: func(c model.Column) []query.ValueCount { return l.values[c] }}
}

// work has the values counted and paths looked for while the bar is being typed in: once, and again when the log is another
// one or has grown by a tenth.
func (s *suggest) work(j *jobs, scene *scene) tea.Cmd {
	l := &s.log
	if scene.sel == nil || j.busy(completeSlot) {
		return nil
	}
	snap := *scene.sel.Snapshot()
	same := l.began && prefixOf(&l.asked, &snap)
	if same && snap.Rows() <= l.asked.Rows()+l.asked.Rows()/10 {
		return nil
	}
	all, facets := l.all, l.facets
	if all == nil || !same || !prefixOf(all.Snapshot(), &snap) {
		all, facets = nil, newColumnFacets()
	}
	l.asked, l.began = snap, true
	ctx, job := j.start(completeSlot)
	return safely(func() tea.Msg { return countSuggest(ctx, job, snap, all, facets) })
}

func newColumnFacets() *count.Facets {
	var by [][]count.Key
	for c := range model.NumColumns {
		by = append(by, []count.Key{count.ByColumn(c)})
	}
	return count.NewFacets(by...)
}

// countSuggest counts the values of all columns; what facets counted already costs nothing.
func countSuggest(ctx context.Context, job job, snap model.Snapshot, all *model.Selection, facets *count.Facets) suggestCounted {
	out := suggestCounted{job: job, snap: snap}
	if out.all, out.err = model.Select(ctx, snap, nil, all); out.err != nil {
		return out
	}
	if out.facets, out.err = facets.Extend(ctx, out.all); out.err != nil {
		return out
	}
	for c := range model.NumColumns {
		for _, n := range out.facets.Facet(int(c)).Top(suggestValues) {
			if v := n.Values[0]; !v.Absent {
				out.values[c] = append(out.values[c], query.ValueCount{Value: v.Text, Count: n.Events})
			}
		}
	}
	out.ids = map[string]bool{}
	for _, v := range out.values[model.ColActorID] {
		out.ids[v.Value.Raw()] = true
	}
	for _, v := range out.values[model.ColActorName] {
		delete(out.ids, v.Value.Raw())
	}
	out.paths, out.err = query.Paths(ctx, out.all, suggestLines)
	return out
}

// rank puts values that begin with what was typed before those that only hold it, names of actors before their ids, and then
// the frequent before the rare. Names and operators stay as they are.
func (l *suggestLog) rank(options []query.Completion, typed string) {
	operator := strings.IndexAny(typed, ":=<>")
	if operator < 0 {
		return
	}
	typed = foldValue(typed)
	slices.SortStableFunc(options, func(a, b query.Completion) int {
		return cmp.Or(
			falseFirst(!strings.HasPrefix(foldValue(a.Text), typed), !strings.HasPrefix(foldValue(b.Text), typed)),
			falseFirst(l.ids[a.Text[operator+1:]], l.ids[b.Text[operator+1:]]),
			cmp.Compare(b.Count, a.Count))
	})
}

// foldValue is a term without what makes no difference to the eye.
func foldValue(term string) string { return strings.ToLower(strings.ReplaceAll(term, `"`, "")) }

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// take takes what was counted, and offers it at once.
func (s *suggest) take(msg tea.Msg) {
	m, ok := msg.(suggestCounted)
	if !ok || m.err != nil {
		return // names and operators can be offered without a log
	}
	s.log.all, s.log.facets, s.log.values, s.log.paths, s.log.ids = m.all, m.facets, m.values, m.paths, m.ids
	s.refresh()
}
