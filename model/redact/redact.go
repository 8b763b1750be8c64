// Package redact masks secrets in what leaves the program: values under names that tell of a secret, and texts in the shape of
// one. It is a help against carelessness and never a promise: a secret without a telling name or shape stays.
//
// It changes no event: it makes other bytes from those of a line, and knows nothing of files or screens. Apart from the secrets
// every byte stays as it is, so that masked JSON is JSON of the same shape. The time that a search takes grows with the length of
// the text and not faster, whatever stands in it.
package redact

import "bytes"

// Masker masks secrets and counts them. The zero value is ready; it is for one goroutine.
type Masker struct {
	// Masked is how many secrets were masked so far.
	Masked int

	doc  document
	outs [2][]byte // what was masked, and what is masked again, in turn
}

// maxPasses is how often a text is searched in which something was masked: what is left around a mask may look like a secret then.
const maxPasses = 6

// Line returns a line of JSON with its secrets masked; all other bytes stay as they are. A line that is not JSON is searched as a
// text. The result is valid until the next call, and is line itself if there is nothing to mask.
func (m *Masker) Line(line []byte) []byte {
	return m.mask(line, m.doc.spansOf)
}

// Text returns the value of a field with its secrets masked: all of it if the key names a secret, else what looks like one.
func (m *Masker) Text(key, text string) string {
	if text == "" {
		return text
	}
	before := m.Masked
	masked := m.mask([]byte(text), func(t []byte) []span { return m.doc.spansOfValue([]byte(key), t) })
	if m.Masked == before {
		return text
	}
	return string(masked)
}

// mask masks what find finds.
func (m *Masker) mask(t []byte, find func([]byte) []span) []byte {
	for pass := range maxPasses {
		spans := find(t)
		if len(spans) == 0 {
			break
		}
		for _, s := range spans {
			if pass == 0 || !bytes.Contains(t[s.start:s.end], []byte(Mask)) {
				m.Masked++
			}
		}
		out := &m.outs[pass%2]
		*out = appendMasked((*out)[:0], t, spans)
		t = *out
	}
	return t
}
