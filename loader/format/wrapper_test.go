package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wrapped makes texts with wrappers, and knows the records in them.
type wrapped struct {
	*rand.Rand
	records []string
}

func (w *wrapped) value(depth int) string {
	switch n := w.IntN(7); {
	case n == 0 || depth == 0:
		return `"]}\"{[,node:"`
	case n == 1:
		return "-1.5e3"
	case n == 2:
		return "null"
	case n < 5:
		return "[" + w.value(depth-1) + "," + w.value(depth-1) + "]"
	}
	return fmt.Sprintf(`{"edges":%s,"actionName":%s}`, w.value(depth-1), w.value(depth-1))
}

func (w *wrapped) record() string {
	r := fmt.Sprintf(`{"actionName":"A%d","actionParams":%s,"data":{"q":{"edges":[{"node":{}}]}},"Records":[{"a":1}]}`, len(w.records), w.value(3))
	w.records = append(w.records, r)
	return r
}

// object writes the member between others that mean nothing.
func (w *wrapped) object(member string) string {
	members := []string{member}
	for i := range w.IntN(3) {
		other := fmt.Sprintf(`"other%d":%s`, i, [...]string{"7", `"x]}"`, `{"x":[{"node":1}]}`, `[{"y":{}}]`}[w.IntN(4)])
		if w.IntN(2) == 0 {
			members = append(members, other)
		} else {
			members = append([]string{other}, members...)
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

func (w *wrapped) list(element func() string) string {
	var list []string
	for range w.IntN(4) {
		list = append(list, element())
	}
	return "[" + strings.Join(list, ",") + "]"
}

func (w *wrapped) edge() string { return w.object(`"node":` + w.record()) }

func (w *wrapped) page() string {
	inner := w.object(`"edges":` + w.list(w.edge))
	for range w.IntN(3) {
		inner = w.object(`"q":` + inner)
	}
	return w.object(`"data":` + w.object(`"logs":`+inner))
}

func (w *wrapped) text() string {
	switch w.IntN(3) {
	case 0:
		return w.page()
	case 1:
		return w.object(`"Records":` + w.list(w.record))
	}
	return w.list(w.page)
}

// TestWrappersGiveExactlyTheirRecords compares with records known from the making of the texts, compact and pretty.
func TestWrappersGiveExactlyTheirRecords(t *testing.T) {
	for seed := range uint64(500) {
		w := &wrapped{Rand: rand.New(rand.NewPCG(seed, 1))}
		var text bytes.Buffer
		for range 1 + w.IntN(3) {
			one := []byte(w.text())
			if w.IntN(2) == 0 {
				if err := json.Indent(&text, one, "", strings.Repeat(" ", w.IntN(3))); err != nil {
					t.Fatal(err)
				}
			} else {
				text.Write(one)
			}
			text.WriteByte('\n')
		}
		got := []string{}
		records := split(t, Format{Kind: Values}, Limits{}, text.String(), 1+w.IntN(100))
		checkPlaces(t, text.String(), records)
		for _, r := range records {
			var compact bytes.Buffer
			if err := json.Compact(&compact, []byte(r.Text)); err != nil {
				t.Fatalf("seed %d: %q of %s: %v", seed, r.Text, text.String(), err)
			}
			got = append(got, compact.String())
		}
		if diff := cmp.Diff(append([]string{}, w.records...), got); diff != "" {
			t.Fatalf("seed %d: %s (-want +got):\n%s", seed, text.String(), diff)
		}
	}
}

// TestPagesCutAgainAndAgainLoseNothing has more open wrappers than are remembered.
func TestPagesCutAgainAndAgainLoseNothing(t *testing.T) {
	const n = 200
	text := strings.Repeat("{\"data\":{\"q\":{\"edges\":[{\"node\":{\"a\":1}},\n", n)
	records := split(t, Format{Kind: Values}, Limits{}, text, 7)
	if len(records) != n {
		t.Fatalf("%d records, want %d", len(records), n)
	}
	for _, r := range records {
		if r.Text != `{"a":1}` {
			t.Fatalf("record %q", r.Text)
		}
	}
}

func TestATextThatEndsWithinAListIsUnclosed(t *testing.T) {
	for text, want := range map[string]bool{
		`[{"a":1},{"b":2}]`:                           false,
		`[{"a":1},{"b":2}`:                            true,
		`[{"a":1},`:                                   true,
		"[\n":                                         true,
		`[{"a":1},{"b":`:                              true,
		`[{"a":1},{"b":"x`:                            true,
		"[{\"a\":1},{\"b\":\"x\n":                     true,
		"[{\"a\":1},{\"b\":\n":                        true,
		`{"Records":[{"a":1},{"b`:                     true,
		"[{\"a\":\"x},\n{\"b\":2}\n":                  false, // a record before is damaged
		`{"a":1}{"b":`:                                false, // there is no list
		`{"Records":[{"a":1}]}`:                       false,
		`{"Records":[{"a":1}]`:                        true,
		`{"Records":[{"a":1},` + "\n":                 true,
		`{"data":{"q":{"edges":[{"node":{"a":1}}`:     true,
		`{"data":{"q":{"edges":[{"node":{"a":1}}]}}}`: false,
		"[{\"a\":1}\n{\"Records\":[{\"a\":2}]}":       true,
		`{"a":1}{"b":2}`:                              false,
		"":                                            false,
	} {
		for _, size := range []int{1, len(text) + 1} {
			s, err := NewSplitter(Format{Kind: Values}, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			for p := []byte(text); len(p) > 0; {
				n := min(size, len(p))
				s.Write(p[:n], func(Record) {})
				p = p[n:]
			}
			s.Close(func(Record) {})
			if got := s.Unclosed(); got != want {
				t.Errorf("Unclosed of %q in pieces of %d = %v, want %v", text, size, got, want)
			}
		}
	}
}
