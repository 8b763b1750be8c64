package loader_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pawprint/loader"
	"pawprint/loader/decode"
	"pawprint/loader/demo"
	"pawprint/model"
)

// benchLog is a generated log of about 64 MiB in memory.
func benchLog(b *testing.B) []byte {
	b.Helper()
	var out bytes.Buffer
	if _, err := demo.New(demo.Options{Seed: 1, Events: 56_000}).WriteTo(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkDecode measures the decoder on one core against encoding/json and against a scan for newlines, in the same run.
func BenchmarkDecode(b *testing.B) {
	log := benchLog(b)
	b.Run("floor/newlines", func(b *testing.B) {
		b.SetBytes(int64(len(log)))
		for b.Loop() {
			for rest := log; ; {
				i := bytes.IndexByte(rest, '\n')
				if i < 0 {
					break
				}
				rest = rest[i+1:]
			}
		}
	})
	b.Run("decoder", func(b *testing.B) {
		b.SetBytes(int64(len(log)))
		b.ReportAllocs()
		d, batch := decode.New(), &model.Batch{}
		for b.Loop() {
			for at := 0; at < len(log); {
				to := min(at+loader.BlockBytes, len(log))
				to = at + bytes.LastIndexByte(log[at:to], '\n') + 1
				batch.Reset()
				d.Lines(batch, log[at:to])
				at = to
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		type event struct {
			ActionName, ActionResult, SourceIP, UserAgent, Timestamp, PantherVersion string
			Actor                                                                    struct {
				ID, Type, Name string
				Attributes     struct{ Email string }
			}
			ActionParams, Errors json.RawMessage
		}
		part := log[:8<<20]
		part = part[:bytes.LastIndexByte(part, '\n')+1]
		b.SetBytes(int64(len(part)))
		b.ReportAllocs()
		for b.Loop() {
			for line := range bytes.Lines(part) {
				var e event
				_ = json.Unmarshal(line, &e) // a damaged line costs as much as another
			}
		}
	})
}

// BenchmarkLoad measures loading a file into a log, with one worker and with two, beside reading it and counting its lines
// as wc does. B/event is the memory that the log keeps.
func BenchmarkLoad(b *testing.B) {
	log := benchLog(b)
	path := filepath.Join(b.TempDir(), "big.jsonl")
	if err := os.WriteFile(path, log, 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("floor=lines", func(b *testing.B) {
		b.SetBytes(int64(len(log)))
		buf := make([]byte, 1<<20)
		for b.Loop() {
			countLines(b, path, buf)
		}
	})
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			b.SetBytes(int64(len(log)))
			b.ReportAllocs()
			var kept *model.Log
			for b.Loop() {
				kept = model.NewLog()
				if err := (&loader.File{Path: path, Workers: workers}).Load(context.Background(), kept); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			with := heap()
			snap := kept.Snapshot()
			events := snap.Rows()
			kept, snap = nil, model.Snapshot{}
			b.ReportMetric(float64(with-heap())/float64(events), "B/event")
		})
	}
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
