package filter

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestChipsAreNamedInTheWordsOfPeople(t *testing.T) {
	at := time.Date(2026, 11, 21, 1, 44, 9, 446e6, time.UTC)
	for text, want := range map[string]string{
		"actor=ci-token":           "actor ci-token",
		`actor="Mira Okafor"`:      "actor Mira Okafor",
		"-action=LIST_ALERTS":      "not action LIST_ALERTS",
		"ip=2001:db8::1":           "ip 2001:db8::1",
		"view:detections-deleted":  "view: Detections deleted or disabled",
		"-view:detections-deleted": "not view: Detections deleted or disabled",
		"actor:ci":                 "actor:ci",
		"actor:ci*":                "actor:ci*",
		`"cannot delete"`:          `"cannot delete"`,
		"ua=a,b":                   "ua=a,b",
		`target=""`:                `target=""`,
		`target=" x"`:              `target=" x"`,
		`ua="curl ×] [actor bob"`:  `ua="curl ×] [actor bob"`,
		query.Around(at, 15*time.Minute).String():                   "±15 min of 11-21 01:44:09",
		query.Around(at, 2*time.Hour).String():                      "±2 h of 11-21 01:44:09",
		query.Around(at, 90*time.Second).String():                   "±1m30s of 11-21 01:44:09",
		`around:2026-11-21T01:44`:                                   "around:2026-11-21T01:44",
		"time:2026-11-21T01:44..2026-11-21T01:50":                   "time 11-21 01:44 to 01:50",
		"time:2026-11-21T01:44:09.000000001..2026-11-22T02:00:59.9": "time 11-21 01:44:09 to 11-22 02:00:59",
		"time:2026-11-20..2026-11-22":                               "time 11-20 to 11-22",
		"time:2026-11-21..2026-11-21T12:00":                         "time 11-21 00:00 to 12:00",
		"-time:2026-11-20..2026-11-22":                              "-time:2026-11-20..2026-11-22",
		"time:2026-11-20..":                                         "time:2026-11-20..",
		"time:2026-11-21T01:44Z..2026-11-21T01:50Z":                 "time:2026-11-21T01:44Z..2026-11-21T01:50Z",
	} {
		disp := kittest.RigLook(false, true, colorprofile.TrueColor)
		disp.Year = false
		chips := chipsFor(t, text)
		if len(chips) != 1 {
			t.Errorf("%s has %d conditions", text, len(chips))
			continue
		}
		if got := newChips(disp).names.words(&chips[0], 80).String(); got != want {
			t.Errorf("the chip of %s is %q, want %q", text, got, want)
		}
	}
	f, err := kit.FilterText{FailedOnly: true, HideReads: true}.Parse()
	if err != nil {
		t.Fatal(err)
	}
	c := newChips(kittest.RigLook(true, true, colorprofile.TrueColor))
	if line := drawChips(t, c, 0, 60, f.Chips, -1); !strings.Contains(line, "failed only") || !strings.Contains(line, "reads hidden") {
		t.Errorf("the switches are %q", line)
	}
}

// A filter is on the screen once: as chips, or as text while it is typed or is not applied.
func TestTheBarShowsChipsOrTheText(t *testing.T) {
	r := newBarRig(t)
	f, err := kit.FilterText{Text: "actor=ci-token", FailedOnly: true}.Parse()
	if err != nil {
		t.Fatal(err)
	}
	r.bar.Show(f.Text)
	for _, tt := range []struct {
		name   string
		typing bool
		err    error
		want   string
	}{
		{"shown", false, nil, " / [failed only ×] [actor ci-token ×] "},
		{"typed", true, nil, " / failed only + actor=ci-token "},
		{"not applied", false, &query.SyntaxError{Msg: "wrong"}, " / failed only + actor=ci-token "},
	} {
		r.bar.Typing, r.bar.Err = tt.typing, tt.err
		line := r.line(70, State{Filter: &f, Matches: 3})
		if !strings.HasPrefix(line, tt.want) || strings.Count(line, "ci-token") != 1 {
			t.Errorf("%s: the bar is %q, want %q", tt.name, line, tt.want)
		}
	}
	r.bar.Typing, r.bar.Err = false, &query.SyntaxError{Msg: "wrong"}
	r.bar.Show("abc" + strings.Repeat("x", 100))
	r.bar.Err = &query.SyntaxError{Msg: "wrong"}
	if line := r.line(60, State{Filter: new(kit.Filter)}); !strings.HasPrefix(line, " / abc") || !strings.Contains(line, "x… ") {
		t.Errorf("the bar is %q, want the beginning of the text", line)
	}
}
