package model

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestFirstsStayFirstsHoweverALogGrows(t *testing.T) {
	l, r := NewLog(), rand.New(rand.NewPCG(4, 4))
	source := l.AddSource(NewText("a"))
	type event struct {
		nanos            int64
		actor, ip, where string
		addresses        []string // in ip
	}
	var events []event
	vocabulary := NewVocabulary()
	for len(events) < SegmentRows+3000 {
		b := &Batch{Source: source, Raw: bytes.NewReader(nil), Vocabulary: vocabulary}
		for range 1 + r.IntN(2000) {
			e := event{nanos: r.Int64N(5000), actor: fmt.Sprint("u", r.IntN(40)), where: fmt.Sprint("A", r.IntN(20))}
			for range 1 + r.IntN(9)/7*r.IntN(3) {
				e.addresses = append(e.addresses, fmt.Sprint("192.0.2.", r.IntN(90)))
				e.ip += fmt.Sprintf(" %s%s", e.addresses[len(e.addresses)-1], []string{"", ":443", ":444", ","}[r.IntN(4)])
			}
			record := RowRecord{Nanos: e.nanos}
			record.Columns[ColActorID], record.Columns[ColSourceIP] = vocabulary.ID(ColActorID, []byte(e.actor)), vocabulary.ID(ColSourceIP, []byte(e.ip))
			record.Columns[ColAction] = vocabulary.ID(ColAction, []byte(e.where))
			b.AddRow(&record)
			events = append(events, e)
		}
		l.Append(b)
		snap := l.Snapshot()
		firsts, err := snap.Firsts(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		best := map[string]int{}
		for i, e := range events {
			for _, thing := range append([]string{e.where}, e.addresses...) {
				key := e.actor + thing
				if k, ok := best[key]; !ok || e.nanos < events[k].nanos {
					best[key] = i
				}
			}
		}
		for i, e := range events {
			k, at := i/SegmentRows, i%SegmentRows
			if got, want := firsts.Addresses(k).Has(at), slices.ContainsFunc(e.addresses, func(a string) bool { return best[e.actor+a] == i }); got != want {
				t.Fatalf("row %d of %d: first from its address is %v, want %v", i, len(events), got, want)
			}
			if got, want := firsts.Actions(k).Has(at), best[e.actor+e.where] == i; got != want {
				t.Fatalf("row %d of %d: first with its action is %v, want %v", i, len(events), got, want)
			}
		}
	}
}

func TestFirstsStopWhenCancelled(t *testing.T) {
	l := NewLog()
	b := &Batch{Source: l.AddSource(NewText("a")), Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
	b.AddRow(&RowRecord{})
	l.Append(b)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	snap := l.Snapshot()
	if _, err := snap.Firsts(ctx); err != context.Canceled {
		t.Errorf("Firsts: %v, want %v", err, context.Canceled)
	}
	if _, err := snap.Firsts(context.Background()); err != nil {
		t.Errorf("Firsts after a cancelled one: %v", err)
	}
}

func TestAnEmptySnapshotHasNoFirsts(t *testing.T) {
	for _, s := range []Snapshot{{}, NewLog().Snapshot()} {
		if f, err := s.Firsts(context.Background()); err != nil || len(f.addresses)+len(f.actions) > 0 {
			t.Errorf("Firsts = %v, %v, want none", f, err)
		}
	}
}
