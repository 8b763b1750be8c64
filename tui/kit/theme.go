package kit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"pawprint/tui/paint"
)

// Background is the background of the terminal, which the colours are chosen for.
type Background uint8

// The backgrounds. AskBackground and AskLightBackground ask the terminal; until it answers, the interface assumes a dark or a light one.
const (
	AskBackground Background = iota
	AskLightBackground
	DarkBackground
	LightBackground
)

// ThemeID is a theme that the user may choose. The zero value is AutoTheme.
type ThemeID uint8

// AutoTheme has the colours for the background of the terminal.
const AutoTheme ThemeID = 0

// themes has the themes by ThemeID, each with its palettes for a dark and for a light background.
var themes = [...]struct {
	name, does  string
	dark, light *palette
}{
	{"auto", "dark or light, as the terminal's background is", &darkPalette, &lightPalette},
	{"dark", "for a dark background", &darkPalette, &darkPalette},
	{"light", "for a light background", &lightPalette, &lightPalette},
	{"high-contrast", "contrast of 7:1, a reversed cursor row; dark or light", &darkContrastPalette, &lightContrastPalette},
	{"high-contrast-dark", "the same, for a dark background", &darkContrastPalette, &darkContrastPalette},
	{"high-contrast-light", "the same, for a light background", &lightContrastPalette, &lightContrastPalette},
	{"color-blind", "results in blue, yellow and orange; dark or light", &darkBlindPalette, &lightBlindPalette},
	{"color-blind-dark", "the same, for a dark background", &darkBlindPalette, &darkBlindPalette},
	{"color-blind-light", "the same, for a light background", &lightBlindPalette, &lightBlindPalette},
	{"terminal", "the terminal's own 16 colours, for any background", &terminalPalette, &terminalPalette},
}

// Themes returns the themes in the order in which they are offered.
func Themes() []ThemeID {
	ids := make([]ThemeID, len(themes))
	for i := range ids {
		ids[i] = ThemeID(i)
	}
	return ids
}

// String returns the name of the theme, by which FindTheme finds it.
func (id ThemeID) String() string { return themes[id].name }

// Does describes the theme in a few words.
func (id ThemeID) Does() string { return themes[id].does }

// FindTheme returns the theme with a name, in any case; the empty name is AutoTheme. The error lists the names.
func FindTheme(name string) (ThemeID, error) {
	wanted := strings.ToLower(strings.TrimSpace(name))
	if wanted == "" {
		return AutoTheme, nil
	}
	wanted = strings.NewReplacer("_", "-", " ", "-", "colour", "color").Replace(wanted)
	names := make([]string, len(themes))
	for i := range themes {
		if names[i] = themes[i].name; names[i] == wanted {
			return ThemeID(i), nil
		}
	}
	last := len(names) - 1
	return AutoTheme, fmt.Errorf("%q is not a theme: write %s or %s", name, strings.Join(names[:last], ", "), names[last])
}

// palette returns the palette of the theme for a background.
func (id ThemeID) palette(dark bool) *palette {
	if dark {
		return themes[id].dark
	}
	return themes[id].light
}

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

// lit returns the style that a style of the screen becomes in the band. The cell under the column cursor still stands out there.
func (t *Theme) lit(s paint.Style) paint.Style {
	if r := slices.Index(t.styles[OnScreen][:], s); r >= 0 {
		return t.styles[OnCursor][r]
	}
	if r := slices.Index(t.styles[OnCursor][:], s); r >= 0 {
		return t.styles[OnCell][r]
	}
	return t.styles[OnCursor][Plain]
}

// bolds are the roles that are bold, so that they stand out without colour too.
var bolds = [numRoles]bool{
	Strong: true, Failed: true, Partial: true, Reject: true, Invalid: true, WrongByte: true, Bar: true, Hit: true, Found: true,
}

// NewTheme returns the styles of a theme for a terminal with the colours of p. dark says that its background is dark.
func NewTheme(id ThemeID, p colorprofile.Profile, dark bool) Theme {
	colors := id.palette(dark)
	var t Theme
	for g := range numGrounds {
		for r := range numRoles {
			t.styles[g][r] = paint.NewStyle(p, colors.spec(p, r, g))
		}
	}
	return t
}

// Tones returns the styles of what commands print in a theme. They do not ask the terminal for its background: with AskBackground, a theme
// that depends on it is the terminal's own.
func (id ThemeID) Tones(p colorprofile.Profile, b Background) *paint.Tones {
	colors := id.palette(b == DarkBackground)
	if b == AskBackground && themes[id].dark != themes[id].light {
		colors = &terminalPalette
	}
	style := func(r Role) paint.Style { return paint.NewStyle(p, colors.spec(p, r, OnScreen)) }
	return &paint.Tones{Wrong: style(Failed), Partly: style(Partial), Heading: style(Strong)}
}
