package tui

import (
	"encoding/hex"
	"strings"
	"testing"
)

func TestMaskedSecretsAreNowhereInTheDetail(t *testing.T) {
	d := newDetailRig(t, plantedLog(t), 120, 40)
	d.display.redact = true
	d.detail.readAgain()
	d.detail.folds = map[string]bool{rawID: true, escapedID: true, hexID: true, lakeID: true, bytesID: true}
	for i := range d.sel.Len() {
		d.goTo(i)
		d.detail.rebuild()
		text := strings.Join(strings.Fields(d.text()), "")
		for _, s := range planted {
			if strings.Contains(text, s[:8]) || strings.Contains(text, hex.EncodeToString([]byte(s[:8]))) {
				t.Fatalf("the detail of row %d holds %q:\n%s", i, s, d.text())
			}
		}
	}
}
