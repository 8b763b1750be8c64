package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// invented is a database of the tests, which answers a question by what answer returns.
type invented struct {
	log    *model.Log
	asked  []Asking
	answer func(ctx context.Context, n int) (Asked, bool, error)
	none   bool

	counts     int // databases that count
	costs      bool
	counted    []Asking
	everything func(ctx context.Context, n int) (*Everything, bool, error)
}

func (a *invented) Asks() bool { return !a.none }

func (a *invented) Ask(ctx context.Context, what Asking) (Asked, bool, error) {
	a.asked = append(a.asked, what)
	return a.answer(ctx, len(a.asked))
}

func (a *invented) Counts() (int, bool) { return a.counts, a.costs }

func (a *invented) Everything(ctx context.Context, what Asking, _ []CountedBy) (*Everything, bool, error) {
	a.counted = append(a.counted, what)
	return a.everything(ctx, len(a.counted))
}

const inventedURL = "clickhouse://ch.example.com:8443/logs.audit"

// newInvented is a database of which five rows are loaded.
func newInvented(t *testing.T) (*invented, kittest.StillLog) {
	t.Helper()
	a := &invented{log: model.NewLog()}
	id := a.log.AddSource(model.NewText(inventedURL))
	a.window(t, "2026-11-22T09:00:00Z/2026-11-22T10:00:00Z", kittest.Events(5))
	a.log.UpdateSource(id, func(s *model.SourceState) {
		s.Phase, s.Newest, s.Listing, s.Total = model.Complete, true, true, model.Total{Least: 83_200_000, Most: 83_200_000}
	})
	return a, kittest.StillLog{Log: a.log}
}

// window loads lines as a window does.
func (a *invented) window(t *testing.T, name, text string) {
	t.Helper()
	id := a.log.AddSource(model.NewText(inventedURL + "#" + name))
	a.log.UpdateSource(id, func(s *model.SourceState) { s.Of = model.NewText(inventedURL) })
	if err := loader.ReadLines(t.Context(), a.log, id, strings.NewReader(text), loader.Limits{}); err != nil {
		t.Fatal(err)
	}
	a.log.UpdateSource(id, func(s *model.SourceState) { s.Phase = model.Complete })
}

// mustNotShow fails if the screen shows a text.
func (d *driver) mustNotShow(text string) {
	d.t.Helper()
	if screen := d.screenText(); strings.Contains(screen, text) {
		d.t.Errorf("the screen shows %q:\n%s", text, screen)
	}
}

// catchUp lets the interface see what came into the log.
func (d *driver) catchUp() { d.run(d.app.feed.wait(d.app.ctx, d.app)) }

func TestKeysAskTheDatabaseForTheFilterAsItStands(t *testing.T) {
	a, log := newInvented(t)
	a.answer = func(context.Context, int) (Asked, bool, error) {
		a.window(t, "2026-11-14T00:00:00Z/2026-11-21T00:00:00Z", strings.Replace(kittest.Events(3), "2026-11-22", "2026-11-15", -1))
		return Asked{Rows: 3, More: true, Total: model.Total{Least: 90, Most: 120}}, true, nil
	}
	d := newDriver(t, Options{Log: log, Asker: a}, 120, 24)
	d.mustShow("83.2 M match · newest 5 loaded", "Q ask the database")
	d.press("Z")
	d.catchUp()
	d.mustShow("90 to 120 match · 8 loaded", "3 more rows loaded; there are others: Q asks for them")
	if strings.Contains(d.screenText(), "arrived late") {
		t.Error("what was asked for is called late")
	}
	d.press("/")
	d.write("is:failed")
	d.press("enter")
	d.mustShow(" 8 loaded")
	d.mustNotShow("match ·")
	d.press("Q I")
	d.catchUp()
	var got []string
	for _, what := range a.asked {
		got = append(got, fmt.Sprintf("%s %d", what.Text, what.Part))
	}
	if want := []string{" 1", "is:failed 0", "is:failed 2"}; !slices.Equal(got, want) {
		t.Errorf("asked for %q, want %q", got, want)
	}
	d.mustShow("90 to 120 match · 14 loaded")
	if rows, want := d.app.feed.snap.Rows(), 14; rows != want || d.app.feed.snap.Books().Lines != int64(want) {
		t.Errorf("%d rows, want %d", rows, want)
	}
}

func TestWhatADatabaseAnswersIsSaid(t *testing.T) {
	for _, c := range []struct {
		got  Asked
		ok   bool
		err  error
		want string
	}{
		{Asked{}, true, nil, "the database has no more rows for this filter"},
		{Asked{Rows: 1}, true, nil, "1 more row loaded, and there are no others"},
		{Asked{Rows: 7, Loaded: "is:first-seen"}, true, nil, "is:first-seen looks at all loaded rows, so all rows were asked for"},
		{Asked{}, false, errors.New("reading x: it has had \x1b[2J enough"), "loaded rows stay, but the query failed: "},
		{Asked{}, false, nil, "Q ask the database"},
	} {
		a, log := newInvented(t)
		a.answer = func(context.Context, int) (Asked, bool, error) { return c.got, c.ok, c.err }
		d := newDriver(t, Options{Log: log, Asker: a}, 120, 24)
		d.press("Q")
		d.mustShow(c.want)
		checkShape(t, d, 120, 24)
	}
}

func TestOnlyDatabasesAreAskedAndOnlyOnceLoaded(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 120, 24)
	d.mustNotShow("ask the database")
	d.press("Q")
	d.mustShow("no source is a database")
	a, log := newInvented(t)
	log.UpdateSource(0, func(s *model.SourceState) { s.Phase = model.Loading })
	d = newDriver(t, Options{Log: log, Asker: a}, 120, 24)
	d.press("Q")
	d.mustShow("still loading the first rows: esc stops that")
	a.none = true
	d.press("Q")
	d.mustShow("no source is a database")
	if a.asked != nil {
		t.Errorf("asked for %v", a.asked)
	}
}

// esc ends the question at the database, not the load; until the database has answered, nothing else is asked.
func TestEscStopsAQuestion(t *testing.T) {
	a, log := newInvented(t)
	began, release := make(chan struct{}), make(chan struct{})
	a.answer = func(ctx context.Context, _ int) (Asked, bool, error) {
		close(began)
		<-ctx.Done()
		<-release
		return Asked{}, false, ctx.Err()
	}
	d := newDriver(t, Options{Log: log, Asker: a, Stop: func() { t.Error("the load was stopped") }}, 120, 24)
	w := askFor(MissingRows)(d.app, kit.NoCommand)
	done := make(chan tea.Msg)
	go func() { done <- w.Cmd() }()
	<-began
	d.mustShow("asking for more rows for this filter: 0 rows so far", "esc stops")
	d.press("esc")
	d.mustShow("stopping: 0 rows so far")
	d.press("esc Q")
	if len(a.asked) != 1 {
		t.Error("asked while another question was stopping")
	}
	d.mustShow("newest 5 loaded")
	a.window(t, "2026-11-14T00:00:00Z/2026-11-21T00:00:00Z", kittest.Events(2))
	close(release)
	d.send(<-done)
	d.catchUp()
	d.mustShow("stopped: loaded rows stay", " · 7 loaded")
}
