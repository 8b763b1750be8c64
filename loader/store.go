package loader

import (
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/s2"
)

// storeBlock is how much a Store compresses at a time: large enough to compress well, small enough that reading one line
// stays cheap.
const storeBlock = 128 << 10

// Store keeps the bytes of a source that cannot be read again, compressed in memory. Bytes are written by one goroutine and
// read by any. The zero value is an empty store.
type Store struct {
	mu     sync.Mutex
	blocks [][]byte // compressed, each of storeBlock bytes
	tail   []byte   // what is not a full block yet
	packed []byte   // scratch

	cached int // the block that plain holds, plus one
	plain  []byte
}

// Write adds bytes at the end. p is not kept.
func (s *Store) Write(p []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(p) > 0 {
		n := min(len(p), storeBlock-len(s.tail))
		s.tail = append(s.tail, p[:n]...)
		p = p[n:]
		if len(s.tail) == storeBlock {
			s.packed = s2.Encode(s.packed[:cap(s.packed)], s.tail)
			s.blocks = append(s.blocks, append([]byte(nil), s.packed...))
			s.tail = s.tail[:0]
		}
	}
}

// Len is the number of bytes that were written.
func (s *Store) Len() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int64(len(s.blocks))*storeBlock + int64(len(s.tail))
}

// Memory is how many bytes of memory they take.
func (s *Store) Memory() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := int64(cap(s.tail))
	for _, b := range s.blocks {
		n += int64(len(b))
	}
	return n
}

// ReadAt implements io.ReaderAt.
func (s *Store) ReadAt(p []byte, off int64) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for n < len(p) {
		plain, err := s.block(int((off + int64(n)) / storeBlock))
		if err != nil {
			return n, err
		}
		from := int((off + int64(n)) % storeBlock)
		if from >= len(plain) {
			return n, io.EOF
		}
		n += copy(p[n:], plain[from:])
	}
	return n, nil
}

// block gives the bytes of block k, or of the tail. The caller holds mu.
func (s *Store) block(k int) ([]byte, error) {
	switch {
	case k == len(s.blocks):
		return s.tail, nil
	case k > len(s.blocks):
		return nil, io.EOF
	case s.cached == k+1:
		return s.plain, nil
	}
	plain, err := s2.Decode(s.plain[:cap(s.plain)], s.blocks[k])
	if err != nil {
		return nil, fmt.Errorf("unpacking block %d: %w", k, err)
	}
	s.plain, s.cached = plain, k+1
	return plain, nil
}
