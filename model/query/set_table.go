package query

import (
	"bytes"
	"net/netip"
	"slices"
	"sort"
	"strings"

	"pawprint/model/ipaddr"
)

// textTable finds which of many texts another text contains or begins with, in a time that hardly grows with their number. It is sorted. It
// leaves out a text that begins with another one of them: wherever the longer one occurs, the shorter one is found.
type textTable []tableText

type tableText struct {
	text  string
	entry int
}

// index returns the table ready for use.
func (t textTable) index() textTable {
	slices.SortStableFunc(t, func(a, b tableText) int { return strings.Compare(a.text, b.text) })
	kept := t[:0]
	for _, e := range t {
		if n := len(kept); n == 0 || !strings.HasPrefix(e.text, kept[n-1].text) {
			kept = append(kept, e)
		}
	}
	return kept
}

// at returns the entry that b begins with, or -1. Only the last text that is not after b can be one.
func (t textTable) at(b []byte) int {
	i := sort.Search(len(t), func(i int) bool { return t[i].text > string(b) })
	if i > 0 && bytes.HasPrefix(b, []byte(t[i-1].text)) {
		return t[i-1].entry
	}
	return -1
}

// within returns the first entry that b contains, or -1.
func (t textTable) within(b []byte) int {
	for i := range b {
		if entry := t.at(b[i:]); entry >= 0 {
			return entry
		}
	}
	return -1
}

// spanTable finds which of many spans an address is in.
type spanTable struct {
	spans []tableSpan // by their first address
	far   []int       // by index: which span up to it reaches the farthest
}

type tableSpan struct {
	ipaddr.Span
	entry int
}

func (t *spanTable) add(s ipaddr.Span, entry int) { t.spans = append(t.spans, tableSpan{s, entry}) }

func (t *spanTable) index() {
	slices.SortStableFunc(t.spans, func(a, b tableSpan) int { return a.First.Compare(b.First) })
	t.far = make([]int, len(t.spans))
	for i := range t.spans {
		t.far[i] = i
		if i > 0 && t.spans[i].Last.Compare(t.spans[t.far[i-1]].Last) <= 0 {
			t.far[i] = t.far[i-1]
		}
	}
}

// find returns the entry that an address in a text is in, or -1.
func (t *spanTable) find(text []byte) (entry int) {
	entry = -1
	if len(t.spans) == 0 {
		return entry
	}
	ipaddr.Each(text, func(a netip.Addr) bool {
		i := sort.Search(len(t.spans), func(i int) bool { return t.spans[i].First.Compare(a) > 0 })
		if i > 0 && t.spans[t.far[i-1]].Holds(a) {
			entry = t.spans[t.far[i-1]].entry
		}
		return entry >= 0
	})
	return entry
}
