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
	// chunkBytes is how many bytes of an object are passed on at a time.
	chunkBytes = 256 << 10
	// aheadChunks is how many chunks are fetched ahead of decoding. An object that fits in them is fetched before it is decoded.
	aheadChunks = 8
	// maxVersions is how often reading an object is started if it keeps changing.
	maxVersions = 3
)

// download passes an object from the goroutine that fetches it to the one that decodes it. Read blocks until bytes have come.
type download struct {
	object    object
	to        loader.Announced
	chunks    chan []byte // closed after the last one
	versionID string      // the id of the version; set before chunks is closed
	err       error       // why there are no more; set before chunks is closed
	stop      context.CancelFunc
	ctx       context.Context
	begun     atomic.Bool // Read returned some bytes
	rest      []byte      // unread bytes of the current chunk
	whole     []byte
}

// chunkPool holds chunks that are free again.
var chunkPool = sync.Pool{New: func() any { return new([chunkBytes]byte) }}

// chunk returns memory for the next bytes of an object with left bytes to come, -1 if that is not known.
func chunk(left int64) []byte {
	if left >= 0 && left < chunkBytes/4 {
		return make([]byte, left+1) // one more byte, so that the read sees the end
	}
	return chunkPool.Get().(*[chunkBytes]byte)[:]
}

// recycle returns an unused chunk to the pool.
func recycle(p []byte) {
	if cap(p) == chunkBytes {
		chunkPool.Put((*[chunkBytes]byte)(p[:chunkBytes]))
	}
}

// Read implements io.Reader. Its error is that of fetching.
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

// fill fetches the object into chunks, until its end or an error. It calls ready once, when the reader may begin: when all chunks
// are there, or the channel is full. Until then it starts again if the object changed.
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
	d.versionID = body.versionID
	if body.etag != d.object.etag {
		// The next listing shows this version. If another download reads it too, as when two messages announce one object, its
		// rows would appear twice.
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
			if !d.pass(p[:n], begin) {
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

// replayFrom reads the object from the cache instead.
func (d *download) replayFrom(l *load, kept io.ReadCloser, ready func()) {
	defer close(d.chunks)
	defer kept.Close()
	ready()
	l.progress.change(func() { l.progress.cached++ })
	for {
		p := chunk(d.object.size)
		n, err := io.ReadFull(kept, p)
		l.progress.fetch(n)
		if n > 0 && !d.pass(p[:n], func() {}) {
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

// pass passes a chunk to the reader, and lets the reader begin if the channel is full.
func (d *download) pass(p []byte, begin func()) bool {
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
