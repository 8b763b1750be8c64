//go:build unix

package tail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pawprint/model"
)

// BenchmarkManyFiles measures how long it takes until each of many small files in a folder was read for the first time.
func BenchmarkManyFiles(b *testing.B) {
	for _, files := range []int{1_000, 3_000, 10_000} {
		b.Run(fmt.Sprint(files), func(b *testing.B) {
			folder := b.TempDir()
			for i := range files {
				line := []byte(fmt.Sprintf(`{"actionName":"LIST_RULES","actionParams":{"n":%d}}`, i) + "\n")
				if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%05d.jsonl", i)), line, 0o600); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				before := processorTime()
				ctx, cancel := context.WithCancel(b.Context())
				log, ended := model.NewLog(), make(chan error, 1)
				go func() { ended <- New(folder).Load(ctx, log) }()
				for s := log.Snapshot(); s.Rows() < files; s = log.Snapshot() {
					if err := log.Wait(ctx, s.Revision()); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric((processorTime() - before).Seconds(), "cpu-s")
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapInuse)/float64(files)/1024, "KiB/file")
				cancel()
				<-ended // the last file may not have reported that it was read to its end
			}
		})
	}
}
