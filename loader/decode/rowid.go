package decode

import (
	"pawprint/model"
	"pawprint/model/rawjson"
)

// keepRowID hashes the value of p_row_id, given without its quotes and with its escapes. An empty value is not an id.
func (d *Decoder) keepRowID(text []byte, info rawjson.Info) {
	if info&rawjson.Escaped != 0 {
		d.decoded = rawjson.Unquote(d.decoded[:0], text)
		text = d.decoded
	}
	d.row.ID = model.RowIDOf(text)
}
