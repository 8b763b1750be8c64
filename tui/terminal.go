package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/modal"
	"pawprint/tui/termsafe"
)

// terminal is what is known of the terminal, and what is asked of it besides the frame.
type terminal struct {
	display  *kit.Display
	profile  colorprofile.Profile
	theme    kit.ThemeID
	dark     bool // the background is dark
	asks     bool // the terminal is asked for its background
	untitled bool // Options.Untitled
	noMouse  bool // the terminal has the mouse, for selecting text
}

func newTerminal(disp *kit.Display, o *Options) terminal {
	t := terminal{
		display: disp, profile: colorprofile.TrueColor, untitled: o.Untitled, noMouse: o.NoMouse,
		theme: o.Theme, dark: o.Background == kit.AskBackground || o.Background == kit.DarkBackground,
		asks: o.Background == kit.AskBackground || o.Background == kit.AskLightBackground,
	}
	t.restyle()
	return t
}

// ask asks the terminal for what is not known of it.
func (t *terminal) ask() tea.Cmd {
	if !t.asks {
		return nil
	}
	return tea.RequestBackgroundColor
}

// told takes an answer of the terminal about itself. It ignores other messages.
func (t *terminal) told(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		if !t.asks {
			return
		}
		t.dark = msg.IsDark()
	case tea.ColorProfileMsg:
		t.profile = msg.Profile
	case tea.ModeReportMsg:
		if msg.Mode != ansi.ModeUnicodeCore {
			return
		}
		t.display.Widther.Clusters = !msg.Value.IsNotRecognized() && !msg.Value.IsPermanentlyReset()
	default:
		return
	}
	t.restyle()
}

// restyle rebuilds the theme and invalidates everything drawn with the old one.
func (t *terminal) restyle() {
	t.display.Theme = kit.NewTheme(t.theme, t.profile, t.dark)
	t.display.Version++
}

// themeMenu lets the user choose a theme, if there are colours.
func (t *terminal) themeMenu() kit.Wish {
	if t.profile < colorprofile.ANSI {
		return kit.Wish{Toast: termsafe.Const("no themes without colours: NO_COLOR, --color or the terminal turned them off")}
	}
	return kit.Wish{Modal: modal.NewThemeMenu(t.display, t.theme, t.use)}
}

// use draws everything in a theme.
func (t *terminal) use(id kit.ThemeID) {
	t.theme = id
	t.restyle()
}

// switchMouse leaves the mouse to the terminal, so that the user can select text with it, or takes it back.
func (t *terminal) switchMouse() termsafe.Safe {
	t.noMouse = !t.noMouse
	if t.noMouse {
		return t.display.Keyed("the mouse is off: text can be selected; {} switches it on", kit.CmdMouse)
	}
	return termsafe.Const("the mouse is on")
}

// view returns a view without content; its title is named after the first source, and begins with the number of unseen alerts.
func (t *terminal) view(sources []model.SourceState, alerts int) tea.View {
	v := tea.View{AltScreen: true, MouseMode: tea.MouseModeCellMotion}
	if t.noMouse {
		v.MouseMode = tea.MouseModeNone
	}
	if !t.untitled {
		v.WindowTitle = kit.AlertTitle(alerts, t.display.Glyphs).String() + windowTitle(sources, t.display.Redact)
	}
	return v
}

// newDisplay returns how o wants text to be drawn, still without a theme.
func newDisplay(o *Options) kit.Display {
	disp := kit.Display{
		Glyphs: &kit.RichGlyphs, Widther: termsafe.Widther{ASCII: o.ASCII},
		Zone: o.Zone, Other: time.Local, Now: o.Now, Redact: kit.Masking(o.Redact), Changed: o.Changed,
	}
	if o.Zone != time.UTC {
		disp.Other = time.UTC
	}
	if o.ASCII {
		disp.Glyphs = &kit.ASCIIGlyphs
	}
	return disp
}
