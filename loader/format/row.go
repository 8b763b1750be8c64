package format

import (
	"bytes"
	"strings"

	"pawprint/model/rawjson"
)

// rowMaker turns the rows of a table into JSON objects.
type rowMaker struct {
	header  []byte // the header row; nil until it was read
	columns []tableColumn
	out     []byte // the current record
	written int64  // bytes of the records before it, each with a newline
	scratch []byte
	scan    rawjson.Scanner
}

// tableColumn is a column of the table, prepared for writing its values.
type tableColumn struct {
	key  []byte // in quotes, with the colon
	json bool   // an object or array in a cell is JSON, not text
	null bool   // null in a cell is JSON, not text
}

func newRowMaker() rowMaker { return rowMaker{scan: rawjson.Scanner{Multiline: true}} }

// setHeader sets the header of the table.
func (m *rowMaker) setHeader(row []byte, cells []cell) {
	m.header = bytes.Clone(row)
	for _, c := range cells {
		name, known := columnName(string(m.text(row, c)))
		info, typed := columnsByName[name]
		m.columns = append(m.columns, tableColumn{
			key:  append(rawjson.AppendString(nil, name), ':'),
			json: !typed || info.json,
			null: known && info.json,
		})
	}
}

// columnName returns the schema's spelling of a column. Warehouses write names in upper case, and some prefix the table.
// Columns that the schema does not name keep their spelling.
func columnName(spelt string) (name string, known bool) {
	spelt = strings.TrimSpace(spelt)
	lower := strings.ToLower(spelt)
	if name, known = spellings[lower]; known {
		return name, true
	}
	if strings.HasPrefix(lower, "p_") {
		return lower, false
	}
	bare := lower[strings.LastIndexByte(lower, '.')+1:]
	if name, known = spellings[bare]; known {
		return name, true
	}
	if strings.HasPrefix(bare, "p_") {
		return bare, false
	}
	return spelt, false
}

// object writes a row as an object. It leaves out empty cells.
func (m *rowMaker) object(row []byte, cells []cell) {
	m.out = append(m.out[:0], '{')
	for i, c := range cells {
		if c.start == c.end {
			continue
		}
		if len(m.out) > 1 {
			m.out = append(m.out, ',')
		}
		m.out = append(m.out, m.columns[i].key...)
		m.value(m.text(row, c), &m.columns[i])
	}
	m.out = append(m.out, '}')
}

// text returns the unquoted text of a cell, valid until the next call.
func (m *rowMaker) text(row []byte, c cell) []byte {
	raw := row[c.start:c.end]
	if !c.doubled {
		return raw
	}
	m.scratch = m.scratch[:0]
	for {
		n := bytes.IndexByte(raw, '"')
		if n < 0 {
			m.scratch = append(m.scratch, raw...)
			return m.scratch
		}
		m.scratch = append(m.scratch, raw[:n+1]...)
		raw = raw[n+2:]
	}
}

// value appends the text of a cell as a JSON value.
func (m *rowMaker) value(text []byte, c *tableColumn) {
	if c.null && string(text) == "null" {
		m.out = append(m.out, text...)
		return
	}
	if begin := space(text, 0); c.json && begin < len(text) && (text[begin] == '{' || text[begin] == '[') && m.scan.Valid(text) {
		at := len(m.out)
		m.out = append(m.out, text...)
		Flatten(m.out[at:])
		return
	}
	m.out = rawjson.AppendString(m.out, text)
}

// raw writes a row unchanged as a record. A row that looks like an object is put in quotes: it may be from inside a cell, and
// must not pass for an event.
func (m *rowMaker) raw(row []byte) {
	if begin := space(row, 0); begin < len(row) && row[begin] == '{' {
		m.out = rawjson.AppendString(m.out[:0], row)
		return
	}
	m.out = append(m.out[:0], row...)
	Flatten(m.out)
}
