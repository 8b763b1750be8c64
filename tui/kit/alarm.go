package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/termsafe"
)

// CallWay is how a terminal shows a notice.
type CallWay uint8

// The ways of a call. Most terminals understand the zero value, and the others ignore it.
const (
	ByOSC9   CallWay = iota
	ByOSC777         // rxvt, VTE, foot
	ByBell           // no notice and no title: the terminal would print them
)

// alarmPause is the shortest time between two calls. What comes meanwhile is counted into the next one.
const alarmPause = 10 * time.Second

// Alarm counts alerts and calls the user, with a bell, a notice and, outside of the interface, the title of the terminal. Its bytes hold
// our words and numbers only: nothing of a log can get into them. Only one goroutine may use it.
type Alarm struct {
	Through Multiplexer
	Way     CallWay
	Pause   time.Duration // between two calls; 0 is 10 s

	all, untold int
	last        time.Time
	titled      bool
}

// Add counts alerts.
func (a *Alarm) Add(n int) { a.all, a.untold = a.all+n, a.untold+n }

// All is the number of alerts so far.
func (a *Alarm) All() int { return a.all }

// Due reports whether there are alerts to call for, and for how long the call must still wait.
func (a *Alarm) Due(now time.Time) (wait time.Duration, due bool) {
	pause := a.Pause
	if pause == 0 {
		pause = alarmPause
	}
	if a.untold == 0 {
		return 0, false
	}
	if a.last.IsZero() {
		return 0, true
	}
	return min(pause, max(0, a.last.Add(pause).Sub(now))), true
}

// Call returns the command that calls for the alerts since the last call.
func (a *Alarm) Call(now time.Time) tea.Cmd { return tea.Raw(a.call(now)) }

// call returns the bytes of a call. Multiplexers get the bell themselves, which marks the window, and pass on the notice.
func (a *Alarm) call(now time.Time) string {
	words := termsafe.Count(int64(a.all), "alert", "alerts")
	if fresh := termsafe.Count(int64(a.untold), "new alert", "new alerts"); a.untold < a.all {
		words = termsafe.Concat(fresh, termsafe.Const(", "), termsafe.Int(int64(a.all)), termsafe.Const(" in all"))
	}
	a.untold, a.last = 0, now
	const bell = "\a"
	if a.Way == ByBell {
		return bell
	}
	notice := ansi.Notify("pawprint: " + words.String())
	if a.Way == ByOSC777 {
		notice = "\x1b]777;notify;pawprint;" + words.String() + bell
	}
	switch a.Through {
	case Tmux:
		notice = ansi.TmuxPassthrough(notice)
	case Screen:
		notice = ansi.ScreenPassthrough(notice, screenString)
	}
	return bell + notice
}

// CallTitled returns the bytes of a call for a terminal without the interface, whose title is kept until EndTitle.
func (a *Alarm) CallTitled(now time.Time, ascii bool) string {
	call := a.call(now)
	if a.Way == ByBell {
		return call
	}
	if !a.titled {
		a.titled = true
		call += "\x1b[22;2t"
	}
	return call + ansi.SetWindowTitle(AlertTitle(a.all, glyphsFor(ascii)).String()+"pawprint")
}

// EndTitle returns the bytes that bring the title from before back; empty if it was not changed.
func (a *Alarm) EndTitle() string {
	if !a.titled {
		return ""
	}
	a.titled = false
	return "\x1b[23;2t"
}

// AlertTitle begins the title of a window: "● 3 alerts · ". It is empty for none.
func AlertTitle(n int, g *Glyphs) termsafe.Safe {
	if n == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(AlertCount(n, g), BlankCell, g.Dot, BlankCell)
}

// AlertCount is a number of alerts for a title: "● 3 alerts".
func AlertCount(n int, g *Glyphs) termsafe.Safe {
	return termsafe.Concat(g.Live, BlankCell, termsafe.Count(int64(n), "alert", "alerts"))
}

func glyphsFor(ascii bool) *Glyphs {
	if ascii {
		return &ASCIIGlyphs
	}
	return &RichGlyphs
}
