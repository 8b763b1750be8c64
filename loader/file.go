package loader

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"sync"

	"pawprint/model"
)

// BlockBytes is how much of a file is read at a time. Blocks begin at multiples of it, as reads that are not aligned to
// pages cost more.
const BlockBytes = 512 << 10

// File is a plain file of JSON lines, read once to the end it has when reading begins. Its raw bytes are read again from
// its descriptor, which stays open, so that renaming or deleting the file does no harm.
type File struct {
	Path    string
	Limits  Limits
	Workers int // goroutines that decode; 0 means 2
}

// Name is the path.
func (f *File) Name() model.Text { return model.NewText(f.Path) }

// Load implements Source.
func (f *File) Load(ctx context.Context, sink Sink) error {
	id := begin(sink, f.Name(), -1)
	file, err := os.Open(f.Path)
	if err != nil {
		return end(sink, id, fmt.Errorf("opening a source: %w", err))
	}
	info, err := file.Stat()
	if err != nil {
		return end(sink, id, fmt.Errorf("opening a source: %w", err))
	}
	if info.IsDir() {
		return end(sink, id, fmt.Errorf("opening %s: it is a folder", f.Path))
	}
	if !info.Mode().IsRegular() {
		return end(sink, id, readAll(ctx, sink, id, file, f.Limits))
	}
	sink.UpdateSource(id, func(s *model.SourceState) { s.Size = info.Size() })
	stream, err := Blocks(ctx, sink, id, file, info.Size(), f.Workers, f.Limits)
	if err != nil {
		err = fmt.Errorf("reading %s: %w", f.Path, err)
	}
	stream.Close()
	return end(sink, id, err)
}

// Blocks reads size bytes of raw in blocks, on several goroutines, and appends their lines to sink in the order of the
// bytes. It returns a stream that holds the last line if that has no end: the caller closes it or goes on writing. With an
// error, which names the offset, the stream stands where reading stopped.
func Blocks(ctx context.Context, sink Sink, id model.SourceID, raw io.ReaderAt, size int64, workers int, limits Limits) (*Stream, error) {
	if workers <= 0 {
		workers = 2
	}
	b := &blocks{ctx: ctx, raw: raw, size: size, stream: NewStream(sink, id, raw, false, 0, 1, limits)}
	b.turn = sync.NewCond(&b.mu)
	workers = int(min(int64(workers), size/BlockBytes+1))
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b.work()
		}()
	}
	wg.Wait()
	return b.stream, b.err
}

// blocks is the state that the workers share: which block is to be read next, and whose turn it is to append.
type blocks struct {
	ctx    context.Context
	raw    io.ReaderAt
	size   int64
	stream *Stream // takes the lines that cross from one block into the next

	mu   sync.Mutex
	turn *sync.Cond
	next int64 // the block to read next
	done int64 // blocks that were appended
	err  error
}

// work reads and decodes blocks until there are none.
func (b *blocks) work() {
	buf := make([]byte, BlockBytes)
	d := newDecoder()
	batch := &model.Batch{Source: b.stream.batch.Source, Raw: b.raw}
	defer b.recovered()
	for {
		k, ok := b.claim()
		if !ok {
			return
		}
		at := k * BlockBytes
		p := buf[:min(BlockBytes, b.size-at)]
		n, err := b.raw.ReadAt(p, at)
		if n < len(p) {
			if err == nil || err == io.EOF {
				err = fmt.Errorf("the file ended at byte %d of %d", at+int64(n), b.size)
			} else {
				err = fmt.Errorf("at byte %d: %w", at+int64(n), err)
			}
		}
		p = p[:n]
		first, last := bytes.IndexByte(p, '\n'), bytes.LastIndexByte(p, '\n')
		if k == 0 {
			first = -1 // the first line begins here, not in a block before
			if bytes.HasPrefix(p, []byte(byteOrderMark)) {
				last = -1 // rare enough to leave to the stream
			}
		}
		batch.Reset()
		if last > first {
			body := p[first+1 : last+1]
			batch.Base, batch.Length = at+int64(first+1), int64(len(body))
			d.lines(batch, body)
			batch.Sum, batch.Summed = model.Checksum(body), int64(len(body))
		}
		if !b.append(k, p, first, last, batch, err) {
			return
		}
	}
}

func (b *blocks) claim() (k int64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = b.ctx.Err()
	}
	if b.err != nil || b.next*BlockBytes >= b.size {
		return 0, false
	}
	b.next++
	return b.next - 1, true
}

// append waits for the turn of block k and hands over its rows, with the line that began in the blocks before and the one
// that ends in those after. It reports whether to go on.
func (b *blocks) append(k int64, p []byte, first, last int, batch *model.Batch, err error) bool {
	b.mu.Lock()
	for b.done != k && b.err == nil {
		b.turn.Wait()
	}
	stop := b.done != k
	b.mu.Unlock()
	if stop {
		return false
	}
	// It is this worker's turn: nobody else touches the stream.
	if batch.Lines > 0 {
		b.stream.Write(p[:first+1])
		batch.Line = b.stream.line
		b.stream.skip(batch)
		b.stream.Write(p[last+1:])
	} else {
		b.stream.Write(p)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	if b.err == nil {
		b.err = err
	}
	b.turn.Broadcast()
	return b.err == nil
}

// recovered turns a panic of a worker into the error of the load, so that nobody waits for its turn for ever.
func (b *blocks) recovered() {
	if p := recover(); p != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.err = fmt.Errorf("panic: %v", p)
		b.turn.Broadcast()
	}
}

// skip takes over lines that were decoded elsewhere and begin where the stream stands.
func (s *Stream) skip(batch *model.Batch) {
	s.begun = true
	s.sink.Append(batch)
	s.offset += batch.Length
	s.line += batch.Lines
}

// readAll reads a source that has no size and cannot be read again.
func readAll(ctx context.Context, sink Sink, id model.SourceID, r io.Reader, limits Limits) error {
	store := new(Store)
	stream := NewStream(sink, id, store, true, 0, 1, limits)
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		store.Write(buf[:n])
		stream.Write(buf[:n])
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			stream.Close()
			if err == io.EOF {
				return nil
			}
			return err
		}
	}
}

// Reader is a source that is read once from front to back, such as standard input. Its bytes are kept in memory,
// compressed.
type Reader struct {
	Label  string
	From   io.Reader
	Limits Limits
}

// Name is the label.
func (r *Reader) Name() model.Text { return model.NewText(r.Label) }

// Load implements Source. It returns at the end of the reader; a cancellation is noticed after the next read.
func (r *Reader) Load(ctx context.Context, sink Sink) error {
	id := begin(sink, r.Name(), -1)
	return end(sink, id, readAll(ctx, sink, id, r.From, r.Limits))
}
