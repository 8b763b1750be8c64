package hostile

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextsAreManyAndEachStandsOnce(t *testing.T) {
	names, raws := map[string]bool{}, map[string]bool{}
	for _, x := range every() {
		if names[x.Name] || raws[x.Raw] || x.Raw == "" {
			t.Errorf("%s: %q stands twice or is empty", x.Name, x.Raw)
		}
		names[x.Name], raws[x.Raw] = true, true
	}
	if len(raws) < 500 {
		t.Errorf("%d texts, want 500 at least", len(raws))
	}
	t.Logf("%d texts", len(raws))
}

func TestTheLogsHoldEveryText(t *testing.T) {
	events := bytes.Split(bytes.TrimSuffix(Events(), []byte("\n")), []byte("\n"))
	texts := Texts()
	if len(events) != len(texts) {
		t.Fatalf("%d events, want %d", len(events), len(texts))
	}
	albums := string(Albums())
	for i, x := range texts {
		var e struct{ ActionName, UserAgent string }
		if err := json.Unmarshal(events[i], &e); err != nil {
			t.Fatalf("%s: %v", x.Name, err)
		}
		if want := strings.ToValidUTF8(x.Raw, "\ufffd"); utf8.ValidString(x.Raw) && (e.ActionName != want || e.UserAgent != want) {
			t.Errorf("%s: the event has %q, want %q", x.Name, e.ActionName, want)
		}
		if !strings.Contains(albums, "{\"message\":"+quote(x.Raw)+"}") {
			t.Errorf("%s: in no album", x.Name)
		}
	}
	for line := range bytes.Lines(Albums()) {
		if !json.Valid(line) {
			t.Fatalf("an album is not JSON: %.200q", line)
		}
	}
	if n := len(FileNames()); n < 500/step {
		t.Errorf("%d names of files, want 500 at least", n)
	}
}

func TestLeaksFindsWhatATerminalWouldObey(t *testing.T) {
	for _, raw := range []string{"a\x1b[2Jb", "\x1b]52;c;eA==\a", "\x9b2J", "\u009b2J", "a\u202eb", "\u200b", "\x1b[7313A", "\x1b[?1049;7313h", "\x1bc", "\x1b(0", "\x0e", "\a", "\x7f", "\xff", "\ufe0f", "\u2028", "\U000e0041",
		"\x1b]2;owned\a", "\x1b]8;;x\x1b\\", "\x1bPq\x1b\\", "\x1b_G\x1b\\", "\x1b[" + strings.Repeat("1;", 20) + "1m", "\x1b[", "\x1b]2;pawprint \x1b[2J\a", "\x1b]11;?", "\x1b[?5h"} {
		for _, allowed := range []Allowed{{}, {Styles: true}, {Styles: true, Screen: true, Title: "pawprint"}} {
			if raw == "a\x1b[2Jb" && allowed.Screen {
				continue // a renderer sends it too
			}
			if Leaks([]byte(raw), allowed) == nil {
				t.Errorf("%+v: %q is no leak", allowed, raw)
			}
		}
	}
	for raw, allowed := range map[string]Allowed{
		"text\nö 日本 │": {}, "\x1b[0;1;38;2;1;2;3mx\x1b[m": {Styles: true}, "\x1b[?1049h\x1b[H\x1b[12;4Hx\r\n\x1b[K\x1b[?2026$p": {Screen: true}, "\x1b]2;pawprint a\a": {Title: "pawprint"},
	} {
		if leaks := Leaks([]byte(raw), allowed); leaks != nil {
			t.Errorf("%+v: %q leaks %q", allowed, raw, leaks)
		}
	}
}

func TestTheTextsOfTerminalsAreWorthTesting(t *testing.T) {
	leaking := 0
	for _, x := range every() {
		if Leaks([]byte(x.Raw), Allowed{}) != nil {
			leaking++
		}
	}
	if leaking < 500 {
		t.Errorf("%d texts do harm as they are, want 500 at least", leaking)
	}
}
