package tui

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"

	"pawprint/tui/kit/kittest"
)

// hebrew is an event whose names are written in other alphabets, some from right to left.
const hebrew = `{"timestamp":"2026-11-22T18:04:11.203Z","actionName":"DELETE_RULE","actionDescription":"Deletes a rule","actionResult":"FAILED",` +
	`"actionParams":{"dynamic":{"input":{"id":"שלום 12 ABC","note":"\u202eمرحبا\u200f 34","accents":"e\u0301 \u00e9","joined":"👩‍💻","inner":"{\"a\":\"שלום\",\"b\":\"SUCCEEDED\"}"}}},` +
	`"actor":{"id":"u1","type":"USER","name":"דנה כהן"},"errors":[{"message":"לא ניתן למחוק"}],"sourceIP":"203.0.113.9","userAgent":"curl"}`

// turns reports whether a terminal that knows bidi might show a row in another order than it was written.
func turns(row string) bool {
	return strings.ContainsFunc(row, func(r rune) bool {
		p, _ := bidi.LookupRune(r)
		return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN || p.Class() == bidi.Control
	})
}

// turning returns the rows of the screen that turn, without the spaces around their text.
func (d *driver) turning() (rows []string) {
	for _, row := range d.lines() {
		if turns(row) {
			rows = append(rows, strings.TrimSpace(row))
		}
	}
	return rows
}

func TestNamesOfOtherAlphabetsAreReadInTheDetail(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "log.jsonl", hebrew+"\n")}, size[0], size[1])
		if rows := d.turning(); rows != nil {
			t.Errorf("%v: the list turns %q", size, rows)
		}
		d.press("enter tab z")
		got := strings.Join(d.turning(), "|")
		for range 60 {
			d.press("j")
			got += "|" + strings.Join(d.turning(), "|")
			d.checkHarmless("the detail")
		}
		for _, want := range []string{"שלום 12 ABC", "<U+202E>مرحبا<U+200F> 34", "דנה כהן", "לא ניתן למחוק"} {
			if !strings.Contains("|"+got+"|", "|"+want+"|") {
				t.Errorf("%v: %q is not alone in a row of the detail: %q\n%s", size, want, got, d.screenText())
			}
		}
		if strings.Contains(got, "SUCCEEDED") || strings.ContainsAny(got, `"│▌`) {
			t.Errorf("%v: more than a value stands in a row: %q", size, got)
		}
	}
}

func TestCombiningMarksAndJoinedEmojiAreShownAsFarAsTheirWidthIsSure(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "log.jsonl", hebrew+"\n")}, 100, 70)
	d.press("enter tab z")
	d.mustShow("e\u0301 \u00e9", "👩<U+200D>💻")
}

// A row of the terminal with something beside the value is reordered as a whole: there the letters are marks, and the detail says which key
// gives them rows of their own.
func TestRightToLeftLettersAreMarksBesideOtherPanes(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "log.jsonl", hebrew+"\n")}, 200, 30)
	d.press("enter tab")
	d.mustShow("z: zoom shows the letters", "<U+05D3><U+05E0>")
	if rows := d.turning(); rows != nil {
		t.Errorf("rows turn beside other panes: %q", rows)
	}
	d.press("z")
	if rows := d.turning(); rows == nil {
		t.Errorf("no letters where nothing stands beside them:\n%s", d.screenText())
	}
	d.press("z")
	if rows := d.turning(); rows != nil {
		t.Errorf("rows turn beside other panes again: %q", rows)
	}
}

func TestRightToLeftLettersAreMarksUnderWhatIsDrawnOverThem(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "log.jsonl", hebrew+"\n"), Exports: testFormats(nil)}, 80, 24)
	d.press("enter tab z")
	for _, keys := range []string{"?", "y", ":", "p", "o"} {
		before := d.turning()
		d.press(keys)
		for _, row := range d.turning() {
			if strings.ContainsAny(row, "│╭╰─") {
				t.Errorf("%s: a row with a border turns: %q", keys, row)
			}
		}
		d.checkHarmless(keys + " over letters")
		d.press("esc")
		if after := d.turning(); len(before) == 0 || len(after) != len(before) {
			t.Errorf("%s: %q before, %q after", keys, before, after)
		}
	}
}

// What the search says at the end of the last row never stands in a row that turns.
func TestRightToLeftLettersAreFoundAndHighlighted(t *testing.T) {
	for h := 10; h < 30; h++ {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "log.jsonl", hebrew+"\n")}, 80, h)
		d.press("enter tab z ctrl+f")
		d.write("שלום")
		d.press("enter")
		d.mustShow("1 of ")
		for _, row := range d.turning() {
			if strings.Contains(row, " of ") {
				t.Errorf("height %d: %q turns", h, row)
			}
		}
		d.checkHarmless("a search")
	}
}

func TestASCIIHasNoLettersOfOtherAlphabets(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "log.jsonl", hebrew+"\n"), ASCII: true}, 80, 24)
	d.press("enter tab z")
	d.mustShow("<U+05D3>")
	if text := d.screenText(); d.turning() != nil || strings.Contains(text, "shows the letters") {
		t.Errorf("the screen is not ASCII, or promises letters:\n%s", text)
	}
}

// On pages that compare, the sign of a side stays, above its letters.
func TestComparedRightToLeftValuesKeepTheirSigns(t *testing.T) {
	long := strings.Repeat("שלום ", 30)
	second := strings.NewReplacer("18:04:11", "18:05:11", "FAILED", "SUCCEEDED", "שלום 12 ABC", "same", "34", "35 "+long).Replace(hebrew)
	first := strings.NewReplacer("FAILED", "SUCCEEDED", "שלום 12 ABC", "same", "34", "34 "+long).Replace(hebrew)
	d := newDriver(t, Options{Log: kittest.LoadText(t, "log.jsonl", first+"\n"+second+"\n")}, 80, 40)
	d.press("G D z")
	d.mustShow("- right-to-left text:", "+ right-to-left text:", "34 שלום", "35 שלום")
	for _, row := range d.turning() {
		if strings.ContainsAny(row, "+-") && !strings.Contains(row, "<U+") || strings.Contains(row, `"`) {
			t.Errorf("more than a value stands in the row %q", row)
		}
	}
	d.checkHarmless("a comparison")
}

// Names of files and what is copied reach other rows than the detail's.
func TestRightToLeftNamesAreMarksEverywhereElse(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 50}} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "שלום.jsonl", hebrew+"\n"), Exports: testFormats(nil)}, size[0], size[1])
		for _, keys := range []string{"+", "u", "y", "down enter", "y down down down enter", "B", "esc p", "esc #", "esc o", "esc c", "esc V", "esc / ctrl+u a c t o r : tab", "esc ["} {
			d.press(keys)
			if rows := d.turning(); rows != nil {
				t.Errorf("%v, %s: rows turn: %q", size, keys, rows)
			}
			d.checkHarmless(keys)
		}
	}
}
