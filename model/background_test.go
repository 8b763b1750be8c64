package model

import (
	"bytes"
	"context"
	"math"
	"testing"
)

// sightings makes a log of events of an actor from addresses at times.
func sightings(t *testing.T, events ...sighting) *Log {
	t.Helper()
	l := NewLog()
	b := &Batch{Source: l.AddSource(NewText("a")), Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
	addSightings(b, events...)
	l.Append(b)
	return l
}

type sighting struct {
	nanos          int64
	actor, address string
}

func addSightings(b *Batch, events ...sighting) {
	for _, e := range events {
		r := RowRecord{Nanos: e.nanos}
		r.Columns[ColActorID] = b.Vocabulary.ID(ColActorID, []byte(e.actor))
		r.Columns[ColSourceIP] = b.Vocabulary.ID(ColSourceIP, []byte(e.address))
		b.AddRow(&r)
	}
}

func firstsOf(t *testing.T, s Snapshot) *Firsts {
	t.Helper()
	f, err := s.Firsts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestABaselineSaysWhoWasSeenBefore(t *testing.T) {
	before := sightings(t, sighting{5, "ann", "192.0.2.1"}, sighting{3, "ann", "192.0.2.2"}, sighting{10, "ann", "192.0.2.3"}, sighting{4, "an", "n192.0.2.9"}).Snapshot()
	baseline, err := NewBaseline(context.Background(), &before, 10)
	if err != nil {
		t.Fatal(err)
	}
	l := sightings(t,
		sighting{20, "ann", "192.0.2.1"}, // in the baseline
		sighting{3, "ann", "192.0.2.2"},  // the event of the baseline itself
		sighting{21, "ann", "192.0.2.3"}, // the baseline ends before it
		sighting{22, "bob", "192.0.2.1"}, // another actor
		sighting{23, "ann", "192.0.2.4"}, // another address
		sighting{4, "ann", "192.0.2.9"})  // a pair that only reads like the one of the baseline
	bare := l.Snapshot()
	if got := firstsOf(t, bare).Addresses(0).Count(); got != 6 {
		t.Errorf("%d first events without a baseline, want 6", got)
	}
	l.SetBackground(Background{Cut: 10, Span: "60d", Baseline: baseline})
	now := l.Snapshot()
	firsts := firstsOf(t, now)
	for i, want := range []bool{false, true, true, true, true, true} {
		if got := firsts.Addresses(0).Has(i); got != want {
			t.Errorf("row %d: first is %v, want %v", i, got, want)
		}
	}
	if firsts.Standing() == firstsOf(t, bare).Standing() {
		t.Error("a baseline that changes answers leaves the standing as it was")
	}
	if got := firstsOf(t, bare).Addresses(0).Count(); got != 6 {
		t.Errorf("the earlier snapshot has %d first events now, want 6", got)
	}
	if h := firsts.History(); h.Begin != 3 || h.Settled != math.MaxInt64 || !h.Timed {
		t.Errorf("history %+v, want one that begins at 3", h)
	}
	if now.Rows() != 6 || now.Books() != bare.Books() {
		t.Error("a baseline changes rows or books")
	}
}

func TestABaselineGoesByAddress(t *testing.T) {
	before := sightings(t, sighting{3, "ann", "192.0.2.1:443"}, sighting{4, "ann", "192.0.2.2, [2001:db8::1]"}, sighting{5, "ann", "unknown"}, sighting{2, "ann", "192.0.2.2"}).Snapshot()
	baseline, err := NewBaseline(t.Context(), &before, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		address string
		nanos   int64
		first   bool
	}{
		{"192.0.2.1", 20, false}, {"192.0.2.1:444", 20, false}, {"[2001:db8:0::1]:443", 20, false}, {"unknown", 20, false},
		{"192.0.2.1, 192.0.2.2", 20, false}, {"192.0.2.1, 192.0.2.3", 20, true}, {"Unknown", 20, true}, {"192.0.2.10", 20, true},
		{"192.0.2.2", 3, false}, // the baseline saw it at 2, alone
		{"192.0.2.2", 2, true},  // the event of the baseline itself
	} {
		l := sightings(t, sighting{c.nanos, "ann", c.address})
		l.SetBackground(Background{Cut: 10, Span: "60d", Baseline: baseline})
		if got := firstsOf(t, l.Snapshot()).Addresses(0).Has(0); got != c.first {
			t.Errorf("%q at %d: first is %v, want %v", c.address, c.nanos, got, c.first)
		}
	}
}

func TestTheFirstDaysAreThoseWithFewDaysOfEventsBeforeThem(t *testing.T) {
	for _, c := range []struct {
		name         string
		days         []int64 // of events
		beginBefore  []int64 // of the baseline
		begin        int64
		settled      int64
		never, empty bool
	}{
		{name: "no event", empty: true},
		{name: "one day", days: []int64{100, 100}, begin: 100, never: true},
		{name: "seven days", days: []int64{1, 2, 3, 4, 5, 6, 7}, begin: 1, never: true},
		{name: "eight days", days: []int64{8, 7, 6, 5, 4, 3, 2, 1}, begin: 1, settled: 8},
		{name: "a single event long before", days: []int64{0, 101, 102, 103, 104, 105, 106, 107, 108}, begin: 0, settled: 107},
		{name: "before 1970", days: []int64{-8, -7, -6, -5, -4, -3, -2, -1}, begin: -8, settled: -1},
		{name: "a baseline", days: []int64{10, 11}, beginBefore: []int64{1, 2, 3, 4, 5, 6, 7}, begin: 1, settled: 10},
	} {
		var log, before []sighting
		for _, d := range c.days {
			log = append(log, sighting{d*dayNanos + 5, "ann", "192.0.2.1"})
		}
		for _, d := range c.beginBefore {
			before = append(before, sighting{d*dayNanos + 5, "ann", "192.0.2.1"})
		}
		l := sightings(t, log...)
		if before != nil {
			snap := sightings(t, before...).Snapshot()
			baseline, err := NewBaseline(context.Background(), &snap, math.MaxInt64)
			if err != nil {
				t.Fatal(err)
			}
			l.SetBackground(Background{Baseline: baseline})
		}
		want := History{Begin: c.begin*dayNanos + 5, Settled: c.settled * dayNanos, Timed: true}
		if c.never {
			want.Settled = math.MaxInt64
		}
		got := firstsOf(t, l.Snapshot()).History()
		if c.empty {
			if got.Timed {
				t.Errorf("%s: history %+v, want none", c.name, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%s: history %+v, want %+v", c.name, got, want)
		}
		if got.New(want.Settled) || !got.New(want.Settled-1) {
			t.Errorf("%s: the bound of the first days is not %d", c.name, want.Settled)
		}
	}
}
