package main

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/creack/pty"

	"pawprint/tui"
)

func TestEnvironmentSaysWhatTheTerminalCanDo(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want screenKind
	}{
		{map[string]string{"TERM": "xterm-256color"}, screenKind{}},
		{map[string]string{"TERM": "tmux-256color", "LANG": "en_US.UTF-8"}, screenKind{}},
		{map[string]string{"TERM": "xterm", "LANG": "en_US"}, screenKind{}},
		{map[string]string{"TERM": "xterm", "LC_CTYPE": "C.utf8", "LANG": "C"}, screenKind{}},
		{map[string]string{"TERM": "xterm", "LANG": "C"}, screenKind{ascii: true}},
		{map[string]string{"TERM": "xterm", "LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, screenKind{ascii: true}},
		{map[string]string{"TERM": "xterm", "LANG": "de_DE.ISO-8859-15@euro"}, screenKind{ascii: true}},
		{map[string]string{"TERM": "linux", "LANG": "C.UTF-8"}, screenKind{ascii: true, console: true}},
		{map[string]string{"TERM": "vt100"}, screenKind{ascii: true, mono: true, console: true}},
		{map[string]string{"TERM": "xterm-mono"}, screenKind{mono: true}},
		{map[string]string{"TERM": "xterm", "NO_COLOR": "yes"}, screenKind{mono: true}},
		{map[string]string{"TERM": "xterm", "NO_COLOR": ""}, screenKind{}},
		{map[string]string{"TERM": "dumb"}, screenKind{printer: true}},
	} {
		if got := screenOf(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("screenOf(%v) = %+v, want %+v", c.env, got, c.want)
		}
	}
}

func TestColorFgBgSaysTheBackgroundUntilTheTerminalAnswers(t *testing.T) {
	for value, want := range map[string]tui.Background{
		"": tui.AskBackground, "15;0": tui.AskBackground, "0;15": tui.AskLightBackground, "0;default;15": tui.AskLightBackground, "0;7": tui.AskLightBackground,
		"7;8": tui.AskBackground, "12;11": tui.AskLightBackground, "0;default": tui.AskBackground, "15;6": tui.AskBackground, "0;16": tui.AskBackground, ";": tui.AskBackground,
		"15": tui.AskLightBackground, "0;-7": tui.AskBackground,
	} {
		if got := backgroundOf(func(string) string { return value }); got != want {
			t.Errorf("backgroundOf(%q) = %v, want %v", value, got, want)
		}
	}
}

func TestTheFlagWinsOverTheThemeOfTheEnvironment(t *testing.T) {
	for _, c := range []struct{ flag, env, want, err string }{
		{"", "", "auto", ""},
		{"light", "", "light", ""},
		{"", "Terminal", "terminal", ""},
		{"high-contrast", "nonsense", "high-contrast", ""},
		{"", "nonsense", "", `reading PAWPRINT_THEME: "nonsense" is not a theme: write auto, dark, light, `},
		{"nonsense", "dark", "", `reading --theme: "nonsense" is not a theme: write auto, dark, light, `},
	} {
		s := settingsOn(t)
		s.theme = c.flag
		id, err := s.themeID(func(name string) string { return map[string]string{"PAWPRINT_THEME": c.env}[name] })
		if c.err != "" {
			if err == nil || !strings.HasPrefix(err.Error(), c.err) {
				t.Errorf("--theme %q with %q: the error is %v, want %s", c.flag, c.env, err, c.err)
			}
		} else if err != nil || id.String() != c.want {
			t.Errorf("--theme %q with %q: %v, %v, want %s", c.flag, c.env, id, err, c.want)
		}
	}
}

// output returns everything that the program has written to the terminal.
func (x *terminal) output() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.String()
}

// walkThrough opens the shared log, filters it, opens an event and the help, and quits.
func walkThrough(x *terminal) {
	x.t.Helper()
	x.waitForText("2,000 events")
	x.typeKeys("f")
	x.waitForText("127 shown")
	x.typeKeys("\r")
	x.waitForText("soar-playbooks failed to LIST_ALERTS")
	x.typeKeys("?")
	x.waitForText("keep, hide")
	x.typeKeys("?")
	x.waitForText("soar-playbooks failed to LIST_ALERTS")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestTerminalsWithoutUnicodeGetASCII(t *testing.T) {
	for _, env := range []string{"LC_ALL=C", "LANG=C", "LANG=de_CH.ISO-8859-1", "TERM=linux", "TERM=vt100"} {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			x := startOn(t, terminalOptions{cols: 200, rows: 24, env: []string{"COLORTERM=", "LC_ALL=", "LC_CTYPE=", env}}, nil, story)
			walkThrough(x)
			out := x.output()
			if i := strings.IndexFunc(out, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
				t.Errorf("%q reached a terminal that shows ASCII alone", out[i:min(i+20, len(out))])
			}
			if !strings.Contains(out, "x FAILED") {
				t.Error("failures have no sign")
			}
			if strings.HasPrefix(env, "TERM=") && strings.Contains(out, "\x1b]") {
				t.Error("a command for other terminals was written, which this one shows as text")
			}
		})
	}
}

func TestASCIIFlagDecidesAgainstTheEnvironment(t *testing.T) {
	x := startOn(t, terminalOptions{cols: 200, rows: 24, env: []string{"LC_ALL=C"}}, nil, "--ascii=false", story)
	x.waitForText("✗ FAILED")
	x.typeKeys("q")
	x.waitForExit(0)
	x = startOn(t, terminalOptions{cols: 200, rows: 24}, nil, "--ascii", story)
	x.waitForText("x FAILED")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestNoColorsAreWrittenWhereThereAreNone(t *testing.T) {
	for _, env := range []string{"NO_COLOR=1", "NO_COLOR=please", "TERM=vt100", "TERM=xterm-mono"} {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			x := startOn(t, terminalOptions{cols: 80, rows: 24, env: []string{env}}, nil, story)
			walkThrough(x)
			if sgr := colorIn(x.output()); sgr != "" {
				t.Errorf("the colour %q was written", sgr)
			}
		})
	}
	x := startOn(t, terminalOptions{cols: 80, rows: 24, env: []string{"NO_COLOR=1"}}, nil, "--color", "always", story)
	walkThrough(x)
	if colorIn(x.output()) == "" {
		t.Error("--color always is not obeyed")
	}
}

// colorIn returns the first sequence that sets a colour.
func colorIn(out string) string {
	for _, rest := range strings.Split(out, "\x1b[")[1:] {
		parameters, _, ok := strings.Cut(rest, "m")
		if !ok || strings.Trim(parameters, "0123456789;") != "" {
			continue
		}
		for _, p := range strings.Split(parameters, ";") {
			if n, _ := strconv.Atoi(p); n >= 30 && n != 39 && n != 49 {
				return parameters
			}
		}
	}
	return ""
}

func TestTerminalThatCannotPlaceTextGetsATable(t *testing.T) {
	for _, env := range []string{"TERM=dumb", "TERM=", "TERM=unknown"} {
		t.Run(env, func(t *testing.T) {
			x := startOn(t, terminalOptions{cols: 200, rows: 24, env: []string{env}}, nil, "--failed", "-q", "action:delete_user_role", story)
			x.waitUntil("the events", nil, func() bool { return strings.Contains(x.screen(), "Support Readonly") })
			x.waitForExit(0)
			out := x.output()
			if !strings.HasPrefix(out, "pawprint: the terminal \""+strings.TrimPrefix(env, "TERM=")+"\" cannot position text") {
				t.Errorf("the output does not say why there is no interface: %q", out)
			}
			if strings.Contains(out, "\x1b") {
				t.Errorf("an escape sequence was written: %q", out)
			}
		})
	}
}

func TestInterfaceSurvivesAnySizeOfTheTerminal(t *testing.T) {
	x := startOn(t, terminalOptions{cols: 1, rows: 1}, nil, story)
	for _, size := range [][2]uint16{{80, 24}, {0, 0}, {80, 24}, {0, 24}, {80, 24}, {80, 0}, {80, 24}, {2, 2}, {80, 24}, {10, 3}, {80, 24}, {20, 5}, {80, 24}, {300, 4}, {80, 24}} {
		x.Screen.Resize(max(1, int(size[0])), max(1, int(size[1])))
		if err := pty.Setsize(x.PTY, &pty.Winsize{Cols: size[0], Rows: size[1]}); err != nil {
			t.Fatal(err)
		}
		switch {
		case size[0] >= 80 && size[1] >= 24:
			x.waitForText("2,000 events")
			x.waitForText("GET_LOG_SOURCE")
		case size[0] >= 10 && size[1] > 0:
			x.waitForText("too small")
		}
		x.typeKeys("jk")
	}
	x.typeKeys("q")
	x.waitForExit(0)
}

// stepsDown goes down the list row by row, waiting for the screen after each, and returns how many bytes a step takes.
func (x *terminal) stepsDown(from, to int) int {
	x.t.Helper()
	before := len(x.output())
	for place := from + 1; place <= to; place++ {
		x.typeKeys("j")
		x.waitForText(" " + strconv.Itoa(place) + "/1,873")
	}
	return (len(x.output()) - before) / (to - from)
}

// A line of 9,600 bit/s carries 960 bytes a second. Failed events show additional lines and are left out.
func TestStepsCostFewBytesOnASlowLine(t *testing.T) {
	x := startOn(t, terminalOptions{cols: 120, rows: 36, env: []string{"COLORTERM="}}, nil, "-q", "result:succeeded", story)
	x.waitForText("1,873/1,873")
	x.typeKeys("g")
	x.waitForText(" 1/1,873")
	if n := x.stepsDown(1, 11); n > 600 {
		t.Errorf("a step in the list costs %d bytes", n)
	}
	x.typeKeys("\r")
	x.waitForText("Params")
	if n := x.stepsDown(11, 21); n > 3600 {
		t.Errorf("a step with the detail open costs %d bytes", n)
	}
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestTheEnvironmentNamesTheMultiplexer(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want tui.Multiplexer
	}{
		{map[string]string{"TERM": "xterm-256color"}, tui.NoMultiplexer},
		{map[string]string{"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, tui.Tmux},
		{map[string]string{"TERM": "tmux-256color"}, tui.Tmux},
		{map[string]string{"TERM": "screen", "STY": "1.pts-0"}, tui.Screen},
		{map[string]string{"TERM": "screen"}, tui.NoMultiplexer}, // either of them, over ssh
	} {
		if got := multiplexerOf(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v is multiplexer %d, want %d", c.env, got, c.want)
		}
	}
}
