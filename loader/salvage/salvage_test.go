package salvage

import (
	"fmt"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/logtest"
)

// event is what the tests look for.
var event = logtest.Event()

// found lists the objects of a line, with what stands around each.
func found(f *Finder, line string) string {
	var out []string
	objects := f.Line([]byte(line))
	for i := range objects {
		o := &objects[i]
		text := line[o.Start:o.End]
		if text == event {
			text = "event"
		}
		for _, m := range f.Marks(o) {
			text += fmt.Sprintf(" %d@%d", m.Detail, m.At)
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func TestEventsAreFoundWithWhatStandsAroundThem(t *testing.T) {
	n := len(event)
	f := new(Finder)
	for line, want := range map[string]string{
		"":                                 "",
		" \t\r":                            "",
		"\x00\x00":                         "",
		event:                              "event",
		"\x00\x00" + event:                 fmt.Sprintf("event %d@0", model.AroundNULs),
		event + "\x00\x00":                 fmt.Sprintf("event %d@%d", model.AroundNULs, n),
		"  \ufeff" + event:                 fmt.Sprintf("event %d@2", model.AroundMark),
		"\f" + event + "\r":                fmt.Sprintf("event %d@0", model.AroundControls),
		"\x1b[0m\x1b[31m" + event:          fmt.Sprintf("event %d@0", model.AroundSequences),
		"\u00a0\u3000" + event:             fmt.Sprintf("event %d@0", model.AroundBlanks),
		event + event:                      "event, event",
		event + "\x00" + event + "\f":      fmt.Sprintf("event, event %d@%d %d@%d", model.AroundNULs, n, model.AroundControls, 2*n+1),
		"2026-11-02T10:00:00Z " + event:    fmt.Sprintf("event %d@0", model.AroundTime),
		"web-1  | \x1b[0m" + event:         fmt.Sprintf("event %d@0 %d@9", model.AroundCompose, model.AroundSequences),
		"Nov  2 10:00:00 h a[1]: " + event: fmt.Sprintf("event %d@0", model.AroundSyslog),
	} {
		if got := found(f, line); got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
		if shared := strings.Count(want, "event") > 1; f.Shared() != shared {
			t.Errorf("%q: shared is %v", line, f.Shared())
		}
	}
}

// Whoever controls the values of an event, or lines of another program in the same log, must not get a row of their own making.
func TestNothingIsFoundWhereMoreThanEventsStands(t *testing.T) {
	forged := strings.ReplaceAll(event, `"`, `\"`)
	inner := event[1 : len(event)-1]
	f := new(Finder)
	for name, line := range map[string]string{
		"a word before":                     "x " + event,
		"a word behind":                     event + " x",
		"a word between":                    event + " and " + event,
		"a comma between":                   event + "," + event,
		"a comma behind":                    event + ",",
		"a list":                            "[" + event + "]",
		"a list without a beginning":        event + "]",
		"a brace too many":                  event + "}",
		"a text":                            `"` + forged + `"`,
		"half of another before":            event[:40] + event,
		"half of another behind":            event + event[:40],
		"an object that is none":            `{"a":1}` + event,
		"an empty object":                   event + "{}",
		"no actor and no time":              "\x00" + logtest.Event(`"actor"`, `"timestamp"`),
		"null for actor and time":           "\x00" + logtest.Event(`"actor":null`, `"timestamp":null`),
		"no name":                           "\x00" + logtest.Event(`"actionName"`),
		"an empty name":                     "\x00" + logtest.Event(`"actionName":""`),
		"a number for a name":               "\x00" + logtest.Event(`"actionName":1`),
		"a name in another case":            "\x00" + logtest.Event(`"actionName"`, `"ACTIONNAME":"X"`),
		"within an unknown object":          `{"data":` + event + `}`,
		"within its parameters":             `{"actionParams":` + event + `}`,
		"within its errors":                 `{"errors":[{"message":"` + forged + `"}]}`,
		"within its user agent":             `{"userAgent":"` + forged + `"}`,
		"a message beside an escaped key":   `{"message":"` + forged + `","action\u004eame":"X"}`,
		"a message behind an event's key":   `{"actionDetails":{},"message":"` + forged + `"}`,
		"a message within a page's element": `{"items":[{"timestamp":"x","message":"` + forged + `"}]}`,
		"two texts deep":                    `{"log":"{\"message\":\"` + strings.ReplaceAll(forged, `\"`, `\\\"`) + `\"}"}`,
		"a page of a page of a page of a page of a page": `{"items":[{"items":[{"items":[{"items":[{"items":[` + event + `]}]}]}]}]}`,
		"a sequence that ends with it":                   "\x1b]0;" + event + "\a",
		"a sequence that takes its brace":                "\x1b[3" + event,
		"a header within a header":                       "Nov  2 10:00:00 h a[" + event + "]: ",
		"a header alone":                                 event + "2026-11-02T10:00:00Z ",
		"a header without its end":                       "2026-11-02T10:00:00Z" + event,
		"a time of no kind":                              "2026-11-02 10:00:00 " + event,
		"a month of no kind":                             "Nom  2 10:00:00 h a: " + event,
		"a program without a colon":                      "Nov  2 10:00:00 h a " + event,
		"a container without a pod":                      "[x] " + event,
		"data that does not end":                         `<13>1 - - - - - [x a="]` + event,
		"not text":                                       "\xff" + event,
		"a replacement":                                  "\ufffd" + event,
	} {
		if got := found(f, line); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := found(f, "\x00{"+inner+"}"); got == "" {
		t.Error("the event itself is not found")
	}
}

func TestBeginsIsWhereAnObjectBegins(t *testing.T) {
	f := new(Finder)
	for line, want := range map[string]int{
		"":                       -1,
		"level=warn":             -1,
		"x {":                    -1,
		`x {y} {"a":1} z`:        6,
		`x {"a":1} ` + event:     10,
		`x {"a":`:                2,
		`x {"a":"}`:              2,
		`x {"a" 1}`:              -1,
		`{"a":1`:                 -1,
		`{"a":{"b":1},`:          -1,
		"\x00\x00" + `{"a":1`:    2,
		event + " x":             0,
		event[:40] + event:       40,
		"[" + event:              1,
		`{"a":"` + event:         6,
		`"{\"actionName\":\"x\"`: -1,
	} {
		if got := f.Begins([]byte(line)); got != want {
			t.Errorf("%q: %d, want %d", line, got, want)
		}
	}
}

// TestHostileLinesTakeLinearTime would take hours if a line were searched again from each of its braces.
func TestHostileLinesTakeLinearTime(t *testing.T) {
	const n = 1 << 17
	f := new(Finder)
	for _, line := range []string{
		strings.Repeat("{", n), strings.Repeat(`{"a":`, n), "x" + strings.Repeat(`{"a":[`, n), strings.Repeat(`{"a":1}`, n), strings.Repeat("\x1b]0;", n),
		strings.Repeat("a|", n), strings.Repeat("\x1b[1;", n), strings.Repeat("2026-11-02T10:00:00Z ", n), strings.Repeat("<1>1 - - - - - [", n), strings.Repeat(`x{"a":"`, n),
	} {
		if got := f.Line([]byte(line)); len(got) > 0 {
			t.Errorf("%.40q: %d objects", line, len(got))
		}
		f.Begins([]byte(line))
	}
}
