package field

import (
	"strings"
	"testing"
)

func TestErrorMessagesAreFoundInEveryForm(t *testing.T) {
	for in, want := range map[string]string{
		`null`: "", `[]`: "", `[{"message":"a"},{"message":"b"}]`: "a|b", `["plain"]`: "plain", `{"message":"one"}`: "one", `[{"code":7}]`: `{"code":7}`, `"text"`: "text",
		`[{"message":"a","message":"b"}]`: `{"message":"a","message":"b"}`, `[{"message":"a","\u006dessage":"b"}]`: `{"message":"a","\u006dessage":"b"}`,
	} {
		w := NewWalker()
		var got []string
		w.Messages([]byte(`{"errors":`+in+`}`), func(raw []byte) bool {
			got = append(got, string(w.Text(raw)))
			return false
		})
		if strings.Join(got, "|") != want {
			t.Errorf("messages of %s = %q, want %q", in, got, want)
		}
	}
}
