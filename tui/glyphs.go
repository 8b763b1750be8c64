package tui

import "pawprint/tui/termsafe"

// glyphs are the signs of the interface. Each is one cell wide, or empty.
type glyphs struct {
	ok, failed, partial, invalid, reject, suspicious termsafe.Safe
	cursor, token, absent, dot, live, paused         termsafe.Safe
	open, folded, rule, wall, crossing               termsafe.Safe
	full, empty, caret, prompt, end, more            termsafe.Safe
	marked, found, gap, back, corner, up, down       termsafe.Safe
	on, off                                          termsafe.Safe
}

var richGlyphs = glyphs{
	ok: termsafe.Const("·"), failed: termsafe.Const("✗"), partial: termsafe.Const("◐"), invalid: termsafe.Const("!"),
	reject: termsafe.Const("▒"), suspicious: termsafe.Const("⚑"),
	cursor: termsafe.Const("▌"), token: termsafe.Const("◇"), absent: termsafe.Const("–"), dot: termsafe.Const("·"),
	live: termsafe.Const("●"), paused: termsafe.Const("‖"),
	open: termsafe.Const("▾"), folded: termsafe.Const("▸"), rule: termsafe.Const("─"), wall: termsafe.Const("│"), crossing: termsafe.Const("┬"),
	full: termsafe.Const("━"), empty: termsafe.Const("─"), caret: termsafe.Const("▲"), prompt: termsafe.Const("/"),
	end: termsafe.Const("◂"), more: termsafe.Const("…"),
	marked: termsafe.Const("★"), found: termsafe.Const("›"), gap: termsafe.Const("┆"), back: termsafe.Const("↶"), corner: termsafe.Const("└"),
	up: termsafe.Const("▴"), down: termsafe.Const("▾"), on: termsafe.Const("●"), off: termsafe.Const("○"),
}

var asciiGlyphs = glyphs{
	ok: termsafe.Const("."), failed: termsafe.Const("x"), partial: termsafe.Const("%"), invalid: termsafe.Const("!"),
	reject: termsafe.Const("#"), suspicious: termsafe.Const("?"),
	cursor: termsafe.Const(">"), token: termsafe.Const("*"), absent: termsafe.Const("-"), dot: termsafe.Const("-"),
	live: termsafe.Const("*"), paused: termsafe.Const("="),
	open: termsafe.Const("-"), folded: termsafe.Const("+"), rule: termsafe.Const("-"), wall: termsafe.Const("|"), crossing: termsafe.Const("+"),
	full: termsafe.Const("#"), empty: termsafe.Const("-"), caret: termsafe.Const("^"), prompt: termsafe.Const("/"),
	end: termsafe.Const("<"), more: termsafe.Const("~"),
	marked: termsafe.Const("*"), found: termsafe.Const(">"), gap: termsafe.Const(":"), back: termsafe.Const("^"), corner: termsafe.Const("`"),
	up: termsafe.Const("^"), down: termsafe.Const("v"), on: termsafe.Const("x"), off: termsafe.Const("-"),
}

// rules returns a horizontal line of n cells.
func (g *glyphs) rules(n int) termsafe.Safe {
	if g == &asciiGlyphs {
		return termsafe.Repeat("-", n)
	}
	return termsafe.Repeat("─", n)
}

// foldSign returns the sign before something that can be folded.
func (disp *display) foldSign(open bool) termsafe.Safe {
	if open {
		return disp.glyphs.open
	}
	return disp.glyphs.folded
}

// blankCell is one empty cell.
var blankCell = termsafe.Repeat(" ", 1)

// quote surrounds the strings of a tree: "true" is not true.
var quote = termsafe.Const(`"`)
