package loader

import (
	"context"
	"io"

	"pawprint/model"
)

// Witness sees all bytes of sources while they are loaded, for somebody who has to say exactly what was read. With one, every source is
// read once, from front to back, whatever its bytes are. Its methods may be called from any goroutine.
type Witness interface {
	// Keeps reports whether rows are to be read again, as in a load without a witness. Otherwise no bytes are kept, so that rows are only
	// good for counting, and copies of a source are sources too.
	Keeps() bool
	// Begin returns what sees the bytes of a source that was announced. ctx is that of the load: nothing may wait for longer.
	Begin(ctx context.Context, id model.SourceID) Ear
	// Object says which version of a stored object the source is. version is empty if the store keeps none, or if the object came from
	// the cache.
	Object(id model.SourceID, etag, version string)
}

// Ear sees the bytes of one source, from front to back. Its methods are called one at a time, and keep no bytes that they are passed.
type Ear interface {
	// Stored sees bytes as they lie.
	Stored(p []byte)
	// Plain sees bytes as they are unpacked, and the names of the packings; without one they are the bytes as they lie.
	Plain(p []byte, packed string)
	// End says that there is nothing more to see. whole says that all bytes of the source were seen as they lie, and touched that
	// somebody wrote to it meanwhile. A load that is cancelled may leave it out.
	End(whole, touched bool)
}

type witnessKey struct{}

// WithWitness returns a context whose witness sees what Load and Read read with it.
func WithWitness(ctx context.Context, w Witness) context.Context {
	return context.WithValue(ctx, witnessKey{}, w)
}

// WitnessOf returns the witness of a context, or nil.
func WitnessOf(ctx context.Context) Witness {
	w, _ := ctx.Value(witnessKey{}).(Witness)
	return w
}

// countsOnly reports whether nothing that is read with a context will be read again.
func countsOnly(ctx context.Context) bool {
	w := WitnessOf(ctx)
	return w != nil && !w.Keeps()
}

// heard is a reader that an ear listens to.
type heard struct {
	from io.Reader
	ear  Ear
}

func (h heard) Read(p []byte) (int, error) {
	n, err := h.from.Read(p)
	h.ear.Stored(p[:n])
	return n, err
}

// listen makes the witness of the context, if there is one, see what is read.
func (r *reading) listen() {
	if w := WitnessOf(r.ctx); w != nil {
		r.ear = w.Begin(r.ctx, r.id)
		r.unpack.ear, r.unpack.stored.from = r.ear, heard{r.from, r.ear}
	}
}

// hearOut passes the ear what is left of the source after it was decoded as far as possible. blocks may have been stopped.
func (r *reading) hearOut(blocks pieceReader) {
	if r.ear == nil || r.ctx.Err() != nil {
		return
	}
	for p := (&piece{}); blocks.next(p) && p.err == nil; {
		p.parts = nil
	}
}

// heardAll ends the ear once the reader is no longer in use. What follows the unpacked bytes counts as stored.
func (r *reading) heardAll() {
	if r.ear == nil || r.ctx.Err() != nil {
		return
	}
	if r.unpack.stored.err == nil {
		_, r.lost = io.Copy(io.Discard, &r.unpack.stored)
	}
	whole := r.unpack.stored.err == nil && r.lost == nil
	r.ear.End(whole, r.Touched != nil && r.Touched())
}

// touched reports whether the file of h was written to after it was opened.
func (h *handle) touched() bool {
	h.pool.mu.Lock()
	defer h.pool.mu.Unlock()
	if h.file == nil {
		return false
	}
	now, err := h.file.Stat()
	return err == nil && (now.Size() != h.info.Size() || !now.ModTime().Equal(h.info.ModTime()))
}
