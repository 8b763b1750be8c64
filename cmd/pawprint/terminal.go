package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// screenKind is what the environment says about the terminal, as far as that is not asked of the terminal itself.
type screenKind struct {
	printer bool // it cannot place text
	ascii   bool // it shows no more than ASCII, or nobody knows what
	mono    bool // it has no colours
	console bool // it takes control sequences that it does not know for text
}

// knownScreens are the terminals that need care, by the beginning of their names. The console of Linux has UTF-8, but a font
// with few of our signs.
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

// screenOf reads the environment. A terminal without a name can do nothing, but for that of Windows, which never has one.
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

// asciiLocale reports whether the locale says that the terminal does not take UTF-8. Where there is none, or one that names no
// character set, nothing is known, and terminals of today take it.
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

// screen is what is known about the terminal of the program.
func (s *settings) screen() screenKind { return screenOf(os.Getenv) }

// drawable reports whether standard output is a terminal that can place text.
func (s *settings) drawable() bool { return isTerminal(s.std.out) && !s.screen().printer }

// drawsASCII reports whether what is for a reader is to be written in ASCII: as --ascii says, else as the terminal needs it.
// What goes anywhere but to a terminal does not depend on the environment.
func (s *settings) drawsASCII() bool {
	if s.ascii != "" {
		return s.ascii == "true"
	}
	return isTerminal(s.std.out) && s.screen().ascii
}

// explainPrinting tells a person why the interface is not there.
func (s *settings) explainPrinting() {
	if isTerminal(s.std.out) {
		fmt.Fprintf(s.std.err, "pawprint: the terminal %+q cannot place text, so that the events are printed; set TERM, or ask with pawprint query\n", os.Getenv("TERM"))
	}
}

// autoColors is how the interface is to treat colours if --color does not decide: as the environment says, and the terminal's own
// answers later.
func (s *settings) autoColors() []tea.ProgramOption {
	if s.screen().mono {
		return []tea.ProgramOption{tea.WithColorProfile(colorprofile.ASCII)}
	}
	return []tea.ProgramOption{tea.WithColorProfile(colorprofile.Detect(s.std.out, os.Environ()))}
}

// choice is a flag that is on, off, or left to the program: the empty one.
type choice string

func (c *choice) String() string   { return string(*c) }
func (c *choice) Type() string     { return "bool" }
func (c *choice) IsBoolFlag() bool { return true }

func (c *choice) Set(text string) error {
	on, err := strconv.ParseBool(text)
	*c = choice(strconv.FormatBool(on))
	return err
}
