package tui

import (
	"strings"
	"sync"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/termsafe/hostile"
)

// bigRows is the size of the log of the benchmarks.
const bigRows = 10_000_000

// bigLog is a log of many rows that all show the same few lines; it is made once.
var bigLog = sync.OnceValue(func() *model.Log {
	log := model.NewLog()
	id := log.AddSource(model.NewText("big.jsonl"))
	log.UpdateSource(id, func(s *model.SourceState) { s.Phase = model.Complete })
	b := &model.Batch{Source: id, Raw: strings.NewReader(kittest.FailedEvent), Vocabulary: model.NewVocabulary(), Length: int64(len(kittest.FailedEvent))}
	r := model.RowRecord{Length: uint32(len(kittest.FailedEvent))}
	value := func(c model.Column, text string) { r.Columns[c] = b.Vocabulary.ID(c, []byte(text)) }
	value(model.ColAction, "DELETE_RULE")
	value(model.ColActorName, "ci-token")
	value(model.ColActorType, "TOKEN")
	value(model.ColSourceIP, "203.0.113.9")
	const batchRows = 100_000
	for n := 0; n < bigRows; n += batchRows {
		b.Reset()
		for i := range batchRows {
			r.Nanos = kittest.TestNow.UnixNano() + int64(n+i)*1e6
			r.Columns[model.ColResult] = model.IDSucceeded
			if i%1000 == 0 {
				r.Columns[model.ColResult] = model.IDFailed
			}
			b.AddRow(&r)
		}
		b.Lines = batchRows
		log.Append(b)
	}
	return log
})

func BenchmarkKey(b *testing.B) {
	for _, bench := range []struct {
		name string
		keys []string
	}{{"down", []string{"j", "k", "k", "j"}}, {"page", []string{"pgup", "pgdown"}}, {"ends", []string{"g", "G"}}} {
		for _, detail := range []bool{false, true} {
			name := bench.name
			if detail {
				name += "-detail"
			}
			b.Run(name, func(b *testing.B) {
				d := newDriver(b, Options{Log: kittest.StillLog{Log: bigLog()}}, 200, 50)
				if detail {
					d.press("enter")
				}
				var slowest time.Duration
				b.ResetTimer()
				for i := range b.N {
					key := kittest.KeyMsg(bench.keys[i%len(bench.keys)])
					begin := time.Now()
					_, cmd := d.app.Update(key)
					slowest = max(slowest, time.Since(begin))
					b.StopTimer()
					d.run(cmd)
					b.StartTimer()
				}
				b.ReportMetric(float64(slowest.Microseconds()), "slowest-µs")
			})
		}
	}
}

func BenchmarkFrame(b *testing.B) {
	for _, bench := range []struct{ name, keys string }{{"list", ""}, {"detail", "enter"}, {"help", "?"}} {
		b.Run(bench.name, func(b *testing.B) {
			d := newDriver(b, Options{Log: kittest.StillLog{Log: bigLog()}}, 200, 50)
			d.press(bench.keys)
			b.ReportAllocs()
			for b.Loop() {
				d.app.screen.stale = true
				d.app.View()
			}
		})
	}
}

// BenchmarkHostileFrame draws every screen of the hostile texts; the share of the 16 ms that a frame may take is told, also of the
// slowest one.
func BenchmarkHostileFrame(b *testing.B) {
	for _, bench := range []struct{ name, keys, next string }{{"list", "g", "pgdown"}, {"detail", "g enter", "j"}} {
		b.Run(bench.name, func(b *testing.B) {
			d := newDriver(b, Options{Log: kittest.LoadText(b, "events.jsonl", string(hostile.Events()))}, 200, 50)
			d.press(bench.keys)
			const due = 16 * time.Millisecond
			var slowest, all time.Duration
			for range b.N {
				d.press(bench.next)
				d.app.screen.stale = true
				begin := time.Now()
				d.app.View()
				took := time.Since(begin)
				slowest, all = max(slowest, took), all+took
			}
			b.ReportMetric(100*float64(all)/float64(b.N)/float64(due), "%-of-16ms")
			b.ReportMetric(100*float64(slowest)/float64(due), "slowest-%")
		})
	}
}

// BenchmarkFilterToFrame is from the key to the frame with the other rows, the selection included.
func BenchmarkFilterToFrame(b *testing.B) {
	d := newDriver(b, Options{Log: kittest.StillLog{Log: bigLog()}}, 200, 50)
	for b.Loop() {
		d.press("f")
		d.app.View()
	}
}
