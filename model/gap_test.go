package model

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// holed is a source of which some bytes cannot be read.
type holed struct {
	bytes.Reader
	from, to int64
}

func (h *holed) ReadAt(p []byte, off int64) (int, error) {
	if off < h.to && off+int64(len(p)) > h.from {
		return 0, io.ErrNoProgress
	}
	return h.Reader.ReadAt(p, off)
}

// holedLog has four lines, of which the second one could not be read, in one batch.
func holedLog() (*Log, *holed) {
	raw := &holed{}
	raw.Reset([]byte("line0\nline1\nline2\nline3\n"))
	raw.from, raw.to = 6, 12
	l := NewLog()
	b := &Batch{Source: l.AddSource(NewText("a")), Raw: raw, Line: 1, Lines: 4, Length: 24, Vocabulary: NewVocabulary()}
	for i := range 4 {
		r := RowRecord{Nanos: int64(i), Offset: uint32(6 * i), Length: 5, Line: uint32(i)}
		if i == 1 {
			b.AddProblem(Unreadable, FieldNone, 0, 0, 0)
		}
		b.AddRow(&r)
	}
	l.Append(b)
	return l, raw
}

func TestGapIsARejectWithoutBytes(t *testing.T) {
	l, _ := holedLog()
	s := l.Snapshot()
	if want := FlagGap | FlagReject | FlagError; s.Flags(1) != want {
		t.Errorf("flags %b, want %b", s.Flags(1), want)
	}
	if b := s.Books(); b.Events != 3 || b.Rejects != 1 || b.Errors != 1 || b.Lines != b.Events+b.Rejects+b.Blanks {
		t.Errorf("books %+v", b)
	}
	text, err := s.Raw(1)
	if !errors.Is(err, ErrUnreadable) || text != (Text{}) || !strings.Contains(err.Error(), "byte 6") {
		t.Errorf("Raw of a gap = %v, %v; want ErrUnreadable and where", text, err)
	}
	p := s.Problems(1)
	if len(p) != 1 || p[0].Code != Unreadable || p[0].Severity() != Error || !p[0].Code.Reject() {
		t.Errorf("problems %+v", p)
	}
}

func TestLinesBesideAGapAreRead(t *testing.T) {
	l, _ := holedLog()
	s := l.Snapshot()
	for _, marks := range [][]int{{0, 1, 2, 3}, {0, 2, 3}, {1}, {3}, {0, 3}, {1, 2}} {
		var rows Bitmap
		want := ""
		for _, i := range marks {
			rows.Set(i)
			if i != 1 {
				want += fmt.Sprintf("line%d ", i)
			}
		}
		got := ""
		err := new(LineReader).Read(context.Background(), s.Segment(0), &rows, func(st *Stretch) {
			for i := st.From; i < st.To; i++ {
				if rows.Has(i) {
					got += string(st.Line(i)) + " "
				}
			}
		}, func(from, to int, err error) { t.Errorf("rows %d to %d: %v", from, to, err) })
		if got != want || err != nil {
			t.Errorf("rows %v: read %q, %v; want %q", marks, got, err, want)
		}
	}
}

func TestGapsSurviveSealing(t *testing.T) {
	l := NewLog()
	id := l.AddSource(NewText("a"))
	b := &Batch{Source: id, Raw: &holed{to: 1 << 40}, Vocabulary: NewVocabulary()}
	for i := range 2 * SegmentRows {
		if i%5000 == 4999 {
			b.AddProblem(Unreadable, FieldNone, 0, 0, 0)
		}
		b.AddRow(&RowRecord{Length: 5})
	}
	l.Append(b)
	s := l.Snapshot()
	unread := 0
	for k := range s.Segments() {
		seg := s.Segment(k)
		var rows Bitmap
		rows.SetRange(0, seg.Rows())
		err := new(LineReader).Read(context.Background(), seg, &rows, func(*Stretch) { t.Error("read what cannot be read") },
			func(from, to int, _ error) { unread += to - from })
		if err != nil {
			t.Fatal(err)
		}
	}
	if gaps := 2 * SegmentRows / 5000; unread != 2*SegmentRows-gaps {
		t.Errorf("%d rows unread, want all but %d gaps", unread, gaps)
	}
}
