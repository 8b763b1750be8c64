package tui

import (
	"image/color"

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

// role is the meaning of a piece of text, which decides its style.
type role uint8

const (
	plain role = iota
	muted
	strong // plain, but bold
	accent
	failed
	partial
	failedText // the message of a failure: its colour, not bold
	partialText
	rejectText
	invalid
	reject
	suspicious
	live
	jsonKey
	jsonString
	jsonNumber
	jsonWord  // true, false, null
	wrongByte // the byte that made a line a reject
	bar       // the cursor's mark in the gutter
	hit       // a mark, or the sign of a hit
	found     // the found text
	frame     // lines between panes: no text
	numRoles
)

// ground is the background of a text.
type ground uint8

const (
	onScreen ground = iota
	onCursor        // the row under the cursor, in the focused pane
	onRest          // the same in a pane without the focus
	onCell          // the cell under the column cursor
	numGrounds
)

// theme holds every style of the interface, prepared for the terminal.
type theme struct {
	styles [numGrounds][numRoles]paint.Style
}

func (t *theme) style(r role, g ground) paint.Style { return t.styles[g][r] }

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
		plain:       {0, 0xf1f4ff},
		muted:       {0x9099b3, 0xbcc5de},
		strong:      {0, 0xffffff},
		accent:      {0x82b1ff, 0xb0ceff},
		failed:      {0xff7a88, 0xffacb5},
		failedText:  {0xff7a88, 0xffacb5},
		partial:     {0xf2c14e, 0xf7d27c},
		partialText: {0xf2c14e, 0xf7d27c},
		invalid:     {0xe2a0f5, 0xecbff9},
		reject:      {0xff9e5e, 0xffbd92},
		rejectText:  {0xff9e5e, 0xffbd92},
		suspicious:  {0x5fd7df, 0x88e4ea},
		live:        {0x8bd595, 0xa5e3ad},
		jsonKey:     {0x82b1ff, 0xb0ceff},
		jsonString:  {0xaedb9a, 0xc3e8b3},
		jsonNumber:  {0xf2b880, 0xf7cda5},
		jsonWord:    {0xc9b1ff, 0xd9c8ff},
		wrongByte:   {0xff7a88, 0xffacb5},
		bar:         {0x82b1ff, 0xb0ceff},
		hit:         {0xf2c14e, 0xf7d27c},
		found:       {0xf2c14e, 0xf7d27c},
		frame:       {0x5d6688, 0x5d6688},
	},
	basic: [numRoles]ansi.BasicColor{accent: 12, failed: 9, partial: 11, failedText: 9, partialText: 11, invalid: 13, reject: 11, rejectText: 11, suspicious: 14, live: 10,
		jsonKey: 12, jsonString: 10, jsonNumber: 11, jsonWord: 13, wrongByte: 9, bar: 12, hit: 11, found: 11},
}

var lightPalette = palette{
	screen: 0xfafafa, cursor: 0xd5e2fb, rest: 0xe6e9f0,
	hues: [numRoles]hue{
		plain:       {0, 0x14171f},
		muted:       {0x5d6475, 0x474e60},
		strong:      {0, 0x000000},
		accent:      {0x1d5bbf, 0x164da6},
		failed:      {0xb8142a, 0x9c0f22},
		failedText:  {0xb8142a, 0x9c0f22},
		partial:     {0x855600, 0x6e4700},
		partialText: {0x855600, 0x6e4700},
		invalid:     {0x86289f, 0x742089},
		reject:      {0xa33f08, 0x893405},
		rejectText:  {0xa33f08, 0x893405},
		suspicious:  {0x006573, 0x005561},
		live:        {0x1d6f33, 0x165d29},
		jsonKey:     {0x1d5bbf, 0x164da6},
		jsonString:  {0x2f6a20, 0x26591a},
		jsonNumber:  {0x914500, 0x7a3a00},
		jsonWord:    {0x6b3dbd, 0x5b33a3},
		wrongByte:   {0xb8142a, 0x9c0f22},
		bar:         {0x1d5bbf, 0x164da6},
		hit:         {0x855600, 0x6e4700},
		found:       {0x855600, 0x6e4700},
		frame:       {0x8f97a8, 0x8f97a8},
	},
	basic: [numRoles]ansi.BasicColor{accent: 4, failed: 1, partial: 3, failedText: 1, partialText: 3, invalid: 5, reject: 3, rejectText: 3, suspicious: 6, live: 2,
		jsonKey: 4, jsonString: 2, jsonNumber: 3, jsonWord: 5, wrongByte: 1, bar: 4, hit: 3, found: 3},
}

// bolds are the roles that are bold, so that they stand out without colour too.
var bolds = [numRoles]bool{strong: true, failed: true, partial: true, reject: true, invalid: true, wrongByte: true, bar: true, hit: true, found: true}

// newTheme returns the styles for a terminal.
func newTheme(p colorprofile.Profile, dark bool) theme {
	colors := &lightPalette
	if dark {
		colors = &darkPalette
	}
	var t theme
	for g := range numGrounds {
		for r := range numRoles {
			t.styles[g][r] = paint.NewStyle(p, colors.spec(p, r, g))
		}
	}
	return t
}

func (c *palette) spec(p colorprofile.Profile, r role, g ground) paint.Spec {
	s := paint.Spec{Bold: bolds[r], Reverse: r == wrongByte || r == found}
	switch {
	case p >= colorprofile.ANSI256:
		c.full(&s, r, g)
	case p == colorprofile.ANSI:
		c.sixteen(&s, r, g)
	case g == onCell:
		s.Bold = true // stands out in a reversed row
	case g == onCursor:
		s.Reverse = true
	case r == muted:
		s.Faint = true
	}
	return s
}

func (c *palette) full(s *paint.Spec, r role, g ground) {
	fg := c.hues[r].screen
	switch g {
	case onCursor:
		fg, s.Bg = c.hues[r].cursor, rgb(c.cursor)
	case onRest:
		fg, s.Bg = c.hues[r].cursor, rgb(c.rest)
	case onCell:
		fg, s.Bg = c.screen, rgb(c.hues[r].cursor)
	}
	if fg != 0 || g != onScreen {
		s.Fg = rgb(fg)
	}
}

// sixteen sets colours that every 16-colour terminal shows distinctly; under the cursor it is white on blue for every role.
func (c *palette) sixteen(s *paint.Spec, r role, g ground) {
	switch {
	case g == onCell:
		s.Fg, s.Bg = lipgloss.Black, lipgloss.White
	case g == onCursor:
		s.Fg, s.Bg = lipgloss.BrightWhite, lipgloss.Blue
	case r == muted || r == frame:
		s.Faint = true
	case c.basic[r] != 0:
		s.Fg = c.basic[r]
	}
}

func rgb(c uint32) color.Color {
	return lipgloss.RGBColor{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c)}
}
