package paint

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"

	"pawprint/tui/termsafe"
	"pawprint/tui/termsafe/hostile"
)

// turns reports whether a terminal that knows bidi might show a row in another order than it was written.
func turns(row string) bool {
	for _, r := range row {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.R, bidi.AL, bidi.AN, bidi.Control:
			return true
		}
	}
	return false
}

// What a terminal makes of a row that holds two texts: from a reader's right edge on, so that the second is read in place of the first.
func TestATerminalThatKnowsBidiTurnsARowOfTwoTexts(t *testing.T) {
	var p bidi.Paragraph
	if _, err := p.SetString("\u05d0\u05d1 deleted \u2502 SUCCEEDED"); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	if p.IsLeftToRight() || order.NumRuns() < 2 {
		t.Errorf("%d runs, left to right %v: rows of two texts would be harmless, and need no rule", order.NumRuns(), p.IsLeftToRight())
	}
}

func TestRightToLeftLettersStandOnlyInARowOfTheirOwn(t *testing.T) {
	letters := termsafe.Clean("\u05e9\u05dc\u05d5\u05dd 12 \u202e\u0645", termsafe.Options{RightToLeft: true})
	own := func(f *Frame, x, width int) {
		l := NewLine(termsafe.Widther{})
		l.Fill(Style{}, 2)
		l.Add(Style{}, letters)
		l.OwnRow()
		f.Put(x, 0, width, l)
	}
	wall := func(f *Frame, x int) { f.Put(x, 0, 1, text("|")) }
	for _, tt := range []struct {
		name    string
		draw    func(f *Frame)
		want    string
		tripped int
	}{
		{"the row to itself", func(f *Frame) { own(f, 0, 30) }, "  שלום 12 <U+202E>م", 0},
		{"the row to itself, again", func(f *Frame) { wall(f, 4); own(f, 0, 30) }, "  שלום 12 <U+202E>م", 0},
		{"as the band", func(f *Frame) {
			l, lit := NewLine(termsafe.Widther{}), NewLine(termsafe.Widther{})
			l.Add(Style{}, letters)
			l.OwnRow()
			lit.AddRestyled(l, func(s Style) Style { return s })
			lit.Fill(Style{}, 5)
			f.Put(0, 0, 30, lit)
		}, "שלום 12 <U+202E>م", 0},
		{"something over it", func(f *Frame) { own(f, 0, 30); wall(f, 22) }, "  <U+05E9><U+05DC>…   |", 0},
		{"something in the cells beside it", func(f *Frame) { own(f, 0, 30); wall(f, 29) }, "  <U+05E9><U+05DC>…          |", 0},
		{"without asking", func(f *Frame) {
			l := NewLine(termsafe.Widther{})
			l.Add(Style{}, letters)
			f.Put(0, 0, 30, l)
		}, "<U+05E9><U+05DC>…", 1},
		{"in a part of the row", func(f *Frame) { own(f, 0, 29) }, "  <U+05E9><U+05DC>…", 1},
		{"beside something", func(f *Frame) { wall(f, 0); own(f, 1, 29) }, "|  <U+05E9><U+05DC>…", 1},
	} {
		f := NewFrame(termsafe.Widther{}, 30, 1)
		tt.draw(f)
		checkShape(t, f, termsafe.Widther{})
		got := strings.NewReplacer("\x1b[0;7m", "", "\x1b[m", "").Replace(f.String())
		if strings.TrimRight(got, " ") != tt.want || f.Tripped() != tt.tripped || turns(got) == strings.Contains(got, "…") {
			t.Errorf("%s: %q, tripped %d, want %q, %d", tt.name, got, f.Tripped(), tt.want, tt.tripped)
		}
		f.Reset(termsafe.Widther{}, 30, 1)
		if l := text("next"); l.HasOwnRow() || f.rows[0].own {
			t.Errorf("%s: Reset keeps the rule of the row", tt.name)
		}
	}
}

// Whatever the texts, two of them in a row stand in the order in which they were put there.
func TestNoRowOfTwoTextsTurns(t *testing.T) {
	for _, x := range hostile.Texts() {
		for _, opt := range []termsafe.Options{{}, {RightToLeft: true}} {
			f := NewFrame(termsafe.Widther{}, 40, 1)
			l := NewLine(termsafe.Widther{})
			l.AddWidth(Style{}, termsafe.Clean(x.Raw, opt), 30, Left)
			l.Add(Style{}, termsafe.Const("|"))
			f.SetLine(0, l)
			if got := f.String(); turns(got) {
				t.Errorf("%s, %+v: %q turns", x.Name, opt, got)
			}
		}
	}
}
