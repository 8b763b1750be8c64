package redact

import (
	"bytes"
	"slices"
)

// Mask replaces a secret.
const Mask = "[redacted]"

// secret is the place of a secret in a text.
type secret struct {
	start, end int
	quotes     uint8 // 0 if the mask needs no quotes; else 1 plus how many times its quotes are escaped
}

// joined sorts secrets and merges those that overlap.
func joined(secrets []secret) []secret {
	if len(secrets) < 2 {
		return secrets
	}
	slices.SortFunc(secrets, func(a, b secret) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	kept := secrets[:1]
	for _, s := range secrets[1:] {
		if last := &kept[len(kept)-1]; s.start < last.end {
			last.end = max(last.end, s.end)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// through translates secrets of a view to the bytes of its source. A nil units leaves them unchanged.
func through(secrets []secret, units []unit) {
	if units == nil {
		return
	}
	for i := range secrets {
		s := &secrets[i]
		s.start, s.end = units[s.start].from, units[s.end-1].to
	}
}

// appendMasked appends a text with its secrets masked.
func appendMasked(dst, t []byte, secrets []secret) []byte {
	at := 0
	for _, s := range secrets {
		dst = append(dst, t[at:s.start]...)
		dst = appendQuote(dst, s.quotes)
		dst = append(dst, Mask...)
		dst = appendQuote(dst, s.quotes)
		at = s.end
	}
	return append(dst, t[at:]...)
}

// appendQuote appends a quote with the escapes for strings within strings.
func appendQuote(dst []byte, quotes uint8) []byte {
	if quotes == 0 {
		return dst
	}
	for range 1<<(quotes-1) - 1 {
		dst = append(dst, '\\')
	}
	return append(dst, '"')
}

// blank reports whether a value is not a secret under any name: empty, a truth value, or already masked.
func blank(v []byte) bool {
	switch string(v) {
	case "", "true", "false", "null", "nil", "none", "None", "NULL", "True", "False", "undefined", Mask, "(redacted)", "<redacted>", "REDACTED":
		return true
	}
	return len(bytes.Trim(v, "*")) == 0
}
