package loader_test

import (
	"bytes"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/logtest"
)

// A disk that lost power leaves blocks of NULs. Each is one reject that says where it stands and how long it is.
func TestABlockOfNULsIsOneRejectWithItsPlace(t *testing.T) {
	line := logtest.Event()
	whole := line + "\n"
	for name, c := range map[string]struct {
		before, after string
		length        int
	}{
		"one byte":             {whole, "\n" + whole, 1},
		"a sector":             {whole, "\n" + whole, 512},
		"at the beginning":     {"", "\n" + whole, 4096},
		"at the end":           {whole, "", 4096},
		"nothing else":         {"", "", 4096},
		"before a CR LF":       {whole, "\r\n" + whole, 4096},
		"over several blocks":  {whole, "\n" + whole, 3*loader.BlockBytes + 17},
		"just up to a block":   {whole, "\n" + whole, loader.BlockBytes - len(whole)},
		"behind a blank line":  {whole + "\n", "\n" + whole, 100},
		"between CR LF events": {line + "\r\n", "\n" + line + "\r\n", 100},
	} {
		block := strings.Repeat("\x00", c.length)
		for packing, pack := range map[string]func(testing.TB, []byte) []byte{"": plain, ", gzip": gzipped} {
			l, err := read(t, pack(t, []byte(c.before+block+c.after)), loader.Limits{})
			if err != nil {
				t.Errorf("%s%s: %v", name, packing, err)
				continue
			}
			s := l.Snapshot()
			checkNULs(t, name+packing, &s, block, int64(len(c.before)), strings.HasPrefix(c.after, "\r"))
			if want := int64(strings.Count(c.before+c.after, line)); s.Books().Events != want {
				t.Errorf("%s%s: %d events, want %d", name, packing, s.Books().Events, want)
			}
		}
	}
}

func checkNULs(t *testing.T, name string, s *model.Snapshot, block string, offset int64, cr bool) {
	t.Helper()
	var rejects []model.Row
	for row := range model.Row(s.Rows()) {
		if e := s.Event(row); e.Reject() {
			rejects = append(rejects, row)
		}
	}
	if len(rejects) != 1 {
		t.Errorf("%s: %d rejects, want one", name, len(rejects))
		return
	}
	want := []byte(block)
	if cr {
		want = append(want, '\r')
	}
	e := s.Event(rejects[0])
	if e.Origin.Offset != offset || e.Origin.Length != int64(len(want)) {
		t.Errorf("%s: the reject has offset %d and length %d, want %d and %d", name, e.Origin.Offset, e.Origin.Length, offset, len(want))
	}
	if p := s.Problems(rejects[0]); len(p) != 1 || p[0].Code != model.NulBytes {
		t.Errorf("%s: problems %v, want NUL bytes", name, p)
	}
	if raw, err := s.Raw(rejects[0]); err != nil || !bytes.Equal([]byte(raw.Raw()), want) {
		t.Errorf("%s: %d bytes are read again, %v; want %d NULs", name, len(raw.Raw()), err, len(block))
	}
}
