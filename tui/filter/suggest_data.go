package filter

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
)

// suggestLog is what completion knows of the log. It covers the whole log, whatever the filter, as the user may want to type a
// value that the filter hides.
type suggestLog struct {
	asked  model.Snapshot // of the job that is under way, or of the last one
	began  bool           // a job was started
	all    *model.Selection
	facets *count.Facets
	values [model.NumColumns][]query.ValueCount
	paths  []query.PathCount
	ids    map[string]bool // the ids of actors that also have a name
}

// The limits of what completion reads of the log.
const (
	suggestValues = 500  // most frequent values of a column
	suggestLines  = 1000 // newest lines that are searched for paths
)

// suggestCounted brings the values and paths of the log.
type suggestCounted struct {
	kit.Job
	snap   model.Snapshot
	all    *model.Selection
	facets *count.Facets
	values [model.NumColumns][]query.ValueCount
	paths  []query.PathCount
	ids    map[string]bool
	err    error
}

// data returns what completions are made from.
func (l *suggestLog) data() query.Data {
	return query.Data{Paths: l.paths, Values: func(c model.Column) []query.ValueCount { return l.values[c] }}
}

// Work starts the job that counts values and finds paths, while the user types in the bar: once, and again when the log was
// replaced or has grown by a tenth.
func (s *suggest) Work(ctx context.Context, scene *kit.Scene) tea.Cmd {
	l := &s.log
	s.library, s.said = scene.Library, scene.Said
	if scene.Sel == nil || s.counting.Busy() {
		return nil
	}
	snap := *scene.Sel.Snapshot()
	same := l.began && kit.PrefixOf(&l.asked, &snap)
	if same && snap.Rows() <= l.asked.Rows()+l.asked.Rows()/10 {
		return nil
	}
	all, facets := l.all, l.facets
	if all == nil || !same || !kit.PrefixOf(all.Snapshot(), &snap) {
		all, facets = nil, newColumnFacets()
	}
	l.asked, l.began = snap, true
	ctx, job := s.counting.Start(ctx, s)
	return kit.Safely(func() tea.Msg { return countSuggest(ctx, job, snap, all, facets) })
}

func newColumnFacets() *count.Facets {
	var by [][]count.Key
	for c := range model.NumColumns {
		by = append(by, []count.Key{count.ByColumn(c)})
	}
	for _, f := range model.Schema() {
		if f.Column != model.NoColumn {
			by[f.Column] = []count.Key{field.ColumnKey(f.Column, f.Field)}
		}
	}
	return count.NewFacets(by...)
}

// countSuggest counts the values of all columns. It extends facets, so that rows counted there are not counted again.
func countSuggest(ctx context.Context, job kit.Job, snap model.Snapshot, all *model.Selection, facets *count.Facets) suggestCounted {
	out := suggestCounted{Job: job, snap: snap}
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

// rank sorts values: those that start with the typed text before those that contain it, names of actors before their ids, then
// by count. It leaves names and operators as they are.
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

// foldValue returns a term in lower case without quotes, for comparing with typed text.
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

// Take implements kit.Taker: it offers the counted values at once.
func (s *suggest) Take(msg tea.Msg) kit.Wish {
	m, ok := msg.(suggestCounted)
	if !ok || m.err != nil {
		return kit.Wish{} // still offer names and operators
	}
	s.log.all, s.log.facets, s.log.values, s.log.paths, s.log.ids = m.all, m.facets, m.values, m.paths, m.ids
	s.refresh()
	return kit.Wish{}
}
