package s3

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"pawprint/loader"
)

const (
	// chunkBytes is how much of an object is handed over at a time.
	chunkBytes = 256 << 10
	// aheadChunks is how far fetching runs ahead of decoding. An object that fits is fetched before it is decoded.
	aheadChunks = 8
	// maxVersions is how often reading an object starts again because it changed.
	maxVersions = 3
)

// download is an object on its way from the goroutine that fetches it to the one that decodes it. Its reader waits for
// what comes.
type download struct {
	object object
	to     loader.Announced
	chunks chan []byte // closed behind the last one
	err    error       // why there is no more; set before chunks is closed
	stop   context.CancelFunc
	ctx    context.Context
	begun  atomic.Bool // bytes of it were given to the reader
	rest   []byte      // of the chunk that is read
	whole  []byte
}

// chunkPool keeps chunks that were read.
var chunkPool = sync.Pool{New: func() any { return new([chunkBytes]byte) }}

// chunk returns memory for the next bytes of an object of which so many are left.
func chunk(left int64) []byte {
	if left >= 0 && left < chunkBytes/4 {
		return make([]byte, left+1) // one more, so that the end shows
	}
	return chunkPool.Get().(*[chunkBytes]byte)[:]
}

// recycle takes a chunk that nobody uses any more.
func recycle(p []byte) {
	if cap(p) == chunkBytes {
		chunkPool.Put((*[chunkBytes]byte)(p[:chunkBytes]))
	}
}

// Read implements io.Reader. Its error is the one of fetching.
func (d *download) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		if d.whole != nil {
			recycle(d.whole)
			d.whole = nil
		}
		select {
		case next, ok := <-d.chunks:
			if !ok {
				if d.err != nil {
					return 0, d.err
				}
				return 0, io.EOF
			}
			d.whole, d.rest = next, next
			d.begun.Store(true)
		case <-d.ctx.Done():
			return 0, d.ctx.Err()
		}
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// fill fetches the object and puts it into chunks, until its end or a fault. It calls ready, once, when the reader may
// begin: when all is there, or no more has room. Until then reading starts again if the object changed.
func (d *download) fill(l *load, ready func()) {
	began := false
	begin := func() {
		if !began {
			began = true
			ready()
		}
	}
	defer func() {
		close(d.chunks)
		begin()
	}()
	for range maxVersions {
		d.err = d.version(l, begin)
		if kindOf(d.err) != changed || began {
			return
		}
		for len(d.chunks) > 0 {
			p := <-d.chunks
			l.progress.fetch(-len(p))
			recycle(p)
		}
	}
}

// version fetches one version of the object.
func (d *download) version(l *load, begin func()) (err error) {
	body, err := l.bucket.open(d.ctx, d.object)
	if err != nil {
		return err
	}
	defer body.Close()
	if body.etag != d.object.etag {
		// What the next listing shows is this version. Where another download has it, as when two messages tell of one
		// object, its rows would stand twice.
		d.object.etag = body.etag
		if !l.seen.claim(&d.object) {
			return nil
		}
	}
	keep := l.source.o.Cache.create(l.bucket, d.object.key, body.etag)
	defer func() { keep.close(err == nil) }()
	for {
		p := chunk(body.left())
		n, err := io.ReadFull(body, p)
		l.progress.fetch(n)
		if n > 0 {
			keep.write(p[:n])
			if !d.hand(p[:n], begin) {
				return d.ctx.Err()
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// replayFrom takes the object from the cache instead.
func (d *download) replayFrom(l *load, kept io.ReadCloser, ready func()) {
	defer close(d.chunks)
	defer kept.Close()
	ready()
	l.progress.change(func() { l.progress.cached++ })
	for {
		p := chunk(d.object.size)
		n, err := io.ReadFull(kept, p)
		l.progress.fetch(n)
		if n > 0 && !d.hand(p[:n], func() {}) {
			d.err = d.ctx.Err()
			return
		}
		if err != nil {
			if err != io.EOF && err != io.ErrUnexpectedEOF {
				d.err = err
			}
			return
		}
	}
}

// hand passes a chunk to the reader, and lets the reader start if there is no room.
func (d *download) hand(p []byte, begin func()) bool {
	select {
	case d.chunks <- p:
		return true
	default:
	}
	begin()
	select {
	case d.chunks <- p:
		return true
	case <-d.ctx.Done():
		return false
	}
}
