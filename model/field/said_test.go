package field_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/logtest"
	"pawprint/model/marks"
)

// saidLog is a log of events and, at row 4, of a line that is none, with what was said about them.
func saidLog(t *testing.T) (*model.Selection, marks.Rows) {
	t.Helper()
	var text strings.Builder
	for i := range 6 {
		line := logtest.Event(fmt.Sprintf(`"timestamp":"2026-11-02T10:%02d:00Z"`, i))
		if i == 4 {
			line = "no event"
		}
		text.WriteString(line + "\n")
	}
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "a.jsonl", From: strings.NewReader(text.String())}); err != nil {
		t.Fatal(err)
	}
	var said marks.Rows
	for r, words := range map[model.Row]marks.Words{
		0: {Verdict: marks.Malicious, Tags: []string{"b", "a"}, Note: "x"}, 1: {Verdict: marks.Benign, Tags: []string{"a"}},
		2: {}, 4: {Verdict: marks.Suspicious, Tags: []string{"c"}}, 5: {Verdict: marks.Suspicious, Tags: []string{"a", "B"}, Note: "x"},
	} {
		said = said.With(marks.Place{Row: r, Mark: &marks.Mark{Words: words}})
	}
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sel, said
}

func TestEventsAreCountedByWhatWasSaidOfThem(t *testing.T) {
	sel, said := saidLog(t)
	for _, c := range []struct {
		name    string
		rejects bool
		want    string
	}{
		{"tag", false, "a 3, none 2, B 1, b 1"},
		{"tags", false, "a 3, none 2, B 1, b 1"},
		{"verdict", false, "none 2, benign 1, malicious 1, suspicious 1"},
		{"note", false, "none 3, x 2"},
		{"tag", true, "a 3, none 2, B 1, b 1, c 1"},
	} {
		f := field.Of(c.name)
		keys := []count.Key{f.Said(said.Search)}
		if c.rejects {
			keys = append(keys, count.ByReject())
		}
		facets, err := count.NewFacets(keys).Extend(t.Context(), sel)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range facets.Facet(0).Top(0) {
			word := n.Values[0].Text.Raw()
			if n.Values[0].Absent {
				word = "none"
			}
			got = append(got, fmt.Sprint(word, " ", n.Events))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("by %s -want +got:\n%s", c.name, diff)
		}
		if n, _ := facets.Facet(0).Events(); n != 5 && !c.rejects {
			t.Errorf("by %s %d events were counted", c.name, n)
		}
	}
}

func TestRowsAreSortedByWhatWasSaidOfThem(t *testing.T) {
	sel, said := saidLog(t)
	for _, c := range []struct {
		name     string
		backward bool
		want     []model.Row
	}{
		{"verdict", false, []model.Row{1, 4, 5, 0, 2, 3}},
		{"verdict", true, []model.Row{0, 4, 5, 1, 2, 3}},
		{"tag", false, []model.Row{1, 5, 0, 4, 2, 3}},
		{"note", false, []model.Row{0, 5, 1, 2, 3, 4}},
	} {
		f := field.Of(c.name)
		key, err := f.SortKey(said.Search)
		if err != nil {
			t.Fatal(err)
		}
		got, err := count.Sorted(t.Context(), sel, count.Order{By: key, Descending: c.backward})
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("by %s, backward %v: %v, want %v, %v", c.name, c.backward, got, c.want, err)
		}
	}
}

// An event that may be marked but can no longer be read, counts as having no value, and is told.
func TestWhatCannotBeReadIsCountedAsUnread(t *testing.T) {
	sel, said := saidLog(t)
	gone := errors.New("gone")
	find := func(ctx context.Context, snap *model.Snapshot, from, to model.Row) (marks.Found, error) {
		found, err := said.Search(ctx, snap, from, to)
		found.Unread, found.Why = []model.Row{3, 4}, gone
		return found, err
	}
	f := field.Of("verdict")
	facets, err := count.NewFacets([]count.Key{f.Said(find)}).Extend(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := facets.Facet(0).Unread(); n != 1 || err != gone || facets.Facet(0).Len() != 4 {
		t.Errorf("%d events are unread, %v; %d values", n, err, facets.Facet(0).Len())
	}
}
