package engine

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"io"
	"sort"
)

// sum stands for the bytes of a line. Nobody can make two lines with the same one.
type sum [16]byte

func sumOf(line []byte) (s sum) {
	whole := sha256.Sum256(line)
	copy(s[:], whole[:])
	return s
}

// lines counts lines by their sums.
type lines map[sum]int

func (l lines) add(sums []sum) {
	for _, s := range sums {
		l[s]++
	}
}

// sieve passes the lines of an answer on that were not read before. It is for one goroutine.
type sieve struct {
	from  *bufio.Reader
	known lines // that were read before, and did not come yet
	came  int64 // lines of the answer
	fresh []sum // of the lines that are passed on …
	ends  []int64
	end   int64 // … and where they end in what is passed on
	line  []byte
	left  []byte // of line
	err   error
}

func newSieve(from io.Reader, known lines) *sieve {
	return &sieve{from: bufio.NewReaderSize(from, 64<<10), known: known}
}

// Read returns whole lines, as far as they fit.
func (s *sieve) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(s.left) == 0 && !s.next() {
			break
		}
		if len(s.left) > len(p)-n && n > 0 {
			return n, nil
		}
		k := copy(p[n:], s.left)
		n, s.left = n+k, s.left[k:]
	}
	if n > 0 {
		return n, nil
	}
	return 0, s.err
}

// next finds the next line to pass on.
func (s *sieve) next() bool {
	for s.err == nil {
		s.line = s.line[:0]
		for {
			var part []byte
			part, s.err = s.from.ReadSlice('\n')
			if s.line = append(s.line, part...); !errors.Is(s.err, bufio.ErrBufferFull) {
				break
			}
		}
		if len(s.line) == 0 || s.err != nil && !errors.Is(s.err, io.EOF) {
			continue // a part of a line is none
		}
		s.came++
		is := sumOf(s.line)
		if s.known[is] > 0 {
			s.known[is]--
			continue
		}
		s.end += int64(len(s.line))
		s.fresh, s.ends, s.left = append(s.fresh, is), append(s.ends, s.end), s.line
		return true
	}
	return false
}

// empty reports whether there is nothing to pass on. It waits for the first line.
func (s *sieve) empty() bool { return len(s.left) == 0 && !s.next() && errors.Is(s.err, io.EOF) }

// passed returns the lines that stand in the first bytes of what is passed on.
func (s *sieve) passed(bytes int64) []sum {
	return s.fresh[:sort.Search(len(s.ends), func(i int) bool { return s.ends[i] > bytes })]
}
