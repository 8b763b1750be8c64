package kit

import (
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/paint"
)

// Background is the background of the terminal, which the colours are chosen for.
type Background uint8

// The backgrounds. AskBackground asks the terminal; until it answers, the interface assumes a dark one.
const (
	AskBackground Background = iota
	DarkBackground
	LightBackground
)

// Role is the meaning of a piece of text, which decides its style.
type Role uint8

// The roles. Those without a comment are for what their name says: words and signs of a result, and parts of a JSON text.
const (
	Plain  Role = iota
	Muted       // less important than the text around it
	Strong      // plain, but bold
	Accent      // a title, or what is active
	Failed
	Partial
	FailedText // the message of a failure: its colour, not bold
	partialText
	RejectText // the bytes of a line that is not an event
	Invalid
	Reject
	Suspicious
	Live // data is still arriving
	JsonKey
	JsonString
	JsonNumber
	JsonWord  // true, false, null
	WrongByte // the byte that made a line a reject
	Bar       // the cursor's mark in the gutter
	Hit       // a mark, or the sign of a hit
	Found     // the found text
	Frame     // lines between panes: no text
	numRoles
)

// Ground is the background of a text.
type Ground uint8

// The grounds.
const (
	OnScreen Ground = iota // the background of the terminal
	OnCursor               // the line under the cursor in what has the focus: the one band on the screen
	OnRest                 // what stays chosen in a pane without the focus, and offers over the panes
	OnCell                 // the cell under the column cursor
	numGrounds
)

// Theme holds every style of the interface, prepared for the terminal. NewTheme makes one; it never changes.
type Theme struct {
	styles [numGrounds][numRoles]paint.Style
}

// Style returns the style of a role on a ground.
func (t *Theme) Style(r Role, g Ground) paint.Style { return t.styles[g][r] }

// lit returns what a style of text on the screen is in the band, where a cell that was lit already stands out again.
func (t *Theme) lit(s paint.Style) paint.Style {
	if r := slices.Index(t.styles[OnScreen][:], s); r >= 0 {
		return t.styles[OnCursor][r]
	}
	if r := slices.Index(t.styles[OnCursor][:], s); r >= 0 {
		return t.styles[OnCell][r]
	}
	return t.styles[OnCursor][Plain]
}

// hue is the colour of a role, as 0xRRGGBB: on the screen, and on the brighter background under the cursor. 0 is the terminal's
// own colour.
type hue struct{ screen, cursor uint32 }

// palette is the colours for one background, whose colour is assumed to be screen.
type palette struct {
	screen, cursor, rest uint32
	hues                 [numRoles]hue
	basic                [numRoles]ansi.BasicColor // with 16 colours
}

var darkPalette = palette{
	screen: 0x1e2030, cursor: 0x33406b, rest: 0x2b3045,
	hues: [numRoles]hue{
		Plain:       {0, 0xf1f4ff},
		Muted:       {0x9099b3, 0xbcc5de},
		Strong:      {0, 0xffffff},
		Accent:      {0x82b1ff, 0xb0ceff},
		Failed:      {0xff7a88, 0xffacb5},
		FailedText:  {0xff7a88, 0xffacb5},
		Partial:     {0xf2c14e, 0xf7d27c},
		partialText: {0xf2c14e, 0xf7d27c},
		Invalid:     {0xe2a0f5, 0xecbff9},
		Reject:      {0xff9e5e, 0xffbd92},
		RejectText:  {0xff9e5e, 0xffbd92},
		Suspicious:  {0x5fd7df, 0x88e4ea},
		Live:        {0x8bd595, 0xa5e3ad},
		JsonKey:     {0x82b1ff, 0xb0ceff},
		JsonString:  {0xaedb9a, 0xc3e8b3},
		JsonNumber:  {0xf2b880, 0xf7cda5},
		JsonWord:    {0xc9b1ff, 0xd9c8ff},
		WrongByte:   {0xff7a88, 0xffacb5},
		Bar:         {0x82b1ff, 0xb0ceff},
		Hit:         {0xf2c14e, 0xf7d27c},
		Found:       {0xf2c14e, 0xf7d27c},
		Frame:       {0x5d6688, 0x5d6688},
	},
	basic: [numRoles]ansi.BasicColor{
		Accent: 12, Failed: 9, Partial: 11, FailedText: 9, partialText: 11, Invalid: 13, Reject: 11, RejectText: 11, Suspicious: 14, Live: 10,
		JsonKey: 12, JsonString: 10, JsonNumber: 11, JsonWord: 13, WrongByte: 9, Bar: 12, Hit: 11, Found: 11,
	},
}

var lightPalette = palette{
	screen: 0xfafafa, cursor: 0xd5e2fb, rest: 0xe6e9f0,
	hues: [numRoles]hue{
		Plain:       {0, 0x14171f},
		Muted:       {0x5d6475, 0x474e60},
		Strong:      {0, 0x000000},
		Accent:      {0x1d5bbf, 0x164da6},
		Failed:      {0xb8142a, 0x9c0f22},
		FailedText:  {0xb8142a, 0x9c0f22},
		Partial:     {0x855600, 0x6e4700},
		partialText: {0x855600, 0x6e4700},
		Invalid:     {0x86289f, 0x742089},
		Reject:      {0xa33f08, 0x893405},
		RejectText:  {0xa33f08, 0x893405},
		Suspicious:  {0x006573, 0x005561},
		Live:        {0x1d6f33, 0x165d29},
		JsonKey:     {0x1d5bbf, 0x164da6},
		JsonString:  {0x2f6a20, 0x26591a},
		JsonNumber:  {0x914500, 0x7a3a00},
		JsonWord:    {0x6b3dbd, 0x5b33a3},
		WrongByte:   {0xb8142a, 0x9c0f22},
		Bar:         {0x1d5bbf, 0x164da6},
		Hit:         {0x855600, 0x6e4700},
		Found:       {0x855600, 0x6e4700},
		Frame:       {0x8f97a8, 0x8f97a8},
	},
	basic: [numRoles]ansi.BasicColor{
		Accent: 4, Failed: 1, Partial: 3, FailedText: 1, partialText: 3, Invalid: 5, Reject: 3, RejectText: 3, Suspicious: 6, Live: 2,
		JsonKey: 4, JsonString: 2, JsonNumber: 3, JsonWord: 5, WrongByte: 1, Bar: 4, Hit: 3, Found: 3,
	},
}

// bolds are the roles that are bold, so that they stand out without colour too.
var bolds = [numRoles]bool{
	Strong: true, Failed: true, Partial: true, Reject: true, Invalid: true, WrongByte: true, Bar: true, Hit: true, Found: true,
}

// NewTheme returns the styles for a terminal with the colours of p. dark says that its background is dark.
func NewTheme(p colorprofile.Profile, dark bool) Theme {
	colors := &lightPalette
	if dark {
		colors = &darkPalette
	}
	var t Theme
	for g := range numGrounds {
		for r := range numRoles {
			t.styles[g][r] = paint.NewStyle(p, colors.spec(p, r, g))
		}
	}
	return t
}

func (c *palette) spec(p colorprofile.Profile, r Role, g Ground) paint.Spec {
	s := paint.Spec{Bold: bolds[r], Reverse: r == WrongByte || r == Found}
	switch {
	case p >= colorprofile.ANSI256:
		c.full(&s, r, g)
	case p == colorprofile.ANSI:
		c.sixteen(&s, r, g)
	case g == OnCell:
		s.Bold = true // stands out in a reversed row
	case g == OnCursor:
		s.Reverse = true
	case r == Muted:
		s.Faint = true
	}
	return s
}

func (c *palette) full(s *paint.Spec, r Role, g Ground) {
	fg := c.hues[r].screen
	switch g {
	case OnCursor:
		fg, s.Bg = c.hues[r].cursor, rgb(c.cursor)
	case OnRest:
		fg, s.Bg = c.hues[r].cursor, rgb(c.rest)
	case OnCell:
		fg, s.Bg = c.screen, rgb(c.hues[r].cursor)
	}
	if fg != 0 || g != OnScreen {
		s.Fg = rgb(fg)
	}
}

// sixteen sets colours that every 16-colour terminal shows distinctly; under the cursor it is white on blue for every role.
func (c *palette) sixteen(s *paint.Spec, r Role, g Ground) {
	switch {
	case g == OnCell:
		s.Fg, s.Bg = lipgloss.Black, lipgloss.White
	case g == OnCursor:
		s.Fg, s.Bg = lipgloss.BrightWhite, lipgloss.Blue
	case r == Muted || r == Frame:
		s.Faint = true
	case c.basic[r] != 0:
		s.Fg = c.basic[r]
	}
}

// rgb returns the colour 0xRRGGBB.
func rgb(c uint32) color.Color {
	return lipgloss.RGBColor{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c)}
}
