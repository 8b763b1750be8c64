package loader

import (
	"context"
	"errors"
	"io"

	"pawprint/model"
)

// ReadLines reads r from front to back into sink, as the source id, which must have been added before. Unlike Read it takes every line
// for a line of JSON, whatever the first bytes look like: it is for sources that are known to hold lines, such as the rows of a
// database. The bytes are kept compressed in memory. It changes nothing of the source but its rows.
//
// It returns nil at the end of r, or the reason why not everything was read: a *MemoryError, the error of r, or that of ctx. Rows
// read before stay in the sink. It does not return before a read of r does.
func ReadLines(ctx context.Context, sink Sink, id model.SourceID, r io.Reader, limits Limits) error {
	store := NewStore(limits.Memory)
	if countsOnly(ctx) {
		store = newForgetfulStore()
	}
	defer store.finish()
	stream := NewStream(sink, id, Bytes{Raw: store, Trusted: true}, limits)
	err := copyLines(ctx, stream, store, r)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return closeStream(stream, err)
}

// copyLines copies r into a stream and its store until an error, which is io.EOF at the end of r.
func copyLines(ctx context.Context, stream *Stream, store *Store, r io.Reader) error {
	buf := make([]byte, storeBlock)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf)
		if full := store.Write(buf[:n]); full != nil {
			return withLines(full, stream.Line()-1)
		}
		if full := stream.Write(buf[:n]); full != nil {
			return full
		}
		if err != nil {
			return err
		}
	}
}
