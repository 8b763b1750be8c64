package redact

import (
	"bytes"
	"slices"
)

// Mask stands in the place of a secret.
const Mask = "[redacted]"

// span is a secret in a text.
type span struct {
	start, end int
	quotes     uint8 // how often the quotes are escaped that a mask needs to be a string, and one more; 0 without quotes
}

// joined puts spans in order, each secret once.
func joined(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	kept := spans[:1]
	for _, s := range spans[1:] {
		if last := &kept[len(kept)-1]; s.start < last.end {
			last.end = max(last.end, s.end)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// through moves spans of a view to the bytes that it was made from.
func through(spans []span, units []unit) {
	if units == nil {
		return
	}
	for i := range spans {
		s := &spans[i]
		s.start, s.end = units[s.start].from, units[s.end-1].to
	}
}

// appendMasked appends a text with its secrets masked.
func appendMasked(dst, t []byte, spans []span) []byte {
	at := 0
	for _, s := range spans {
		dst = append(dst, t[at:s.start]...)
		dst = appendQuote(dst, s.quotes)
		dst = append(dst, Mask...)
		dst = appendQuote(dst, s.quotes)
		at = s.end
	}
	return append(dst, t[at:]...)
}

// appendQuote appends a quote as it stands in a string in a string.
func appendQuote(dst []byte, quotes uint8) []byte {
	if quotes == 0 {
		return dst
	}
	for range 1<<(quotes-1) - 1 {
		dst = append(dst, '\\')
	}
	return append(dst, '"')
}

// blank reports whether a value is no secret whatever its name: nothing, a truth value, or masked already.
func blank(v []byte) bool {
	switch string(v) {
	case "", "true", "false", "null", "nil", "none", "None", "NULL", "True", "False", "undefined", Mask, "(redacted)", "<redacted>", "REDACTED":
		return true
	}
	return len(bytes.Trim(v, "*")) == 0
}
