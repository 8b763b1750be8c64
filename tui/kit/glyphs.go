package kit

import "pawprint/tui/termsafe"

// Glyphs are the signs of the interface. Each is one cell wide, or empty.
type Glyphs struct {
	Ok, Failed, Partial, Invalid, Reject, Suspicious termsafe.Safe
	Cursor, Token, Absent, Dot, Live, Paused         termsafe.Safe
	open, folded, rule, Wall, crossing               termsafe.Safe
	Full, Empty, Caret, Prompt, End, More            termsafe.Safe
	Marked, Found, Gap, Back, Corner, Up, Down       termsafe.Safe
	On, Off                                          termsafe.Safe
}

var RichGlyphs = Glyphs{
	Ok: termsafe.Const("·"), Failed: termsafe.Const("✗"), Partial: termsafe.Const("◐"), Invalid: termsafe.Const("!"),
	Reject: termsafe.Const("▒"), Suspicious: termsafe.Const("⚑"),
	Cursor: termsafe.Const("▌"), Token: termsafe.Const("◇"), Absent: termsafe.Const("–"), Dot: termsafe.Const("·"),
	Live: termsafe.Const("●"), Paused: termsafe.Const("‖"),
	open: termsafe.Const("▾"), folded: termsafe.Const("▸"), rule: termsafe.Const("─"), Wall: termsafe.Const("│"), crossing: termsafe.Const("┬"),
	Full: termsafe.Const("━"), Empty: termsafe.Const("─"), Caret: termsafe.Const("▲"), Prompt: termsafe.Const("/"),
	End: termsafe.Const("◂"), More: termsafe.Const("…"),
	Marked: termsafe.Const("★"), Found: termsafe.Const("›"), Gap: termsafe.Const("┆"), Back: termsafe.Const("↶"), Corner: termsafe.Const("└"),
	Up: termsafe.Const("▴"), Down: termsafe.Const("▾"), On: termsafe.Const("●"), Off: termsafe.Const("○"),
}

var AsciiGlyphs = Glyphs{
	Ok: termsafe.Const("."), Failed: termsafe.Const("x"), Partial: termsafe.Const("%"), Invalid: termsafe.Const("!"),
	Reject: termsafe.Const("#"), Suspicious: termsafe.Const("?"),
	Cursor: termsafe.Const(">"), Token: termsafe.Const("*"), Absent: termsafe.Const("-"), Dot: termsafe.Const("-"),
	Live: termsafe.Const("*"), Paused: termsafe.Const("="),
	open: termsafe.Const("-"), folded: termsafe.Const("+"), rule: termsafe.Const("-"), Wall: termsafe.Const("|"), crossing: termsafe.Const("+"),
	Full: termsafe.Const("#"), Empty: termsafe.Const("-"), Caret: termsafe.Const("^"), Prompt: termsafe.Const("/"),
	End: termsafe.Const("<"), More: termsafe.Const("~"),
	Marked: termsafe.Const("*"), Found: termsafe.Const(">"), Gap: termsafe.Const(":"), Back: termsafe.Const("^"), Corner: termsafe.Const("`"),
	Up: termsafe.Const("^"), Down: termsafe.Const("v"), On: termsafe.Const("x"), Off: termsafe.Const("-"),
}

// Rules returns a horizontal line of n cells.
func (g *Glyphs) Rules(n int) termsafe.Safe {
	if g == &AsciiGlyphs {
		return termsafe.Repeat("-", n)
	}
	return termsafe.Repeat("─", n)
}

// FoldSign returns the sign before something that can be folded.
func (disp *Display) FoldSign(open bool) termsafe.Safe {
	if open {
		return disp.Glyphs.open
	}
	return disp.Glyphs.folded
}

// BlankCell is one empty cell.
var BlankCell = termsafe.Repeat(" ", 1)

// Quote surrounds the strings of a tree: "true" is not true.
var Quote = termsafe.Const(`"`)
