package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	escapeKey  = "\x1b[27u"             // in the form that needs no pause after it
	silence    = 700 * time.Millisecond // enough for hostile input to take effect
)

// checkKeysAnswer checks that the program answers keys, whatever state it is in. A key that is lost with the rest of a paste is pressed
// again, as a person would do: with a pause after the escape, without which both are text of the paste.
func (x *terminal) checkKeysAnswer() {
	x.t.Helper()
	const help = "an hour back, forward"
	shown := func() bool { return strings.Contains(x.screen(), help) }
	x.typeKeys(strings.Repeat(escapeKey, 4) + "?")
	x.watch(silence, shown)
	for deadline := time.Now().Add(maxWait); !shown(); {
		if time.Now().After(deadline) {
			x.t.Fatalf("keys do not answer:\n%s", x.screen())
		}
		x.typeKeys(escapeKey)
		x.watch(silence, shown)
		x.typeKeys("?")
		x.watch(silence, shown)
	}
	x.typeKeys(escapeKey)
	x.waitFor("the help closed", func(string) bool { return !shown() })
}

// watch waits some time for a condition. It fails the test if the program has ended.
func (x *terminal) watch(limit time.Duration, ok func() bool) {
	x.t.Helper()
	for due := time.After(limit); !ok(); {
		select {
		case <-x.Changed():
		case <-x.Exited():
			x.t.Fatalf("the program ended:\n%s", x.screen())
		case <-due:
			return
		}
	}
}

func (x *terminal) quit() {
	x.t.Helper()
	x.typeKeys("\x03") // also from a help that a key of before opens only now
	x.waitForExit(0)
}

func TestHostileInputEndsNothingAndTypesNothing(t *testing.T) {
	many := strings.Repeat("1;", 40)
	for name, in := range map[string]string{
		"40 parameters":                "\x1b[" + many + "m",
		"2000 parameters":              "\x1b[" + strings.Repeat("7;", 2000) + "q",
		"40 parts of a parameter":      "\x1b[" + strings.Repeat("1:", 40) + "u",
		"40 parameters behind C1":      "\x9b" + many + "q",
		"40 parameters of a string":    "\x1bP" + many + "q" + many + "\x1b\\",
		"a paste with 40 parameters":   pasteStart + "is:failed \x1b[" + many + "m" + pasteEnd,
		"a paste with its end inside":  pasteStart + "a\x1b[20" + many + "q" + pasteEnd,
		"a string without an end":      "\x1b]0;qqqq",
		"a sequence without an end":    "\x1b[" + many,
		"a paste without an end":       pasteStart + "q\x1b[q" + "\x03qqq",
		"answers that nobody asked":    "\x1b[?62;4c\x1b[>1;2;3c\x1b[12;40R\x1bP1+r524742=38\x1b\\\x1bP1$r0m\x1b\\\x1b]52;c;cQ==\x07\x1b]10;rgb:0/0/0\x07\x1bP>|q\x1b\\",
		"sizes":                        "\x1b[8;9999;9999t\x1b[48;5;5;5;5t\x1b[4;9999;9999t",
		"keys of the Windows console":  strings.Repeat("\x1b[81;16;113;1;0;1_", 50),
		"bytes that are not UTF-8":     strings.Repeat("\xff\xfe\xc3\x28\xe2\x82\ufffd\xf0\x9f", 50),
		"a mouse report without bytes": "\x1b[M",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := start(t, nil, story)
			x.waitForText("2,000 events")
			x.typeKeys(in)
			time.Sleep(silence)
			if s := x.screen(); !strings.Contains(s, "2,000 events") || !strings.Contains(s, "UTC") {
				t.Errorf("the screen changed:\n%s", s)
			}
			x.checkKeysAnswer()
			x.quit()
		})
	}
}

func TestHostilePasteBecomesVisibleTextInTheFilter(t *testing.T) {
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	x.typeKeys("/")
	x.typeKeys(pasteStart + "is:failed\x1b[" + strings.Repeat("1;", 40) + "m\x9b1m\x1b]52;c;eA==\x07\u202eend" + pasteEnd)
	x.waitForText("is:failed[1;1;")
	x.waitForText("m1m]52;c;eA==end")
	x.typeKeys("\x15is:failed\r")
	x.waitForText("127 shown")
	x.quit()
}

func TestControlCLeavesAnOpenPaste(t *testing.T) {
	for name, key := range map[string]string{"as a control character": "\x03", "by its code": "\x1b[99;5u", "in the other form": "\x1b[27;5;99~"} {
		t.Run(name, func(t *testing.T) {
			x := start(t, nil, story)
			x.waitForText("2,000 events")
			x.typeKeys(pasteStart + "text" + key)
			x.waitForExit(0)
		})
	}
}

func TestEscapeLeavesAnOpenPaste(t *testing.T) {
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	x.typeKeys(pasteStart + "qqq\x1b")
	time.Sleep(100 * time.Millisecond) // so that the escape is a key of its own
	x.checkKeysAnswer()
	x.quit()
}

func TestAPasteWithoutAnEndIsOverByItself(t *testing.T) {
	t.Parallel()
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	x.typeKeys("/" + pasteStart + "is:failed")
	x.waitForText("127 shown") // without any further input
	x.typeKeys("\r")
	x.waitFor("the filter kept", func(s string) bool { return strings.Contains(s, "? help") })
	x.quit()
}

// hostileInput returns random escape sequences, pastes and answers, complete or cut. Text in them would be harmless if it were taken
// for keys.
func hostileInput(random *rand.Rand) string {
	numbers := []string{"", "0", "1", "2", "5", "13", "27", "200", "201", "255", "997", "2026", "2027", "8192", "65535", "1114111", "99999999999999999999"}
	text := func() string { return strings.Repeat(numbers[random.IntN(len(numbers))]+" ", random.IntN(9)) }
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	parameters := func() string {
		var s strings.Builder
		for range random.IntN(1 + random.IntN(60)) {
			s.WriteString(numbers[random.IntN(len(numbers))] + one(";", ";", ":"))
		}
		return s.String()
	}
	switch random.IntN(8) {
	case 0:
		return one("\x1b[", "\x9b", "\u009b") + one("", "?", "<", ">", "=") + parameters() + one("", "$", " ", "!") + string(rune(0x40+random.IntN(0x3f)))
	case 1:
		return one("\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x9d", "\x90") + one("11;", "52;c;", "1+r", "") + text() + one("\x07", "\x1b\\", "\x9c", "")
	case 2:
		return pasteStart + text() + one("", "\x1b["+parameters()+"m", "\x1b]52;", "\xff\xfe", pasteStart) + one(pasteEnd, pasteEnd, pasteEnd, pasteEnd[:3], "")
	case 3:
		return one("\x1b[?62;4;6c", "\x1b[>41;390;0c", "\x1b[20;30R", "\x1b[?2026;2$y", "\x1b[?2027;1$y", "\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1b]10;rgb:0/0/0\x1b\\", "\x1b[?1u")
	case 4:
		return one("\x1bP>|term 1.0\x1b\\", "\x1bP1+r544e=00\x1b\\", "\x1b]52;c;MTIz\x07", "\x1b_Gi=1;OK\x1b\\", "\x1b[8;9999;9999t", "\x1b[48;1;1;1;1t", "\x1b[0;0;49;1;0;1_")
	case 5:
		return fmt.Sprintf("\x1b[<%d;%d;%d%s", random.IntN(260), random.IntN(130), random.IntN(45), one("M", "m"))
	case 6:
		return one("\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~", "\x1bOH", "\x1bOF", "\x1b[1;5C", "\x1b[M !!", "\x1b[M\x80\xff\x9b", "\x1b", "\x1bO", "\x1b[1;1")
	}
	return one("\xff", "\xc3\x28", "\xe2\x82", "\xf0\x9f\x98", "\ufffd", "\x80", "\x85", "\x00", "\x18")
}

func TestKeysAnswerAfterTenThousandHostileInputs(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 2026))
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	for range 5 {
		for range 40 {
			var batch strings.Builder
			for range 50 {
				batch.WriteString(hostileInput(random))
			}
			x.typeKeys(batch.String())
		}
		x.typeKeys("\x18" + pasteEnd) // ends any open sequence or paste
		x.checkKeysAnswer()
	}
	x.quit()
}

func TestKeysAnswerBehindAFlood(t *testing.T) {
	for name, in := range map[string]string{
		"dragging":                strings.Repeat("\x1b[<32;50;20M\x1b[<32;51;20M", 5000),
		"clicks":                  strings.Repeat("\x1b[<0;50;20M\x1b[<0;50;20m", 5000),
		"old mouse reports":       strings.Repeat("\x1b[M !!", 20000),
		"keys by their codes":     strings.Repeat("\x1b[57352;1:2u", 5000),
		"keys let go":             strings.Repeat("\x1b[113;1:3u", 5000),
		"escapes":                 strings.Repeat("\x1b", 8000),
		"parameters":              "\x1b[" + strings.Repeat("1;", 1_000_000) + "m",
		"a string":                "\x1b]11;" + strings.Repeat("rgb:", 500_000) + "\x07",
		"bytes that are not text": strings.Repeat("\xff\xc3\x28", 5000),
		"a paste":                 pasteStart + strings.Repeat("q", 5<<18), // more than a paste may keep
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := start(t, nil, story)
			x.waitForText("2,000 events")
			x.typeKeys(in)
			x.checkKeysAnswer()
			x.quit()
		})
	}
}

// readLine reads a typed line as a shell does.
func (x *terminal) readLine() string {
	x.t.Helper()
	line := make(chan string, 1)
	go func() {
		var p [64]byte
		n, _ := x.TTY.Read(p[:])
		line <- string(p[:n])
	}()
	select {
	case s := <-line:
		return s
	case <-time.After(maxWait):
		x.t.Fatal("somebody else read what was typed")
	}
	return ""
}
