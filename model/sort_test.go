package model

import (
	"context"
	"testing"
)

// everySo matches one row in so many.
type everySo int

func (e everySo) Narrow(_ context.Context, _ *Snapshot, seg *Segment, rows *Bitmap) error {
	for i := range seg.Rows() {
		if (int(seg.Base())+i)%int(e) != 0 {
			rows.Clear(i)
		}
	}
	return nil
}

// BenchmarkSelectInOrder measures what the order of times adds to a selection: a sorted log is the floor.
func BenchmarkSelectInOrder(b *testing.B) {
	const rows = 1_000_000
	for _, log := range []string{"sorted", "nearly sorted", "in files", "in files of many", "random"} {
		l := bigLog(rows, steps[log])
		snap := l.Snapshot()
		for name, m := range map[string]Matcher{"all": nil, "one in 20": everySo(20)} {
			b.Run(log+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if _, err := Select(context.Background(), snap, m, nil); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed())/float64(b.N)/rows, "ns/event")
			})
		}
	}
}
