package keyguard

import (
	"context"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// scriptedTerminal is a terminal whose input a test sends.
type scriptedTerminal struct {
	in      chan []byte
	wakes   chan struct{}
	pending []byte
}

func newScriptedTerminal() *scriptedTerminal {
	return &scriptedTerminal{in: make(chan []byte), wakes: make(chan struct{}, 1)}
}

func (s *scriptedTerminal) wait(limit time.Duration) (input, woken bool, err error) {
	if len(s.pending) > 0 {
		return true, false, nil
	}
	var due <-chan time.Time
	if limit > 0 {
		timer := time.NewTimer(limit)
		defer timer.Stop()
		due = timer.C
	}
	select {
	case s.pending = <-s.in: // nothing once it is closed
		return true, false, nil
	case <-s.wakes:
		return false, true, nil
	case <-due:
		return false, false, nil
	}
}

func (s *scriptedTerminal) wake() {
	select {
	case s.wakes <- struct{}{}:
	default:
	}
}

func (s *scriptedTerminal) close() {}

func (s *scriptedTerminal) Read(p []byte) (int, error) {
	n := copy(p, s.pending)
	s.pending = s.pending[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (s *scriptedTerminal) Write(p []byte) (int, error) { return len(p), nil }
func (s *scriptedTerminal) Close() error                { return nil }
func (s *scriptedTerminal) Fd() uintptr                 { return 0 }

// decoding is the library's decoder behind a guard, in a bubble of synctest.
type decoding struct {
	*scriptedTerminal
	reader *Reader
	mu     sync.Mutex
	events []uv.Event
	ended  chan error
}

func decode(ctx context.Context) *decoding {
	d := &decoding{scriptedTerminal: newScriptedTerminal(), ended: make(chan error, 1)}
	d.reader = newReader(d.scriptedTerminal, d.scriptedTerminal)
	events := make(chan uv.Event)
	go func() {
		d.ended <- uv.NewTerminalReader(d.reader, "xterm-256color").StreamEvents(ctx, events)
		close(events)
	}()
	go func() {
		for e := range events {
			d.mu.Lock()
			d.events = append(d.events, e)
			d.mu.Unlock()
		}
	}()
	return d
}

func (d *decoding) send(s string) {
	if s != "" {
		d.in <- []byte(s)
	}
}

// since returns the events that came after the first n, once everything has come to rest.
func (d *decoding) since(n int) []uv.Event {
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.events[n:])
}

func (d *decoding) end(t *testing.T) {
	close(d.in)
	if err := <-d.ended; err != errGone {
		t.Errorf("the reading ends with %v, want %v", err, errGone)
	}
}

// isExpected reports whether an event is one that the program knows: keys, mouse, pastes and answers to its questions.
func isExpected(e uv.Event) bool {
	switch e := e.(type) {
	case uv.KeyPressEvent, uv.KeyReleaseEvent, uv.MouseClickEvent, uv.MouseReleaseEvent, uv.MouseWheelEvent, uv.MouseMotionEvent,
		uv.PasteStartEvent, uv.PasteEvent, uv.PasteEndEvent, uv.BackgroundColorEvent, uv.KeyboardEnhancementsEvent:
		return true
	case uv.ModeReportEvent:
		return e.Mode.Mode() == 2026 || e.Mode.Mode() == 2027
	case uv.CursorPositionEvent:
		return e.Y == 0 && e.X < 16 // it comes with the key F3
	}
	return false
}

// checkSurvival shows that the decoder lives on behind the guard, reports nothing that nobody asked for, and gets a key
// that is typed afterwards as that key.
func checkSurvival(t *testing.T, pieces []string, pauses []time.Duration) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := decode(t.Context())
		for i, piece := range pieces {
			d.send(piece)
			time.Sleep(pauses[i%len(pauses)])
		}
		time.Sleep(10 * time.Second)
		for _, e := range d.since(0) {
			if !isExpected(e) {
				t.Errorf("%.300q: the program gets %T %+v", pieces, e, e)
			}
		}
		before := len(d.since(0))
		d.send("q")
		time.Sleep(time.Second)
		after := d.since(before)
		if len(after) != 1 {
			t.Fatalf("%.300q: the key q becomes %v", pieces, after)
		}
		if key, ok := after[0].(uv.KeyPressEvent); !ok || key.Text != "q" || key.Mod != 0 {
			t.Errorf("%.300q: the key q becomes %T %v", pieces, after[0], after[0])
		}
		d.end(t)
	})
}

func TestTheDecoderSurvivesEveryScript(t *testing.T) {
	for _, s := range scripts {
		t.Run(s.name, func(t *testing.T) {
			in := slices.DeleteFunc(slices.Clone(s.in), func(part string) bool { return part == silence })
			for _, pause := range []time.Duration{0, 20 * time.Millisecond, 3 * time.Second} {
				checkSurvival(t, in, []time.Duration{pause})
			}
		})
	}
}

func TestPastesArriveWhole(t *testing.T) {
	long := strings.Repeat("Sämtliche Regeln gelöscht 😀 ", 20000)
	for in, want := range map[string]string{
		paste("is:failed \x1b[" + strings.Repeat("1;", 40) + "m"): "is:failed \x1a[" + strings.Repeat("1;", 40) + "m",
		paste(long):                   long,
		paste("a\r\n\tb\x00\x7fc"):    "a\r\n\tb\x00\x7fc",
		paste("\xff\xfe"):             "\x1a\x1a",
		paste(""):                     "",
		pasteStart + "no end":         "no end",
		pasteStart + pasteStart + "x": "\x1a[200~x",
	} {
		synctest.Test(t, func(t *testing.T) {
			d := decode(t.Context())
			d.send(in)
			time.Sleep(3 * time.Second)
			var pastes []string
			for _, e := range d.since(0) {
				if p, ok := e.(uv.PasteEvent); ok {
					pastes = append(pastes, p.Content)
				} else if _, ok := e.(uv.KeyPressEvent); ok {
					t.Errorf("%.100q types %v", in, e)
				}
			}
			if !slices.Equal(pastes, []string{want}) {
				t.Errorf("%.100q pastes %.100q, want %.100q", in, pastes, want)
			}
			d.end(t)
		})
	}
}

func TestKeysAreTheSameAsWithoutTheGuard(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b": "esc", "\x03": "ctrl+c", "\x1b\x7f": "alt+backspace", "\x1ba": "alt+a", "\x1bA": "alt+shift+a", "\x1b\r": "alt+enter",
		"\x1b\x01": "ctrl+alt+a", "\x1b[": "alt+[", "\x1bO": "alt+shift+o", "\x1b[1;3D": "alt+left", "\x1b\x1b[D": "alt+left", "\x1b[A": "up",
		"\x1bOB": "down", "\x1b[6~": "pgdown", "\x1bOQ": "f2", "\x1b[[B": "f2", "\x1b[Z": "shift+tab", "\x1b[1;2A": "shift+up", "\x00": "ctrl+space",
		"\x1b[99;5u": "ctrl+c", "\x1b[27;5;99~": "ctrl+c", "\x1b[57362u": "pause", "é": "é", " ": "space", "\t": "tab", "\x7f": "backspace",
		"\x1b ": "alt+space", "\x1bé": "alt+é", "\x1b\t": "alt+tab", "\x1b[H": "home", "\x1b[3^": "ctrl+delete",
	} {
		synctest.Test(t, func(t *testing.T) {
			d := decode(t.Context())
			d.send(in)
			time.Sleep(time.Second)
			var keys []string
			for _, e := range d.since(0) {
				if k, ok := e.(uv.KeyPressEvent); ok {
					keys = append(keys, k.Keystroke())
				}
			}
			if !slices.Equal(keys, []string{want}) {
				t.Errorf("%q is %q, want %q", in, keys, want)
			}
			d.end(t)
		})
	}
}

func TestEscapeIsAnsweredAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := decode(t.Context())
		d.send("\x1b")
		time.Sleep(keyWait)
		if got := d.since(0); len(got) != 1 {
			t.Errorf("after %v the events are %v, want one", keyWait, got)
		}
		d.end(t)
	})
}

// shards are what hostile input is made of.
var shards = []string{"\x1b", "\x1b[", "\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x1bO", "\x1b\\", "\x9b", "\x9d", "\x90", "\x9c", "\u009b", "\x07", "\x03", "\x18",
	"\x00", ";", ":", "1", "200~", "201~", pasteStart, pasteEnd, "99999999999", "?", "<", ">", "$", "y", "m", "M", "u", "R", "t", "_", "~", "c", "q", "é", "\xff", "\xe2\x9c",
	"\ufffd", "11;rgb:ffff/0000/0000", "52;c;AAAA", "\x1b[<0;1;1M", "\x1b[M", "\x1b[?2026;2$y", "\x1b[0;0;113;1;0;1_", "\x1b[97;5u", "\r\n", "😀\u200d", strings.Repeat("1;", 40)}

func TestTheDecoderSurvivesHostileInput(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 / 8 {
		pieces, pauses := make([]string, 8), make([]time.Duration, 8)
		for i := range pieces {
			for range 1 + random.IntN(12) {
				pieces[i] += shards[random.IntN(len(shards))]
			}
			pauses[i] = []time.Duration{0, 10 * time.Millisecond, 60 * time.Millisecond, 700 * time.Millisecond, 3 * time.Second}[random.IntN(5)]
		}
		checkSurvival(t, pieces, pauses)
	}
}

func FuzzInputReachesTheDecoderHarmless(f *testing.F) {
	for _, s := range scripts {
		if in := strings.ReplaceAll(strings.Join(s.in, ""), silence, ""); len(in) < 1000 {
			f.Add([]byte(in), uint16(len(in)/2), uint16(60))
		}
	}
	f.Fuzz(func(t *testing.T, in []byte, at uint16, millis uint16) {
		cut := min(int(at), len(in))
		checkSurvival(t, []string{string(in[:cut]), string(in[cut:])}, []time.Duration{time.Duration(millis) * time.Millisecond})
	})
}
