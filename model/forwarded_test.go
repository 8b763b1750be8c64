package model

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// listsOf returns the lists of all rows of a snapshot, as their forms and numbers.
func listsOf(s *Snapshot) (out []string) {
	for k := range s.Segments() {
		seg := s.Segment(k)
		lists, at := seg.Forwarded(), 0
		for row := range seg.Rows() {
			form := NoForwarded
			if len(lists.Forms) > 0 {
				form = lists.Forms[row]
			}
			out = append(out, fmt.Sprint(form, lists.Numbers[at:at+form.Size()]))
			at += form.Size()
		}
	}
	return out
}

// TestForwardedListsStayWithTheirRows appends batches of many sizes, some without any list, and looks at the log before and after segments
// are full.
func TestForwardedListsStayWithTheirRows(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	log, want := NewLog(), []string{}
	b := &Batch{Source: log.AddSource(NewText("audit.jsonl")), Vocabulary: NewVocabulary()}
	var snaps []Snapshot
	for len(want) < 2*SegmentRows+3000 {
		b.Reset()
		bare := r.IntN(3) == 0
		for range 1 + r.IntN(3000) {
			row, list := RowRecord{}, new(Forwarded)
			switch kind := r.IntN(12); {
			case bare || kind == 0:
				row.Forwarded = list
			case kind == 1:
				row.Flags = FlagReject
			case kind == 2: // no list is given
			default:
				row.Forwarded = list
				list.Begin()
				for range r.IntN(5) {
					list.Add(fmt.Appendf(nil, []string{"1.2.3.%d", "2001:db8::%d"}[r.IntN(2)], 1+r.IntN(9)))
				}
			}
			b.AddRow(&row)
			if row.Forwarded == nil && row.Flags == 0 {
				list.Leave() // for the comparison: a missing list is like one left to the line
			}
			want = append(want, fmt.Sprint(list.form, list.numbers[:list.form.Size()]))
		}
		log.Append(b)
		if r.IntN(5) == 0 {
			snaps = append(snaps, log.Snapshot())
		}
	}
	for _, s := range append(snaps, log.Snapshot()) {
		for row, got := range listsOf(&s) {
			if got != want[row] {
				t.Fatalf("of %d rows, the list of row %d is %s, want %s", s.Rows(), row, got, want[row])
			}
		}
	}
}

func TestOneListHoldsSoManyAddresses(t *testing.T) {
	var f Forwarded
	f.Begin()
	for i := range forwardedNumbers {
		if !f.Add([]byte("192.0.2.7")) {
			t.Fatalf("a list of %d addresses takes no other one", i)
		}
	}
	if f.Add([]byte("192.0.2.7")) || f.form != OtherForwarded || f.Add([]byte("192.0.2.7")) {
		t.Error("a long list is not left to its line")
	}
}
