package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"pawprint/tui"
)

// screenKind is what the environment says about the terminal.
type screenKind struct {
	printer bool // it cannot place text
	ascii   bool // it may show only ASCII
	mono    bool // it has no colours
	console bool // it prints control sequences that it does not know as text
}

// knownScreens are the terminals with limits, by the start of their names. The Linux console takes UTF-8, but its font lacks most of
// our symbols.
var knownScreens = []struct {
	name string
	kind screenKind
}{
	{"dumb", screenKind{printer: true}},
	{"unknown", screenKind{printer: true}},
	{"linux", screenKind{ascii: true, console: true}},
	{"vt", screenKind{ascii: true, mono: true, console: true}},
	{"ansi", screenKind{ascii: true, console: true}},
	{"cons25", screenKind{ascii: true, console: true}},
}

// screenOf reads the environment. Without a TERM the terminal is taken for a printer, except on Windows, which never sets TERM.
func screenOf(getenv func(string) string) screenKind {
	name := getenv("TERM")
	kind := screenKind{printer: name == "" && runtime.GOOS != "windows"}
	for _, known := range knownScreens {
		if strings.HasPrefix(name, known.name) {
			kind = known.kind
		}
	}
	kind.mono = kind.mono || strings.HasSuffix(name, "-m") || strings.HasSuffix(name, "-mono") || getenv("NO_COLOR") != ""
	kind.ascii = kind.ascii || asciiLocale(getenv)
	return kind
}

// multiplexerOf returns the multiplexer that the program runs in, as the environment says. Over ssh only TERM is left to say it, and the
// names of screen do not: tmux uses them too.
func multiplexerOf(getenv func(string) string) tui.Multiplexer {
	switch {
	case getenv("TMUX") != "", getenv("STY") == "" && strings.HasPrefix(getenv("TERM"), "tmux"):
		return tui.Tmux
	case getenv("STY") != "":
		return tui.Screen
	}
	return tui.NoMultiplexer
}

// callWayOf returns the way in which the terminal shows notices, as the environment says: most know OSC 9, and these OSC 777.
func callWayOf(getenv func(string) string) tui.CallWay {
	for _, name := range []string{"rxvt", "foot"} {
		if strings.HasPrefix(getenv("TERM"), name) {
			return tui.ByOSC777
		}
	}
	if getenv("VTE_VERSION") != "" {
		return tui.ByOSC777
	}
	return tui.ByOSC9
}

// asciiLocale reports whether the locale says that the terminal does not take UTF-8. Without a locale, or if it names no character set,
// UTF-8 is assumed.
func asciiLocale(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		locale := getenv(name)
		if locale == "" {
			continue
		}
		_, charset, named := strings.Cut(locale, ".")
		charset, _, _ = strings.Cut(charset, "@")
		utf8 := strings.EqualFold(strings.ReplaceAll(charset, "-", ""), "utf8")
		return locale == "C" || locale == "POSIX" || named && !utf8
	}
	return false
}

// screen returns what the environment says about the program's terminal.
func (s *settings) screen() screenKind { return screenOf(os.Getenv) }

// drawable reports whether standard output is a terminal that can place text.
func (s *settings) drawable() bool { return isTerminal(s.std.out) && !s.screen().printer }

// drawsASCII reports whether text for people is written in ASCII: as --ascii says, else as the terminal needs it. Output to a file or a
// pipe does not depend on the environment.
func (s *settings) drawsASCII() bool {
	if s.ascii != "" {
		return s.ascii == "true"
	}
	return isTerminal(s.std.out) && s.screen().ascii
}

// explainPrinting says on a terminal that cannot place text why the interface does not open.
func (s *settings) explainPrinting() {
	if isTerminal(s.std.out) {
		fmt.Fprintf(s.std.err, "pawprint: the terminal %+q cannot position text, so the events are printed instead; set TERM, or use pawprint query\n", os.Getenv("TERM"))
	}
}

// autoColors returns the colour profile of --color auto, as the environment says. Answers of the terminal may improve it later.
func (s *settings) autoColors() []tea.ProgramOption {
	if s.screen().mono {
		return []tea.ProgramOption{tea.WithColorProfile(colorprofile.ASCII)}
	}
	return []tea.ProgramOption{tea.WithColorProfile(colorprofile.Detect(s.std.out, os.Environ()))}
}

// knownBackground returns what COLORFGBG says about the background, or AskBackground. Its last number is a colour of 16, of which 7 and
// the bright ones but the dark grey are light.
func knownBackground(getenv func(string) string) tui.Background {
	value := getenv("COLORFGBG")
	color, err := strconv.Atoi(value[strings.LastIndex(value, ";")+1:])
	switch {
	case err != nil || color < 0 || color > 15:
		return tui.AskBackground
	case color == 7 || color >= 9:
		return tui.LightBackground
	}
	return tui.DarkBackground
}

// backgroundOf returns the background that is assumed until the terminal answers: its answer counts for more than COLORFGBG, which may be
// left over from another terminal.
func backgroundOf(getenv func(string) string) tui.Background {
	if knownBackground(getenv) == tui.LightBackground {
		return tui.AskLightBackground
	}
	return tui.AskBackground
}

// themeVariable is the environment variable that names a theme.
const themeVariable = "PAWPRINT_THEME"

// themeID returns the theme of --theme, else of the environment, else, on a terminal, of the configuration.
func (s *settings) themeID(getenv func(string) string) (tui.ThemeID, error) {
	name, from := s.theme, "--theme"
	if name == "" {
		name, from = getenv(themeVariable), themeVariable
	}
	if name == "" && s.config.Theme != "" && isTerminal(s.std.out) {
		name, from = s.config.Theme, s.config.File
	}
	id, err := tui.FindTheme(name)
	if err != nil {
		return id, fmt.Errorf("reading %s: %w", from, err)
	}
	return id, nil
}

// checkTheme returns an error if the theme that is asked for does not exist. That of the environment matters only where there are colours.
func (s *settings) checkTheme() error {
	getenv := os.Getenv
	if !s.printsColors() {
		getenv = func(string) string { return "" }
	}
	_, err := s.themeID(getenv)
	return err
}

// themeNames lists the themes for the help.
func themeNames() string {
	var names []string
	for _, id := range tui.Themes() {
		names = append(names, id.String())
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// choice is a flag that is on, off, or, if empty, left to the program.
type choice string

func (c *choice) String() string   { return string(*c) }
func (c *choice) Type() string     { return "bool" }
func (c *choice) IsBoolFlag() bool { return true }

func (c *choice) Set(text string) error {
	on, err := strconv.ParseBool(text)
	*c = choice(strconv.FormatBool(on))
	return err
}
