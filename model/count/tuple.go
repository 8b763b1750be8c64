package count

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// A tuple of values is their ids, one for each key.

// appendPart appends the id of the next key to a tuple.
func appendPart(tuple []byte, id uint32) []byte { return binary.LittleEndian.AppendUint32(tuple, id) }

// tuplePart returns the id of key k in a tuple.
func tuplePart(tuple []byte, k int) uint32 { return binary.LittleEndian.Uint32(tuple[4*k:]) }

// TupleText returns a text that is the same for equal tuples of values only.
func TupleText(values []Value) string {
	var b strings.Builder
	for _, v := range values {
		if v.Absent {
			b.WriteByte('-')
			continue
		}
		text := v.Text.Raw()
		b.WriteString(strconv.Itoa(len(text)))
		b.WriteByte(':')
		b.WriteString(text)
	}
	return b.String()
}
