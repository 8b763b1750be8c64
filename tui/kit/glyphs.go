package kit

import (
	"strings"

	"charm.land/bubbles/v2/spinner"
	"charm.land/lipgloss/v2"

	"pawprint/tui/termsafe"
)

// Glyphs are the signs of the interface. Each is one cell wide, or empty.
type Glyphs struct {
	Ok, Failed, Partial, Invalid, Reject, Suspicious termsafe.Safe // what became of an event
	Again                                            termsafe.Safe // the event of another row
	Cursor, Token, Absent, Dot                       termsafe.Safe // the row under the cursor; an API token; no value; between two parts
	Live, Paused                                     termsafe.Safe // the list follows the newest row, or holds its place
	open, folded                                     termsafe.Safe // see FoldSign
	Full, Empty                                      termsafe.Safe // the parts of a bar
	Caret, Prompt, End, More                         termsafe.Safe // below an error; before the filter; behind a last byte; cut text
	Marked, Found, Gap, Back, Corner                 termsafe.Safe // in the gutter of the list; Corner leads to an error line
	Up, Down                                         termsafe.Safe // the order of a column
	ToLeft, ToRight                                  termsafe.Safe // there is more to a side
	On, Off                                          termsafe.Safe // a column is shown or hidden
	Wall                                             termsafe.Safe // a cell of a vertical line between panes
	border                                           lipgloss.Border
	spinner                                          spinner.Spinner
}

// RichGlyphs are the glyphs of a terminal that shows Unicode. Nothing may change them.
var RichGlyphs = Glyphs{
	Ok: termsafe.Const("·"), Failed: termsafe.Const("✗"), Partial: termsafe.Const("◐"), Invalid: termsafe.Const("!"),
	Reject: termsafe.Const("▒"), Suspicious: termsafe.Const("⚑"), Again: termsafe.Const("×"),
	Cursor: termsafe.Const("▌"), Token: termsafe.Const("◇"), Absent: termsafe.Const("–"), Dot: termsafe.Const("·"),
	Live: termsafe.Const("●"), Paused: termsafe.Const("‖"),
	open: termsafe.Const("▾"), folded: termsafe.Const("▸"),
	Full: termsafe.Const("━"), Empty: termsafe.Const("─"), Caret: termsafe.Const("▲"), Prompt: termsafe.Const("/"),
	End: termsafe.Const("◂"), More: termsafe.Const("…"),
	Marked: termsafe.Const("★"), Found: termsafe.Const("›"), Gap: termsafe.Const("┆"), Back: termsafe.Const("↶"),
	Corner: termsafe.Const("└"),
	ToLeft: termsafe.Const("‹"), ToRight: termsafe.Const("›"),
	Up: termsafe.Const("▴"), Down: termsafe.Const("▾"), On: termsafe.Const("●"), Off: termsafe.Const("○"),
	Wall: drawn(lipgloss.RoundedBorder().Left), border: lipgloss.RoundedBorder(), spinner: spinner.MiniDot,
}

// ASCIIGlyphs are the glyphs where only ASCII can be shown. Nothing may change them.
var ASCIIGlyphs = Glyphs{
	Ok: termsafe.Const("."), Failed: termsafe.Const("x"), Partial: termsafe.Const("%"), Invalid: termsafe.Const("!"),
	Reject: termsafe.Const("#"), Suspicious: termsafe.Const("?"), Again: termsafe.Const("x"),
	Cursor: termsafe.Const(">"), Token: termsafe.Const("@"), Absent: termsafe.Const("-"), Dot: termsafe.Const("-"),
	Live: termsafe.Const("*"), Paused: termsafe.Const("="),
	open: termsafe.Const("-"), folded: termsafe.Const("+"),
	Full: termsafe.Const("#"), Empty: termsafe.Const("-"), Caret: termsafe.Const("^"), Prompt: termsafe.Const("/"),
	End: termsafe.Const("<"), More: termsafe.Const("~"),
	Marked: termsafe.Const("*"), Found: termsafe.Const(">"), Gap: termsafe.Const(":"), Back: termsafe.Const("^"),
	Corner: termsafe.Const("`"),
	ToLeft: termsafe.Const("<"), ToRight: termsafe.Const(">"),
	Up: termsafe.Const("^"), Down: termsafe.Const("v"), On: termsafe.Const("x"), Off: termsafe.Const("-"),
	Wall: drawn(lipgloss.ASCIIBorder().Left), border: lipgloss.ASCIIBorder(), spinner: spinner.Line,
}

// Rules returns a horizontal line of n cells.
func (g *Glyphs) Rules(n int) termsafe.Safe { return drawn(strings.Repeat(g.border.Top, max(n, 0))) }

// drawn returns a sign of our libraries.
func drawn(sign string) termsafe.Safe { return termsafe.Clean(sign, termsafe.Options{Drawing: true}) }

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
