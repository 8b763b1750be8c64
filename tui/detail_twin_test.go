package tui

import (
	"strings"
	"testing"
)

// The detail names the actor whom this one looks like, with the letters that differ escaped.
func TestTheDetailSaysWhomAnActorLooksLike(t *testing.T) {
	const two = `{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"1","type":"USER","name":"anna"},"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.0.0"}
{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"2","type":"USER","name":"\u0430nna"},"timestamp":"2026-11-22T10:01:00Z","pantherVersion":"1.0.0"}
{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"3","type":"USER","name":"bob"},"timestamp":"2026-11-22T10:02:00Z","pantherVersion":"1.0.0"}
`
	d := newDriver(t, Options{Log: loadText(t, "x", two)}, 160, 50)
	d.press("g enter")
	d.mustShow("Looks alike", `anna looks like \u0430nna, who is written otherwise: is:twin finds both`)
	d.press("esc j enter")
	d.mustShow(`\u0430nna looks like anna, who is written otherwise`)
	d.press("esc j enter")
	if strings.Contains(d.screenText(), "Looks alike") {
		t.Errorf("bob looks like somebody:\n%s", d.screenText())
	}
}
