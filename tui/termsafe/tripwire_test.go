package termsafe

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTripwireStopsWhatIsNotStyle(t *testing.T) {
	params := func(n int) string { return "\x1b[" + strings.Repeat("1;", n-1) + "1m" }
	for _, tt := range []struct {
		name, frame, want string
		n                 int
	}{
		{"empty", "", "", 0},
		{"text and newlines", "a b\n日本│\u05d0\n", "a b\n日本│\u05d0\n", 0},
		{"styles", "\x1b[m\x1b[0;1;7m\x1b[38;2;1;2;3m\x1b[48:2::1:2:3mx\x1b[m", "\x1b[m\x1b[0;1;7m\x1b[38;2;1;2;3m\x1b[48:2::1:2:3mx\x1b[m", 0},
		{"20 parameters", params(20), params(20), 0},
		{"21 parameters", params(21), "�" + params(21)[1:], 1},
		{"33 parameters", params(33), "�" + params(33)[1:], 1},
		{"64 bytes", "\x1b[" + strings.Repeat("1", 61) + "m", "\x1b[" + strings.Repeat("1", 61) + "m", 0},
		{"65 bytes", "\x1b[" + strings.Repeat("1", 62) + "m", "�[" + strings.Repeat("1", 62) + "m", 1},
		{"private style", "\x1b[?1m\x1b[>4;2m\x1b[1 m", "�[?1m�[>4;2m�[1 m", 3},
		{"cursor and erase", "\x1b[2J\x1b[H\x1b7\x1bc", "�[2J�[H�7�c", 4},
		{"OSC, DCS, APC", "\x1b]0;x\a\x1bPq\x1b\\\x1b_G\x1b\\", "�]0;x��Pq�\\�_G�\\", 6},
		{"cut off", "x\x1b", "x�", 1}, {"cut off later", "x\x1b[1;", "x�[1;", 1},
		{"C1", "\u009b1m\x9b1m", "�1m�1m", 2},
		{"other controls", "a\rb\tc\bd\x00\x7f", "a�b�c�d��", 5},
		{"bidi and invisible", "a\u202eb\u200b\ufe0f\u3000", "a�b���", 4},
		{"bad bytes", "\xe2\x82", "��", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, n := Tripwire(tt.frame)
			if got != tt.want || n != tt.n {
				t.Errorf("Tripwire(%q) = %q, %d, want %q, %d", tt.frame, got, n, tt.want, tt.n)
			}
		})
	}
}

var allowedSGR = regexp.MustCompile(`\x1b\[[0-9;:]{0,61}m`)

func FuzzTripwire(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.raw)
	}
	f.Add("\x1b[1;38;2;1;2;3mx\x1b[m\n")
	f.Fuzz(func(t *testing.T, frame string) {
		got, n := Tripwire(frame)
		if again, m := Tripwire(got); m != 0 || again != got {
			t.Fatalf("Tripwire(%q) = %q, which trips again", frame, got)
		}
		if n == 0 && got != frame {
			t.Fatalf("Tripwire(%q) = %q without a count", frame, got)
		}
		rest := allowedSGR.ReplaceAllString(got, "")
		for _, r := range rest {
			if r != '\n' && kindOf(r)&shown == 0 {
				t.Fatalf("Tripwire(%q) = %q lets %U pass", frame, got, r)
			}
		}
		if !utf8.ValidString(got) {
			t.Fatalf("Tripwire(%q) = %q", frame, got)
		}
	})
}

func BenchmarkTripwire(b *testing.B) {
	row := "\x1b[0;38;2;220;220;220m" + strings.Repeat("DELETE_RULE ci-token ", 9) + "\x1b[0;1;38;2;250;90;90mFAILED\x1b[m     "
	frame := strings.Repeat(row+"\n", 49) + strings.Repeat("─", 200)
	b.SetBytes(int64(len(frame)))
	b.ReportAllocs()
	for b.Loop() {
		if _, n := Tripwire(frame); n != 0 {
			b.Fatal("tripped")
		}
	}
}
