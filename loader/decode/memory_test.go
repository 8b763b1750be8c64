package decode_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pawprint/loader/decode"
	"pawprint/loader/demo/shapes"
	"pawprint/model"
	"pawprint/model/logtest"
)

// TestWhatADecoderHasSeenChangesNothing compares the rows of one decoder with those of a new decoder for each line. Flags of one
// member must not make those of another look as if they had been there before.
func TestWhatADecoderHasSeenChangesNothing(t *testing.T) {
	members := []string{
		`"errors":[{"message":"no"}]`, `"errors":["no"]`, `"errors":[]`, `"errors":[null]`, `"errors":{"message":"no"}`, `"actionResult":"FAILED"`, `"actionResult":"MAYBE"`, `"actionName":"\u0041"`, `"userAgent":"a\u0042"`,
		`"userAgent":"a\u202eb"`, `"userAgent":""`, `"p_source_label":"a\u0042"`, `"p_source_label":"plain"`, `"sourceIP":"192.0.2.7:443"`, `"sourceIP":["192.0.2.7"]`, `"sourceIP":""`,
		`"XForwardedFor":["\u0031"]`, `"XForwardedFor":["192.0.2.7"]`, `"XForwardedFor":["192.0.2.8", "2001:db8::8"]`, `"XForwardedFor":[]`, `"XForwardedFor":null`, `"xforwardedfor":[]`, `"actor":"scim"`, `"actor":{"id":"\u0041","type":"USER"}`, `"actor":{"id":"","type":"TOKEN","attributes":{"email":5}}`, `"actor":{"id":"u2","type":"TOKEN"}`,
		`"actionParams":{"a":1,"a":2}`, `"actionParams":{"a":"\u0041"}`, `"actionParams":"x"`, `"pantherVersion":" "`, `"pantherVersion":7`, `"extra":1`, `"p_row_id":"1"`, `"timestamp":"yesterday"`,
	}
	r := rand.New(rand.NewPCG(1, 2))
	var lines []string
	for range 2000 {
		line := logtest.Event(members[r.IntN(len(members))], members[r.IntN(len(members))])
		for range r.IntN(3) { // a second value of a key
			line = strings.TrimSuffix(line, "}") + "," + members[r.IntN(len(members))] + "}"
		}
		lines = append(lines, line)
	}
	sameAlone(t, lines)
}

// TestWhiteSpaceBetweenMembersChangesNothing decodes events of a log that repeats itself, every other one with white space between its
// tokens at random: what is remembered of one that has none must not make the others look damaged.
func TestWhiteSpaceBetweenMembersChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var lines []string
	for line := range strings.Lines(string(shapes.All()[0].Lines(1, 1<<20))) {
		line = strings.TrimSuffix(line, "\n")
		lines = append(lines, line, spaced(r, line))
	}
	sameAlone(t, lines)
}

// spaced returns a JSON text with white space at some of the places where it means nothing.
func spaced(r *rand.Rand, line string) string {
	var out strings.Builder
	inside := false
	for i, c := range []byte(line) {
		if c == '"' && (i == 0 || line[i-1] != '\\' || strings.HasSuffix(line[:i], `\\`)) {
			inside = !inside
		}
		out.WriteByte(c)
		if !inside && strings.IndexByte(",:{}[]", c) >= 0 && r.IntN(10) == 0 {
			out.WriteString([]string{" ", "\t", "  "}[r.IntN(3)])
		}
	}
	return out.String()
}

// sameAlone fails the test unless one decoder makes the same rows of all lines as new decoders do of each.
func sameAlone(t *testing.T, lines []string) {
	t.Helper()
	all := decodeText(strings.Join(lines, "\n") + "\n")
	for i, line := range lines {
		one, row := decodeText(line+"\n"), model.Row(i)
		if got, want := all.Flags(row), one.Flags(0); got != want {
			t.Fatalf("line %d: flags %b, want %b: %s", i, got, want, line)
		}
		if got, want := problemsOf(&all, row), problemsOf(&one, 0); got != want {
			t.Fatalf("line %d:\ngot  %s\nwant %s\n%s", i, got, want, line)
		}
		if got, want := forwardedOf(&all, i), forwardedOf(&one, 0); got != want {
			t.Fatalf("line %d: the list of addresses is %s, want %s: %s", i, got, want, line)
		}
		for c := range model.NumColumns {
			got, there := all.Value(row, c)
			if want, is := one.Value(0, c); got != want || there != is {
				t.Fatalf("line %d: column %d is %v %v, want %v %v: %s", i, c, got, there, want, is, line)
			}
		}
	}
}

// forwardedOf is the list of forwarded addresses of a row in the first segment, as its form and numbers.
func forwardedOf(s *model.Snapshot, row int) string {
	lists, at := s.Segment(0).Forwarded(), 0
	if len(lists.Forms) == 0 {
		return "none"
	}
	for _, form := range lists.Forms[:row] {
		at += form.Size()
	}
	form := lists.Forms[row]
	if form == model.NoForwarded {
		return "none"
	}
	return fmt.Sprint(form, lists.Numbers[at:at+form.Size()])
}

// TestOrdinaryLinesAllocateNothing decodes logs of every ordinary shape again and again, until what the decoder remembers has grown: then
// an event costs no allocation, whatever its shape. One in twenty events may still replace a remembered value by a longer one.
func TestOrdinaryLinesAllocateNothing(t *testing.T) {
	for _, s := range shapes.All() {
		if !s.Ours {
			continue
		}
		log := s.Lines(1, 1<<19)
		d, batch := decode.New(), &model.Batch{}
		again := func() {
			batch.Reset()
			d.Lines(batch, log)
		}
		for range 40 {
			again()
		}
		lines := batch.Rows()
		if n := testing.AllocsPerRun(3, again); n > float64(lines)/20 {
			t.Errorf("%s: %v allocations for %d lines", s.Name, n, lines)
		}
	}
}
