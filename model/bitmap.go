package model

import "math/bits"

const bitmapWords = SegmentRows / 64

// Bitmap marks rows of one segment.
type Bitmap [bitmapWords]uint64

// Set marks row i.
func (b *Bitmap) Set(i int) { b[i>>6] |= 1 << (i & 63) }

// Clear unmarks row i.
func (b *Bitmap) Clear(i int) { b[i>>6] &^= 1 << (i & 63) }

// Has reports whether row i is marked.
func (b *Bitmap) Has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }

// Count is the number of marked rows.
func (b *Bitmap) Count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// SetRange marks the rows from and up to but not including to.
func (b *Bitmap) SetRange(from, to int) {
	for from < to {
		bit := from & 63
		n := min(64-bit, to-from)
		b[from>>6] |= (^uint64(0) >> (64 - n)) << bit
		from += n
	}
}

// Next returns the first marked row from i on, or -1.
func (b *Bitmap) Next(i int) int {
	for k := i >> 6; k < bitmapWords; k++ {
		w := b[k]
		if k == i>>6 {
			w &= ^uint64(0) << (i & 63)
		}
		if w != 0 {
			return k<<6 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

// After returns the first marked row after row i, or -1.
func (b *Bitmap) After(i int) int {
	if i+1 >= SegmentRows {
		return -1
	}
	return b.Next(i + 1)
}

// CountBoth is the number of rows that both have marked.
func (b *Bitmap) CountBoth(other *Bitmap) int {
	n := 0
	for i, w := range b {
		n += bits.OnesCount64(w & other[i])
	}
	return n
}

// ClearBefore unmarks the rows before row i.
func (b *Bitmap) ClearBefore(i int) {
	clear(b[:i>>6])
	if i&63 != 0 {
		b[i>>6] &= ^uint64(0) << (i & 63)
	}
}

// ClearFrom unmarks row i and the rows after it.
func (b *Bitmap) ClearFrom(i int) {
	if i >= SegmentRows {
		return
	}
	b[i>>6] &= 1<<(i&63) - 1
	clear(b[i>>6+1:])
}

// appendTo appends the marked rows, counted from base.
func (b *Bitmap) appendTo(dst []Row, base Row) []Row {
	for k, w := range b {
		if w == ^uint64(0) {
			for i := range Row(64) {
				dst = append(dst, base+Row(k)<<6+i)
			}
			continue
		}
		for ; w != 0; w &= w - 1 {
			dst = append(dst, base+Row(k<<6+bits.TrailingZeros64(w)))
		}
	}
	return dst
}

// EachRun calls visit for every run of marked rows, to excluded. Runs across a multiple of 64 come in parts.
func (b *Bitmap) EachRun(visit func(from, to int)) {
	for k, w := range b {
		for w != 0 {
			at := bits.TrailingZeros64(w)
			n := bits.TrailingZeros64(^(w >> at))
			visit(k<<6+at, k<<6+at+n)
			if at+n == 64 {
				break
			}
			w &= ^uint64(0) << (at + n)
		}
	}
}

// rank is the number of marked rows before row i.
func (b *Bitmap) rank(i int) int {
	n := 0
	for _, w := range b[:i>>6] {
		n += bits.OnesCount64(w)
	}
	if i&63 != 0 {
		n += bits.OnesCount64(b[i>>6] << (64 - i&63))
	}
	return n
}

// Nth is the row of the k-th mark, counted from 0. It panics if there are not that many.
func (b *Bitmap) Nth(k int) int {
	for i, w := range b {
		n := bits.OnesCount64(w)
		if k >= n {
			k -= n
			continue
		}
		for ; k > 0; k-- {
			w &= w - 1
		}
		return i<<6 + bits.TrailingZeros64(w)
	}
	panic("model: too few marks")
}
