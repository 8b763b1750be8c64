package ptytest

import (
	"io"
	"strings"
	"testing"
)

func TestMarginsEndWithTheScreen(t *testing.T) {
	s := NewScreen(10, 4)
	defer s.Close()
	// Four lines, then margins for 20 lines, and a line that is put in above the second one.
	_, _ = io.WriteString(s, "a\r\nb\r\nc\r\nd\x1b[1;20r\x1b[2;1H\x1b[Lx\x1b[r\x1b[4;1H")
	if got := strings.Join(strings.Fields(s.Text()), ""); got != "axbc" {
		t.Errorf("the screen shows %q", got)
	}
	s.Resize(10, 3)
	_, _ = io.WriteString(s, "\x1b[4;20r\x1b[1;1H\x1b[M")
	if got := strings.Join(strings.Fields(s.Text()), ""); got != "xb" {
		t.Errorf("after margins below the screen it shows %q", got)
	}
}
