package kit

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/paint"
)

// hue is the colour of a role, as 0xRRGGBB: on the screen, and on the band under the cursor. 0 on the screen is the terminal's own
// colour.
type hue struct{ screen, cursor uint32 }

// backdrop is the colour behind a text, as 0xRRGGBB and as the one of 256 that stands for it, which is chosen so that the grounds
// stay different and the text on them readable.
type backdrop struct {
	full    uint32
	indexed ansi.IndexedColor
}

// palette is the colours for one background of the terminal, which is assumed to be like screen. Only the roles that baseRole
// returns have hues. The tests hold the contrasts and the distances that all palettes must have.
type palette struct {
	screen       uint32
	cursor, rest backdrop
	turned       bool // the band is light on a dark screen, or dark on a light one: only the band has the hues for the cursor
	hues         [numRoles]hue
	basic        *sixteen // with 16 colours
}

// baseRole returns the role whose colours a role has.
func baseRole(r Role) Role {
	switch r {
	case FailedText, WrongByte:
		return Failed
	case partialText, Hit, Found:
		return Partial
	case RejectText:
		return Reject
	case JsonKey, Bar:
		return Accent
	}
	return r
}

var darkPalette = palette{
	screen: 0x1e2030, cursor: backdrop{0x2f3b66, 18}, rest: backdrop{0x2b3045, 236}, basic: &brightSixteen,
	hues: [numRoles]hue{
		Plain:      {0, 0xf1f4ff},
		Muted:      {0x929bb5, 0xbcc5de},
		Strong:     {0, 0xffffff},
		Accent:     {0x82b1ff, 0xb0ceff},
		Failed:     {0xfa7d9c, 0xfeaeb7},
		Partial:    {0xf8c43c, 0xf5d27e},
		Invalid:    {0xe59ff6, 0xebbefb},
		Reject:     {0xfc9760, 0xe9aa6a},
		Suspicious: {0x5fd7df, 0x88e4ea},
		Live:       {0x8bd595, 0xa5e3ad},
		JsonString: {0xaedb9a, 0xc3e8b3},
		JsonNumber: {0xf2b880, 0xf7cda5},
		JsonWord:   {0xc9b1ff, 0xd9c8ff},
		Frame:      {0x727ba1, 0x8f99bf},
	},
}

var lightPalette = palette{
	screen: 0xfafafa, cursor: backdrop{0xd5e2fb, 189}, rest: backdrop{0xe6e9f0, 254}, basic: &ownSixteen,
	hues: [numRoles]hue{
		Plain:      {0, 0x14171f},
		Muted:      {0x5d6475, 0x474e60},
		Strong:     {0, 0x000000},
		Accent:     {0x1d5bbf, 0x164da6},
		Failed:     {0xb01b59, 0xac2854},
		Partial:    {0x906106, 0x714900},
		Invalid:    {0x822a9d, 0x72228a},
		Reject:     {0x8f2d01, 0x612d1f},
		Suspicious: {0x006573, 0x005561},
		Live:       {0x1d6f33, 0x165d29},
		JsonString: {0x2f6a20, 0x26591a},
		JsonNumber: {0x914500, 0x723300},
		JsonWord:   {0x6b3dbd, 0x5c2fa7},
		Frame:      {0x838b9d, 0x737984},
	},
}

// The verdicts of the palettes for the colour-blind lie on the axis from blue to yellow and differ in lightness.

var darkBlindPalette = palette{
	screen: 0x1e2030, cursor: backdrop{0x2f3b66, 18}, rest: backdrop{0x2b3045, 236}, basic: &brightSixteen,
	hues: [numRoles]hue{
		Plain:      {0, 0xf1f4ff},
		Muted:      {0x9da5bd, 0xbcc5de},
		Strong:     {0, 0xffffff},
		Accent:     {0x9db8e8, 0xb9cdf2},
		Failed:     {0xfe8d54, 0xffa573},
		Partial:    {0xf6e972, 0xfcf29a},
		Invalid:    {0xeacae5, 0xf6d4ec},
		Reject:     {0x4faef8, 0x89b2ec},
		Suspicious: {0x5fd7c4, 0x8ae5d6},
		Live:       {0x4fd0b0, 0x85e0c8},
		JsonString: {0x9fd8c8, 0xb8e8da},
		JsonNumber: {0xf2c080, 0xf7cda5},
		JsonWord:   {0xd3c4f5, 0xe0d5fa},
		Frame:      {0x727ba1, 0x8f99bf},
	},
}

var lightBlindPalette = palette{
	screen: 0xfafafa, cursor: backdrop{0xd5e2fb, 189}, rest: backdrop{0xe6e9f0, 254}, basic: &ownSixteen,
	hues: [numRoles]hue{
		Plain:      {0, 0x14171f},
		Muted:      {0x5d6475, 0x474e60},
		Strong:     {0, 0x000000},
		Accent:     {0x2a4f8a, 0x214278},
		Failed:     {0xbf2e1b, 0xba2a00},
		Partial:    {0x382f00, 0x3e2c00},
		Invalid:    {0x8b2d63, 0x902564},
		Reject:     {0x0c65af, 0x0c65af},
		Suspicious: {0x006a60, 0x005a52},
		Live:       {0x006b52, 0x005a45},
		JsonString: {0x1f6352, 0x175444},
		JsonNumber: {0x804a00, 0x6b3f00},
		JsonWord:   {0x54408f, 0x412e77},
		Frame:      {0x838b9d, 0x737984},
	},
}

var darkContrastPalette = palette{
	screen: 0x000000, cursor: backdrop{0xffffff, 231}, rest: backdrop{0x262626, 235}, turned: true, basic: &ownSixteen,
	hues: [numRoles]hue{
		Plain:      {0xffffff, 0x010101},
		Muted:      {0xd0d4de, 0x3a3f4b},
		Strong:     {0xffffff, 0x010101},
		Accent:     {0xa8ccff, 0x002f89},
		Failed:     {0xfba0af, 0x960800},
		Partial:    {0xffe014, 0x47483b},
		Invalid:    {0xf0b1ff, 0x62116c},
		Reject:     {0xfeae6b, 0x012f9b},
		Suspicious: {0x6ff0f8, 0x314245},
		Live:       {0x9cf0a5, 0x304632},
		JsonString: {0xbdf0a5, 0x354531},
		JsonNumber: {0xffcf9c, 0x652f00},
		JsonWord:   {0xdcc9ff, 0x4a1f99},
		Frame:      {0xb0b6c8, 0x5a6070},
	},
}

var lightContrastPalette = palette{
	screen: 0xffffff, cursor: backdrop{0x010101, 16}, rest: backdrop{0xe4e4e4, 254}, turned: true, basic: &ownSixteen,
	hues: [numRoles]hue{
		Plain:      {0x010101, 0xffffff},
		Muted:      {0x3a3f4b, 0xd0d4de},
		Strong:     {0x010101, 0xffffff},
		Accent:     {0x002f89, 0xa8ccff},
		Failed:     {0x960800, 0xfba0af},
		Partial:    {0x47483b, 0xffe014},
		Invalid:    {0x62116c, 0xf0b1ff},
		Reject:     {0x012f9b, 0xfeae6b},
		Suspicious: {0x314245, 0x6ff0f8},
		Live:       {0x304632, 0x9cf0a5},
		JsonString: {0x354531, 0xbdf0a5},
		JsonNumber: {0x652f00, 0xffcf9c},
		JsonWord:   {0x4a1f99, 0xdcc9ff},
		Frame:      {0x5a6070, 0xb0b6c8},
	},
}

// terminalPalette has nothing but the colours of the terminal's own scheme, however many there are.
var terminalPalette = palette{basic: &ownSixteen}

// sixteen is the looks of the roles with the 16 colours of the terminal's own scheme. Their shades differ from terminal to terminal.
type sixteen struct {
	looks      [numRoles]paint.Spec
	band, cell paint.Spec // of all text under the cursor, and in the cell under it; without colours the band is in reverse video
}

// brightSixteen is for a dark background: in any scheme, only bright colours are readable on black, and blue not even then.
var brightSixteen = sixteen{
	band: paint.Spec{Fg: lipgloss.BrightWhite, Bg: lipgloss.Blue},
	cell: paint.Spec{Fg: lipgloss.Black, Bg: lipgloss.White},
	looks: [numRoles]paint.Spec{
		Muted:      {Fg: lipgloss.White},
		Accent:     {Fg: lipgloss.BrightCyan},
		Failed:     {Fg: lipgloss.BrightRed},
		Partial:    {Fg: lipgloss.BrightYellow},
		Invalid:    {Fg: lipgloss.BrightMagenta},
		Reject:     {Fg: lipgloss.BrightCyan},
		Suspicious: {Fg: lipgloss.BrightCyan},
		Live:       {Fg: lipgloss.BrightGreen},
		JsonString: {Fg: lipgloss.BrightGreen},
		JsonNumber: {Fg: lipgloss.BrightYellow},
		JsonWord:   {Fg: lipgloss.BrightMagenta},
		Frame:      {Fg: lipgloss.Cyan},
	},
}

// ownSixteen is for any background, also one that is not known: no colour is readable on black and on white, so text has the terminal's
// own, and a verdict brings its background along.
var ownSixteen = sixteen{
	looks: [numRoles]paint.Spec{
		Accent:     {Bold: true},
		Failed:     {Fg: lipgloss.BrightWhite, Bg: lipgloss.Red},
		Partial:    {Fg: lipgloss.Black, Bg: lipgloss.BrightYellow},
		Invalid:    {Fg: lipgloss.BrightWhite, Bg: lipgloss.Magenta},
		Reject:     {Fg: lipgloss.Black, Bg: lipgloss.White},
		Suspicious: {Fg: lipgloss.Black, Bg: lipgloss.BrightCyan},
		Live:       {Fg: lipgloss.Black, Bg: lipgloss.BrightGreen},
	},
}

// badges are the roles of single words and signs, which may have a background of their own; longer texts of the same colours do not.
var badges = [numRoles]bool{Failed: true, Partial: true, Invalid: true, Reject: true, Suspicious: true, Live: true}

// spec returns the style of a role on a ground.
func (c *palette) spec(p colorprofile.Profile, r Role, g Ground) paint.Spec {
	s := paint.Spec{Bold: bolds[r], Reverse: r == WrongByte || r == Found}
	switch {
	case p < colorprofile.ANSI:
		mono(&s, r, g)
	case p == colorprofile.ANSI || c == &terminalPalette:
		c.basic.color(&s, r, g)
	default:
		c.color(&s, p, r, g)
	}
	return s
}

// mono sets what is left without colours.
func mono(s *paint.Spec, r Role, g Ground) {
	switch {
	case g == OnCell:
		s.Bold = true // stands out in a reversed row
	case g == OnCursor:
		s.Reverse = true
	case r == Muted:
		s.Faint = true
	}
}

func (c *palette) color(s *paint.Spec, p colorprofile.Profile, r Role, g Ground) {
	h := c.hues[baseRole(r)]
	if c.turned {
		h = hue{h.screen, h.screen}
	}
	fg := h.cursor
	switch g {
	case OnScreen:
		if fg = h.screen; fg == 0 {
			return
		}
	case OnCursor:
		fg, s.Bg = c.hues[baseRole(r)].cursor, c.cursor.color(p)
	case OnRest:
		s.Bg = c.rest.color(p)
	case OnCell:
		s.Bg = rgb(c.screen)
		if !c.turned {
			fg, s.Bg = c.screen, rgb(h.cursor)
		}
	}
	s.Fg = rgb(fg)
}

func (c *sixteen) color(s *paint.Spec, r Role, g Ground) {
	look := c.looks[baseRole(r)]
	if look.Bg != nil && !badges[r] {
		look = paint.Spec{}
	}
	switch {
	case look.Bg != nil:
	case g == OnCell:
		look = c.cell
	case g == OnCursor && c.band.Bg == nil:
		s.Reverse = true
	case g == OnCursor:
		look = c.band
	}
	s.Fg, s.Bg, s.Bold = look.Fg, look.Bg, s.Bold || look.Bold || g == OnCell
}

// color returns the colour for a profile that has at least 256.
func (b backdrop) color(p colorprofile.Profile) color.Color {
	if p == colorprofile.ANSI256 {
		return b.indexed
	}
	return rgb(b.full)
}

// rgb returns the colour 0xRRGGBB.
func rgb(c uint32) color.Color {
	return color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 0xff}
}
