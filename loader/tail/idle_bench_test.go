//go:build unix

package tail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

// BenchmarkIdle measures what following costs while nothing happens: the share of one core that it takes, once the files have
// been quiet for a while.
func BenchmarkIdle(b *testing.B) {
	for name, c := range map[string]struct {
		files int
		one   bool
	}{"file": {1, true}, "set of 1": {1, false}, "set of 500": {500, false}} {
		b.Run(name, func(b *testing.B) {
			folder := b.TempDir()
			for i := range c.files {
				line := []byte(fmt.Sprintf(`{"actionName":"LIST_RULES","actionParams":{"n":%d}}`, i) + "\n")
				if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%04d.jsonl", i)), line, 0o600); err != nil {
					b.Fatal(err)
				}
			}
			source := loader.Source(New(folder))
			if c.one {
				source = New(filepath.Join(folder, "0000.jsonl"))
			}
			ctx, cancel := context.WithCancel(b.Context())
			log, ended := model.NewLog(), make(chan error, 1)
			go func() { ended <- source.Load(ctx, log) }()
			for s := log.Snapshot(); s.Rows() < c.files; s = log.Snapshot() {
				if err := log.Wait(ctx, s.Revision()); err != nil {
					b.Fatal(err)
				}
			}
			time.Sleep(busy + 2*time.Second)
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			before, began := processorTime(), time.Now()
			for b.Loop() {
				time.Sleep(10 * time.Second)
			}
			share := float64(processorTime()-before) / float64(time.Since(began))
			b.ReportMetric(100*share, "%core")
			b.ReportMetric(float64(m.HeapAlloc)/float64(c.files)/1024, "KiB/file")
			cancel()
			if err := <-ended; err != nil {
				b.Fatal(err)
			}
		})
	}
}

// processorTime is how long this process has been running, on all cores.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
