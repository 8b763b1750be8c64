package loader_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"pawprint/loader"
	"pawprint/loader/demo/shapes"
	"pawprint/model"
)

// gzipped packs text as one member.
func gzipped(tb testing.TB, text []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(text); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// zstded packs text as one frame with a checksum, as a stream of unknown length.
func zstded(tb testing.TB, text []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out, zstd.WithEncoderCRC(true), zstd.WithWindowSize(2<<20))
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkLoadPacked measures loading packed files, and doing so for the columns alone, beside unpacking them and doing nothing else.
func BenchmarkLoadPacked(b *testing.B) {
	log := shapes.All()[0].Lines(1, 64<<20)
	dir := b.TempDir()
	loadWith := func(ctx context.Context, b *testing.B, source loader.Source) {
		b.SetBytes(int64(len(log)))
		for b.Loop() {
			l := model.NewLog()
			if err := source.Load(ctx, l); err != nil {
				b.Fatal(err)
			}
			snap := l.Snapshot()
			if got := snap.Books().Bytes; got != int64(len(log)) {
				b.Fatalf("%d bytes, want %d", got, len(log))
			}
		}
	}
	load := func(b *testing.B, source loader.Source) { loadWith(context.Background(), b, source) }
	columns := func(b *testing.B, source loader.Source) {
		loadWith(loader.WithFewLines(context.Background()), b, source)
	}
	floor := func(b *testing.B, paths []string, open func(io.Reader) io.Reader) {
		b.SetBytes(int64(len(log)))
		buf := make([]byte, loader.BlockBytes)
		for b.Loop() {
			for _, path := range paths {
				f, err := os.Open(path)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{open(f)}, buf); err != nil {
					b.Fatal(err)
				}
				if err := f.Close(); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	write := func(name string, text []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			b.Fatal(err)
		}
		return path
	}
	inPieces := func(pack func(testing.TB, []byte) []byte, size int) (all []byte) {
		for rest := log; len(rest) > 0; rest = rest[min(size, len(rest)):] {
			all = append(all, pack(b, rest[:min(size, len(rest))])...)
		}
		return all
	}
	gz, zst := write("one.jsonl.gz", gzipped(b, log)), write("one.jsonl.zst", zstded(b, log))
	gzs, zsts := write("many.jsonl.gz", inPieces(gzipped, 1<<20)), write("many.jsonl.zst", inPieces(zstded, 4<<20))
	unzip := new(gzip.Reader)
	b.Run("gzip/floor", func(b *testing.B) {
		floor(b, []string{gz}, func(r io.Reader) io.Reader {
			if err := unzip.Reset(r); err != nil {
				b.Fatal(err)
			}
			return unzip
		})
	})
	b.Run("gzip/load", func(b *testing.B) { load(b, &loader.File{Path: gz}) })
	b.Run("gzip/columns", func(b *testing.B) { columns(b, &loader.File{Path: gz}) })
	b.Run("gzip/members", func(b *testing.B) { load(b, &loader.File{Path: gzs}) })
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	b.Run("zstd/floor", func(b *testing.B) {
		floor(b, []string{zst}, func(r io.Reader) io.Reader {
			if err := d.Reset(r); err != nil {
				b.Fatal(err)
			}
			return d
		})
	})
	b.Run("zstd/load", func(b *testing.B) { load(b, &loader.File{Path: zst}) })
	b.Run("zstd/columns", func(b *testing.B) { columns(b, &loader.File{Path: zst}) })
	b.Run("zstd/frames", func(b *testing.B) { load(b, &loader.File{Path: zsts}) })
	small := filepath.Join(dir, "small")
	if err := os.Mkdir(small, 0o700); err != nil {
		b.Fatal(err)
	}
	for i, rest := 0, log; len(rest) > 0; i++ {
		n := min(len(rest), len(log)/2000)
		n += bytes.IndexByte(rest[n-1:], '\n')
		write(fmt.Sprintf("small/%d.json.gz", i), gzipped(b, rest[:n]))
		rest = rest[n:]
	}
	b.Run("gzip/small", func(b *testing.B) { load(b, &loader.Folder{Path: small}) })
}
