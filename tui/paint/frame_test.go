package paint

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/google/go-cmp/cmp"

	"pawprint/tui/termsafe"
	"pawprint/tui/termsafe/hostile"
)

func text(s string) *Line {
	var l Line
	l.Add(Style{}, termsafe.Clean(s, termsafe.Options{}))
	return &l
}

func TestFrameIsExact(t *testing.T) {
	for _, tt := range []struct {
		name          string
		width, height int
		fill          func(f *Frame)
		want          string
	}{
		{"no size", 0, 0, func(f *Frame) { f.SetLine(0, text("x")) }, ""},
		{"no rows", 5, 0, func(f *Frame) {}, ""},
		{"no columns", 0, 3, func(f *Frame) { f.SetLine(1, text("x")) }, "\n\n"},
		{"negative", -1, -1, func(f *Frame) {}, ""},
		{"one cell", 1, 1, func(f *Frame) { f.SetLine(0, text("xyz")) }, "x"},
		{"blank", 2, 2, func(f *Frame) {}, "  \n  "},
		{"padded and cut", 3, 2, func(f *Frame) { f.SetLine(0, text("a")); f.SetLine(1, text("abcd")) }, "a  \nabc"},
		{"outside", 2, 1, func(f *Frame) { f.SetLine(-1, text("x")); f.SetLine(1, text("x")); f.Put(2, 0, 1, text("x")) }, "  "},
		{"wide rune in the last column", 4, 1, func(f *Frame) { f.SetLine(0, text("abc日")) }, "abc "},
		{"two panes", 7, 1, func(f *Frame) { f.Put(0, 0, 3, text("left")); f.Put(4, 0, 3, text("right")) }, "lef rig"},
		{"over the middle", 7, 1, func(f *Frame) { f.SetLine(0, text("abcdefg")); f.Put(2, 0, 3, text("X")) }, "abX  fg"},
		{"over wide runes", 7, 1, func(f *Frame) { f.SetLine(0, text("日本語x")); f.Put(1, 0, 4, text("____")) }, " ____ x"},
		{"over half a wide rune", 6, 1, func(f *Frame) { f.SetLine(0, text("日本語")); f.Put(3, 0, 2, text("__")) }, "日 __ "},
		{"left of the frame", 4, 1, func(f *Frame) { f.Put(-2, 0, 4, text("abcd")) }, "cd  "},
		{"far away", 4, 1, func(f *Frame) { f.Put(1<<62, 0, 1<<62, text("x")); f.Put(-1<<62, 0, 1<<62, text("x")) }, "    "},
		{"block", 5, 3, func(f *Frame) { f.PutBlock(1, 1, 2, 9, []*Line{text("ab")}) }, "     \n ab  \n     "},
		{"block above", 2, 2, func(f *Frame) { f.PutBlock(0, -1, 2, 2, []*Line{text("x"), text("y")}) }, "y \n  "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := NewFrame(termsafe.Widther{}, tt.width, tt.height)
			tt.fill(f)
			if diff := cmp.Diff(tt.want, f.String()); diff != "" {
				t.Errorf("frame (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFrameSizeIsClamped(t *testing.T) {
	f := NewFrame(termsafe.Widther{}, 99999, 99999)
	if w, h := f.Size(); w != 1000 || h != 500 {
		t.Errorf("size %d×%d", w, h)
	}
	if rows := strings.Split(f.String(), "\n"); len(rows) != 500 || len(rows[0]) != 1000 {
		t.Errorf("%d rows of %d", len(rows), len(rows[0]))
	}
}

func TestResetForgetsEverything(t *testing.T) {
	f := NewFrame(termsafe.Widther{}, 3, 2)
	l := text("abc")
	f.SetLine(0, l)
	l.Reset()
	if got := f.String(); got != "abc\n   " {
		t.Errorf("a frame must copy the line: %q", got)
	}
	f.Reset(termsafe.Widther{}, 2, 1)
	if got := f.String(); got != "  " {
		t.Errorf("after Reset: %q", got)
	}
}

// hardRows are texts whose width terminals are known to disagree on, or that attack the terminal.
var hardRows = []string{
	"plain", "", "日本語のルール", "ｶﾞｷﾞ halfwidth", "Ａｄｍｉｎ", "한국어", "\u1112\u1161\u11ab\u1100\u1173\u11af", "\u1161\u11ab alone",
	"e\u0301\u0302 cafe\u0301", strings.Repeat("e\u0301\u0301\u0301\u0301\u0301\u0301", 30), "\u0301start", "\u20dd x\u20dd",
	"👩\u200d💻 👨\u200d👩\u200d👧\u200d👦", "👍🏽👍🏿", "a🏽b", "🇺🇸🇩🇪", "🇺", "❤\ufe0f ☎\ufe0e 1\ufe0f\u20e3", "🏴\U000e0067\U000e0062\U000e007f",
	"स्ते क्षत्रिय", strings.Repeat("\u0915\u094d", 60), "กำลัง ำ", "தமிழ்", "မြန်မာ", "ൎക", "\u09be", strings.Repeat("\u1100", 40),
	"\u05e9\u05dc\u05d5\u05dd 12", "\u0645\u0631\u062d\u0628\u0627 34", "abc\u202efed\u202c", "\u2066x\u2069", "\ufdfd", "𒐫𒈙⸻",
	"a\u200bb\u2060c\ufeff", "\u3164\u2800\u00a0\u3000", "\u00ad", "\U000e0041\U000e0042", "\u2502\u2588\u25cf", "\ue0b0", "⚿✗✓",
	"\x1b[2J\x1b[H", "\x1b]0;x\a", "\x1b[" + strings.Repeat("1;", 40) + "m", "\x1bPx", "\x1b_Gx", "\x1b]8;;https://example.com\a", "\u009b2J", "\x9b2J",
	"a\rb\nc\bd\te\x00\x7f", "\xff\xfe\xed\xa0\x80", "\u2028\u2029\u0085", "\ufffd\ufffc\ufff9", "〰㍿🈁🀄", "©®™µ½°§",
}

// The emulator stands for a terminal with mode 2027: whatever the text, its neighbours stay in their columns.
func TestHardRowsKeepColumnsOnATerminal(t *testing.T) {
	rows := slices.Clone(hardRows)
	for _, x := range hostile.Texts() {
		rows = append(rows, x.Raw)
	}
	for _, opt := range []termsafe.Options{{}, {RightToLeft: true, Drawing: true}, {ASCII: true}} {
		for screen := range slices.Chunk(rows, maxHeight) {
			checkColumns(t, opt, screen)
		}
	}
}

// checkColumns draws texts between two borders, and looks for them on an emulator.
func checkColumns(t *testing.T, opt termsafe.Options, rows []string) {
	t.Helper()
	red := NewStyle(colorprofile.TrueColor, Spec{Fg: color.RGBA{255, 90, 90, 255}, Bold: true})
	const cells, width = 24, 30
	w := termsafe.Widther{Clusters: true}
	f := NewFrame(w, width, len(rows))
	for y, raw := range rows {
		l := NewLine(w)
		l.AddWidth(red, termsafe.Clean(raw, opt), cells, Left)
		l.Add(Style{}, termsafe.Const("│"))
		l.AddWidth(Style{}, termsafe.Clean(raw, opt), width-cells-3, Right)
		l.Fill(Style{}, 1) // the emulator gives an accent beside the last column a cell of its own
		l.Add(red, termsafe.Const("|"))
		f.SetLine(y, l)
	}
	emu := vt.NewEmulator(width, len(rows))
	titled := false
	emu.SetCallbacks(vt.Callbacks{Title: func(string) { titled = true }, Bell: func() { titled = true }})
	if _, err := emu.WriteString(strings.ReplaceAll(f.String(), "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
	for y, raw := range rows {
		if got := emu.CellAt(cells, y); got == nil || got.Content != "│" {
			t.Errorf("%+v %.80q: column %d shows %+v", opt, raw, cells, got)
		}
		if got := emu.CellAt(width-1, y); got == nil || got.Content != "|" {
			t.Errorf("%+v %.80q: the last column shows %+v", opt, raw, got)
		}
	}
	if leaks := hostile.Leaks([]byte(f.String()), hostile.Allowed{Styles: true}); leaks != nil {
		t.Errorf("%+v: the frame leaks %q", opt, leaks)
	}
	if titled || f.Tripped() > 0 && !opt.RightToLeft {
		t.Errorf("%+v: title or bell %v, tripped %d", opt, titled, f.Tripped())
	}
}

func TestHardRowsFitEveryWidth(t *testing.T) {
	for _, w := range []termsafe.Widther{{}, {Clusters: true}, {ASCII: true}} {
		for width := range 40 {
			f := NewFrame(w, width, len(hardRows))
			for y, raw := range hardRows {
				l := NewLine(w)
				l.Add(Style{}, termsafe.Clean(raw, termsafe.Options{}))
				f.SetLine(y, l)
				f.Put(width/2, y, 5, l)
			}
			checkFrame(t, f, w)
		}
	}
}

// checkFrame checks the size of every line with the measure of the renderer, and that no style leaks out of it.
func checkFrame(t *testing.T, f *Frame, w termsafe.Widther) {
	t.Helper()
	checkShape(t, f, w)
	if f.Tripped() > 0 {
		t.Fatalf("tripped %d times: %q", f.Tripped(), f.String())
	}
}

func checkShape(t *testing.T, f *Frame, w termsafe.Widther) {
	t.Helper()
	out := f.String()
	width, height := f.Size()
	lines := strings.Split(out, "\n")
	if len(lines) != max(height, 1) {
		t.Fatalf("%d lines, want %d: %q", len(lines), height, out)
	}
	for y, line := range lines[:min(height, len(lines))] {
		n := ansi.StringWidthWc(line)
		if w.Clusters {
			n = ansi.StringWidth(line)
		}
		if n != width {
			t.Fatalf("line %d takes %d cells, want %d: %q", y, n, width, line)
		}
		if at := strings.LastIndex(line, "\x1b["); at >= 0 && !strings.HasPrefix(line[at:], "\x1b[m") {
			t.Fatalf("line %d is not reset: %q", y, line)
		}
	}
}

func FuzzFrame(f *testing.F) {
	for i, raw := range hardRows {
		f.Add(raw, hardRows[len(hardRows)-1-i], int16(20), int16(3), int16(4), int16(9), uint8(i))
	}
	styles := []Style{{}, NewStyle(colorprofile.TrueColor, everything), NewStyle(colorprofile.ASCII, Spec{Bold: true})}
	f.Fuzz(func(t *testing.T, a, b string, width, height, x, cells int16, flags uint8) {
		w := termsafe.Widther{Clusters: flags&1 > 0, ASCII: flags&2 > 0}
		opt := termsafe.Options{RightToLeft: flags&4 > 0, Drawing: flags&8 > 0, ASCII: flags&16 > 0}
		frame := NewFrame(w, int(width)%300, int(height)%60)
		one, two := termsafe.Clean(a, opt), termsafe.Clean(b, opt)
		l := NewLine(w)
		l.AddWidth(styles[flags>>5%3], one, int(cells)%200, Align(flags%3))
		l.Add(styles[flags>>6%3], two)
		l.AddHits(styles[1], styles[2], one, one.Find(two, true), int(x)%200)
		other := NewLine(w)
		other.Add(Style{}, two)
		for y := range 4 {
			frame.SetLine(y, l)
			frame.Put(int(x), y, int(cells), l)
			frame.Put(int(cells)/2, y, int(x), other)
		}
		checkShape(t, frame, w)
		if frame.Tripped() > 0 && !opt.RightToLeft {
			t.Fatalf("tripped %d times", frame.Tripped())
		}
	})
}

// BenchmarkFrame makes frames of plain text, which is the floor, and of the hardest. Each must stay far below the 16 ms in which
// the next one may be due; the share of them that it takes is told.
func BenchmarkFrame(b *testing.B) {
	for _, bb := range []struct{ name, target string }{
		{"ASCII", "AWS.Root.Login.Without.MFA"}, {"Japanese", "検出ルールを削除できませんでした"},
		{"stacked marks", strings.Repeat("e"+strings.Repeat("\u0301", 200), 40)}, {"marks without end", strings.Repeat("\u0301", 20_000)},
		{"joined emoji", strings.Repeat("👨\u200d👩\u200d👧\u200d👦", 40)}, {"flags", strings.Repeat("🇺🇸", 80)},
		{"joined consonants", strings.Repeat("\u0915\u094d", 400)}, {"jamo", strings.Repeat("\u1112\u1161\u11ab", 80)},
		{"sequences", strings.Repeat("\x1b[38;5;1;2;3m\u009b2J", 40)}, {"bad bytes", strings.Repeat("\xff\xed\xa0", 80)},
		{"all of them", strings.Join(hardRows, "")},
	} {
		b.Run(bb.name, func(b *testing.B) { benchFrame(b, bb.target) })
	}
}

// benchFrame makes a list of 50 rows of 200 cells from raw texts, as each frame of the list does.
func benchFrame(b *testing.B, target string) {
	p := colorprofile.TrueColor
	dim, red := NewStyle(p, Spec{Faint: true}), NewStyle(p, Spec{Fg: color.RGBA{255, 90, 90, 255}, Bold: true})
	raws := make([]string, 50)
	for i := range raws {
		raws[i] = fmt.Sprintf("%s.%d cannot delete: the rule is part of a pack and this message goes on for a while", target, i)
	}
	cell := func(raw string, n int) termsafe.Safe { return termsafe.Clean(raw, termsafe.Options{MaxCells: n}) }
	f, l := NewFrame(termsafe.Widther{}, 200, 50), NewLine(termsafe.Widther{})
	const due = 16 * time.Millisecond
	b.ReportAllocs()
	defer func() { b.ReportMetric(100*float64(b.Elapsed())/float64(b.N)/float64(due), "%-of-16ms") }()
	for b.Loop() {
		f.Reset(termsafe.Widther{}, 200, 50)
		for y, raw := range raws {
			l.Reset()
			l.AddWidth(dim, cell("11-22 18:04:11.203", 20), 20, Left)
			l.Fill(Style{}, 1)
			l.AddWidth(red, cell("✗ FAILED", 10), 10, Left)
			l.AddWidth(Style{}, cell("DELETE_RULE", 22), 22, Left)
			l.AddWidth(Style{}, cell("ci-token", 24), 24, Left)
			l.AddWidth(Style{}, cell(raw, 80), 80, Left)
			l.Fill(Style{}, 1)
			l.AddWidth(dim, cell("203.0.113.9", 40), 40, Right)
			f.SetLine(y, l)
		}
		if f.String() == "" {
			b.Fatal("empty")
		}
	}
}
