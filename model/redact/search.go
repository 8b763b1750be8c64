package redact

import "bytes"

// search finds secrets in a text. The zero value is ready.
type search struct {
	t          []byte
	secrets    []secret
	noWebToken int // no web token begins before this byte
	decodes    int // how many times the text was decoded from base64
	again      func(t []byte, decodes int) bool
	pairName   int // the end of the last name of a pair that names a secret, or -1
}

// maxViews is how many times a text is decoded from a URL or a web page.
const maxViews = 2

// text finds the secrets of a text, in any order. They are valid until the next call.
func (s *search) text(t []byte) []secret {
	s.secrets = s.secrets[:0]
	if len(t) < 4 {
		return nil
	}
	s.again = holdsSecret
	view, units := folded(t)
	s.views(view, maxViews)
	through(s.secrets, units)
	return s.secrets
}

// holdsSecret reports whether a decoded text contains a secret.
func holdsSecret(t []byte, decodes int) bool {
	s := search{decodes: decodes}
	return len(s.text(t)) > 0
}

// views searches a text, and its decoded form if it is encoded.
func (s *search) views(t []byte, more int) {
	s.scan(t)
	if more == 0 || bytes.IndexByte(t, '%') < 0 && bytes.IndexByte(t, '\\') < 0 && bytes.IndexByte(t, '&') < 0 {
		return
	}
	decoded, units := decode(t)
	if units == nil {
		return
	}
	first := len(s.secrets)
	s.views(decoded, more-1)
	through(s.secrets[first:], units)
}

// step says what to try at a byte.
type step uint8

const (
	nothing step = iota
	begins       // it may begin the secret of a maker
	assigns      // it may stand between a name and its value
	dashes
	follows // it may follow a user and a password
)

var steps = func() (all [256]step) {
	for i := range all {
		if len(starts.first[i]) > 0 {
			all[i] = begins
		}
	}
	all['='], all[':'], all['>'], all['-'], all['@'] = assigns, assigns, assigns, dashes, follows
	return all
}()

// scan searches a folded text once, from its beginning to its end.
func (s *search) scan(t []byte) {
	s.t, s.noWebToken, s.pairName = t, 0, -1
	for i := 0; i+1 < len(t); {
		switch steps[t[i]] {
		case nothing:
			i++
		case begins:
			if starts.at(t, i) {
				if found, ok := s.made(i); ok {
					s.add(found.start, found.end)
					i = found.end
					continue
				}
			}
			i++
		case assigns:
			i = s.assigned(i)
		case dashes:
			i = s.dashed(i)
		case follows:
			i = s.dataSource(i)
		}
	}
}

// add notes a secret, unless it is already masked.
func (s *search) add(start, end int) {
	if start < end && string(s.t[start:end]) != Mask {
		s.secrets = append(s.secrets, secret{start: start, end: end})
	}
}
