package decode

import (
	"hash/maphash"

	"pawprint/model"
	"pawprint/model/rawjson"
)

// rowIDSeeds are the seeds of the two halves of a row's id. All sources share them, so that copies are found across sources.
var rowIDSeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// keepRowID hashes the value of p_row_id, given without its quotes and with its escapes. An empty value is not an id.
func (d *Decoder) keepRowID(text []byte, info rawjson.Info) {
	if info&rawjson.Escaped != 0 {
		d.decoded = rawjson.Unquote(d.decoded[:0], text)
		text = d.decoded
	}
	if d.row.ID = (model.RowID{}); len(text) == 0 {
		return
	}
	for i, seed := range rowIDSeeds {
		d.row.ID[i] = maphash.Bytes(seed, text)
	}
	if d.row.ID == (model.RowID{}) {
		d.row.ID[0] = 1
	}
}
