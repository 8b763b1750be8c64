package format

import (
	"bytes"
	"strings"

	"pawprint/model/rawjson"
)

// rowMaker makes JSON objects of the rows of a table.
type rowMaker struct {
	header  []byte // the row itself; nil before it came
	columns []tableColumn
	out     []byte // the record at hand
	written int64  // bytes of the records before it, each with a newline
	scratch []byte
	scan    rawjson.Scanner
}

// tableColumn is a column as rows need it.
type tableColumn struct {
	key  []byte // in quotes, with the colon
	json bool   // a JSON object or array in a cell is meant as such; otherwise it is text
	null bool   // null is meant as such
}

func newRowMaker() rowMaker { return rowMaker{scan: rawjson.Scanner{Multiline: true}} }

// setHeader takes the header of the table.
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

// columnName gives how the schema spells a column. Warehouses write names in upper case, and some put the table in front.
// Columns that the schema does not name stay as they are spelt.
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

// object makes an object of a row. Empty cells are left out.
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

// text is what a cell says; it is valid until the next call.
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

// value adds the text of a cell as a value.
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

// raw makes a record of a row as it stands. One that looks like an object is put in quotes: it may be the inside of a cell,
// and must not pass for an event.
func (m *rowMaker) raw(row []byte) {
	if begin := space(row, 0); begin < len(row) && row[begin] == '{' {
		m.out = rawjson.AppendString(m.out[:0], row)
		return
	}
	m.out = append(m.out[:0], row...)
	Flatten(m.out)
}
