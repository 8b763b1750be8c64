// Package redact masks secrets in what leaves the program: values under names of secrets, and texts in the shape of one. It helps
// against carelessness and promises nothing: a secret without a known name or shape stays visible.
//
// It changes no event: it copies a line with masks in it, and knows nothing about files or screens. Apart from the secrets every
// byte stays as it is, so masked JSON is JSON of the same shape. The time of a search is linear in the length of the text,
// whatever it contains.
package redact

import "bytes"

// Masker masks secrets and counts them. The zero value is ready; it is for one goroutine.
type Masker struct {
	// Masked is the number of secrets masked so far.
	Masked int

	doc  document
	outs [2][]byte // the outputs of the passes, in turn
}

// maxPasses bounds how often a text is searched again after masking: the text around a mask may look like a secret then.
const maxPasses = 6

// Line returns a line of JSON with its secrets masked; all other bytes stay as they are. A line that is not JSON is searched as a
// text. The result is valid until the next call, and is line itself if there is nothing to mask.
func (m *Masker) Line(line []byte) []byte {
	return m.mask(line, m.doc.secretsOf)
}

// Text returns the value of a field with its secrets masked: all of it if the key names a secret, else the parts that look like one.
func (m *Masker) Text(key, text string) string {
	if text == "" {
		return text
	}
	before := m.Masked
	masked := m.mask([]byte(text), func(t []byte) []secret { return m.doc.secretsOfValue([]byte(key), t) })
	if m.Masked == before {
		return text
	}
	return string(masked)
}

// mask masks the secrets that find returns, until it returns none.
func (m *Masker) mask(t []byte, find func([]byte) []secret) []byte {
	for pass := range maxPasses {
		secrets := find(t)
		if len(secrets) == 0 {
			break
		}
		for _, s := range secrets {
			if pass == 0 || !bytes.Contains(t[s.start:s.end], []byte(Mask)) {
				m.Masked++
			}
		}
		out := &m.outs[pass%2]
		*out = appendMasked((*out)[:0], t, secrets)
		t = *out
	}
	return t
}
