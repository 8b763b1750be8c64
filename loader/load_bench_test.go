package loader_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/decode"
	"pawprint/loader/demo/shapes"
	"pawprint/model"
)

// measureShapes runs a benchmark on each shape of a log. A log that repeats itself flatters what remembers, so that one is not enough.
func measureShapes(b *testing.B, size int, measure func(b *testing.B, s shapes.Shape, log []byte)) {
	for _, s := range shapes.All() {
		b.Run(s.Name, func(b *testing.B) { measure(b, s, s.Lines(1, size)) })
	}
}

// contender is a function that is timed. The best of its runs counts, as what else happens on the machine can only slow it down.
type contender struct {
	run   func()
	bytes int
	best  time.Duration
}

// race runs the contenders in turns, so that what slows the machine down slows all of them, and times them by a clock.
func race(b *testing.B, clock func() time.Duration, all ...*contender) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for b.Loop() {
		for _, c := range all {
			began := clock()
			c.run()
			if took := clock() - began; c.best == 0 || took < c.best {
				c.best = took
			}
		}
	}
}

// perByte is the best time of a contender for one byte, in nanoseconds.
func (c *contender) perByte() float64 { return float64(c.best) / float64(c.bytes) }

// decodeLimits are how many times as long as a scan for newlines decoding may take, and how many times as long encoding/json must take.
// They are loose enough for a busy machine.
var decodeLimits = map[string]struct{ newlines, json float64 }{
	"demo": {30, 5}, "people": {50, 4}, "deep": {140, 1.4}, "wide": {50, 3.5}, "hostile": {350, 0.8},
}

// BenchmarkDecode measures the decoder on one core against encoding/json and against a scan for newlines, in the same run. A decoder
// begins without knowing the log. %-of-limit is above 100 where a limit is broken.
func BenchmarkDecode(b *testing.B) {
	measureShapes(b, 32<<20, func(b *testing.B, s shapes.Shape, log []byte) {
		lines, part := bytes.Count(log, []byte("\n")), log[:4<<20]
		part = part[:bytes.LastIndexByte(part, '\n')+1]
		newlines := &contender{run: func() { bytes.Count(log, []byte("\n")) }, bytes: len(log)}
		decoder := &contender{run: func() { decodeAll(decode.New(), log) }, bytes: len(log)}
		library := &contender{run: func() { unmarshalAll(part) }, bytes: len(part)}
		race(b, cpuTime, newlines, decoder, library)
		floor, json := decoder.perByte()/newlines.perByte(), library.perByte()/decoder.perByte()
		limits := decodeLimits[s.Name]
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(decoder.best)/float64(lines), "ns/line")
		b.ReportMetric(1e3/decoder.perByte(), "MB/s")
		b.ReportMetric(floor, "x-newlines")
		b.ReportMetric(json, "x-faster-than-json")
		b.ReportMetric(100*max(floor/limits.newlines, limits.json/json), "%-of-limit")
	})
}

// decodeAll decodes a log in blocks.
func decodeAll(d *decode.Decoder, log []byte) {
	batch := &model.Batch{}
	for at := 0; at < len(log); {
		to := min(at+loader.BlockBytes, len(log))
		to = at + bytes.LastIndexByte(log[at:to], '\n') + 1
		batch.Reset()
		d.Lines(batch, log[at:to])
		at = to
	}
}

// unmarshalAll reads lines as a Go program would that takes no pains.
func unmarshalAll(log []byte) {
	type event struct {
		ActionName, ActionResult, SourceIP, UserAgent, Timestamp, PantherVersion string
		Actor                                                                    struct {
			ID, Type, Name string
			Attributes     struct{ Email string }
		}
		ActionParams, Errors json.RawMessage
	}
	for line := range bytes.Lines(log) {
		var e event
		_ = json.Unmarshal(line, &e) // a damaged line costs as much as another
	}
}

// BenchmarkLoad measures loading a file into a log, with one worker and with two, beside reading it and counting its lines
// as wc does. B/event is the memory that the log keeps.
func BenchmarkLoad(b *testing.B) {
	measureShapes(b, 64<<20, func(b *testing.B, _ shapes.Shape, log []byte) {
		path := filepath.Join(b.TempDir(), "big.jsonl")
		if err := os.WriteFile(path, log, 0o600); err != nil {
			b.Fatal(err)
		}
		buf := make([]byte, 1<<20)
		var kept *model.Log
		load := func(workers int) *contender {
			return &contender{bytes: len(log), run: func() {
				kept = model.NewLog()
				if err := (&loader.File{Path: path, Workers: workers}).Load(context.Background(), kept); err != nil {
					b.Fatal(err)
				}
			}}
		}
		floor, one, two := &contender{run: func() { countLines(b, path, buf) }, bytes: len(log)}, load(1), load(2)
		began := time.Now()
		race(b, func() time.Duration { return time.Since(began) }, floor, one, two)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(1e3/two.perByte(), "MB/s")
		b.ReportMetric(two.perByte()/floor.perByte(), "x-lines")
		b.ReportMetric(one.perByte()/two.perByte(), "x-faster-with-2")
		with := heap()
		snap := kept.Snapshot()
		events := snap.Rows()
		kept, snap = nil, model.Snapshot{}
		b.ReportMetric(float64(with-heap())/float64(events), "B/event")
	})
}

func countLines(b *testing.B, path string, buf []byte) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	lines := 0
	for {
		n, err := f.Read(buf)
		lines += bytes.Count(buf[:n], []byte("\n"))
		if err == io.EOF {
			break
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if lines == 0 {
		b.Fatal("no lines")
	}
}

// heap is the memory in use after a collection.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
