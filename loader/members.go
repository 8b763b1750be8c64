package loader

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Packed data are a sequence of members, as gzip calls them; zstd calls them frames. Each can be unpacked without the others.

// decoding is the decoder of a packing. It reads one member from a buffered reader, and no further.
type decoding interface {
	io.Reader
	// open starts decoding at the first bytes of a member.
	open(in *bufio.Reader) error
}

// cutter finds the ends of members in bytes that begin with one.
type cutter interface {
	// end returns the length of the members that b begins with and that are decoded ahead together, 0 if that takes more bytes, or -1
	// if it cannot be found. It is called again with more and more bytes. over says that there are no more. The end may be that of
	// no member, if bytes inside of one look like the start of the next.
	end(b []byte, over bool) int
}

// gzipDecoder reads one member.
type gzipDecoder struct{ gzip.Reader }

func (g *gzipDecoder) open(in *bufio.Reader) error {
	err := g.Reset(in)
	g.Multistream(false)
	return err
}

// gzipCut looks for the magic number of the next member, as members do not tell how long they are.
type gzipCut struct {
	looked int // where the next one may begin
}

func (c *gzipCut) end(b []byte, over bool) int {
	if i := bytes.Index(b[min(c.looked, len(b)):], []byte(gzipMember)); i >= 0 {
		return c.looked + i
	}
	if over {
		return len(b)
	}
	c.looked = max(c.looked, len(b)-len(gzipMember)+1)
	return 0
}

// zstdDecoder reads one frame, without goroutines.
type zstdDecoder struct {
	window  uint64 // the largest that is accepted, in bytes
	decoder *zstd.Decoder
	in      frameReader
}

func (z *zstdDecoder) open(in *bufio.Reader) (err error) {
	z.in = frameReader{from: in}
	if z.decoder == nil {
		z.decoder, err = zstd.NewReader(&z.in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(z.window), zstd.WithDecoderLowmem(true))
		return err
	}
	return z.decoder.Reset(&z.in)
}

func (z *zstdDecoder) Read(p []byte) (int, error) { return z.decoder.Read(p) }

// frameReader ends where a zstd frame ends, as the decoder reads on otherwise.
type frameReader struct {
	from  io.Reader
	frame frame
}

func (r *frameReader) Read(p []byte) (int, error) {
	most := r.frame.more()
	if most == 0 {
		return 0, io.EOF
	}
	n, err := r.from.Read(p[:min(most, len(p))])
	r.frame.pass(p[:n])
	return n, err
}

// frame follows the bytes of a zstd frame, or of a skippable one, to its end. Its headers tell how long each part is, so that nothing has
// to be unpacked for that. The zero value stands at the first byte.
type frame struct {
	part   framePart
	size   int     // bytes of this part
	passed int     // how many of them were passed
	head   [4]byte // the first of them
	summed bool    // a checksum follows the last block
	last   bool    // this is the last block
}

type framePart int

const (
	frameMagic framePart = iota
	frameDescriptor
	frameHeader // the rest of it, which no later part depends on
	blockHeader
	blockBytes
	frameSum
	skippableSize
	skippableBytes
	frameEnd
	noFrame // these are not the bytes of a frame
)

// more returns how many bytes of the frame follow at least, or 0 at its end. If they are not those of a frame, that is any number.
func (f *frame) more() int {
	switch f.part {
	case frameMagic:
		return len(f.head) - f.passed
	case frameEnd:
		return 0
	case noFrame:
		return BlockBytes
	default:
		return f.size - f.passed
	}
}

// pass moves on by the next bytes of the frame, at most as many as more returned.
func (f *frame) pass(p []byte) {
	left := f.more() - len(p)
	if f.passed < len(f.head) {
		copy(f.head[f.passed:], p)
	}
	if f.passed += len(p); left == 0 && f.part != frameEnd && f.part != noFrame {
		f.next()
	}
}

// begin moves on to a part of size bytes, or to the part behind it if it has none.
func (f *frame) begin(part framePart, size int) {
	f.part, f.size, f.passed = part, size, 0
	if size == 0 && part != frameEnd && part != noFrame {
		f.next()
	}
}

// next moves on to the part behind one that was passed.
func (f *frame) next() {
	switch is, _ := zstdMagic(f.head[:]); {
	case f.part == frameMagic && string(f.head[:]) == zstdFrame:
		f.begin(frameDescriptor, 1)
	case f.part == frameMagic && is:
		f.begin(skippableSize, 4)
	case f.part == frameDescriptor:
		f.describe(f.head[0])
	case f.part == frameHeader, f.part == blockBytes && !f.last:
		f.begin(blockHeader, 3)
	case f.part == blockHeader:
		f.block(int(f.head[0]) | int(f.head[1])<<8 | int(f.head[2])<<16)
	case f.part == blockBytes && f.summed:
		f.begin(frameSum, 4)
	case f.part == skippableSize:
		f.begin(skippableBytes, int(binary.LittleEndian.Uint32(f.head[:])))
	case f.part == frameMagic:
		f.begin(noFrame, 0)
	default:
		f.begin(frameEnd, 0)
	}
}

// describe reads the byte that tells which fields the header has.
func (f *frame) describe(b byte) {
	single := b >> 5 & 1
	f.summed = b>>2&1 != 0
	contentSize := [4]byte{single, 2, 4, 8}[b>>6]
	f.begin(frameHeader, int([4]byte{0, 1, 2, 4}[b&3]+contentSize+1-single)) // 1 for the size of the window
}

// block reads the header of a block.
func (f *frame) block(header int) {
	const repeated, reserved = 1, 3
	f.last = header&1 != 0
	switch kind, size := header>>1&3, header>>3; kind {
	case repeated: // one byte, size times
		f.begin(blockBytes, 1)
	case reserved:
		f.begin(noFrame, 0)
	default:
		f.begin(blockBytes, size)
	}
}

// zstdCut follows frames.
type zstdCut struct {
	frame frame
	least int
	at    int // where it stands
	ended int // where the last whole frame ends
}

func (c *zstdCut) end(b []byte, over bool) int {
	for c.at < len(b) && c.frame.part != noFrame && c.ended < c.least {
		n := min(c.frame.more(), len(b)-c.at)
		c.frame.pass(b[c.at : c.at+n])
		if c.at += n; c.frame.part == frameEnd {
			c.frame, c.ended = frame{}, c.at
		}
	}
	switch {
	case c.ended >= c.least, c.ended > 0 && (over || c.frame.part == noFrame):
		return c.ended
	case c.frame.part == noFrame:
		return -1
	}
	return 0
}
