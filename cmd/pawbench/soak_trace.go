package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// trace parses the figures that the Go runtime writes to standard error. It is an io.Writer for that, and its methods may be called
// from any goroutine.
type trace struct {
	events func() int64 // how many were written so far; set by count

	mu         sync.Mutex
	rest       []byte // start of an unfinished line
	heaps      []heap
	goroutines []int
	said       []string // the first lines that the program itself wrote
}

// mostSaid is how many lines of the program are kept, enough for the stacks of all its goroutines.
const mostSaid = 1000

// heap is the live heap after a garbage collection.
type heap struct {
	at     time.Time
	events int64
	bytes  int64
}

var (
	collection = regexp.MustCompile(`^gc \d+ @.*, \d+->\d+->(\d+) MB, `)
	scheduler  = regexp.MustCompile(`^SCHED \d+ms: `)
	details    = regexp.MustCompile(`^ +[GMP]\d+: |^$`)
	goroutine  = regexp.MustCompile(`^ +G\d+: status=(\d+)`)
)

const deadGoroutine = "6" // the status of goroutines that have ended, which the runtime keeps for reuse

func (tr *trace) Write(p []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.rest = append(tr.rest, p...)
	for {
		line, rest, whole := bytes.Cut(tr.rest, []byte{'\n'})
		if !whole {
			return len(p), nil
		}
		tr.line(string(line))
		tr.rest = rest
	}
}

func (tr *trace) line(text string) {
	if m := collection.FindStringSubmatch(text); m != nil {
		megabytes, err := strconv.ParseInt(m[1], 10, 64)
		if err == nil && tr.events != nil {
			tr.heaps = append(tr.heaps, heap{time.Now(), tr.events(), megabytes << 20})
		}
		return
	}
	if scheduler.MatchString(text) {
		tr.goroutines = append(tr.goroutines, 0)
	} else if m := goroutine.FindStringSubmatch(text); m != nil && m[1] != deadGoroutine && len(tr.goroutines) > 0 {
		tr.goroutines[len(tr.goroutines)-1]++
	} else if !details.MatchString(text) && len(tr.said) < mostSaid {
		tr.said = append(tr.said, text)
	}
}

// count sets the function that returns the number of events so far. From now on, heaps are recorded together with that number.
func (tr *trace) count(events func() int64) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.events = events
}

// words returns what the program itself wrote.
func (tr *trace) words() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return strings.Join(tr.said, "\n")
}

// all returns the figures so far. The last count of goroutines may be incomplete and is left out.
func (tr *trace) all() (heaps []heap, goroutines []int) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return append(heaps, tr.heaps...), append(goroutines, tr.goroutines[:max(len(tr.goroutines)-1, 0)]...)
}

// sample is what /proc says about a process at one moment.
type sample struct {
	events         int64
	rss            int64 // bytes
	threads, files int
}

// watch samples a process at an interval until the context ends.
func watch(ctx context.Context, pid int, every time.Duration, events func() int64) (all []sample) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return all
		case <-tick.C:
		}
		if s, err := takeSample(pid); err == nil {
			s.events = events()
			all = append(all, s)
		}
	}
}

func takeSample(pid int) (s sample, err error) {
	folder := fmt.Sprintf("/proc/%d/", pid)
	status, err := os.ReadFile(folder + "status")
	if err != nil {
		return s, err
	}
	for line := range strings.Lines(string(status)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		n, _ := strconv.ParseInt(fields[1], 10, 64)
		switch fields[0] {
		case "VmRSS:":
			s.rss = n << 10
		case "Threads:":
			s.threads = int(n)
		}
	}
	files, err := os.ReadDir(folder + "fd")
	s.files = len(files)
	return s, err
}
