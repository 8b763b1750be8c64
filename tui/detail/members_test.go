package detail

import (
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

func TestTheDetailSaysWhichValueOfAFileMatched(t *testing.T) {
	log := kittest.LoadText(t, "audit.jsonl", kittest.Seen(5, "ann", "192.0.2.1", "SIGN_IN")+kittest.Seen(6, "bob", "198.51.100.2", "GET_RULE"))
	for filter, want := range map[string]string{
		"ip:@bad.txt":                    "ip 192.0.2.1 is in bad.txt, line 3: 192.0.2.0/24",
		"-ip:@bad.txt OR actor:@bad.txt": "actor ann is in bad.txt, line 4: ANN",
	} {
		d := newDetailRig(t, log, 100, 30)
		d.Sets, d.Cursor = kittest.BadSets, 0
		d.filterBy(filter)
		if text := d.text(); !strings.Contains(text, want) {
			t.Errorf("the detail does not say which value matched:\n%s", text)
		}
	}
}
