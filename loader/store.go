package loader

import (
	"fmt"
	"io"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/s2"
)

// storeBlock is how many bytes a Store compresses at a time: enough to compress well, and few enough to read one line cheaply.
const storeBlock = 128 << 10

// Store keeps the bytes of a source that cannot be read again, compressed in memory. One goroutine may write; any may read.
// The zero value is an empty store without a limit.
type Store struct {
	memory  *Budget
	forgets bool          // it keeps the length alone, and reads as zeros
	id      atomic.Uint64 // in plainCache; 0 before the first read

	mu     sync.Mutex
	blocks [][]byte      // compressed
	ends   []int64       // where each block ends
	tail   []byte        // bytes that are not in a block yet
	kept   int64         // compressed bytes, and those of the sieves
	sifted []siftedBlock // as long as blocks, or shorter if no search asked since
	err    error
}

// NewStore makes a store that reserves its memory from a budget, which may be nil.
func NewStore(memory *Budget) *Store { return &Store{memory: memory} }

// newForgetfulStore makes a store that only counts its bytes: for what nobody will read again.
func newForgetfulStore() *Store { return &Store{forgets: true} }

// packedBlock is a compressed block that is not yet in a store.
type packedBlock struct {
	bytes []byte
	plain int // length of the uncompressed bytes
}

// Write adds bytes at the end. It does not keep p. If the budget is used up it adds only part of p, or nothing, and returns a
// *MemoryError without a number of lines, as does every later Write. The bytes written before can still be read.
func (s *Store) Write(p []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forgets {
		s.forget(len(p))
		return nil
	}
	for len(p) > 0 && s.err == nil {
		n := min(len(p), storeBlock-len(s.tail))
		s.tail = append(s.tail, p[:n]...)
		p = p[n:]
		if len(s.tail) == storeBlock {
			s.pack()
		}
	}
	return s.err
}

// pack compresses the tail into a block. If the budget has no memory for it the tail stays as it is. The caller holds mu.
func (s *Store) pack() {
	if len(s.tail) == 0 || s.err != nil {
		return
	}
	scratch := packScratch.Get().(*[]byte)
	if s.addBlock(packedBlock{s2.Encode(*scratch, s.tail), len(s.tail)}, true) {
		s.tail = s.tail[:0]
	}
	packScratch.Put(scratch)
}

// packScratch holds buffers for compressing. They are shared, as there can be very many small stores.
var packScratch = sync.Pool{New: func() any {
	b := make([]byte, s2.MaxEncodedLen(storeBlock))
	return &b
}}

// addBlock adds a block if the budget allows it. clone says that the caller will reuse its bytes. The caller holds mu.
func (s *Store) addBlock(b packedBlock, clone bool) bool {
	if !s.memory.Reserve(int64(len(b.bytes))) {
		s.err = &MemoryError{Limit: s.memory.Limit()}
		return false
	}
	if clone {
		b.bytes = append(make([]byte, 0, len(b.bytes)), b.bytes...)
	}
	start := s.packedEnd()
	s.blocks, s.ends = append(s.blocks, b.bytes), append(s.ends, start+int64(b.plain))
	s.kept += int64(len(b.bytes))
	return true
}

// packedEnd is the offset at which the tail begins. The caller holds mu.
func (s *Store) packedEnd() int64 {
	if n := len(s.ends); n > 0 {
		return s.ends[n-1]
	}
	return 0
}

// add is Write for bytes whose first part is already compressed.
func (s *Store) add(packed []packedBlock, rest []byte) error {
	if len(packed) > 0 {
		s.mu.Lock()
		s.pack()
		for _, b := range packed {
			if s.err == nil {
				s.addBlock(b, false)
			}
		}
		s.mu.Unlock()
	}
	return s.Write(rest)
}

// skip adds n bytes that are not kept and that read as zeros.
func (s *Store) skip(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forgets {
		s.forget(n)
	} else if s.pack(); s.err == nil {
		s.addBlock(packedBlock{nil, n}, false)
	}
}

// forget counts n bytes. The caller holds mu.
func (s *Store) forget(n int) {
	if len(s.ends) == 0 {
		s.blocks, s.ends = [][]byte{nil}, []int64{0}
	}
	s.ends[0] += int64(n)
}

// finish compresses the tail and frees the memory that only writing needs. The store can still be written to.
func (s *Store) finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pack(); len(s.tail) == 0 {
		s.tail = nil
	}
}

// Len returns the number of bytes that were written.
func (s *Store) Len() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.packedEnd() + int64(len(s.tail))
}

// Memory returns how many bytes of memory they take.
func (s *Store) Memory() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept + int64(cap(s.tail))
}

// ReadAt implements io.ReaderAt.
func (s *Store) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) {
		m, err := s.readBlock(p[n:], off+int64(n))
		if n += m; err != nil {
			return n, err
		}
	}
	return n, nil
}

// readBlock reads from the block, or the tail, that holds byte off.
func (s *Store) readBlock(p []byte, off int64) (int, error) {
	s.mu.Lock()
	if at := off - s.packedEnd(); at >= 0 {
		defer s.mu.Unlock()
		if at >= int64(len(s.tail)) {
			return 0, io.EOF
		}
		return copy(p, s.tail[at:]), nil
	}
	k := s.blockAt(off)
	block, start, end := s.blocks[k], s.blockStart(k), s.ends[k]
	wanted := s.wantsSieve(k)
	s.mu.Unlock()
	if block == nil {
		n := int(min(int64(len(p)), end-off))
		clear(p[:n])
		return n, nil
	}
	return plains.read(p, s, k, block, int(off-start), wanted)
}

// blockAt returns the index of the block that holds byte off, which is not in the tail. The caller holds mu.
func (s *Store) blockAt(off int64) int {
	return sort.Search(len(s.ends), func(k int) bool { return s.ends[k] > off })
}

// blockStart is the offset at which block k begins. The caller holds mu.
func (s *Store) blockStart(k int) int64 {
	if k == 0 {
		return 0
	}
	return s.ends[k-1]
}

// plainCache holds recently read blocks, uncompressed. All stores share it: lines are mostly read in order, and there can be
// very many stores.
type plainCache struct {
	last  atomic.Uint64 // the last id given to a store
	slots [32]struct {
		mu    sync.Mutex
		store uint64
		block int
		plain []byte
	}
}

var plains plainCache

// read copies bytes of block k of a store, from byte at of the block on, to p. It has the store make the sieve of the block if it is wanted.
func (c *plainCache) read(p []byte, s *Store, k int, block []byte, at int, wanted bool) (int, error) {
	id := s.id.Load()
	if id == 0 {
		s.id.CompareAndSwap(0, c.last.Add(1))
		id = s.id.Load()
	}
	slot := &c.slots[(id+uint64(k))%uint64(len(c.slots))]
	slot.mu.Lock()
	defer slot.mu.Unlock()
	if slot.store != id || slot.block != k {
		slot.store = 0
		plain, err := s2.Decode(slot.plain[:cap(slot.plain)], block)
		if err != nil {
			return 0, fmt.Errorf("unpacking block %d: %w", k, err)
		}
		slot.store, slot.block, slot.plain = id, k, plain
	}
	if wanted {
		s.sift(k, slot.plain)
	}
	return copy(p, slot.plain[at:]), nil
}
