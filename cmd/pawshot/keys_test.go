package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestKeysAreRead(t *testing.T) {
	for _, c := range []struct {
		text string
		want []step
	}{
		{"", []step{}},
		{"wait:events f enter wait:300ms", []step{{see: "events"}, {press: "f"}, {press: "\r"}, {pause: 300 * time.Millisecond}}},
		{`"wait:2,000 events"  esc`, []step{{see: "2,000 events"}, {press: "\x1b"}}},
		{`wait:"no end" wait:stable`, []step{{see: "no end"}, {stable: true}}},
		{"wait:300", []step{{see: "300"}}},
		{"down*3 tab shift+tab ctrl+f alt+x", []step{{press: "\x1b[B\x1b[B\x1b[B"}, {press: "\t"}, {press: "\x1b[Z"}, {press: "\x06"}, {press: "\x1bx"}}},
		{"result:failed*2", []step{{press: "result:failed*2", text: true}}},
		{"f*2", []step{{press: "f*2", text: true}}},
		{"é * +", []step{{press: "é"}, {press: "*"}, {press: "+"}}},
		{"type:down type:x", []step{{press: "down", text: true}, {press: "x", text: true}}},
		{"quick:esc quick:down*2", []step{{press: "\x1b", quick: true}, {press: "\x1b[B\x1b[B", quick: true}}},
		{`"two words"`, []step{{press: "two words", text: true}}},
		{"ctrl+@ ctrl+[ space", []step{{press: "\x00"}, {press: "\x1b"}, {press: " "}}},
	} {
		got, err := parseKeys(c.text)
		if err != nil {
			t.Errorf("parseKeys(%q): %v", c.text, err)
			continue
		}
		for i := range got {
			got[i].name = "" // TestKeysAreNamedAsTheUserSeesThem
		}
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(step{})); diff != "" {
			t.Errorf("parseKeys(%q): -want +got\n%s", c.text, diff)
		}
	}
}

func TestWrongKeysAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		`f "open`:      "not closed",
		"f wait:":      "word 2",
		"type:":        "no text",
		"quick:wait:x": "not a key",
		"ctrl+nosuch":  `"ctrl+nosuch"`,
		"shift+x":      `"shift+x"`,
		"down*0":       `"0"`,
		"down*many":    `"many"`,
		"down*1001":    "1000",
		`a "" b`:       "word 2",
	} {
		if _, err := parseKeys(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("parseKeys(%q) = %v, want an error with %q", text, err, want)
		}
	}
}

func TestEveryPictureOfTheReadmeHasKeysThatCanBeRead(t *testing.T) {
	for _, r := range readmePictures {
		steps, err := parseKeys(r.keys)
		if err != nil || len(steps) == 0 {
			t.Errorf("%s: %d steps, %v", r.file, len(steps), err)
		}
		s := r.shot("pawprint", ".", ".")
		if err := s.check(); err != nil {
			t.Errorf("%s: %v", r.file, err)
		}
	}
}
