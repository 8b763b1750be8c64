package kit

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
	"pawprint/tui/termsafe/hostile"
)

func TestWhatTerminalsTakeIsCopied(t *testing.T) {
	if a := CopyText(termsafe.Const("it"), termsafe.Repeat("x", mostCopied)); a.Cmd == nil {
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
		for _, s := range []termsafe.Safe{CopyForm(text), AsciiJSON(text)} {
			if _, n := termsafe.Tripwire(s.String()); n != 0 || strings.ContainsAny(s.String(), "\n\r\x1b") {
				t.Fatalf("%q is copied as %q", text, s.String())
			}
		}
		line, err := json.Marshal(map[string]string{"a": text})
		if err != nil {
			t.Fatal(err)
		}
		var before, after map[string]string
		if json.Unmarshal(line, &before) != nil || json.Unmarshal([]byte(AsciiJSON(string(line)).String()), &after) != nil || !reflect.DeepEqual(before, after) {
			t.Fatalf("%q means %q when it is copied", line, after)
		}
	})
}
