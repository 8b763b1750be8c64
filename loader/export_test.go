package loader

import (
	"bytes"

	"pawprint/model"
)

// What the tests outside the package need of its inside.
const (
	HeadBytes  = headBytes
	StoreBlock = storeBlock
)

// With makes an event line; see with.
var With = with

// BenchDecoder decodes a whole log in memory, in blocks.
func BenchDecoder() func(log []byte) {
	d, batch := newDecoder(), &model.Batch{}
	return func(log []byte) {
		for at := 0; at < len(log); {
			to := min(at+BlockBytes, len(log))
			to = at + bytes.LastIndexByte(log[at:to], '\n') + 1
			batch.Reset()
			d.lines(batch, log[at:to])
			at = to
		}
	}
}
