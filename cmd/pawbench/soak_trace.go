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

// trace reads what the Go runtime says about itself on standard error. It is an io.Writer; a program writes to it while others
// ask it.
type trace struct {
	events func() int64 // how many were written by now; set before the first of them

	mu         sync.Mutex
	rest       []byte // of a line
	heaps      []heap
	goroutines []int
	said       []string // lines that the program itself wrote, the first ones
}

// mostSaid is how many lines of the program are kept, enough for what all its goroutines do.
const mostSaid = 1000

// heap is what is alive after a collection.
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

const deadGoroutine = "6" // the status of those that the runtime keeps to use again

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

// count has each heap from now on noted with how many events there were by then.
func (tr *trace) count(events func() int64) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.events = events
}

// words is what the program itself wrote, empty if nothing.
func (tr *trace) words() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return strings.Join(tr.said, "\n")
}

// all gives what was read so far. The last count of goroutines may not be whole and is left out.
func (tr *trace) all() (heaps []heap, goroutines []int) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return append(heaps, tr.heaps...), append(goroutines, tr.goroutines[:max(len(tr.goroutines)-1, 0)]...)
}

// sample is a look at a process from outside.
type sample struct {
	events         int64
	rss            int64 // bytes
	threads, files int
}

// watch looks at a process again and again until the context ends.
func watch(ctx context.Context, pid int, every time.Duration, events func() int64) (all []sample) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return all
		case <-tick.C:
		}
		if s, err := lookAt(pid); err == nil {
			s.events = events()
			all = append(all, s)
		}
	}
}

func lookAt(pid int) (s sample, err error) {
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
