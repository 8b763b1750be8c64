package loader_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"pawprint/loader"
	"pawprint/loader/sourcetest"
	"pawprint/model"
)

// Nothing tells a reader whether another member will follow, so the end of a member is passed on before that is known.
func TestTheEndOfAMemberDoesNotWaitForTheNext(t *testing.T) {
	t.Parallel()
	text := fewEvents(t, 10)
	for name, pack := range map[string]func(testing.TB, []byte) []byte{"gzip": gzipped, "zstd": zstded} {
		t.Run(name, func(t *testing.T) {
			r, w := io.Pipe()
			l := model.NewLog()
			ended := make(chan error, 1)
			go func() {
				err := (&loader.Reader{Label: "-", From: r}).Load(context.Background(), l)
				r.Close() // so that no write waits for a reader that is gone
				ended <- err
			}()
			packed := pack(t, text)
			for n := 1; n <= 3; n++ {
				if _, err := w.Write(packed); err != nil {
					t.Fatal(err)
				}
				awaitRows(t, l, 10*n)
			}
			w.Close()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
}

// awaitRows waits until the log has so many rows.
func awaitRows(t *testing.T, l *model.Log, rows int) {
	t.Helper()
	ctx, cancel := sourcetest.WhileChanging(t, l)
	defer cancel()
	for s := l.Snapshot(); s.Rows() < rows; s = l.Snapshot() {
		if l.Wait(ctx, s.Revision()) != nil {
			t.Fatalf("%d rows, want %d", s.Rows(), rows)
		}
	}
}

// makers returns what makes members of each packing, in the ways that writers choose.
func makers(tb testing.TB) map[string]func(r *rand.Rand, text []byte) []byte {
	tb.Helper()
	var zips []*gzip.Writer
	for _, level := range []int{gzip.NoCompression, gzip.HuffmanOnly, gzip.BestSpeed} {
		w, err := gzip.NewWriterLevel(nil, level)
		check(tb, err)
		zips = append(zips, w)
	}
	var frames []*zstd.Encoder
	for i := range 4 {
		w, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(i&1 == 0), zstd.WithSingleSegment(i&2 == 0), zstd.WithZeroFrames(true),
			zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(64<<10), zstd.WithLowerEncoderMem(true))
		check(tb, err)
		frames = append(frames, w)
	}
	return map[string]func(r *rand.Rand, text []byte) []byte{
		"gzip": func(r *rand.Rand, text []byte) []byte {
			var out bytes.Buffer
			w := zips[r.IntN(len(zips))]
			if w.Reset(&out); r.IntN(2) == 0 {
				w.Name, w.Extra = "name", []byte("\x1f\x8b\x08")
			}
			write(tb, w, text)
			return out.Bytes()
		},
		"zstd": func(r *rand.Rand, text []byte) []byte {
			var out bytes.Buffer
			if r.IntN(4) == 0 { // a skippable frame
				out.WriteString("\x5a\x2a\x4d\x18")
				check(tb, binary.Write(&out, binary.LittleEndian, uint32(len(text))))
				out.Write(text)
			}
			w := frames[r.IntN(len(frames))]
			if r.IntN(2) == 0 { // with its length in the header
				return w.EncodeAll(text, out.Bytes())
			}
			w.Reset(&out)
			write(tb, w, text)
			return out.Bytes()
		},
	}
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func write(tb testing.TB, w io.WriteCloser, text []byte) {
	tb.Helper()
	_, err := w.Write(text)
	check(tb, err)
	check(tb, w.Close())
}

// members makes a source of many members. Some are empty, some hold many lines, and some hold bytes that look like the start of a member.
func members(r *rand.Rand, log []byte, pack func(r *rand.Rand, text []byte) []byte) (plain, packed []byte) {
	for range 1 + r.IntN(12) {
		n := []int{0, 1, 100, 3000, 3000, 40_000, 40_000, 200_000}[r.IntN(8)]
		at := r.IntN(len(log) - n)
		text := bytes.Clone(log[at : at+n])
		for range r.IntN(3) {
			magic := []string{"\x1f\x8b\x08", "\x28\xb5\x2f\xfd"}[r.IntN(2)]
			copy(text[r.IntN(len(text)+1):], magic)
		}
		if len(plain) == 0 && n > 0 {
			text[0] = '{' // it is not packed once more
		}
		plain, packed = append(plain, text...), append(packed, pack(r, text)...)
	}
	return plain, packed
}

// damage returns packed bytes as they are, or with one of the kinds of damage that happen to files.
func damage(r *rand.Rand, packed []byte) []byte {
	at := r.IntN(len(packed))
	switch r.IntN(5) {
	case 0:
		return packed[:at]
	case 1:
		packed[at] ^= byte(1 + r.IntN(255))
	case 2:
		return append(packed, []string{"\x00", "junk that follows\n", "\x1f\x8b", "\x28\xb5"}[r.IntN(4)]...)
	case 3:
		return append(packed[:at:at], packed[min(len(packed), at+1+r.IntN(100)):]...)
	}
	return packed
}

// sameAhead fails if decoding ahead changes what comes out of a source, and returns what comes out.
func sameAhead(t *testing.T, packed []byte, open func() io.Reader, limits loader.Limits, least, most, plain int) loader.Unpacked {
	t.Helper()
	want := loader.Unpack(open(), limits, 0, 0, 0, 0)
	got := loader.Unpack(open(), limits, 3, least, most, plain)
	taken := got.Ahead
	if got.Ahead = 0; !cmp.Equal(got, want) {
		got.Plain, want.Plain = got.Plain[:min(len(got.Plain), 100)], want.Plain[:min(len(want.Plain), 100)]
		t.Fatalf("%d bytes, %d stretches, sizes %d %d %d: ahead %+v, otherwise %+v", len(packed), taken, least, most, plain, got, want)
	}
	got.Ahead = taken
	return got
}

// faultyOnce fails one time, after some bytes, and would go on after that.
type faultyOnce struct {
	*bytes.Reader
	left   int
	failed bool
}

func (f *faultyOnce) Read(p []byte) (int, error) {
	if f.left == 0 && !f.failed {
		f.failed = true
		return 0, errFault
	}
	if !f.failed {
		p = p[:min(len(p), f.left)]
	}
	n, err := f.Reader.Read(p)
	f.left -= n
	return n, err
}

func TestWhatIsDecodedAheadTakesLittleOfTheMemory(t *testing.T) {
	for _, limit := range []int64{1, 32 << 20, 1 << 30, 2 << 30, 4 << 30, 1 << 40} {
		used := loader.AheadMemory(3, loader.NewBudget(limit))
		if used > limit/64 || used == 0 && limit >= 2<<30 {
			t.Errorf("%d bytes of a budget of %d", used, limit)
		}
	}
	if loader.AheadMemory(3, nil) == 0 || loader.AheadMemory(1, nil) != 0 {
		t.Error("without a budget the goroutines alone should count")
	}
}

func TestEndsOfMembersAreFoundHoweverTheirBytesCome(t *testing.T) {
	t.Parallel()
	text := fewEvents(t, 20)
	for name, pack := range makers(t) {
		r := rand.New(rand.NewPCG(3, 4))
		for range 20 {
			var packed []byte
			for range 4 {
				packed = append(packed, pack(r, text[:r.IntN(len(text))])...)
			}
			least := 1 + r.IntN(len(packed))
			want := loader.EndOfMembers(name, packed, least, 0)
			for _, step := range []int{1, 2, 3, 7, 1000} {
				if got := loader.EndOfMembers(name, packed, least, step); got != want || want < 1 || want > len(packed) {
					t.Fatalf("%s: at least %d of %d bytes end at %d, in steps of %d bytes at %d", name, least, len(packed), want, step, got)
				}
			}
		}
	}
}

func TestAnyNumberOfMembersMayHoldNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for name, pack := range makers(t) {
		inside := gzipped(t, []byte("{}\n[]\n")) // which is not seen before some bytes are there
		packed := append(bytes.Repeat(pack(r, nil), 300), pack(r, inside[:1])...)
		packed = append(append(packed, bytes.Repeat(pack(r, nil), 300)...), pack(r, inside[1:])...)
		for _, least := range []int{1, 1 << 20} {
			open := func() io.Reader { return bytes.NewReader(packed) }
			out := sameAhead(t, packed, open, loader.Limits{}, least, 1<<20, 1<<20)
			if out.Plain != "{}\n[]\n" || out.Packed != "gzip, "+name || out.Err != "" || out.Faults != nil {
				t.Errorf("%s: %+v", name, out)
			}
		}
	}
}

func TestDecodingAheadChangesNothing(t *testing.T) {
	t.Parallel()
	log := fewEvents(t, 500)
	for name, pack := range makers(t) {
		t.Run(name, func(t *testing.T) {
			r, taken := rand.New(rand.NewPCG(1, 2)), 0
			for round := range 200 {
				plain, packed := members(r, log, pack)
				whole := round%2 == 0
				if !whole {
					packed = damage(r, packed)
				}
				open := func() io.Reader { return bytes.NewReader(packed) }
				if left := r.IntN(len(packed) + 1); round%10 == 1 {
					open = func() io.Reader { return &cutReader{bytes.NewReader(packed), left} }
				} else if round%10 == 3 {
					open = func() io.Reader { return &faultyOnce{Reader: bytes.NewReader(packed), left: left} }
				}
				limits := loader.Limits{}
				if round%10 == 5 {
					limits.UnpackedBytes = int64(1 + r.IntN(len(plain)+1))
				}
				out := sameAhead(t, packed, open, limits, 1+r.IntN(5000), 1+r.IntN(200_000), r.IntN(300_000))
				if whole && (out.Plain != string(plain) || out.Err != "" || out.Faults != nil || out.Packed != name) {
					t.Fatalf("%d members: %d bytes, %q %q of %s; want %d bytes", round, len(out.Plain), out.Err, out.Faults, out.Packed, len(plain))
				}
				taken += out.Ahead
			}
			if taken < 100 {
				t.Errorf("%d stretches were decoded ahead", taken)
			}
		})
	}
}
