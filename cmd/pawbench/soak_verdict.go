package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// outcome holds the measurements of a soak.
type outcome struct {
	wrote      wrote
	lag        time.Duration // from writing the last event to counting it
	answers    []time.Duration
	heaps      []heap
	goroutines []int
	samples    []sample
	settled    int64 // live bytes in the end
	atRest     int64 // live bytes of a new process with the same log
}

// How much may grow besides the data, and how much more memory an event may take during the soak than at rest.
const (
	baseBytes     = 16 << 20
	newestShare   = 1.25
	moreRoutines  = 12
	moreFiles     = 4
	rssPerLiving  = 2.5 // the collector lets the heap double
	rssBase       = 128 << 20
	warmUpQuarter = 4
)

// growth returns how many bytes each event adds to the live heap: the slope over the collections after the first quarter of the events,
// or 0 if there are too few.
func (o *outcome) growth() float64 {
	var xs, ys []float64
	for _, h := range o.heaps {
		if h.events > int64(o.wrote.events)/warmUpQuarter && h.events < int64(o.wrote.events) {
			xs, ys = append(xs, float64(h.events)), append(ys, float64(h.bytes))
		}
	}
	return slope(xs, ys)
}

// slope fits a line by least squares and returns its slope. With fewer than two different points it returns 0.
func slope(xs, ys []float64) float64 {
	var x, y, xx, xy float64
	n := float64(len(xs))
	for i := range xs {
		x, y = x+xs[i], y+ys[i]
	}
	for i := range xs {
		dx := xs[i] - x/n
		xx, xy = xx+dx*dx, xy+dx*(ys[i]-y/n)
	}
	if xx == 0 {
		return 0
	}
	return xy / xx
}

// problems returns the reasons why the soak fails, or nil.
func (o *outcome) problems() (all []error) {
	events := float64(o.wrote.events)
	atRest := float64(o.atRest) / events
	slack := baseBytes / events
	if g, most := o.growth(), newestShare*atRest+slack; g > most {
		all = append(all, fmt.Errorf("each event adds %.0f bytes to the living heap, want at most %.0f", g, most))
	}
	if most := newestShare*float64(o.atRest) + baseBytes; float64(o.settled) > most {
		all = append(all, fmt.Errorf("%d MB are alive in the end, want at most %.0f", o.settled>>20, most/(1<<20)))
	}
	if before, after := halves(o.goroutines); after > before+moreRoutines {
		all = append(all, fmt.Errorf("there are up to %d goroutines, at first %d", after, before))
	}
	var files []int
	var rss int64
	for _, s := range o.samples {
		files, rss = append(files, s.files), max(rss, s.rss)
	}
	if before, after := halves(files); after > before+moreFiles {
		all = append(all, fmt.Errorf("up to %d files are open, at first %d", after, before))
	}
	if most := rssPerLiving*float64(max(o.settled, o.atRest)) + rssBase; float64(rss) > most {
		all = append(all, fmt.Errorf("the process takes %d MB, want at most %.0f", rss>>20, most/(1<<20)))
	}
	return all
}

// halves returns the greatest number in each half of a series.
func halves(series []int) (before, after int) {
	for i, n := range series {
		if i < len(series)/2 {
			before = max(before, n)
		} else {
			after = max(after, n)
		}
	}
	return before, after
}

func (o *outcome) report(out io.Writer) {
	slices.Sort(o.answers)
	at := func(q float64) time.Duration {
		if len(o.answers) == 0 {
			return 0
		}
		return o.answers[min(len(o.answers)-1, int(q*float64(len(o.answers))))].Round(time.Millisecond)
	}
	events := float64(o.wrote.events)
	fmt.Fprintf(out, "appended %d events, %d MB, in %v: %.0f a second; all are counted %v after the last, none lost or doubled\n", o.wrote.events,
		o.wrote.bytes>>20, o.wrote.took.Round(time.Second), events/o.wrote.took.Seconds(), o.lag.Round(time.Millisecond))
	fmt.Fprintf(out, "keys answered: %d measured, p50 %v, p99 %v, most %v\n", len(o.answers), at(0.5), at(0.99), at(1))
	fmt.Fprintf(out, "living heap: %.0f bytes more with each event over %d collections; %d MB in the end, %d MB at rest: %.0f bytes an event\n",
		o.growth(), len(o.heaps), o.settled>>20, o.atRest>>20, float64(o.atRest)/events)
	var rss int64
	var threads, files []int
	for _, s := range o.samples {
		rss, threads, files = max(rss, s.rss), append(threads, s.threads), append(files, s.files)
	}
	g1, g2 := halves(o.goroutines)
	t1, t2 := halves(threads)
	f1, f2 := halves(files)
	fmt.Fprintf(out, "process: at most %d MB; goroutines %d, then %d; threads %d, then %d; open files %d, then %d (the most in each half)\n",
		rss>>20, g1, g2, t1, t2, f1, f2)
}
