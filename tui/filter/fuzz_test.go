package filter

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/tui/kit/kittest"
)

// FuzzFiltersKeepTheirShape draws the chips and the completions of a log full of one text, at any size and after any keys.
func FuzzFiltersKeepTheirShape(f *testing.F) {
	f.Add("\x1b[31m", uint16(80), uint8(2), []byte{1, 2, 3})
	f.Add("a\u202eb\u200b\U000e0041 \xff\x9b", uint16(1), uint8(1), []byte{10, 11, 12, 13, 9, 8, 7, 11})
	f.Add("家👩‍👩‍👧‍👦"+strings.Repeat("\u0301", 40), uint16(21), uint8(9), []byte{1, 1, 11, 1, 11, 10, 17, 18})
	f.Add("\x1b]0;t\x07,\"\\ AND (", uint16(0), uint8(0), []byte{12, 14, 16})
	f.Fuzz(func(t *testing.T, text string, w uint16, h uint8, script []byte) {
		disp := kittest.RigLook(len(script)%4 == 3, true, colorprofile.TrueColor)
		disp.Widther.Clusters = len(script)%2 == 1
		width, height := int(w)%300, int(h)%60
		checkChips(t, disp, text, width)
		checkSuggest(t, disp, kittest.HostileLog(t, text), text, width, height, script)
	})
}
