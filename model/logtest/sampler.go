// Package logtest invents logs, and finds their rows with simple code, to test the selecting and counting of rows. Only tests import it.
package logtest

import (
	"bytes"
	"fmt"
	"iter"
	"math/rand/v2"

	"pawprint/model"
)

// Sampler invents rows of a log that grows. Make one with NewSampler.
type Sampler struct {
	*rand.Rand
	Log  *model.Log
	Now  int64 // the time of the last row
	Odd  int   // one row in Odd is a reject, and one has no time
	id   model.SourceID
	line int64
	step Step
}

// NewSampler makes a sampler of a log without rows.
func NewSampler(step Step) *Sampler {
	l := model.NewLog()
	return &Sampler{Rand: rand.New(rand.NewPCG(3, 4)), Log: l, id: l.AddSource(model.NewText("a")), line: 1, Now: 1e18, step: step, Odd: 20}
}

// Add appends n rows in small batches.
func (s *Sampler) Add(n int) {
	for ; n > 250; n -= 250 {
		s.addBatch(250)
	}
	s.addBatch(n)
}

// Rows is the number of rows so far.
func (s *Sampler) Rows() int {
	snap := s.Log.Snapshot()
	return snap.Rows()
}

// addBatch appends n rows, among them rejects, events without a time and actors without a name.
func (s *Sampler) addBatch(n int) {
	var raw bytes.Buffer
	b := &model.Batch{Source: s.id, Line: s.line, Vocabulary: model.NewVocabulary()}
	for i := range n {
		s.Now = s.step(s.Rand, s.Now)
		r := model.RowRecord{Nanos: s.Now, Offset: uint32(raw.Len()), Line: uint32(i)}
		text := fmt.Sprintf(`{"role":"role %d"}`, s.IntN(5))
		switch s.IntN(s.Odd) {
		case 0:
			r.Flags = model.FlagReject | model.FlagNoTime | model.FlagError
		case 1:
			r.Flags = model.FlagNoTime
		}
		set := func(c model.Column, format string, n int) {
			if k := s.IntN(n); k > 0 {
				r.Columns[c] = b.Vocabulary.ID(c, fmt.Appendf(nil, format, k))
			}
		}
		if r.Flags&model.FlagReject == 0 {
			set(model.ColAction, []string{"GET_%d", "DELETE_%d", "X_%d"}[s.IntN(3)], 300)
			r.Columns[model.ColResult] = []uint32{model.IDSucceeded, model.IDSucceeded, model.IDSucceeded, model.IDFailed, model.IDPartiallyFailed, model.IDAbsent}[s.IntN(6)]
			set(model.ColActorName, "actor %d", 3)
			set(model.ColActorEmail, "actor %d", 4)
			set(model.ColActorID, "actor %d", 9)
			set(model.ColUserAgent, "agent %d", 40_000)
		}
		r.Length = uint32(len(text))
		b.AddRow(&r)
		raw.WriteString(text + "\n")
		b.Lines++
	}
	b.Raw, b.Length = bytes.NewReader(raw.Bytes()), int64(raw.Len())
	b.Sum, b.Summed = model.Checksum(raw.Bytes()), int64(raw.Len())
	s.line += int64(n)
	s.Log.Append(b)
}

// Step returns the time of the next row of a log, from that of the last one.
type Step func(r *rand.Rand, now int64) int64

// EachStep goes through the ways in which the times of a log may continue, by their names in Steps.
func EachStep() iter.Seq2[string, Step] {
	return func(yield func(string, Step) bool) {
		for _, name := range orders {
			if !yield(name, Steps[name]) {
				return
			}
		}
	}
}

// Steps are the ways in which the times of a log may continue.
var Steps = map[string]Step{
	"sorted":        func(r *rand.Rand, now int64) int64 { return now + r.Int64N(3e9) },
	"nearly sorted": func(r *rand.Rand, now int64) int64 { return now + r.Int64N(30e9) - 1e9 },
	"random":        func(r *rand.Rand, _ int64) int64 { return r.Int64N(1 << 50) },
	"falling":       func(r *rand.Rand, now int64) int64 { return now - r.Int64N(3e9) },
	"in files": func(r *rand.Rand, now int64) int64 {
		if r.IntN(7000) == 0 {
			return now - r.Int64N(20e12)
		}
		return now + r.Int64N(3e9)
	},
	"in files of many": func(r *rand.Rand, now int64) int64 {
		if r.IntN(300) == 0 {
			return now - r.Int64N(1e12)
		}
		return now + r.Int64N(3e9)
	},
}

// Big makes a log of events distributed as in real logs: few values are frequent and many are rare.
func Big(rows int, step Step) *model.Log {
	l := model.NewLog()
	id := l.AddSource(model.NewText("a"))
	r := rand.New(rand.NewPCG(1, 2))
	sizes := [model.NumColumns]uint64{model.ColAction: 150, model.ColResult: 3, model.ColActorID: 1200, model.ColActorName: 1200, model.ColActorType: 2, model.ColActorEmail: 1000, model.ColSourceIP: 4000, model.ColUserAgent: 60, model.ColVersion: 12}
	var zipfs [model.NumColumns]*rand.Zipf
	for c, n := range sizes {
		zipfs[c] = rand.NewZipf(r, 1.1, 3, n-1)
	}
	v := model.NewVocabulary()
	var ids [model.NumColumns][]uint32
	for c, n := range sizes {
		for k := range n {
			ids[c] = append(ids[c], v.ID(model.Column(c), fmt.Appendf(nil, "value %d", k)))
		}
	}
	b := &model.Batch{Source: id, Line: 1, Vocabulary: v}
	now := int64(1e18)
	for i := range rows {
		now = step(r, now)
		record := model.RowRecord{Nanos: now - now%1e6}
		for c := range record.Columns {
			record.Columns[c] = ids[c][zipfs[c].Uint64()]
		}
		record.Columns[model.ColResult] = model.IDSucceeded
		if k := r.IntN(100); k < 6 {
			record.Columns[model.ColResult] = model.IDFailed + uint32(k&1)
		}
		b.AddRow(&record)
		if b.Rows() == 4096 || i == rows-1 {
			b.Lines = int64(b.Rows())
			l.Append(b)
			b.Reset()
		}
	}
	return l
}
