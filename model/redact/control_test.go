package redact

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// Every control byte may stand in a secret and beside it; what is left must be JSON, and the same but for the secret.
func TestControlBytesLeaveAMaskedLineJSON(t *testing.T) {
	for c := range 0x20 {
		for _, form := range []string{
			`{"a":"x%[1]sy","password":"hunter%[1]s22xx","b":"x%[1]sy"}`,
			`{"a":"x%[1]sy","password":{"x%[1]sy":"hunter22xx"},"b":"x%[1]sy"}`,
			`{"a":"x%[1]sy","c":"{\"password\":\"hunter\%[1]s22xx\"}","b":"x%[1]sy"}`,
			`{"a":"x%[1]sy","c":"run password=hunter22xx%[1]s","b":"x%[1]sy"}`,
		} {
			escape := fmt.Sprintf(`\u%04x`, c)
			line := fmt.Sprintf(form, escape)
			var m Masker
			got := string(m.Line([]byte(line)))
			if !json.Valid([]byte(got)) {
				t.Errorf("Line(%s) = %s, which is not JSON", line, got)
			}
			beside := "x" + escape + "y"
			if strings.Contains(got, "hunter") || m.Masked == 0 || !strings.HasPrefix(got, `{"a":"`+beside+`"`) || !strings.HasSuffix(got, `"b":"`+beside+`"}`) {
				t.Errorf("Line(%s) = %s", line, got)
			}
		}
		// A line with a control byte as it is was no JSON before.
		line := fmt.Sprintf(`{"a":"x%[1]cy","password":"hunter%[1]c22xx"}`, c)
		var m Masker
		if got := string(m.Line([]byte(line))); strings.Contains(got, "hunter") || !strings.HasPrefix(got, fmt.Sprintf(`{"a":"x%cy"`, c)) {
			t.Errorf("Line(%q) = %q", line, got)
		}
	}
}
