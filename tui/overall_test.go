package tui

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/side"
)

// everythingOf counts a log as databases would that have its lines.
func everythingOf(t *testing.T, text string) *Everything {
	t.Helper()
	snap := kittest.LoadText(t, "whole.jsonl", text).Snapshot()
	sel := kittest.SelectedBy(t, &snap, query.Everything())
	all := &Everything{Events: sel.Len(), Facets: map[string][]count.Count{}}
	for _, b := range side.CountedTogether() {
		facets, err := count.NewFacets([]count.Key{b.Key}).Extend(t.Context(), sel)
		if err != nil {
			t.Fatal(err)
		}
		if b.Name != "source" {
			all.Facets[b.Name] = facets.Facet(0).Top(0)
		}
	}
	all.Timeline = func(ctx context.Context, fit func(first, last int64) count.Window) (*count.Histogram, error) {
		first, last, _ := count.Span(sel)
		return new(count.Histogram).Within(ctx, sel, fit(first, last))
	}
	return all
}

// partLog is newInvented with a database that counts: it has five failed events an hour before those that are loaded.
func partLog(t *testing.T) (*invented, kittest.StillLog) {
	t.Helper()
	a, log := newInvented(t)
	earlier := strings.ReplaceAll(strings.ReplaceAll(kittest.Events(5), "2026-11-22T00", "2026-11-21T23"), "SUCCEEDED", "FAILED")
	a.counts = 1
	a.everything = func(context.Context, int) (*Everything, bool, error) {
		return everythingOf(t, kittest.Events(5)+strings.ReplaceAll(earlier, "192.0.2.1", "192.0.2.77")), true, nil
	}
	return a, log
}

func TestFacetsAndTimelineAreOfEverything(t *testing.T) {
	a, log := partLog(t)
	for _, ascii := range []bool{false, true} {
		dotted, solid := "⣿", "█"
		if ascii {
			dotted, solid = "%", "#"
		}
		d := newDriver(t, Options{Log: log, Asker: a, ASCII: ascii}, 120, 40)
		d.mustShow("FAILED     5 ", "192.0.2.77 5", "50.0 %", dotted+dotted, solid+solid)
		d.mustNotShow("over the")
		if got := strings.Count(strings.ReplaceAll(d.screenText(), " - ", " · "), "10 · 5 loaded"); got != 2 {
			t.Errorf("%d panes say how many events there are:\n%s", got, d.screenText())
		}
		d.press("b j")
		d.mustShow("5 " + map[bool]string{false: "·", true: "-"}[ascii] + " 0 loaded")
		checkShape(t, d, 120, 40)
	}
	if len(a.counted) != 2 {
		t.Errorf("asked %d times, want once for each", len(a.counted))
	}
}

// Another filter is not counted unless it is known how many rows match; what was counted of the filter before is not shown for it.
func TestAnotherFilterIsNotCountedUnasked(t *testing.T) {
	a, log := partLog(t)
	d := newDriver(t, Options{Log: log, Asker: a}, 120, 40)
	d.mustShow("10 · 5 loaded")
	d.press("/")
	d.write("action=LIST_RULES")
	d.press("enter")
	d.mustNotShow("10 · 5 loaded")
	d.mustShow("over the 5 loaded")
	d.press("%")
	d.mustShow("10 · 5 loaded")
	if n := len(a.counted); n != 2 || a.counted[1].Text != "action=LIST_RULES" {
		t.Errorf("asked for %v", a.counted)
	}
	a.answer = func(context.Context, int) (Asked, bool, error) {
		return Asked{Rows: 1, More: true, Total: model.Total{Least: 10, Most: 10}}, true, nil
	}
	d.press("Q")
	if len(a.counted) != 3 {
		t.Errorf("rows that came were not counted anew: asked %d times", len(a.counted))
	}
}

func TestWhatIsNotCountedIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		change func(a *invented, log kittest.StillLog)
		keys   string
		want   string
		asked  int
	}{
		"costs":  {func(a *invented, _ kittest.StillLog) { a.costs = true }, "", "over the 5 loaded", 0},
		"wanted": {func(a *invented, _ kittest.StillLog) { a.costs = true }, "%", "10 · 5 loaded", 1},
		"too many": {func(_ *invented, log kittest.StillLog) {
			log.UpdateSource(0, func(s *model.SourceState) { s.Total.Most = 1 << 40 })
		}, "", "over the 5 loaded", 0},
		"declined": {func(a *invented, _ kittest.StillLog) {
			a.everything = func(context.Context, int) (*Everything, bool, error) { return nil, false, nil }
		}, "", "over the 5 loaded", 1},
		"failed": {func(a *invented, _ kittest.StillLog) {
			a.everything = func(context.Context, int) (*Everything, bool, error) {
				return nil, false, errors.New("it has had enough")
			}
		}, "", "the counts are still those of the loaded rows: it has had enough", 1},
		"another source": {func(_ *invented, log kittest.StillLog) {
			log.AddSource(model.NewText("x.jsonl"))
			log.UpdateSource(2, func(s *model.SourceState) { s.Phase = model.Complete })
		}, "%", "not all sources are databases", 0},
		"whole": {func(_ *invented, log kittest.StillLog) {
			log.UpdateSource(0, func(s *model.SourceState) { s.Newest = false })
		}, "%", "all rows for this filter are loaded", 0},
		"none": {func(a *invented, _ kittest.StillLog) { a.none = true }, "%", "no source is a database", 0},
	} {
		t.Run(name, func(t *testing.T) {
			a, log := partLog(t)
			c.change(a, log)
			d := newDriver(t, Options{Log: log, Asker: a}, 120, 40)
			d.press(c.keys)
			d.mustShow(c.want)
			if len(a.counted) != c.asked {
				t.Errorf("asked %d times, want %d", len(a.counted), c.asked)
			}
		})
	}
}

// A timeline that cannot be asked for leaves that of the loaded rows, beside facets of everything.
func TestATimelineThatIsNotCountedIsThatOfTheLoadedRows(t *testing.T) {
	for _, failure := range []error{nil, errors.New("it has had enough")} {
		a, log := partLog(t)
		counted := a.everything
		a.everything = func(ctx context.Context, n int) (*Everything, bool, error) {
			all, ok, err := counted(ctx, n)
			all.Timeline = func(context.Context, func(first, last int64) count.Window) (*count.Histogram, error) {
				return nil, failure
			}
			return all, ok, err
		}
		d := newDriver(t, Options{Log: log, Asker: a}, 120, 40)
		d.mustShow("over the 5 loaded", "10 · 5 loaded", "none failed")
		if failure != nil {
			d.mustShow("the timeline still shows the loaded rows only: it has had enough")
		}
	}
}

func TestEscStopsCountingEverything(t *testing.T) {
	a, log := partLog(t)
	a.costs = true
	d := newDriver(t, Options{Log: log, Asker: a}, 120, 40)
	began := make(chan struct{})
	a.everything = func(ctx context.Context, _ int) (*Everything, bool, error) {
		close(began)
		<-ctx.Done()
		return nil, false, ctx.Err()
	}
	w := countAll(d.app, kit.NoCommand)
	done := make(chan tea.Msg)
	go func() { done <- w.Cmd() }()
	<-began
	d.mustShow("counting all rows at the database", "esc stops")
	d.press("% esc")
	d.send(<-done)
	d.mustShow("stopped counting: the counts are still those of the loaded rows", "over the 5 loaded")
	if len(a.counted) != 1 {
		t.Errorf("asked %d times", len(a.counted))
	}
}
