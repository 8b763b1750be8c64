package detail

import (
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

// The detail names the actor whom this one looks like, with the letters that differ escaped.
func TestTheDetailSaysWhomAnActorLooksLike(t *testing.T) {
	const two = `{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"1","type":"USER","name":"anna"},"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.0.0"}
{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"2","type":"USER","name":"\u0430nna"},"timestamp":"2026-11-22T10:01:00Z","pantherVersion":"1.0.0"}
{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"3","type":"USER","name":"bob"},"timestamp":"2026-11-22T10:02:00Z","pantherVersion":"1.0.0"}
`
	d := newDetailRig(t, kittest.LoadText(t, "x", two), 160, 50)
	for at, want := range []string{`anna looks like \u0430nna, who is spelled differently: is:twin finds both`, `\u0430nna looks like anna, who is spelled differently`} {
		d.goTo(at)
		if text := d.screen(); !strings.Contains(text, "Looks alike") || !strings.Contains(text, want) {
			t.Errorf("the detail lacks %q:\n%s", want, text)
		}
	}
	d.goTo(2)
	if strings.Contains(d.screen(), "Looks alike") {
		t.Errorf("bob looks like somebody:\n%s", d.screen())
	}
}
