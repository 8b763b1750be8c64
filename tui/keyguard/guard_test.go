package keyguard

import (
	"strings"
	"testing"
	"time"
)

// silence stands in a script for a time without a byte, so long that the guard gives up waiting once.
const silence = "\x00silence\x00"

// play feeds a script, in pieces of at most size bytes, and returns all that passes.
func play(g *Guard, size int, script ...string) string {
	var out strings.Builder
	var p [4096]byte
	take := func() {
		for n := g.Take(p[:]); n > 0; n = g.Take(p[:]) {
			out.Write(p[:n])
		}
	}
	for _, part := range script {
		if part == silence {
			g.Silence()
			take()
			continue
		}
		for b := []byte(part); len(b) > 0; {
			n := min(size, len(b))
			g.Feed(b[:n])
			b = b[n:]
			take()
		}
	}
	return out.String()
}

const whole = 1 << 30

// params begins a control sequence with n parameters.
func params(n int, sep string) string { return "\x1b[" + strings.Repeat("1"+sep, n) }

func paste(text string) string { return pasteStart + text + pasteEnd }

var scripts = []struct {
	name string
	in   []string
	want string
}{
	// Keys.
	{"text", []string{"aZ 1é✗😀"}, "aZ 1é✗😀"},
	{"control characters", []string{"\x00\x01\x03\t\r\n\x1a\x7f"}, "\x00\x01\x03\t\r\n\x1a\x7f"},
	{"escape alone", []string{"\x1b", silence}, "\x1b[27u"},
	{"escape twice", []string{"\x1b", silence, "\x1b", silence}, "\x1b[27u\x1b[27u"},
	{"escape twice at once", []string{"\x1b\x1b", silence}, "\x1b[27u\x1b[27u"},
	{"escape, then a key", []string{"\x1b", silence, "q"}, "\x1b[27uq"},
	{"alt and a letter", []string{"\x1ba\x1bQ"}, "\x1b[97;3u\x1b[113;4u"},
	{"alt and a control character", []string{"\x1b\x01\x1b\r\x1b\x7f\x1b\x00\x1b\x1c"}, "\x1b[97;7u\x1b[13;3u\x1b[127;3u\x1b[32;7u\x1b[92;7u"},
	{"alt and a letter of another script", []string{"\x1bé"}, "\x1b[233;3u"},
	{"alt and what begins a sequence", []string{"\x1b[", silence, "\x1bO", silence, "\x1b]", silence, "\x1bP", silence, "\x1b_", silence},
		"\x1b[91;3u\x1b[111;4u\x1b[93;3u\x1b[112;4u\x1b[95;3u"},
	{"arrows", []string{"\x1b[A\x1b[1;5B\x1bOC\x1b[1;3:1D"}, "\x1b[A\x1b[1;5B\x1bOC\x1b[1;3:1D"},
	{"arrow with escape for alt", []string{"\x1b\x1b[D\x1b\x1bOC"}, "\x1b\x1b[D\x1b\x1bOC"},
	{"function keys", []string{"\x1bOP\x1b[11~\x1b[24;2~\x1b[3^\x1b[Z\x1b[[A\x1b[[E"}, "\x1bOP\x1b[11~\x1b[24;2~\x1b[3^\x1b[Z\x1b[11~\x1b[15~"},
	{"f3 with shift", []string{"\x1b[1;2R\x1b[R"}, "\x1b[1;2R\x1b[R"},
	{"keys by their codes", []string{"\x1b[97u\x1b[99;5u\x1b[97:65;2:1u\x1b[57399;129u\x1b[27;5;99~"}, "\x1b[97u\x1b[99;5u\x1b[97:65;2:1u\x1b[57399;129u\x1b[27;5;99~"},
	{"C1 controls begin the same sequences", []string{"\x9bA\u009bB\x8fP"}, "\x1b[A\x1b[B\x1bOP"},
	{"mouse", []string{"\x1b[<0;10;20M\x1b[<0;10;20m\x1b[<64;1;1M"}, "\x1b[<0;10;20M\x1b[<0;10;20m\x1b[<64;1;1M"},
	{"old mouse", []string{"\x1b[M !!\x1b[M#\xff\x9bq"}, "\x1b[<0;1;1M\x1b[<0;223;123mq"},

	// What no decoder can handle, and answers that nobody asked for.
	{"33 parameters", []string{params(33, ";") + "mq"}, "q"},
	{"40 parameters", []string{params(40, ";") + "Aq"}, "q"},
	{"5000 parameters", []string{params(5000, ";") + "uq"}, "q"},
	{"40 parameters behind a C1 control", []string{"\x9b" + strings.Repeat("1;", 40) + "mq"}, "q"},
	{"200 parts of a parameter", []string{params(200, ":") + "uq"}, "q"},
	{"many without digits", []string{"\x1b[" + strings.Repeat(";", 99) + "~q"}, "q"},
	{"a huge number", []string{"\x1b[" + strings.Repeat("9", 25) + "Aq\x1b[1;99999999999999999999Bq\x1b[55555555uq"}, "qqq"},
	{"many intermediate bytes", []string{"\x1b[1" + strings.Repeat("$ ", 300) + "pq"}, "q"},
	{"no rune", []string{"\x1b[55296uq\x1b[1114112uq\x1b[27;1;57343~q"}, "qqq"},
	{"text of a key that is a control character", []string{"\x1b[113;1;27uq\x1b[113;1;155uq"}, "qq"},
	{"no modifiers", []string{"\x1b[;Aq\x1b[1;Aq\x1b[;5Aq\x1b[1;0Aq\x1b[97;uq\x1b[3;~q\x1b[1;257Aq\x1b[1;2:9Aq"}, "qqqqqqqq"},
	{"no key", []string{"\x1b[5;5Dq\x1b[99~q\x1b[~q\x1b[uq\x1b[;;;uq\x1bOZq\x1bO12Aq"}, "qqqqqqq"},
	{"keys of the console of Windows", []string{"\x1b[0;0;113;1;0;1_q\x1b[65;30;97;1;0;1_q"}, "qq"},
	{"mouse that is none", []string{"\x1b[<0;0;0Mq\x1b[<0;1Mq\x1b[<999;1;1Mq\x1b[<0;99999;1Mq\x1b[<0;1;1;1Mq\x1b[<0:1;1;1Mq"}, "qqqqqq"},
	{"sizes of the window", []string{"\x1b[8;9999;9999tq\x1b[48;9999;9999;1;1tq\x1b[4;1;1tq"}, "qqq"},
	{"device attributes", []string{"\x1b[?62;1;4cq\x1b[>1;10;0cq\x1bP!|00000000\x1b\\q"}, "qqq"},
	{"places of the cursor", []string{"\x1b[12;40Rq\x1b[?12;40;1Rq\x1b[1;40Rq"}, "qqq"},
	{"colour scheme, focus, other keyboards", []string{"\x1b[?997;1nq\x1b[Iq\x1b[Oq\x1b[>4;2mq"}, "qqqq"},
	{"modes nobody asked for", []string{"\x1b[?2048;1$yq\x1b[4;1$yq\x1b[?2026;7$yq\x1b[?2026$yq"}, "qqqq"},
	{"settings and capabilities", []string{"\x1bP1$r0m\x1b\\q\x1bP1+r524742=38\x1b\\q\x1bP>|xterm(390)\x1b\\q\x1bP0+r\x9cq"}, "qqqq"},
	{"other colours and the clipboard", []string{"\x1b]10;rgb:0/0/0\x07q\x1b]12;rgb:0/0/0\x1b\\q\x1b]4;1;rgb:0/0/0\x07q\x1b]52;c;cXEK\x07q\x1b]7501;?\x07q"}, "qqqqq"},
	{"graphics and other strings", []string{"\x1b_Gi=1;OK\x1b\\q\x1b^q\x1b\\q\x1bXq\x1b\\q\x9fq\x9cq\u0098q\u009cq"}, "qqqqq"},
	{"a long string", []string{"\x1b]0;" + strings.Repeat("q", 10000) + "\x07q\x1bP" + strings.Repeat("q", 10000) + "\x1b\\q"}, "qq"},
	{"a string with text that holds the byte of its end", []string{"\x1b]0;Ü\x9cq"}, "q"},
	{"a string with control characters", []string{"\x1b]0;a\r\n\x03b\x07q\x1bPa\x07\rb\x1b\\q"}, "qq"},
	{"a string cut off", []string{"\x1b]0;abc\x18q\x1bPabc\x1aq"}, "qq"},
	{"a string and then another sequence", []string{"\x1b]0;abc\x1b[A"}, "\x1b[A"},
	{"a sequence and then another", []string{"\x1b[1;1\x1b[A"}, "\x1b[A"},
	{"a sequence cut off", []string{"\x1b[1;1\x18q"}, "q"},
	{"control characters inside of a sequence", []string{"\x1b[1\r\n\x031Aq"}, "q"},
	{"bytes that are not UTF-8", []string{"\xffa\xc3\x28\xed\xa0\x80b\xf4\x90\x80\x80c\ufffd\xc0\x9bd"}, "a(bcd"},
	{"a rune without its end", []string{"\xe2\x9c", silence, "q"}, "q"},

	// What never ends.
	{"no end of a sequence", []string{"\x1b[1;1", silence, "q"}, "q"},
	{"no end of a sequence that is too long", []string{params(5000, ";"), silence, "q"}, "q"},
	{"no end of a string", []string{"\x1b]11;rgb:", silence, "q", "\x1bPabc", silence, "q\x1b_abc", silence, "q"}, "qqq"},
	{"no end of a string, then escape", []string{"\x1b]0;abc", "\x1b", silence, "q"}, "\x1b[27uq"},
	{"no end of a string, then ^C", []string{"\x1b]0;abc", "\x03", silence, "q"}, "\x03q"},
	{"no end of a sequence, then ^C", []string{"\x1b[1;1", "\x03", silence, "q"}, "\x03q"},
	{"no end of a mouse report", []string{"\x1b[M!", silence, "q"}, "q"},
	{"no end of a mouse report, then escape", []string{"\x1b[M!\x1b[A"}, "\x1b[A"},

	// Answers to questions of the program, each once.
	{"background", []string{"\x1b]11;rgb:1e1e/1e1e/1e1e\x07q\x1b]11;rgb:ffff/ffff/ffff\x07q"}, "\x1b]11;rgb:1e1e/1e1e/1e1e\x07qq"},
	{"background with the long end", []string{"\x1b]11;rgb:00/00/00\x1b\\q"}, "\x1b]11;rgb:00/00/00\x07q"},
	{"background that is not a colour", []string{"\x1b]11;rgb:\x9b1;1m/\x07q\x1b]11;?\x07q\x1b]11;\x07q"}, "qqq"},
	{"modes", []string{"\x1b[?2026;2$y\x1b[?2027;0$yq\x1b[?2027;1$yq"}, "\x1b[?2026;2$y\x1b[?2027;0$yqq"},
	{"keyboard", []string{"\x1b[?1u\x1b[?3uq\x1b[?99uq"}, "\x1b[?1u\x1b[?3uqq"},

	// Pastes.
	{"a paste", []string{paste("is:failed é\n\tx") + "q"}, paste("is:failed é\n\tx") + "q"},
	{"a paste with sequences", []string{paste("a"+params(40, ";")+"m\x1b]52;c;eA==\x07b") + "q"}, paste("a\x1a["+strings.Repeat("1;", 40)+"m\x1a]52;c;eA==\x07b") + "q"},
	{"a paste with C1 controls", []string{paste("a\x9b1;1m\u009b1m\x90") + "q"}, paste("a\x1a1;1m\x1a1m\x1a") + "q"},
	{"a paste with bytes that are not UTF-8", []string{paste("\xff\xc3\ufffda\xe2\x9c") + "q"}, paste("\x1a\x1a\x1aa\x1a\x1a") + "q"},
	{"a paste in a paste", []string{pasteStart + paste("a") + "q"}, paste("\x1a[200~a") + "q"},
	{"a paste with what looks like its end", []string{paste("\x1b[20\x1b[201") + "q"}, paste("\x1a[20\x1a[201") + "q"},
	{"a paste with NUL", []string{paste("a\x00b") + "q"}, paste("a\x00b") + "q"},
	{"an end without a paste", []string{pasteEnd + "q" + pasteEnd + "q"}, "qq"},
	{"a beginning with more numbers", []string{"\x1b[200;1~q\x1b[200:1~q"}, "qq"},
	{"a paste that never ends", []string{pasteStart + "abc", silence, "q"}, paste("abc") + "q"},
	{"a paste that ends late", []string{pasteStart + "abc", silence, "def" + pasteEnd + "q"}, paste("abc") + "q"},
	{"a paste that never ends, then ^C", []string{pasteStart + "abc", "\x03", silence, "rest", silence, "q"}, "\x03q"},
	{"a paste that never ends, then ^C by its code", []string{pasteStart + "abc", "\x1b[99;5u", silence, "rest", silence, "q"}, "\x03q"},
	{"a paste that never ends, then ^C by its code, with NumLock", []string{pasteStart + "abc", "\x1b[99;133u", silence, silence, "q"}, "\x03q"},
	{"a paste that never ends, then ^C by its code, other form", []string{pasteStart + "abc", "\x1b[27;5;99~", silence, silence, "q"}, "\x03q"},
	{"a paste that never ends, then escape", []string{pasteStart + "abc", "\x1b", silence, "rest", silence, "q"}, "\x1b[27uq"},
	{"a paste that never ends, then escape by its code", []string{pasteStart + "abc", "\x1b[27u", silence, silence, "q"}, "\x1b[27uq"},
	{"a paste given up, its end comes", []string{pasteStart + "abc\x1b", silence, "rest" + pasteEnd + "q"}, "\x1b[27uq"},
	{"a paste given up in the middle of its end", []string{pasteStart + "abc\x1b", silence, pasteEnd[1:] + "q"}, "\x1b[27uq"},
	{"a paste with ^C in it", []string{pasteStart + "abc\x03def" + pasteEnd + "q"}, "q"},
	{"a paste with ^C in it that never ends", []string{pasteStart + "abc\x03def", silence, "q"}, "q"},
	{"^C twice behind a paste given up", []string{pasteStart + "abc\x03", silence, "\x03", silence, silence, "q"}, "\x03\x03q"},
	{"sequences behind a paste given up", []string{pasteStart + "\x03\x1b[Aq\x1b]0;x\x07" + pasteStart + "q", silence, "q"}, "q"},
	{"a paste at the limit", []string{paste(strings.Repeat("x", maxPaste)) + "q"}, paste(strings.Repeat("x", maxPaste)) + "q"},
	{"a paste over the limit", []string{paste(strings.Repeat("x", maxPaste+1)) + "q"}, paste(strings.Repeat("x", maxPaste)) + "q"},
	{"a paste over the limit that never ends", []string{pasteStart + strings.Repeat("x", maxPaste+5000), silence, "q"}, paste(strings.Repeat("x", maxPaste)) + "q"},
}

func TestOnlyKeysPastesAndAnswersPass(t *testing.T) {
	for _, s := range scripts {
		t.Run(s.name, func(t *testing.T) {
			var g Guard
			if got := play(&g, whole, s.in...); got != s.want {
				t.Errorf("%.200q becomes\n%.200q, want\n%.200q", s.in, got, s.want)
			}
			if patience := g.Patience(); patience != 0 {
				t.Errorf("the guard still waits for %v", patience)
			}
		})
	}
}

// On a busy machine or a slow line a long string comes with pauses, behind which its rest must not become thousands of keys.
func TestTheRestOfALongStringIsWaitedFor(t *testing.T) {
	patience := func(in string) time.Duration {
		var g Guard
		g.Feed([]byte(in))
		return g.Patience()
	}
	const start = "\x1b]11;"
	if short, long := patience(start+"rgb:"), patience(start+strings.Repeat("rgb:", 100)); short > 200*time.Millisecond || long < time.Second {
		t.Errorf("the guard waits for %v in a short string and for %v in a long one", short, long)
	}
	if got := patience(start + strings.Repeat("rgb:", 100) + "\x03"); got > 200*time.Millisecond {
		t.Errorf("behind ^C in a long string the guard waits for %v", got)
	}
}

// Escape may be pressed just before the terminal answers a question, so that one read has both. Whatever follows it, the key is there:
// as itself, or as Alt of the key that follows.
func TestNothingThatFollowsSwallowsEscape(t *testing.T) {
	tried := 0
	for _, s := range scripts {
		if len(s.in[0]) < 2 || s.in[0][0] != esc || s.in[0][1] == esc {
			continue
		}
		tried++
		in := append([]string{"\x1b" + s.in[0]}, s.in[1:]...)
		got := play(new(Guard), whole, in...)
		if asKey, asAlt := "\x1b[27u"+s.want, "\x1b"+s.want; got != asKey && got != asAlt {
			t.Errorf("%s: %.200q becomes\n%.200q, want\n%.200q", s.name, in, got, asKey)
		}
	}
	if tried < len(scripts)/2 {
		t.Errorf("only %d of %d scripts begin with a sequence", tried, len(scripts))
	}
}

func TestReadsMayEndAnywhere(t *testing.T) {
	for _, s := range scripts {
		t.Run(s.name, func(t *testing.T) {
			if s.name == "a paste that ends late" {
				t.Log("the rest of a paste that was over is told by the read that it came in")
				return
			}
			for _, size := range []int{1, 2, 3, 5, 4096} {
				var g Guard
				if got := play(&g, size, s.in...); got != s.want {
					t.Errorf("in pieces of %d bytes %.200q becomes\n%.200q, want\n%.200q", size, s.in, got, s.want)
				}
			}
			for i, part := range s.in {
				for at := 1; part != silence && at < min(len(part), 300); at += 1 + len(part)/5000 {
					in := append(append([]string{}, s.in[:i]...), part[:at], part[at:])
					var g Guard
					if got := play(&g, whole, append(in, s.in[i+1:]...)...); got != s.want {
						t.Fatalf("cut at byte %d %.200q becomes\n%.200q, want\n%.200q", at, s.in, got, s.want)
					}
				}
			}
		})
	}
}

func TestTheRestOfAPasteThatWasOverIsNoKeys(t *testing.T) {
	long := strings.Repeat("quit ", 20)
	for name, s := range map[string]struct {
		in   []string
		want string
	}{
		"long":                    {[]string{long, silence, "q"}, "q"},
		"long, in two reads":      {[]string{long, long + pasteEnd + "q"}, "q"},
		"a key":                   {[]string{"q"}, "q"},
		"a key, then much":        {[]string{"q", long}, "q" + long},
		"the next paste":          {[]string{paste(long)}, paste(long)},
		"mouse reports":           {[]string{strings.Repeat("\x1b[<35;100;40M", 4)}, strings.Repeat("\x1b[<35;100;40M", 4)},
		"much, after a long time": {[]string{silence, long}, long},
	} {
		t.Run(name, func(t *testing.T) {
			var g Guard
			play(&g, whole, pasteStart+"abc", silence)
			if got := play(&g, whole, s.in...); got != s.want {
				t.Errorf("%q becomes %q, want %q", s.in, got, s.want)
			}
		})
	}
}

func TestTakeCutsNothingInTwo(t *testing.T) {
	const in = "aé✗😀\x1b[1;5A\x1bOP\x1b\x1b[D\x1b[<35;100;40M\x1b]11;rgb:1e1e/1e1e/1e1e\x07b"
	for size := 32; size < 64; size++ {
		var g, again Guard
		g.Feed([]byte(in))
		p := make([]byte, size)
		for n := g.Take(p); n > 0; n = g.Take(p) {
			again.Feed(p[:n])
			if again.state != ground || len(again.part) > 0 {
				t.Fatalf("with room for %d bytes %q is cut in two", size, p[:n])
			}
		}
	}
}

func BenchmarkPaste(b *testing.B) {
	in := []byte(paste(strings.Repeat("action:DELETE_RULE é ", 10000)))
	b.SetBytes(int64(len(in)))
	var p [4096]byte
	for b.Loop() {
		var g Guard
		for i := 0; i < len(in); i += 4096 {
			g.Feed(in[i:min(len(in), i+4096)])
		}
		for g.Take(p[:]) > 0 {
		}
	}
}

// FuzzGuard shows that the guard does not depend on where reads end, that what passed it passes it again unchanged, and that
// no escape stands in it but at the beginning of something whole.
func FuzzGuard(f *testing.F) {
	for _, s := range scripts {
		if in := strings.ReplaceAll(strings.Join(s.in, ""), silence, ""); len(in) < 1000 {
			f.Add(in, uint8(3))
		}
	}
	f.Fuzz(func(t *testing.T, in string, size uint8) {
		var g, pieces, again Guard
		out := play(&g, whole, in)
		if got := play(&pieces, int(size)+1, in); got != out {
			t.Fatalf("%q becomes %q, in pieces of %d bytes %q", in, out, int(size)+1, got)
		}
		if got := play(&again, whole, out); got != out || again.state != ground {
			t.Errorf("%q becomes %q, and that becomes %q", in, out, got)
		}
	})
}
