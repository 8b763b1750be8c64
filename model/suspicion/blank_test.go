package suspicion

import "testing"

func TestBlankTextsShowNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, " ": true, "\t\r\n ": true, "\u00a0": true, "\u3000\u2003": true, "\u200b": true, "\ufeff": true, "\u2800": true, "\u3164": true, "\x00": true, "\u202e": true, "\U000e0041": true,
		"a": false, " a ": false, "-": false, "(redacted)": false, "0": false, "é": false, "😀": false, "\xff": false, "\u202ex": false,
	} {
		if got := Blank([]byte(text)); got != want {
			t.Errorf("Blank(%+q) = %v, want %v", text, got, want)
		}
	}
}
