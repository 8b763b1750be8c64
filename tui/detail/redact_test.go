package detail

import (
	"encoding/hex"
	"strings"
	"testing"

	"pawprint/tui/kit/kittest"
)

func TestMaskedSecretsAreNowhereInTheDetail(t *testing.T) {
	d := newDetailRig(t, kittest.PlantedLog(t), 120, 40)
	d.Display.Redact = true
	d.detail.ReadAgain()
	d.detail.folds = map[string]bool{rawID: true, escapedID: true, hexID: true, lakeID: true, bytesID: true}
	for i := range d.Sel.Len() {
		d.goTo(i)
		d.detail.rebuild()
		text := strings.Join(strings.Fields(d.text()), "")
		for _, s := range kittest.Planted {
			if strings.Contains(text, s[:8]) || strings.Contains(text, hex.EncodeToString([]byte(s[:8]))) {
				t.Fatalf("the detail of row %d holds %q:\n%s", i, s, d.text())
			}
		}
	}
}
