package decode

import (
	"bytes"
	"hash/maphash"

	"pawprint/model"
	"pawprint/model/rawjson"
)

// rowIDSeeds make the two halves of a row's id; they are the same for all sources, so that copies are found across them.
var rowIDSeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// keepRowID hashes the value of p_row_id, which stands in its quotes as text. An empty one is none.
func (d *Decoder) keepRowID(text []byte) {
	if bytes.IndexByte(text, '\\') >= 0 {
		d.decoded = rawjson.Unquote(d.decoded[:0], text)
		text = d.decoded
	}
	if d.rowID = (model.RowID{}); len(text) == 0 {
		return
	}
	for i, seed := range rowIDSeeds {
		d.rowID[i] = maphash.Bytes(seed, text)
	}
	if d.rowID == (model.RowID{}) {
		d.rowID[0] = 1
	}
}
