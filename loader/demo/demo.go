// Package demo invents Panther audit logs of any size from a seed. The same options always give the same bytes.
//
// It is used by the demonstration, the tests and the benchmarks. A [Generator] makes a log of any length or single events
// for a live writer, and [Story] is a small incident worth reading. The people, addresses and identifiers are invented:
// example.com and example.org, the documentation address ranges, random identifiers. The package never reads a clock, a file or
// the network.
package demo

import (
	"math/bits"
	"math/rand/v2"
	"time"
)

// DefaultEvents is the number of lines that a Generator makes when the options name none.
const DefaultEvents = 10_000

// defaultSpan is how much time a log covers when the options do not give both ends.
const defaultSpan = 14 * 24 * time.Hour

// stream is the second half of the generator's seed: an arbitrary constant.
const stream = 0x70617770_72696e74

// Options says which log to invent. The zero value means 10,000 events in the two weeks up to and including 2026-11-22 UTC,
// none of them damaged.
type Options struct {
	// Seed chooses the log: equal options with an equal seed give equal bytes, on every machine.
	Seed uint64
	// Events is the number of lines. Zero means DefaultEvents, a negative number means none.
	Events int
	// Start and End bound the time of the events, End excluded. A zero End is Start plus two weeks, or the end of
	// 2026-11-22 when Start is zero too; a zero Start is End less two weeks.
	Start, End time.Time
	// Damage is the share of lines, 0 to 1, that are damaged: one half are quirks (events with problems), one half
	// faults (lines that are not JSON objects). A damaged line replaces an event.
	Damage float64

	// calm leaves out what would distract from a story in its background: grave actions, addresses of travellers, and most of
	// the oddities.
	calm bool
}

// Tally counts what a Generator has made so far, to be compared with the counts of a reader.
type Tally struct {
	Lines, Bytes    int64
	Failed, Partial int64 // events with the result FAILED or PARTIALLY_FAILED
	Reads           int64 // undamaged events whose action only reads
	Quirks, Rejects int64 // damaged lines that are still events, and that are not
	Repeats         int64 // lines that repeat an event as a rule match, with the same p_row_id
}

// Generator makes the lines of an invented log, one after the other. It is for one goroutine.
// Use New to make one.
type Generator struct {
	rng   rand.PCG
	opt   Options
	pace  pace
	cast  *cast
	rec   record
	line  []byte // scratch of faults
	pend  []byte // bytes made and not yet read, see Read
	buf   []byte
	tally Tally

	left       int
	repeatable bool
}

// New makes a generator of the log that the options describe.
func New(opt Options) *Generator {
	if opt.Events == 0 {
		opt.Events = DefaultEvents
	}
	opt.Start, opt.End = span(opt.Start, opt.End)
	g := &Generator{
		rng:  *rand.NewPCG(opt.Seed, stream),
		opt:  opt,
		pace: newPace(opt.Start, opt.End, opt.Events),
		left: max(opt.Events, 0),
	}
	g.cast = newCast(opt.calm)
	return g
}

// span sets the ends of a log's time that are zero.
func span(start, end time.Time) (time.Time, time.Time) {
	switch {
	case start.IsZero() && end.IsZero():
		end = time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)
		start = end.Add(-defaultSpan)
	case start.IsZero():
		start = end.Add(-defaultSpan)
	case end.IsZero():
		end = start.Add(defaultSpan)
	}
	return start.UTC(), end.UTC()
}

// Tally returns the counts of everything made so far.
func (g *Generator) Tally() Tally { return g.tally }

// Append appends the next line with its newline to dst. It reports false, and returns dst as it was, when the log is
// complete. The lines are almost in order of time: a few are late, as in a real log.
func (g *Generator) Append(dst []byte) ([]byte, bool) {
	if g.left <= 0 {
		return dst, false
	}
	g.left--
	at := g.pace.next(g)
	if g.one(200) {
		at = at.Add(-time.Duration(g.below(90_000)) * time.Millisecond)
		if at.Before(g.opt.Start) {
			at = g.opt.Start
		}
	}
	return g.Event(at, dst), true
}

// Event appends one line with its newline to dst: something that happens at the given time. It is for a live writer,
// which decides on the times itself; Options.Events, Start and End do not apply to it.
func (g *Generator) Event(at time.Time, dst []byte) []byte {
	n := len(dst)
	dst = g.event(at.UTC(), dst)
	g.tally.Lines++
	g.tally.Bytes += int64(len(dst) - n)
	return dst
}

func (g *Generator) event(at time.Time, dst []byte) []byte {
	if g.repeatable && g.one(40) {
		g.repeatable = false
		return g.repeat(dst)
	}
	g.invent(at)
	if g.opt.Damage > 0 && float64(g.rng.Uint64()>>11)/(1<<53) < g.opt.Damage {
		g.repeatable = false
		return g.damaged(dst)
	}
	g.countResult()
	if !g.rec.action.write {
		g.tally.Reads++
	}
	g.repeatable = !g.opt.calm && g.rec.lake && g.rec.action.write
	return g.rec.appendLine(dst)
}

// repeat appends the last event again, as the rule match that it caused: the same row with the fields of the alert.
func (g *Generator) repeat(dst []byte) []byte {
	g.rec.alert = alert{
		id:       g.rng.Uint64(),
		rule:     detections[g.below(len(detections))].id,
		severity: severities[g.below(len(severities))],
	}
	g.tally.Repeats++
	g.countResult()
	return g.rec.appendLine(dst)
}

func (g *Generator) countResult() {
	switch g.rec.result {
	case failed:
		g.tally.Failed++
	case partial:
		g.tally.Partial++
	}
}

// below returns a number in [0, n); n must be positive.
func (g *Generator) below(n int) int {
	hi, _ := bits.Mul64(g.rng.Uint64(), uint64(n))
	return int(hi)
}

// one returns true once in n times, on average.
func (g *Generator) one(n int) bool { return g.below(n) == 0 }

// permille returns true n times in a thousand, on average.
func (g *Generator) permille(n int) bool { return g.below(1000) < n }
