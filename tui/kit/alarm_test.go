package kit

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

func TestAnAlarmCallsAtMostOnceInTenSecondsAndLosesNoCount(t *testing.T) {
	var a Alarm
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	after := func(d time.Duration) time.Time { return at.Add(d) }
	if _, due := a.Due(at); due {
		t.Fatal("without alerts a call is due")
	}
	a.Add(1)
	if wait, due := a.Due(at); !due || wait != 0 {
		t.Fatalf("the first alert waits %v, due %v; want a call at once", wait, due)
	}
	if got, want := a.call(at), "\a\x1b]9;pawprint: 1 alert\a"; got != want {
		t.Errorf("the first call is %q, want %q", got, want)
	}
	a.Add(2)
	a.Add(1)
	if wait, due := a.Due(after(3 * time.Second)); !due || wait != 7*time.Second {
		t.Errorf("after 3 s the next call waits %v, due %v; want 7 s", wait, due)
	}
	if wait, due := a.Due(after(-time.Hour)); !due || wait != 10*time.Second {
		t.Errorf("of a clock that was set back the next call waits %v, due %v; want 10 s", wait, due)
	}
	if wait, due := a.Due(after(time.Minute)); !due || wait != 0 {
		t.Errorf("after a minute the next call waits %v, due %v; want a call at once", wait, due)
	}
	if got, want := a.call(after(time.Minute)), "\a\x1b]9;pawprint: 3 new alerts, 4 in all\a"; got != want {
		t.Errorf("the second call is %q, want %q", got, want)
	}
	if _, due := a.Due(after(time.Hour)); due || a.All() != 4 {
		t.Errorf("after both calls one is due: %v; %d alerts in all, want 4", due, a.All())
	}
}

func TestACallReachesTheTerminalThroughAMultiplexer(t *testing.T) {
	plain := "\x1b]9;pawprint: 1 alert\a"
	for name, c := range map[string]struct {
		alarm Alarm
		want  string
	}{
		"no multiplexer":     {Alarm{}, "\a" + plain},
		"tmux":               {Alarm{Through: Tmux}, "\a" + ansi.TmuxPassthrough(plain)},
		"screen":             {Alarm{Through: Screen}, "\a" + ansi.ScreenPassthrough(plain, screenString)},
		"OSC 777":            {Alarm{Way: ByOSC777}, "\a\x1b]777;notify;pawprint;1 alert\a"},
		"a bell and no more": {Alarm{Way: ByBell, Through: Tmux}, "\a"},
	} {
		t.Run(name, func(t *testing.T) {
			c.alarm.Add(1)
			if got := c.alarm.call(time.Time{}); got != c.want {
				t.Errorf("the call is %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheTitleOfACommandIsGivenBack(t *testing.T) {
	var a Alarm
	if a.EndTitle() != "" {
		t.Error("a title that was not set is given back")
	}
	a.Add(2)
	first := a.CallTitled(time.Time{}, false)
	a.Add(1)
	second := a.CallTitled(time.Time{}, true)
	if !strings.HasSuffix(first, "\x1b[22;2t\x1b]2;● 2 alerts · pawprint\a") || strings.Contains(second, "22;2t") {
		t.Errorf("the calls are %q and %q", first, second)
	}
	if !strings.Contains(second, " 3 alerts ") || strings.ContainsRune(second, '●') {
		t.Errorf("in ASCII the call is %q", second)
	}
	if got := a.EndTitle() + a.EndTitle(); got != "\x1b[23;2t" {
		t.Errorf("the title is given back with %q", got)
	}
	bell := Alarm{Way: ByBell}
	if bell.Add(1); bell.CallTitled(time.Time{}, false)+bell.EndTitle() != "\a" {
		t.Error("a terminal that knows only a bell gets a title")
	}
}
