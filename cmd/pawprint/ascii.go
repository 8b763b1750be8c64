package main

import (
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// writeJSON writes v as one line of JSON in ASCII: what is not printable ASCII in it is escaped, so that nothing in it can
// reach a terminal as more than text.
func writeJSON(w io.Writer, v any) error {
	encoded, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encoding: %w", err)
	}
	if _, err = w.Write(append(appendASCII(nil, encoded), '\n')); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// appendASCII appends JSON text with every rune beyond ASCII escaped.
func appendASCII(dst, text []byte) []byte {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case r >= 0x10000:
			dst = fmt.Appendf(dst, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		case r >= 0x7f:
			dst = fmt.Appendf(dst, `\u%04x`, r)
		default:
			dst = append(dst, byte(r))
		}
		text = text[n:]
	}
	return dst
}
