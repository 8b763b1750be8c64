package kit

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
	"pawprint/tui/termsafe/hostile"
)

func TestWhatTerminalsTakeIsCopied(t *testing.T) {
	if a := (Clipboard{}).Text(termsafe.Const("it"), termsafe.Repeat("x", mostCopied)); a.Cmd == nil {
		t.Error("what has the most bytes that terminals take is not copied")
	}
}

// A filter that is copied means the value again where it is pasted, also where it was escaped to be seen.
func TestACopiedFilterMeansTheValue(t *testing.T) {
	for _, text := range hostile.Texts() {
		want := query.Is("action", text.Raw)
		pasted := CopyFilter(want).String()
		if got, err := query.Parse(pasted); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the filter %s is copied as %s, which means %v, %v", text.Name, want, pasted, got, err)
		}
	}
}

func FuzzCopiedTextsAreOneLine(f *testing.F) {
	for _, w := range []string{
		`'; touch /tmp/never; '`, "$(id)", "`id`", `"; halt #`, `\u0027`, "a\nb", "x\x1b[2Jy", "\u202ereversed", "日本 🦫", `") or true or ("`, "it's", "\\", "\x00", "",
	} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range []termsafe.Safe{CopyForm(text), ASCIIJSON(text)} {
			if _, n := termsafe.Tripwire(s.String()); n != 0 || strings.ContainsAny(s.String(), "\n\r\x1b") {
				t.Fatalf("%q is copied as %q", text, s.String())
			}
		}
		line, err := json.Marshal(map[string]string{"a": text})
		if err != nil {
			t.Fatal(err)
		}
		var before, after map[string]string
		if json.Unmarshal(line, &before) != nil || json.Unmarshal([]byte(ASCIIJSON(string(line)).String()), &after) != nil || !reflect.DeepEqual(before, after) {
			t.Fatalf("%q means %q when it is copied", line, after)
		}
	})
}

// What is sent is what a terminal, tmux or screen would unwrap to the same text.
func TestACopiedTextIsWrappedForTheMultiplexer(t *testing.T) {
	text := strings.Repeat("evidence ", 100)
	plain := ansi.SetSystemClipboard(text)
	for _, c := range []struct {
		through Multiplexer
		want    string // of the message
		unwrap  func(sent string) []string
	}{
		{Tmux, "sent it to tmux. Nothing to paste? set -s set-clipboard on", func(sent string) []string {
			bare, wrapped, _ := strings.Cut(sent, "\x1bPtmux;")
			return []string{bare, strings.ReplaceAll(strings.TrimSuffix(wrapped, "\x1b\\"), "\x1b\x1b", "\x1b")}
		}},
		{Screen, "sent it through screen. Nothing to paste? o writes a file", func(sent string) []string {
			var all strings.Builder
			for _, s := range strings.SplitAfter(sent, "\x1b\\") {
				if len(s) > screenString+4 {
					t.Errorf("screen gets a string of %d bytes", len(s))
				}
				all.WriteString(strings.TrimSuffix(strings.TrimPrefix(s, "\x1bP"), "\x1b\\"))
			}
			return []string{all.String()}
		}},
	} {
		w := Clipboard{c.through}.Text(termsafe.Const("it"), Printed(text))
		sent, ok := w.Cmd().(tea.RawMsg)
		if !ok || w.Toast.String() != c.want {
			t.Fatalf("%d: the message is %q, want %q; what is sent is raw: %v", c.through, w.Toast, c.want, ok)
		}
		for _, got := range c.unwrap(fmt.Sprint(sent.Msg)) {
			if got != plain {
				t.Errorf("%d: the terminal gets %q, want %q", c.through, got, plain)
			}
		}
	}
	if got, want := (Clipboard{}).Text(termsafe.Const("it"), Printed("abc")).Toast.String(), "sent it to the terminal's clipboard, 3 bytes"; got != want {
		t.Errorf("the message is %q, want %q", got, want)
	}
}
