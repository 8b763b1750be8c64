package engine

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/condition"
	"pawprint/model/query"
	"pawprint/model/query/querytest"
)

var env = query.Env{Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}

// folding folds a query as the program does.
func folding(e query.Expr) Fold {
	return func(d Dictionaries) (cover, core condition.Condition) {
		cover, core, _ = query.Fold(e, env, d)
		return cover, core
	}
}

// found counts the rows of a log that a query matches.
func found(t *testing.T, snap *model.Snapshot, e query.Expr) int64 {
	t.Helper()
	s, err := model.Select(t.Context(), *snap, query.Compile(e, env), nil)
	if err != nil {
		t.Fatal(err)
	}
	return int64(s.Len())
}

func TestAQueryFindsTheSameAtAnEngineAndIsCountedExactly(t *testing.T) {
	lines, r := querytest.Lines(), rand.New(rand.NewPCG(11, 11))
	for range 100 {
		lines = append(lines, querytest.RandomLine(r))
	}
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "\ufeff") }) // it is not the first line of a window
	text := []byte(strings.Join(lines, "\n") + "\n")
	whole := model.NewLog()
	if err := loader.ReadLines(t.Context(), whole, whole.AddSource(model.NewText("plain")), strings.NewReader(string(text)), loader.Limits{}); err != nil {
		t.Fatal(err)
	}
	all, m := whole.Snapshot(), newMemoryOfLines(t, lines)
	for _, q := range querytest.Queries() {
		e, err := query.Parse(q.Text)
		if err != nil {
			t.Fatal(err)
		}
		if q.Kind == querytest.Loaded || q.Kind == querytest.Mixed {
			continue // they look at the rows around, or at their places
		}
		want := found(t, &all, e)
		rows, err := loaded(t, New("x://", m, Options{Fold: folding(e)}))
		if err != nil || found(t, rows, e) != want {
			t.Errorf("%s finds %d rows, want %d; %v", q.Text, found(t, rows, e), want, err)
		}
		var counted int64
		rest, err := loaded(t, New("x://", m, Options{Fold: folding(e), Decided: func(ctx context.Context, of Span, core condition.Condition) (err error) {
			counted, err = m.Count(ctx, of, core)
			return err
		}}))
		if n := found(t, rest, e) + counted; err != nil || n != want {
			t.Errorf("%s counts %d rows, %d of them unread, want %d; %v", q.Text, n, counted, want, err)
		}
	}
}

// newMemoryOfLines is an engine over lines, of which some may hold several events.
func newMemoryOfLines(t *testing.T, lines []string) *memory {
	t.Helper()
	m := &memory{}
	for _, l := range lines {
		log := model.NewLog()
		if err := loader.ReadLines(t.Context(), log, log.AddSource(model.NewText("line")), strings.NewReader(l+"\n"), loader.Limits{}); err != nil {
			t.Fatal(err)
		}
		snap := log.Snapshot()
		nanos, timed := int64(0), false
		if snap.Rows() == 1 {
			e := snap.Event(0)
			nanos, timed = e.Nanos, e.Flags&(model.FlagNoTime|model.FlagRecovered) == 0
		}
		m.lines, m.nanos, m.timed = append(m.lines, l+"\n"), append(m.nanos, nanos), append(m.timed, timed)
	}
	return m
}

func TestADictionaryIsAskedForOncePerPath(t *testing.T) {
	m := newMemory(t, []byte(at(0, 1)))
	m.values = func([]string) ([]string, bool, error) { return []string{"a"}, true, nil }
	fold := func(d Dictionaries) (cover, core condition.Condition) {
		for range 3 {
			for _, path := range [][]string{{"actor", "id"}, {"actionName"}} {
				if v, ok := d.Values(path); !ok || !slices.Equal(v, []string{"a"}) {
					t.Errorf("%v are %q, %v", path, v, ok)
				}
			}
		}
		return condition.Const(true), condition.Const(true)
	}
	if _, err := loaded(t, New("x://", m, Options{Fold: fold})); err != nil || !slices.Equal(m.listed, []string{"actor.id", "actionName"}) {
		t.Errorf("asked for %q, %v", m.listed, err)
	}
}

func TestADictionaryThatCannotBeReadEndsTheLoad(t *testing.T) {
	m := newMemory(t, []byte(at(0, 1)))
	broken := &Error{Op: "listing values of", Name: "x://", What: "it has had enough"}
	m.values = func([]string) ([]string, bool, error) { return nil, false, broken }
	fold := func(d Dictionaries) (cover, core condition.Condition) {
		if _, ok := d.Values([]string{"actionName"}); ok {
			t.Error("values are known that could not be read")
		}
		return condition.Const(true), condition.Const(false)
	}
	snap, err := loaded(t, New("x://", m, Options{Fold: fold}))
	if !errors.Is(err, broken) || snap.Rows() != 0 {
		t.Errorf("%d rows, %v", snap.Rows(), err)
	}
}
