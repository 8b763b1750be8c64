package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strings"
)

// digest is a sha256 in lower-case hexadecimal digits.
type digest [2 * sha256.Size]byte

func (d digest) String() string { return string(d[:]) }

// MarshalText implements encoding.TextMarshaler.
func (d digest) MarshalText() ([]byte, error) { return d[:], nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *digest) UnmarshalText(text []byte) error {
	if _, err := hex.Decode(make([]byte, sha256.Size), text); err != nil || len(text) != len(d) || strings.ToLower(string(text)) != string(text) {
		return errDigest
	}
	copy(d[:], text)
	return nil
}

func digestOf(p []byte) (d digest) {
	sum := sha256.Sum256(p)
	hex.Encode(d[:], sum[:])
	return d
}

func digestFrom(h hash.Hash) (d digest) {
	hex.Encode(d[:], h.Sum(nil))
	return d
}

// noLines is the hash of a chain without lines: 64 zeros.
var noLines = digest([]byte(strings.Repeat("0", len(digest{}))))

// follow returns the hash of the chain with one more line.
func (d digest) follow(line digest) digest {
	var both [2 * len(digest{})]byte
	copy(both[:], d[:])
	copy(both[len(d):], line[:])
	return digestOf(both[:])
}

// Checkpoint is the chain at the end of a line.
type Checkpoint struct {
	Line   int64  `json:"line"`   // 1 for the first; 0 at the beginning
	Offset int64  `json:"offset"` // of the byte after the line and its line feed, unpacked
	Hash   digest `json:"hash"`
}

// chain hashes lines one after the other. See Method.
type chain struct {
	every int64
	also  map[int64]bool       // lines after which the chain is kept besides
	hear  func(line digest)    // called for each line; may be nil
	at    Checkpoint           // the last complete line
	kept  []Checkpoint         // after every so many lines, and at the end
	asked map[int64]Checkpoint // after the lines of also

	part hash.Hash // of the line that has begun
	more int64     // its bytes
}

func newChain(every int64, also map[int64]bool) *chain {
	return &chain{every: every, also: also, at: Checkpoint{Hash: noLines}, asked: map[int64]Checkpoint{}, part: sha256.New()}
}

// Write takes the next bytes.
func (c *chain) write(p []byte) {
	for len(p) > 0 {
		end := bytes.IndexByte(p, '\n')
		switch {
		case end < 0:
			c.part.Write(p)
			c.more += int64(len(p))
			return
		case c.more == 0:
			c.line(digestOf(p[:end]), int64(end+1))
		default:
			c.part.Write(p[:end])
			c.line(digestFrom(c.part), c.more+int64(end+1))
			c.part.Reset()
			c.more = 0
		}
		p = p[end+1:]
	}
}

// end takes a last line without a line feed.
func (c *chain) end() {
	if c.more > 0 {
		c.line(digestFrom(c.part), c.more)
	}
	if n := len(c.kept); c.at.Line > 0 && (n == 0 || c.kept[n-1].Line < c.at.Line) {
		c.kept = append(c.kept, c.at)
	}
}

func (c *chain) line(line digest, length int64) {
	c.at = Checkpoint{c.at.Line + 1, c.at.Offset + length, c.at.Hash.follow(line)}
	if c.at.Line%c.every == 0 {
		c.kept = append(c.kept, c.at)
	}
	if c.also[c.at.Line] {
		c.asked[c.at.Line] = c.at
	}
	if c.hear != nil {
		c.hear(line)
	}
}
