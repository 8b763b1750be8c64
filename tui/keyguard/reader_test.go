//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package keyguard

import (
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// patience only ends tests that fail.
const patience = 20 * time.Second

// openTerminal returns both ends of a raw pseudo terminal.
func openTerminal(t *testing.T) (keys, tty *os.File) {
	t.Helper()
	keys, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keys.Close(); tty.Close() })
	if _, err := term.MakeRaw(int(tty.Fd())); err != nil {
		t.Fatal(err)
	}
	return keys, tty
}

func openReader(t *testing.T, f File) *Reader {
	t.Helper()
	r, err := New(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

type result struct {
	text string
	err  error
}

// readOne starts a Read.
func readOne(r *Reader) <-chan result {
	out := make(chan result, 1)
	go func() {
		var p [4096]byte
		n, err := r.Read(p[:])
		out <- result{string(p[:n]), err}
	}()
	return out
}

func (r result) check(t *testing.T, text string, err error) {
	t.Helper()
	if r.text != text || r.err != err {
		t.Errorf("Read = %q, %v; want %q, %v", r.text, r.err, text, err)
	}
}

func receive(t *testing.T, c <-chan result) result {
	t.Helper()
	select {
	case r := <-c:
		return r
	case <-time.After(patience):
		t.Fatal("Read does not return")
	}
	return result{}
}

func write(t *testing.T, f *os.File, s string) {
	t.Helper()
	if _, err := io.WriteString(f, s); err != nil {
		t.Fatal(err)
	}
}

func TestReaderReadsATerminal(t *testing.T) {
	keys, tty := openTerminal(t)
	r := openReader(t, tty)
	for _, pair := range [][2]string{
		{"q", "q"},
		{"\x1b", "\x1b[27u"}, // due without any more input
		{"\x1b[" + strings.Repeat("1;", 40) + "mx", "x"},
		{pasteStart + "abc\x03", "\x03"},
		{"dropped" + pasteEnd + "y", "y"},
	} {
		got := readOne(r)
		write(t, keys, pair[0])
		receive(t, got).check(t, pair[1], nil)
	}
}

func TestReaderHandsOutMoreThanOneReadHolds(t *testing.T) {
	keys, tty := openTerminal(t)
	r := openReader(t, tty)
	text := strings.Repeat("x", 20000)
	go func() { _, _ = io.WriteString(keys, paste(text)) }()
	var got strings.Builder
	for got.Len() < len(paste(text)) {
		one := receive(t, readOne(r))
		if one.err != nil {
			t.Fatal(one.err)
		}
		got.WriteString(one.text)
	}
	if got.String() != paste(text) {
		t.Errorf("a paste of %d bytes arrives as %d other bytes", len(text), got.Len())
	}
}

func TestReadsEndWhenTheTerminalIsLeft(t *testing.T) {
	for name, leave := range map[string]func(*Reader){
		"interrupted":          (*Reader).Interrupt,
		"asked for its number": func(r *Reader) { r.Fd() },
		"closed":               func(r *Reader) { r.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			keys, tty := openTerminal(t)
			r := openReader(t, tty)
			waiting := readOne(r)
			time.Sleep(time.Millisecond) // most often it waits by then; either order must do
			leave(r)
			select {
			case got := <-waiting:
				got.check(t, "", io.EOF)
			case <-time.After(time.Second):
				if name != "asked for its number" {
					t.Fatal("Read does not return")
				}
				write(t, keys, "a") // it began after the number was asked for
				receive(t, waiting).check(t, "a", nil)
			}
			r.Close()
			write(t, keys, "typed ahead")
			var p [64]byte
			if n, err := tty.Read(p[:]); string(p[:n]) != "typed ahead" {
				t.Errorf("the next program reads %q, %v; want all that was typed", p[:n], err)
			}
		})
	}
}

func TestReadsGoOnWhenTheTerminalIsTakenAgain(t *testing.T) {
	keys, tty := openTerminal(t)
	r := openReader(t, tty)
	r.Interrupt()
	for range 2 {
		receive(t, readOne(r)).check(t, "", io.EOF)
	}
	r.Fd() // to give it back
	r.Fd() // to take it again
	got := readOne(r)
	write(t, keys, "a")
	receive(t, got).check(t, "a", nil)
}

func TestReaderTellsThatTheTerminalIsGone(t *testing.T) {
	keys, tty := openTerminal(t)
	r := openReader(t, tty)
	got := readOne(r)
	keys.Close()
	if end := receive(t, got); end.err == nil || end.err == io.EOF {
		t.Errorf("Read = %q, %v; want an error that ends the program", end.text, end.err)
	}
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	r = openReader(t, in)
	out.Close()
	receive(t, readOne(r)).check(t, "", errGone)
}

// An interrupt that comes late, as the end of a context may, finds the numbers of its pipe in use by another file.
func TestAnInterruptAfterTheEndWritesIntoNoOtherFile(t *testing.T) {
	_, tty := openTerminal(t)
	r := openReader(t, tty)
	number := r.ready.(*pipeWaiter).pipe[1]
	r.Close()
	for range 10 { // the system gives the lowest number that is free
		in, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		defer out.Close()
		if int(out.Fd()) != number {
			continue
		}
		r.Interrupt()
		out.Close()
		if text, err := io.ReadAll(in); len(text) > 0 || err != nil {
			t.Errorf("the other file gets %q, %v", text, err)
		}
		return
	}
	t.Fatal("no other file has the number")
}

// brokenTerminal fails in a way that only a fault of ours can.
type brokenTerminal struct{ *scriptedTerminal }

func (brokenTerminal) Read([]byte) (int, error) { panic("a fault") }

func TestAFaultOfOursCostsNoMoreThanKeys(t *testing.T) {
	s := newScriptedTerminal()
	r := newReader(brokenTerminal{s}, s)
	got := readOne(r)
	s.in <- []byte("x")
	receive(t, got).check(t, "", nil)
}

// slowTerminal reads for a while; for ever is until the end of the test.
type slowTerminal struct {
	*scriptedTerminal
	takes time.Duration
	ended atomic.Bool
}

func (s *slowTerminal) Read(p []byte) (int, error) {
	time.Sleep(s.takes)
	s.ended.Store(true)
	return s.scriptedTerminal.Read(p)
}

// The modes of the terminal change once its number is known: a Read that goes on then waits for a line that never ends.
func TestTheNumberIsKnownOnceTheReadHasEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slowTerminal{scriptedTerminal: newScriptedTerminal(), takes: endWait / 2}
		r := newReader(s, s)
		got := readOne(r)
		s.in <- []byte("x")
		synctest.Wait()
		if r.Fd(); !s.ended.Load() {
			t.Error("the number is known while a Read goes on")
		}
		receive(t, got).check(t, "", io.EOF)
		receive(t, readOne(r)).check(t, "x", nil) // nothing is lost
	})
}

func TestAReadThatNeverEndsKeepsNoProgramFromItsEnd(t *testing.T) {
	for name, leave := range map[string]func(*Reader){"asked for its number": func(r *Reader) { r.Fd() }, "closed": func(r *Reader) { r.Close() }} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &slowTerminal{scriptedTerminal: newScriptedTerminal(), takes: time.Hour}
				r := newReader(s, s)
				got := readOne(r)
				s.in <- []byte("x")
				synctest.Wait()
				begin := time.Now()
				if leave(r); time.Since(begin) != endWait {
					t.Errorf("it takes %v, want %v", time.Since(begin), endWait)
				}
				<-got
			})
		})
	}
}
