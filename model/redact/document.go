package redact

import (
	"slices"

	"pawprint/model/rawjson"
)

// maxNesting is how deep JSON in strings is parsed. Deeper strings are searched as text.
const maxNesting = 4

// document finds the secrets of a JSON text. The zero value is ready.
type document struct {
	scan    rawjson.Scanner
	b       []byte
	secrets []secret
	pairs   []pair // values that another member of their object names
	waiting []int  // values in the open objects whose name may still follow
	forced  []pair // the pairs of a first pass, in order
	known   map[string]keyFacts
	lines   int // searched so far: keys are remembered from the second one on
	decoded []byte
	search  search
	nesting int
	inner   *document // for strings that hold JSON
	listed  bool      // the value stands in a list
}

// pair is a value whose name is in another member.
type pair struct {
	at int
	is strength
}

// keyFacts describes a key. They are remembered, as most keys are in every line.
type keyFacts struct {
	is     strength
	role   pairRole
	plural bool // numbers under it count something, as in "tokens": 12
	bare   bool // the key itself holds no secret
}

// The keys that are remembered, and how long they may be.
const maxKnown, maxKnownKey = 2048, 64

// secretsOf finds the secrets of a line, in order. They are valid until the next call.
func (d *document) secretsOf(line []byte) []secret {
	d.lines++
	d.secrets = d.secrets[:0]
	if !d.object(line) {
		d.secrets = append(d.secrets[:0], d.search.text(line)...)
	}
	return joined(d.secrets)
}

// object finds the secrets of a text if it is JSON.
func (d *document) object(b []byte) bool {
	d.scan.Multiline = true
	if !d.scan.Valid(b) {
		return false
	}
	d.b, d.pairs, d.forced, d.waiting = b, d.pairs[:0], d.forced[:0], d.waiting[:0]
	start := d.scan.Space(b, 0)
	d.value(start, open)
	if len(d.pairs) > 0 {
		// A name may follow its value, so only now all of them are known.
		d.forced, d.pairs = d.pairs, d.forced
		slices.SortFunc(d.forced, func(a, b pair) int { return a.at - b.at })
		d.secrets = d.secrets[:0]
		d.value(start, open)
	}
	return true
}

// secretsOfValue finds the secrets of a text under a key.
func (d *document) secretsOfValue(key, text []byte) []secret {
	key, _ = folded(key)
	if names.strength(key).hides(text) {
		return []secret{{start: 0, end: len(text)}}
	}
	return d.inText(text)
}

// inText finds the secrets of a text: a single value, or a decoded string.
func (d *document) inText(t []byte) []secret {
	if d.nesting < maxNesting && holdsJSON(t) {
		if d.inner == nil {
			d.inner = &document{nesting: d.nesting + 1}
		}
		d.inner.lines++
		d.inner.secrets = d.inner.secrets[:0]
		if d.inner.object(t) {
			return joined(d.inner.secrets)
		}
	}
	return joined(d.search.text(t))
}

// holdsJSON reports whether a text looks as if it were an object, a list or a string.
func holdsJSON(t []byte) bool {
	for len(t) > 0 && (t[0] == ' ' || t[0] == '\n' || t[0] == '\t' || t[0] == '\r') {
		t = t[1:]
	}
	return len(t) > 2 && (t[0] == '{' || t[0] == '[' || t[0] == '"')
}

// value searches the value that begins at i and returns its end. is is the strength of the names above it. The text must be valid JSON.
func (d *document) value(i int, is strength) (end int) {
	b := d.b
	if len(d.forced) > 0 {
		is = max(is, d.pairedAt(i))
	}
	switch c := b[i]; c {
	case '{':
		return d.members(i, is)
	case '[':
		return d.elements(i, is)
	case '"':
		end, info, _ := d.scan.String(b, i+1)
		d.content(i+1, end, info, is)
		return end + 1
	default:
		end, _ = d.scan.Value(b, i)
		if is == strong && (c == '-' || c-'0' < 10) {
			d.secrets = append(d.secrets, secret{start: i, end: end, quotes: 1})
		}
		return end
	}
}

func (d *document) pairedAt(i int) strength {
	if k, ok := slices.BinarySearchFunc(d.forced, i, func(p pair, at int) int { return p.at - at }); ok {
		return d.forced[k].is
	}
	return open
}

// members searches an object.
func (d *document) members(i int, is strength) (end int) {
	b := d.b
	first, name, other := len(d.waiting), 0, 0 // name and other are the indexes of the last two names of pairs
	i = d.scan.Space(b, i+1)
	for b[i] != '}' {
		keyEnd, info, _ := d.scan.String(b, i+1)
		facts := d.key(i+1, keyEnd, info)
		i, _ = d.scan.Colon(b, keyEnd+1)
		switch facts.role {
		case pairName:
			if b[i] == '"' {
				name, other = i, name
			}
		case pairValue:
			d.waiting = append(d.waiting, i)
		}
		under := max(is, facts.is)
		if facts.plural && b[i] != '"' && b[i] != '{' && b[i] != '[' {
			under = is
		}
		d.listed = false
		i = d.scan.Space(b, d.value(i, under))
		if b[i] == ',' {
			i = d.scan.Space(b, i+1)
		}
	}
	if len(d.waiting) > first {
		named := d.names(name)
		if named == open {
			named = d.names(other)
		}
		d.settle(first, named)
	}
	return i + 1
}

// settle turns the waiting values from first on into pairs, if their object names a secret, and removes them from waiting.
func (d *document) settle(first int, named strength) {
	for _, at := range d.waiting[first:] {
		if named != open {
			d.pairs = append(d.pairs, pair{at, named})
		}
	}
	d.waiting = d.waiting[:first]
}

// content searches the content of a string.
func (d *document) content(start, end int, info rawjson.Info, is strength) {
	raw := d.b[start:end]
	if len(raw) == 0 {
		return
	}
	text := d.meaning(raw, info)
	if is.hides(text) {
		d.secrets = append(d.secrets, secret{start: start, end: end})
		return
	}
	secrets := d.inText(text)
	if len(secrets) == 0 {
		return
	}
	if info&rawjson.Escaped != 0 {
		through(secrets, unquoted(raw))
	}
	for _, s := range secrets {
		if s.start, s.end = s.start+start, s.end+start; s.quotes > 0 {
			s.quotes++
		}
		d.secrets = append(d.secrets, s)
	}
}
