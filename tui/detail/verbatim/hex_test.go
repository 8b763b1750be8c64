package verbatim

import (
	"strings"
	"testing"
)

func TestHexOffsetsBeyondFourGigabytesAreWhole(t *testing.T) {
	h := Hex{Raw: "x", Base: 0x123456789, Cells: 80}
	if row := h.Rows(0)[0].Text.String(); !strings.HasPrefix(row, "123456789  78 ") {
		t.Errorf("the row is %q", row)
	}
}
