package loader_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/loader/format"
	"pawprint/model"
	"pawprint/model/logtest"
)

// fewEvents is a log of some lines.
func fewEvents(tb testing.TB, n int) []byte {
	tb.Helper()
	lines := slices.Collect(bytes.Lines(sameLog(tb)))
	return bytes.Join(lines[:n], nil)
}

// read loads bytes three times: as a file, as a file WithFewLines, and from front to back in tiny chunks. All must become the same log. It
// returns that of the file.
func read(t *testing.T, content []byte, limits loader.Limits) (*model.Log, error) {
	t.Helper()
	file, reader := model.NewLog(), model.NewLog()
	path := put(t, filepath.Join(t.TempDir(), "a"), content)
	err := (&loader.File{Path: path, Limits: limits}).Load(t.Context(), file)
	again := (&loader.Reader{Label: "-", From: &chunks{text: content}, Limits: limits}).Load(t.Context(), reader)
	a, b := file.Snapshot(), reader.Snapshot()
	x, y := a.Sources()[0], b.Sources()[0]
	if (err == nil) != (again == nil) || a.Books() != b.Books() || x.Form != y.Form || x.Damaged != y.Damaged || x.Note != y.Note {
		t.Errorf("the file gives %v, %+v; the reader %v, %+v", err, x, again, y)
	}
	sameUnkept(t, path, limits, file, err)
	return file, err
}

func TestACutPackedSourceGivesAllThatCameBeforeTheCut(t *testing.T) {
	for name, c := range map[string]struct {
		pack         func(testing.TB, []byte) []byte
		events, step int
	}{"gzip": {gzipped, 40, 100}, "members": {threeMembers, 40, 100}, "zstd": {zstded, 400, 1500}} { // blocks of zstd are long
		text := fewEvents(t, c.events)
		packed := c.pack(t, text)
		rows := 0
		for cut := 1; cut < len(packed); cut += c.step {
			l, err := read(t, packed[:cut], loader.Limits{})
			s := l.Snapshot()
			state := s.Sources()[0]
			if cut < 4 {
				continue // too little to be known for what it is
			}
			var damage *loader.UnpackError
			if !errors.As(err, &damage) || !state.Damaged || state.Phase != model.Broken {
				if name == "members" && err == nil {
					continue // between two of them
				}
				t.Fatalf("%s cut at %d: %v, %+v", name, cut, err, state)
			}
			if damage.Stored > int64(cut) || damage.Unpacked < state.Books.Bytes || !strings.Contains(err.Error(), fmt.Sprintf("byte %d as stored, byte %d unpacked", damage.Stored, damage.Unpacked)) {
				t.Errorf("%s cut at %d: %v with %+v", name, cut, err, state.Books)
			}
			if state.Stored != int64(cut) {
				t.Errorf("%s cut at %d: %d bytes read as stored", name, cut, state.Stored)
			}
			got := make([]byte, state.Books.Bytes)
			for r := range model.Row(s.Rows()) {
				o := s.Origin(r)
				line, err := s.Raw(r)
				if errors.Is(err, model.ErrUnreadable) && int(r) == s.Rows()-1 && s.Problems(r)[0].Code == model.EndsEarly && o.Offset == state.Books.Bytes {
					continue // stands for what is missing
				}
				if err != nil {
					t.Fatal(err)
				}
				copy(got[o.Offset:], line.Raw())
			}
			if !bytes.HasPrefix(bytes.ReplaceAll(text, []byte("\n"), []byte{0}), got) {
				t.Fatalf("%s cut at %d: other bytes came out", name, cut)
			}
			if s.Rows() < rows {
				t.Errorf("%s cut at %d: %d rows, but %d before", name, cut, s.Rows(), rows)
			}
			rows = s.Rows()
		}
		if rows < 20 {
			t.Errorf("%s: at most %d rows", name, rows)
		}
	}
}

func TestADamagedPackedSourceNeverGivesEventsWithoutAWord(t *testing.T) {
	text := fewEvents(t, 40)
	whole := model.NewLog()
	if err := (&loader.Reader{Label: "-", From: bytes.NewReader(text)}).Load(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	want := rowsOf(whole)
	for name, packed := range map[string][]byte{"gzip": gzipped(t, text), "zstd": zstded(t, text)} {
		for at := 4; at < len(packed); at += 53 {
			damaged := bytes.Clone(packed)
			damaged[at] ^= 0x55
			l := model.NewLog()
			err := (&loader.Reader{Label: "-", From: bytes.NewReader(damaged)}).Load(t.Context(), l)
			s := l.Snapshot()
			if err == nil && !slices.Equal(rowsOf(l), want) {
				t.Errorf("%s damaged at byte %d: other events, and no error", name, at)
			}
			if err != nil && !s.Sources()[0].Damaged {
				t.Errorf("%s damaged at byte %d: %v, but the source is not damaged", name, at, err)
			}
			if b := s.Books(); b.Lines != b.Events+b.Rejects+b.Blanks {
				t.Errorf("%s damaged at byte %d: the books are %+v", name, at, b)
			}
		}
	}
}

func TestRowsBeforeAWrongChecksumComeOutAndThoseOfTheNextMember(t *testing.T) {
	text := fewEvents(t, 10)
	bad := gzipped(t, text)
	bad[len(bad)-6] ^= 1 // in the checksum
	l, err := read(t, append(bad, gzipped(t, text)...), loader.Limits{})
	s := l.Snapshot()
	if b := s.Books(); b.Events != 20 || b.Rejects != 0 {
		t.Errorf("the books are %+v, want 20 events", b)
	}
	if err == nil || !strings.Contains(err.Error(), "checksum") || !s.Sources()[0].Damaged {
		t.Errorf("the error is %v, of %+v", err, s.Sources()[0])
	}
	crc := zstded(t, text)
	crc[len(crc)-1] ^= 1
	if l, err = read(t, crc, loader.Limits{}); err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("the error of zstd is %v", err)
	}
	if s = l.Snapshot(); s.Rows() < 9 || !s.Sources()[0].Damaged {
		t.Errorf("zstd with a wrong checksum gave %d rows, %+v", s.Rows(), s.Sources()[0])
	}
}

func TestWhatIsBehindPackedDataIsAReject(t *testing.T) {
	text := fewEvents(t, 10)
	for _, junk := range []string{"\x00", strings.Repeat("\x00", 1000), "junk\n", "\x1f", "\x1f\x8b"} {
		for name, packed := range map[string][]byte{"gzip": gzipped(t, text), "zstd": zstded(t, text)} {
			if name == "zstd" && len(junk) < 4 {
				continue // may be the begin of a frame that is cut
			}
			l, err := read(t, append(packed, junk...), loader.Limits{})
			s := l.Snapshot()
			var trailing *loader.TrailingError
			if !errors.As(err, &trailing) || trailing.Bytes != int64(len(junk)) || trailing.Stored != int64(len(packed)) || trailing.Packing != name {
				t.Fatalf("%s with %q: %v", name, junk, err)
			}
			if state := s.Sources()[0]; s.Rows() != 11 || !state.Damaged || state.Phase != model.Complete || state.Books.Bytes != int64(len(text)) {
				t.Fatalf("%s with %q: %v, %d rows, %+v", name, junk, err, s.Rows(), state)
			}
			if line, err := s.Raw(10); err != nil || line.Raw() != junk || s.Problems(10)[0].Code != model.BehindPacked || s.Origin(10).Line != 11 {
				t.Errorf("%s with %q: the reject is %q, %v, %+v", name, junk, line.Raw(), err, s.Origin(10))
			}
		}
	}
}

func TestABombIsStopped(t *testing.T) {
	zeros := make([]byte, 100<<20)
	line := bytes.Repeat([]byte(`{"actionName":"A"}`+"\n"), 5<<20)
	packed := gzipped(t, line)
	for name, c := range map[string]struct {
		content []byte
		limits  loader.Limits
		want    string
	}{
		"gzip ratio": {gzipped(t, zeros), loader.Limits{}, "more than 1000 times as much"},
		"zstd ratio": {zstded(t, line), loader.Limits{}, "more than 1000 times as much"},
		"total":      {packed, loader.Limits{UnpackedBytes: 10 << 20}, "more than 10 MiB"},
		"set ratio":  {packed, loader.Limits{UnpackRatio: 20}, "more than 20 times as much"},
		"inside":     {gzipped(t, gzipped(t, zeros)), loader.Limits{}, "more than 1000 times as much"},
	} {
		t.Run(name, func(t *testing.T) {
			l := model.NewLog()
			err := (&loader.Reader{Label: "-", From: bytes.NewReader(c.content), Limits: c.limits}).Load(t.Context(), l)
			s := l.Snapshot()
			if err == nil || !strings.Contains(err.Error(), c.want) || s.Sources()[0].Phase != model.Broken {
				t.Errorf("the error is %v, want %q", err, c.want)
			}
			if s.Books().Bytes > 100<<20 {
				t.Errorf("%d bytes were taken", s.Books().Bytes)
			}
		})
	}
}

func TestPackingsInOneAnotherAreOpenedOnce(t *testing.T) {
	text := fewEvents(t, 10)
	l, err := read(t, gzipped(t, zstded(t, text)), loader.Limits{})
	s := l.Snapshot()
	if err != nil || s.Rows() != 10 || s.Sources()[0].Form != "JSON lines, zstd, gzip" {
		t.Errorf("twice: %v, %d rows, %q", err, s.Rows(), s.Sources()[0].Form)
	}
	_, err = read(t, gzipped(t, gzipped(t, gzipped(t, text))), loader.Limits{})
	if err == nil || !strings.Contains(err.Error(), "packed more than 2 times") {
		t.Errorf("thrice: %v", err)
	}
}

func TestWhatCannotBeReadAsALogIsSaidToBeThat(t *testing.T) {
	utf16 := []byte{0xff, 0xfe}
	for _, c := range fewEvents(t, 3) {
		utf16 = append(utf16, c, 0)
	}
	for name, content := range map[string][]byte{"UTF-16": utf16, "UTF-16 in gzip": gzipped(t, utf16)} {
		l, err := read(t, content, loader.Limits{})
		s := l.Snapshot()
		var odd *format.Unsupported
		if !errors.As(err, &odd) || !strings.Contains(err.Error(), "UTF-16") || s.Sources()[0].Phase != model.Broken || s.Rows() != 0 {
			t.Errorf("%s: %v, %+v", name, err, s.Sources()[0])
		}
	}
}

// cutReader fails after some bytes.
type cutReader struct {
	io.Reader
	left int
}

func (c *cutReader) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, errFault
	}
	n, err := c.Reader.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

func TestAFaultOfAReaderNamesTheByteAndKeepsWhatCame(t *testing.T) {
	text := fewEvents(t, 100)
	packed := gzipped(t, text)
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{"plain": {text, "at byte 5000: "}, "gzip": {packed, "at byte 5000 as stored: "}} {
		l := model.NewLog()
		err := (&loader.Reader{Label: "-", From: &cutReader{bytes.NewReader(c.content), 5000}}).Load(t.Context(), l)
		s := l.Snapshot()
		if !errors.Is(err, errFault) || !strings.Contains(err.Error(), c.want) || s.Books().Events < 3 {
			t.Errorf("%s: %v after %+v", name, err, s.Books())
		}
	}
}

func TestOddTextsKeepTheirRows(t *testing.T) {
	line := logtest.Event()
	for name, c := range map[string]struct {
		text                   string
		events, rejects, blank int64
	}{
		"NULs":            {line + "\n" + strings.Repeat("\x00", 70_000) + "\n" + line + "\n", 2, 1, 0},
		"CR alone":        {line + "\r" + line + "\r", 2, 0, 0},
		"CRLF":            {line + "\r\n\r\n" + line + "\r\n", 2, 0, 1},
		"BOM":             {"\ufeff" + line + "\n" + line, 2, 0, 0},
		"BOM in array":    {"\ufeff[" + line + "," + line + "]", 2, 0, 0},
		"nothing":         {"", 0, 0, 0},
		"blanks":          {"\n\n \n", 0, 0, 3},
		"no end":          {line, 1, 0, 0},
		"cut array":       {"[" + line + ",\n" + line + ",\n" + line[:30], 2, 1, 0},
		"one long reject": {strings.Repeat("x", 3*loader.BlockBytes), 0, 1, 0},
	} {
		for packing, pack := range map[string]func(testing.TB, []byte) []byte{"": plain, ", gzip": gzipped} {
			content := pack(t, []byte(c.text))
			l, err := read(t, content, loader.Limits{})
			s := l.Snapshot()
			b := s.Books()
			if cut := name == "cut array"; errors.Is(err, loader.ErrUnclosed) != cut || err != nil && !cut || b.Events != c.events || b.Rejects != c.rejects || b.Blanks != c.blank || b.Bytes != int64(len(c.text)) {
				t.Errorf("%s%s: %v, %+v; want %d events, %d rejects, %d blanks, %d bytes", name, packing, err, b, c.events, c.rejects, c.blank, len(c.text))
			}
		}
	}
}

func TestATextCutBetweenItsRecordsIsDamaged(t *testing.T) {
	text := `{"Records":[{"actionName":"A"},` + "\n" + `{"actionName":"B"}`
	for _, end := range []string{"", ",", "\n", "]"} {
		l, err := read(t, []byte(text+end), loader.Limits{})
		s := l.Snapshot()
		state := s.Sources()[0]
		if b := state.Books; !errors.Is(err, loader.ErrUnclosed) || !state.Damaged || b.Events != 2 || b.Lines != 3 || s.Problems(2)[0].Code != model.EndsEarly || b.Bytes != int64(len(text+end)) {
			t.Errorf("cut before %q: %v, damaged %v, %+v", end, err, state.Damaged, b)
		}
	}
	l, err := read(t, []byte(text+"]}"), loader.Limits{})
	s := l.Snapshot()
	if err != nil || s.Sources()[0].Damaged {
		t.Errorf("a whole text: %v, %+v", err, s.Sources()[0])
	}
}
