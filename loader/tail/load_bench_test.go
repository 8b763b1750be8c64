package tail

import (
	"bytes"
	"context"
	"os"
	"testing"

	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/model"
)

// BenchmarkLoad measures the first load of a followed file of 64 MB beside that of a plain file.
func BenchmarkLoad(b *testing.B) {
	var out bytes.Buffer
	if _, err := demo.New(demo.Options{Seed: 1, Events: 56_000}).WriteTo(&out); err != nil {
		b.Fatal(err)
	}
	path := b.TempDir() + "/big.jsonl"
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("plain", func(b *testing.B) {
		b.SetBytes(int64(out.Len()))
		for b.Loop() {
			if err := (&loader.File{Path: path}).Load(context.Background(), model.NewLog()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("followed", func(b *testing.B) {
		b.SetBytes(int64(out.Len()))
		for b.Loop() {
			loadFollowed(b, path, int64(out.Len()))
		}
	})
}

// loadFollowed follows a file until all of it was read.
func loadFollowed(b *testing.B, path string, size int64) {
	ctx, cancel := context.WithCancel(context.Background())
	sink := &liveSink{Log: model.NewLog(), live: cancel}
	if err := New(path).Load(ctx, sink); err != nil {
		b.Fatal(err)
	}
	if s := sink.Snapshot(); s.Books().Bytes != size {
		b.Fatalf("%d bytes were read of %d", s.Books().Bytes, size)
	}
}

// liveSink tells when its source is live.
type liveSink struct {
	*model.Log
	live func()
}

func (s *liveSink) UpdateSource(id model.SourceID, update func(*model.SourceState)) {
	s.Log.UpdateSource(id, func(state *model.SourceState) {
		if update(state); state.Phase == model.Following {
			s.live()
		}
	})
}
