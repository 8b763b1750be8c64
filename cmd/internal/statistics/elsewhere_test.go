package statistics

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
	"pawprint/model/query"
)

// counted prints what a Statistic counts in the lines of a text.
func counted(t *testing.T, s *Statistic, text string) (csv string, events int) {
	t.Helper()
	sel, err := model.Select(t.Context(), loaded(t, text), query.Compile(query.Everything(), query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	g, events, err := s.Grid(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	format, err := output.Grids.Find("csv")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := format.WriteGrid(output.Options{Out: &out}, g); err != nil {
		t.Fatal(err)
	}
	return out.String(), events
}

// groupsOf are the counts of the lines of a text, as a source that counts them itself would give them.
func groupsOf(t *testing.T, s *Statistic, text string) []count.Count {
	t.Helper()
	keys := s.keys
	if s.bucketed() {
		keys = append([]count.Key{count.ByStep(s.Step)}, keys...)
	}
	sel, err := model.Select(t.Context(), loaded(t, text), query.Compile(query.Everything(), query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	facets, err := count.NewFacets(keys).Extend(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	return facets.Facet(0).Top(0)
}

func TestCountsFromElsewhereMakeNoDifference(t *testing.T) {
	var lines []string
	for i := range 200 {
		lines = append(lines, fmt.Sprintf(`{"timestamp":"2026-11-%02dT%02d:00:00Z","actionName":"A%d","actionResult":%q,"actor":{"id":"u-%d"%s}}`,
			1+i*7%28, i*5%24, i%5, []string{"SUCCEEDED", "FAILED", "PARTIALLY_FAILED"}[i%3], i%4, []string{"", `,"name":"x"`, `,"name":""`}[i%3]))
	}
	rest := append(lines[:40:40], `{"actionName":"A1","actor":{"id":"u-9"}}`, "no event")
	whole := strings.Join(append(rest, lines[40:]...), "\n") + "\n"
	for _, by := range []string{"", "action", "actor.name", "action,result", "actor.id,actor.name,result"} {
		for _, length := range []time.Duration{0, 6 * time.Hour, 24 * time.Hour} {
			for _, top := range []int{0, 2} {
				make := func() *Statistic {
					var names []string
					if by != "" {
						names = strings.Split(by, ",")
					}
					s, err := New("by", names, nil)
					if err != nil {
						t.Fatal(err)
					}
					s.Zone, s.Top = time.UTC, top
					s.Step = clock.Step{Length: length, Zone: time.UTC}
					return s
				}
				if by == "" && length == 0 {
					continue
				}
				want, events := counted(t, make(), whole)
				s := make()
				for _, part := range [][]string{lines[40:100], lines[100:]} {
					s.Elsewhere = append(s.Elsewhere, groupsOf(t, s, strings.Join(part, "\n")+"\n")...)
				}
				if got, n := counted(t, s, strings.Join(rest, "\n")+"\n"); got != want || n != events {
					t.Errorf("by %q, every %v, top %d: %d events\n%s, want %d\n%s", by, length, top, n, got, events, want)
				}
			}
		}
	}
}
