package loader

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"pawprint/model/amount"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxPacked is how many layers of packing a source may have.
const maxPacked = 2

// zstdWindow is the largest zstd window that is accepted, in bytes.
const zstdWindow = 128 << 20

// UnpackError says that a packed source is damaged, or unpacks to more than Limits allow. Rows read before are in the sink.
type UnpackError struct {
	Packing  string // gzip or zstd
	Stored   int64  // offset in the source as stored
	Unpacked int64  // bytes unpacked before
	Err      error
}

// Error names both offsets, and what to do if the source is damaged.
func (e *UnpackError) Error() string {
	text := fmt.Sprintf("unpacking %s: at byte %d as stored, byte %d unpacked: %v", e.Packing, e.Stored, e.Unpacked, e.Err)
	if e.Err == errCut || e.Err == errChecksum || errors.Is(e.Err, errCorrupt) {
		text += "; another copy may have the rest"
	}
	return text
}

// Unwrap returns the cause.
func (e *UnpackError) Unwrap() error { return e.Err }

// Cut reports whether the source ends too early: it may still be written.
func (e *UnpackError) Cut() bool { return e.Err == errCut }

var (
	errCut      = errors.New("the data are cut off")
	errCorrupt  = errors.New("the data are corrupt")
	errChecksum = errors.New("the checksum is wrong, so something before is damaged")
	errTooMuch  = errors.New("it unpacks to too much")
	errTooDeep  = fmt.Errorf("it is packed more than %d times: unpack it first", maxPacked)
)

// unpacker reads a source and unpacks it if its bytes, not its name, show that it is packed. It is for one goroutine.
type unpacker struct {
	stored counter
	limits Limits
	layers []*layer // outermost first
	sizes  aheadSizes
	top    io.Reader
	plain  *bufio.Reader // of the bytes inside all layers
	begun  bool
	notes  []string
	faults []error // faults after which reading went on
	behind trailing
	ear    Ear // sees the unpacked bytes; may be nil
}

// counter counts the bytes of a reader, which it does not read again after an error.
type counter struct {
	from io.Reader
	n    atomic.Int64 // any goroutine may read it
	err  error
}

func (c *counter) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.from.Read(p)
	c.n.Add(int64(n))
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// layer is one layer of packing: in reads its packed bytes, decoder unpacks them.
type layer struct {
	packing *packing
	in      *bufio.Reader
	decoder decoding
	ahead   *ahead // below in; nil if there is one member or nothing is decoded ahead
	out     int64
	ended   error // why the last member ended, once all its bytes were returned; nil inside of a member
}

// packing is a compression format.
type packing struct {
	name     string
	magic    func(head []byte) (is, may bool) // whether head is its magic number, and whether head may be the start of it
	decoders *sync.Pool
	ahead    *sync.Pool             // decoders for what is decoded ahead, several at a time: they take no large windows
	cut      func(least int) cutter // for stretches of at least so many bytes
}

var gzipDecoders = &sync.Pool{New: func() any { return new(gzipDecoder) }}

func zstdDecoders(window uint64) *sync.Pool {
	return &sync.Pool{New: func() any { return &zstdDecoder{window: window} }}
}

var packings = []*packing{
	{"gzip", prefixes(gzipMember), gzipDecoders, gzipDecoders, func(least int) cutter { return &gzipCut{least} }},
	{"zstd", zstdMagic, zstdDecoders(zstdWindow), zstdDecoders(aheadPlain), func(least int) cutter { return &zstdCut{least: least} }},
}

// giveBack keeps a decoder in the pool that it comes from.
func giveBack(pool *sync.Pool, d decoding) {
	if z, ok := d.(*zstdDecoder); ok && (z.decoder == nil || z.decoder.Reset(nil) != nil) {
		return
	}
	pool.Put(d)
}

func prefixes(magic string) func(head []byte) (is, may bool) {
	return func(head []byte) (is, may bool) {
		return bytes.HasPrefix(head, []byte(magic)), strings.HasPrefix(magic, string(head))
	}
}

// Magic numbers.
const (
	gzipMember = "\x1f\x8b\x08"
	zstdFrame  = "\x28\xb5\x2f\xfd"
)

// zstdMagic recognises frames and skippable frames.
func zstdMagic(head []byte) (is, may bool) {
	if is, may = prefixes(zstdFrame)(head); is || may {
		return is, may
	}
	if head[0]>>4 != 5 {
		return false, false
	}
	return prefixes("\x2a\x4d\x18")(head[1:])
}

// buffers holds buffered readers for layers.
var buffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 64<<10) }}

func newUnpacker(from io.Reader, limits Limits) *unpacker {
	return &unpacker{stored: counter{from: from}, limits: limits}
}

// packed names the packings, innermost first, as in "gzip, zstd".
func (u *unpacker) packed() string {
	var names []string
	for _, l := range slices.Backward(u.layers) {
		names = append(names, l.packing.name)
	}
	return strings.Join(names, ", ")
}

// close returns all memory to the pools. Later reads fail.
func (u *unpacker) close() {
	for _, l := range u.layers {
		l.release()
	}
	if u.plain != nil {
		u.plain.Reset(nil)
		buffers.Put(u.plain)
	}
	u.layers, u.plain, u.top = nil, nil, failed{io.ErrClosedPipe}
}

func (l *layer) release() {
	if l.ahead != nil {
		l.ahead.close()
	}
	giveBack(l.packing.decoders, l.decoder)
	l.decoder = nil
	l.in.Reset(nil)
	buffers.Put(l.in)
}

// Read returns the next bytes, unpacked. The first call detects the packing.
func (u *unpacker) Read(p []byte) (int, error) {
	if !u.begun {
		u.begun = true
		if err := u.begin(); err != nil {
			u.top = failed{err}
		}
	}
	n, err := u.top.Read(p)
	if u.ear != nil {
		u.ear.Plain(p[:n], u.packed())
	}
	if err != nil && err != io.EOF && len(u.layers) == 0 && u.stored.err != nil {
		err = fmt.Errorf("at byte %d: %w", u.stored.n.Load(), u.stored.err)
	}
	return n, err
}

// failed is a reader that always fails.
type failed struct{ err error }

func (f failed) Read([]byte) (int, error) { return 0, f.err }

// begin opens all layers. The innermost bytes are read from the buffer in which no further packing was found.
func (u *unpacker) begin() error {
	u.top = &u.stored
	for {
		in := buffers.Get().(*bufio.Reader)
		in.Reset(u.top)
		p := packingOf(in)
		if p == nil {
			u.top, u.plain = in, in
			return nil
		}
		if len(u.layers) == maxPacked {
			return u.fault(u.layers[maxPacked-1], errTooDeep)
		}
		l := &layer{packing: p, in: in, decoder: p.decoders.Get().(decoding)}
		u.layers = append(u.layers, l)
		if err := l.decoder.open(in); err != nil {
			return u.fault(l, err)
		}
		u.top = layerReader{u, l}
	}
}

// packingOf returns the packing that begins with the next bytes, or nil. It peeks at no more bytes than it must, as more may
// not come for a long time.
func packingOf(in *bufio.Reader) *packing {
	for n := 1; ; n++ {
		head, _ := in.Peek(n) // the next read returns the error again
		if len(head) < n {
			return nil
		}
		undecided := false
		for _, p := range packings {
			is, may := p.magic(head)
			if is {
				return p
			}
			undecided = undecided || may
		}
		if !undecided {
			return nil
		}
	}
}

// layerReader reads the unpacked bytes of a layer.
type layerReader struct {
	*unpacker
	*layer
}

// Read returns the bytes before the end of a member without waiting for what follows it.
func (r layerReader) Read(p []byte) (n int, err error) {
	for n == 0 && err == nil && len(p) > 0 { // a member may hold nothing
		n, err = r.readMember(p)
	}
	return n, err
}

// readMember reads in the member that has not ended, or in the next one.
func (r layerReader) readMember(p []byte) (int, error) {
	if r.ended != nil {
		if err := r.nextMember(); err != nil {
			return 0, err
		}
	}
	n, err := r.read(p)
	r.out += int64(n)
	wrongSum := errors.Is(err, gzip.ErrChecksum) && r.readError() == nil
	if err == nil || err == io.EOF {
		if over := r.tooMuch(); over != nil {
			return n, r.fault(r.layer, over)
		}
	}
	switch {
	case wrongSum: // the next members can still be read
		r.faults = append(r.faults, r.fault(r.layer, err))
		r.ended = err
	case err == io.EOF:
		r.ended = err
	case err != nil:
		return n, r.fault(r.layer, err)
	}
	return n, nil
}

func (r layerReader) read(p []byte) (int, error) {
	if r.ahead != nil && r.ahead.now != nil {
		return r.ahead.plain(p)
	}
	return r.decoder.Read(p)
}

// nextMember moves on to the member behind one that has ended.
func (r layerReader) nextMember() error {
	r.ended = nil
	if r.ahead != nil && r.ahead.next(r.in, r.room()) {
		return nil
	}
	if packingOf(r.in) != r.packing {
		return r.end()
	}
	if r.ahead == nil && r.sizes.stretches > 0 && r.layer == r.layers[0] {
		r.ahead = &ahead{from: &r.stored, packing: r.packing, sizes: r.sizes}
		if r.ahead.next(r.in, r.room()) {
			return nil
		}
	}
	if err := r.decoder.open(r.in); err != nil {
		return r.fault(r.layer, err)
	}
	return nil
}

// end ends the layer behind its last member.
func (r layerReader) end() error {
	head, err := r.in.Peek(4)
	if len(head) > 0 {
		if _, may := r.packing.magic(head); may && r.packing.name == "zstd" {
			_, _ = r.in.Discard(len(head)) // they belong to the frame that is cut
			return r.fault(r.layer, io.ErrUnexpectedEOF)
		}
		return r.junk()
	}
	if err == io.EOF {
		return io.EOF
	}
	return r.fault(r.layer, err)
}

// junk keeps what follows the last member, up to headBytes.
func (r layerReader) junk() error {
	e := &TrailingError{Packing: r.packing.name, Stored: r.position()}
	_, err := io.Copy(&r.behind, r.in)
	if e.Bytes = r.behind.bytes; err != nil {
		return err
	}
	r.faults = append(r.faults, e)
	return io.EOF
}

// tooMuch returns an error if the unpacked bytes exceed the limits.
func (r layerReader) tooMuch() error {
	if r.room() >= 0 {
		return nil
	}
	if limit := r.limits.unpackedBytes(); r.out > limit {
		return fmt.Errorf("%w: more than %s", errTooMuch, amount.Bytes(limit))
	}
	return fmt.Errorf("%w: more than %d times as much as is stored", errTooMuch, r.limits.unpackRatio())
}

// room returns how many bytes more the layer may unpack to without another stored byte. It is negative if there are too many already.
func (r layerReader) room() int64 {
	byRatio := r.limits.unpackRatio()*(r.position()+1) - 1
	return min(r.limits.unpackedBytes(), max(harmlessBytes, byRatio)) - r.out
}

// fault makes the error of a layer from err. If reading the source failed it is that error.
func (u *unpacker) fault(l *layer, err error) error {
	var inner *UnpackError
	switch {
	case errors.As(err, &inner):
		return err // it is that of an outer layer
	case u.readError() != nil:
		return fmt.Errorf("at byte %d as stored: %w", u.stored.n.Load(), u.stored.err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		err = errCut
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch):
		err = errChecksum
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		err = fmt.Errorf("it needs a window of more than %s", amount.Bytes(zstdWindow))
	case !errors.Is(err, errTooMuch) && !errors.Is(err, errTooDeep):
		err = fmt.Errorf("%w: %v", errCorrupt, err)
	}
	return &UnpackError{Packing: l.packing.name, Stored: u.position(), Unpacked: l.out, Err: err}
}

// position returns how many bytes of the source, as stored, were decoded.
func (u *unpacker) position() int64 {
	outer := u.layers[0]
	return u.stored.n.Load() - outer.ahead.unread() - int64(outer.in.Buffered())
}

// readError returns why the source cannot be read on, if all that was read before was decoded.
func (u *unpacker) readError() error {
	if len(u.layers) > 0 && (u.layers[0].in.Buffered() > 0 || u.layers[0].ahead.holdsBack()) {
		return nil
	}
	return u.stored.err
}
