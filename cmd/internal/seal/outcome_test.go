package seal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestAnOutcomeHasThePlaceOfEachDifference reads what is printed for programs.
func TestAnOutcomeHasThePlaceOfEachDifference(t *testing.T) {
	type source struct {
		Name, Verdict string
		Name64        string `json:"name_base64"`
		Agree         int64  `json:"lines_agree"`
		Added         int64  `json:"lines_added"`
		Changes       []struct {
			From int64  `json:"from_line"`
			To   int64  `json:"to_line"`
			Lo   int64  `json:"from_byte"`
			Hi   int64  `json:"to_byte"`
			Now  *int64 `json:"lines_now"`
		}
	}
	a := joined(events(0, 4))
	size := int64(len(a))
	line := size / 4
	for _, tt := range []struct {
		name, text, twin string // the twin stands before it under the same name
		want             string // verdict, lines that agree and were added, then each change
	}{
		{"as it was", a, "", "agrees 4 0"},
		{"grown", a + "x\n", "", "grew 4 1"},
		{"a line changed", strings.Replace(a, `"u1"`, `"eve"`, 1), "", fmt.Sprintf("differs 2 0 1-2 0-%d 2", 2*line)},
		{"a line missing", a[line:], "", fmt.Sprintf("differs 2 0 1-2 0-%d 1", 2*line)},
		{"no line feed at the end", a[:size-1], "", fmt.Sprintf("differs 4 0 4-4 %d-%d 1", size-1, size)},
		{"changed, compared with its twin", strings.Replace(a, `"u3"`, `"eve"`, 1), "z\n", fmt.Sprintf("differs 2 0 3-4 %d-%d ?", 2*line, size)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var twin []string
			if tt.twin != "" {
				twin = []string{"a\xff", tt.twin}
			}
			m := sealed(t, 2, append(twin, "a\xff", a)...)
			results := watched(t, NewWitness(0, m), append(twin, "a\xff", tt.text)...).Results()
			var text bytes.Buffer
			if err := m.Outcome("v", "m.json", results, nil, 1).Write(&text); err != nil {
				t.Fatal(err)
			}
			var got struct{ Sources []source }
			if err := json.Unmarshal(text.Bytes(), &got); err != nil || bytes.ContainsFunc(text.Bytes(), func(r rune) bool { return r > '~' }) {
				t.Fatalf("%v in %s", err, text.Bytes())
			}
			s := got.Sources[len(got.Sources)-1]
			said := fmt.Sprint(s.Verdict, " ", s.Agree, " ", s.Added)
			for _, c := range s.Changes {
				now := "?"
				if c.Now != nil {
					now = fmt.Sprint(*c.Now)
				}
				said += fmt.Sprintf(" %d-%d %d-%d %s", c.From, c.To, c.Lo, c.Hi, now)
			}
			if said != tt.want || s.Name64 != "Yf8=" {
				t.Errorf("%s, base64 %s; want %s", said, s.Name64, tt.want)
			}
		})
	}
}

// TestAnOutcomeOfNothingIsAnObject has lists, not null, for programs that go through them.
func TestAnOutcomeOfNothingIsAnObject(t *testing.T) {
	var text bytes.Buffer
	m := &Manifest{Kind: Kind, Sealed: time.Unix(0, 0).UTC()}
	if err := m.Outcome("v", "-", nil, nil, 0).Write(&text); err != nil || strings.Contains(text.String(), "null") {
		t.Errorf("%s, %v", &text, err)
	}
}
