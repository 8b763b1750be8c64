// Package shapes invents logs in shapes that differ from the demonstration's, so that code which is fast on only one of them is noticed.
// The same seed always gives the same bytes. The package never reads a clock, a file or the network.
package shapes

import (
	"math/rand/v2"
	"time"

	"pawprint/loader/demo"
)

// Shape is a kind of log. Make its lines with Lines.
type Shape struct {
	Name  string // one lower-case word
	About string // what is in it, in one line
	Ours  bool   // every line but a few in a thousand is an event of the schema

	begin func(w *writer) (next func())
}

// All returns every shape, the demonstration's first.
func All() []Shape {
	return []Shape{
		{Name: "demo", About: "the demonstration: few actors, repeated values, fields of the data lake", Ours: true, begin: demonstration},
		{Name: "people", About: "4,000 actors with addresses and agents of their own, parameters by action", Ours: true, begin: people},
		{Name: "deep", About: "random keys, deep parameters, escapes and letters of many scripts", Ours: true, begin: deep},
		{Name: "wide", About: "20,000 actors, 35,000 addresses, enrichment, escapes", Ours: true, begin: wide},
		{Name: "hostile", About: "values that attack readers, wrong types, doubled keys, lines that are not events", begin: hostile},
	}
}

// Lines returns whole lines, at least size bytes of them.
func (s Shape) Lines(seed uint64, size int) []byte {
	w := &writer{rng: rand.New(rand.NewPCG(seed, 0x7368617065)), seed: seed, b: make([]byte, 0, size+size/8), at: time.Date(2026, time.November, 8, 0, 0, 0, 0, time.UTC)}
	next := s.begin(w)
	for len(w.b) < size {
		w.line++
		w.at = w.at.Add(time.Duration(w.rng.IntN(9000)) * time.Millisecond)
		next()
		w.put("\n")
	}
	return w.b
}

// demonstration writes the lines of the demonstration.
func demonstration(w *writer) func() {
	g := demo.New(demo.Options{Seed: w.seed})
	return func() {
		w.b = g.Event(w.at, w.b)
		w.b = w.b[:len(w.b)-1]
	}
}
