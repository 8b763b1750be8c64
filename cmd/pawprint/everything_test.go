//go:build !nos3

package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
	"pawprint/model/query"
	"pawprint/tui"
	"pawprint/tui/side"
)

// askedLog is a log with the newest rows of a database, and what asks for more. Every question is answered with yes.
func askedLog(t *testing.T, url, rows string, flags ...string) (*model.Log, tui.Asker) {
	t.Helper()
	s := &settings{std: &streams{in: os.Stdin, out: newOutlet(os.Stdout), err: newOutlet(os.Stderr), hooks: hooks{after: atOnce}}, questions: make(chan tui.Question)}
	if err := newRootOf(s).ParseFlags(append(flags, "--rows", rows, "--no-config")); err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			select {
			case q := <-s.questions:
				q.Answer(true)
			case <-t.Context().Done():
				return
			}
		}
	}()
	sources, err := s.sources([]string{url})
	if err != nil {
		t.Fatal(err)
	}
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, sources...); err != nil {
		t.Fatal(err)
	}
	asker, _ := s.asker()
	return log, asker
}

// checkEverything compares what a database counts of a query with the counts of a log of the same lines. Of the timeline it asks for windows
// that leave out that part of all time at either end; 0 leaves out none.
func checkEverything(t *testing.T, whole *model.Log, asker tui.Asker, text string, without ...int64) {
	t.Helper()
	e, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	env := query.Env{Zone: time.UTC}
	sel, err := model.Select(t.Context(), whole.Snapshot(), query.Compile(e, env), nil)
	if err != nil {
		t.Fatal(err)
	}
	by := side.CountedTogether()
	all, ok, err := asker.Everything(t.Context(), tui.Asking{Expr: e, Env: env, Text: text}, by)
	if err != nil || !ok {
		t.Fatalf("%q: %v", text, err)
	}
	if all.Events == 0 {
		t.Errorf("%q finds nothing", text)
	}
	for _, b := range by {
		if b.Name == "source" {
			continue
		}
		facets, err := count.NewFacets([]count.Key{b.Key}).Extend(t.Context(), sel)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(countWords(facets.Facet(0).Top(0)), countWords(all.Facets[b.Name])); diff != "" {
			t.Errorf("%q by %s (-file +database):\n%s", text, b.Name, diff)
		}
		if n, _ := facets.Facet(0).Events(); n != all.Events {
			t.Errorf("%q: %d events, want %d", text, all.Events, n)
		}
	}
	for _, part := range without {
		var w count.Window
		got, err := all.Timeline(t.Context(), func(first, last int64) count.Window {
			if part > 0 {
				first, last = first+(last-first)/part, last-(last-first)/part
			}
			w = count.Window{Step: clock.FitStep(first, last, 90, time.UTC), From: first, To: last}
			return w
		})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		want, err := new(count.Histogram).Within(t.Context(), sel, w)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(histogramWords(want), histogramWords(got)); diff != "" {
			t.Errorf("%q every %v (-file +database):\n%s", text, w.Step.Length, diff)
		}
	}
}

// countWords are counts in a form to compare.
func countWords(all []count.Count) (words []string) {
	for _, c := range all {
		if !c.Timed {
			c.First, c.Last = 0, 0
		}
		words = append(words, fmt.Sprint(count.TupleText(c.Values), c.Events, c.Failed, c.First, c.Last))
	}
	return words
}

func histogramWords(h *count.Histogram) (words []string) {
	for i := range h.Len() {
		b := h.Bucket(i)
		words = append(words, fmt.Sprint(b))
	}
	before, after := h.Outside()
	loose, failed := h.NoTime()
	return append(words, fmt.Sprint(before, after, loose, failed))
}

func TestADatabaseCountsEverythingAsTheSameLinesAre(t *testing.T) {
	s := newSynthetic(t, 3000, 10*24*time.Hour)
	whole := model.NewLog()
	if err := loader.ReadLines(t.Context(), whole, whole.AddSource(model.Text{}), bytes.NewReader(s.file()), loader.Limits{}); err != nil {
		t.Fatal(err)
	}
	_, asker := askedLog(t, s.url(), "100")
	s.asked()
	for _, text := range []string{"", "is:failed", "time>=2026-03-04", "is:failed time:2026-03-03..2026-03-05"} {
		checkEverything(t, whole, asker, text, 0, 3)
	}
	if _, rows, _ := s.asked(); rows > 2000 { // groups, and the rows that cannot be decided on
		t.Errorf("%d rows were moved", rows)
	}
}

// countAll asks the databases to count everything until the screen says something. A query of before may still run, and then that is said.
func (x *terminal) countAll(says string) {
	x.t.Helper()
	said := func() bool { return strings.Contains(x.screen(), says) }
	for !said() {
		x.typeKeys("%")
		x.waitFor(says, func(s string) bool { return said() || strings.Contains(s, "one query at a time") })
		x.watch(silence, said)
	}
}

func TestTheInterfaceShowsEverythingOfADatabase(t *testing.T) {
	s := newSynthetic(t, 3000, 10*24*time.Hour)
	x := start(t, nil, "--rows", "100", s.url())
	x.waitForText("GET_RULE    752") // of the facets, and the caption of the timeline
	x.waitForText("3,003 · 100 loaded  ")
	s.behave("GROUP BY", nil)
	x.countAll("the counts are still those of the loaded rows")
	x.waitForText("over the 100 loaded")
	held, ended := make(chan struct{}, 99), make(chan struct{}, 99)
	s.behave("", func(r *http.Request, statement string) {
		if strings.Contains(statement, "AS there0") {
			held <- struct{}{}
			<-r.Context().Done()
			ended <- struct{}{}
		}
	})
	x.countAll("counting all rows at the database")
	<-held
	x.typeKeys("\x1b")
	x.waitForText("stopped counting")
	<-ended
	x.countAll("counting all rows at the database")
	<-held
	x.typeKeys("q")
	x.waitForExit(0)
	<-ended
}
