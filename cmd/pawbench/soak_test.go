package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTraceReadsWhatTheRuntimeSays(t *testing.T) {
	tr := &trace{events: func() int64 { return 40 }}
	said := `gc 1 @0.004s 3%: 0.01+1.2+0.003 ms clock, 0.02+0.1/0.2/0+0.006 ms cpu, 3->4->2 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 2 P
SCHED 200ms: gomaxprocs=2 idleprocs=2 threads=5 spinningthreads=0 needspinning=0 idlethreads=3 runqueue=0 gcwaiting=false
  P0: status=0 schedtick=3 syscalltick=0 m=nil runqsize=0 gfreecnt=0 timerslen=0
  G1: status=4(chan receive) m=nil lockedm=nil
  G2: status=4(force gc (idle)) m=nil lockedm=nil
  G3: status=6() m=nil lockedm=nil
gc 12 @1.204s 3% (forced): 0.01+1.2+0.003 ms clock, 0.02+0.1/0.2/0+0.006 ms cpu, 31->41->26 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 2 P
panic: something went wrong
SCHED 400ms: gomaxprocs=2
  G1: status=4(chan receive) m=nil lockedm=nil
`
	for _, piece := range strings.SplitAfter(said, "M") { // lines come in pieces
		if n, err := fmt.Fprint(tr, piece); n != len(piece) || err != nil {
			t.Fatalf("Write = %d, %v", n, err)
		}
	}
	heaps, goroutines := tr.all()
	for i := range heaps {
		heaps[i].at = time.Time{}
	}
	if diff := cmp.Diff([]heap{{events: 40, bytes: 2 << 20}, {events: 40, bytes: 26 << 20}}, heaps, cmp.AllowUnexported(heap{})); diff != "" {
		t.Errorf("heaps (-want +got):\n%s", diff)
	}
	if got, want := tr.words(), "panic: something went wrong"; got != want {
		t.Errorf("words() = %q, want %q", got, want)
	}
	if diff := cmp.Diff([]int{2}, goroutines); diff != "" {
		t.Errorf("goroutines (-want +got):\n%s", diff)
	}
}

func TestAProcessIsLookedAt(t *testing.T) {
	s, err := takeSample(os.Getpid())
	if err != nil || s.rss < 1<<20 || s.threads < 1 || s.files < 3 {
		t.Errorf("takeSample(self) = %+v, %v", s, err)
	}
}

func TestSlopeIsThatOfTheLine(t *testing.T) {
	for _, c := range []struct {
		xs, ys []float64
		want   float64
	}{
		{nil, nil, 0},
		{[]float64{3}, []float64{4}, 0},
		{[]float64{3, 3}, []float64{4, 9}, 0},
		{[]float64{1, 2, 3}, []float64{7, 9, 11}, 2},
		{[]float64{0, 1, 2, 3}, []float64{1, -1, 1, -1}, -0.4},
	} {
		if got := slope(c.xs, c.ys); got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("slope(%v, %v) = %v, want %v", c.xs, c.ys, got, c.want)
		}
	}
}

// grown returns the outcome of a soak in which each event added so many bytes to the heap.
func grown(bytes int64) outcome {
	o := outcome{wrote: wrote{events: 1_000_000, took: time.Minute}, atRest: 300e6}
	for i := range int64(100) {
		o.heaps = append(o.heaps, heap{events: i * 10_000, bytes: 5<<20 + i*10_000*bytes})
		o.goroutines = append(o.goroutines, 30)
		o.samples = append(o.samples, sample{events: i * 10_000, rss: 500e6, threads: 9, files: 14})
	}
	o.settled = 5<<20 + 1_000_000*bytes
	return o
}

func TestASoakFailsWhenAnythingButTheLogGrows(t *testing.T) {
	for name, c := range map[string]struct {
		bytes  int64
		change func(o *outcome)
		want   []string
	}{
		"nothing does":    {310, func(*outcome) {}, nil},
		"the heap":        {600, func(*outcome) {}, []string{"each event adds 600 bytes", "are alive in the end"}},
		"the end":         {310, func(o *outcome) { o.settled = 700e6 }, []string{"are alive in the end"}},
		"goroutines":      {310, func(o *outcome) { o.goroutines[90] = 300 }, []string{"up to 300 goroutines, at first 30"}},
		"files":           {310, func(o *outcome) { o.samples[90].files = 40 }, []string{"up to 40 files are open, at first 14"}},
		"the process":     {310, func(o *outcome) { o.samples[90].rss = 2e9 }, []string{"the process takes 1907 MB"}},
		"only the warmup": {310, func(o *outcome) { o.heaps[3].bytes = 900e6 }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			o := grown(c.bytes)
			c.change(&o)
			problems := o.problems()
			if len(problems) != len(c.want) {
				t.Fatalf("problems = %v, want %q", problems, c.want)
			}
			for i, want := range c.want {
				if !strings.Contains(problems[i].Error(), want) {
					t.Errorf("problem %d = %v, want %q", i, problems[i], want)
				}
			}
		})
	}
}

// TestAShortSoakCountsEveryEvent plays routines on the real program. It is too short to judge memory.
func TestAShortSoakCountsEveryEvent(t *testing.T) {
	t.Parallel()
	program := built(t)
	var out bytes.Buffer
	soak := newSoak()
	soak.SetOut(&out)
	soak.SetArgs([]string{"--program", program, "--for", "3s", "--rate", "500"})
	if err := soak.Execute(); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	want := `(?s)appended \d+ events, .* none lost or doubled\nkeys answered: \d+ measured, .*\nliving heap: .*\nprocess: at most .*\nPASS\n`
	if !regexp.MustCompile(want).MatchString(out.String()) {
		t.Errorf("printed\n%s\nwant %s", &out, want)
	}
}
