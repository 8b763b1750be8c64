package model

import (
	"fmt"
	"testing"
)

func TestTextNeverPrintsItself(t *testing.T) {
	hostile := NewText("\x1b[2J\u202e")
	for _, format := range []string{"%s", "%v", "%+v", "%q", "%x"} {
		if got := fmt.Sprintf(format, hostile); got != `"\x1b[2J\u202e"` {
			t.Errorf("%s prints %q", format, got)
		}
	}
}
