package tui

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// wantNoSecret fails if a frame shows any part of a secret that tells it, wrapped or byte by byte.
func (d *driver) wantNoSecret(after string) {
	d.t.Helper()
	frame := strings.Join(strings.Fields(strings.Join(d.lines(), "")), "")
	for _, s := range kittest.Planted {
		for _, shown := range []string{s, s[:8], hex.EncodeToString([]byte(s[:8]))} {
			if strings.Contains(frame, shown) {
				d.t.Fatalf("after %s the frame shows %q:\n%s", after, shown, strings.Join(d.lines(), "\n"))
			}
		}
	}
}

// unfoldAll are the keys that unfold all sections of the detail.
var unfoldAll = "g " + strings.Repeat("J right right ", 16)

func TestMaskedSecretsAreNowhereOnTheScreen(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}, {240, 120}} {
		d := newDriver(t, Options{Log: kittest.PlantedLog(t), Redact: true}, size[0], size[1])
		for i := range d.app.list.Len() {
			d.press("g" + strings.Repeat(" j", i))
			for _, keys := range []string{"L", "L", "L", "enter", "tab z", unfoldAll, "P", "esc z", "D", "m", "esc", "G", "pgup", "g"} {
				d.press(keys)
				d.wantNoSecret(fmt.Sprintf("%s in row %d", keys, i))
			}
			d.press("esc esc esc")
		}
	}
}

func TestMaskedSecretsAreNotInFacetsCompletionsAndComparisons(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.PlantedLog(t), Redact: true}, 160, 50)
	d.app.panes.focus(sideID(facets))
	for range 60 {
		d.press("right j")
		d.wantNoSecret("moving in the facets")
	}
	d.press("k k enter")
	d.wantNoSecret("choosing a facet")
	d.app.panes.focus(kit.ListPane)
	for _, text := range []string{"ua:", "ip:", "actor:", "version:", "email:"} {
		d.press("/ ctrl+u")
		d.write(text)
		d.press("tab")
		d.wantNoSecret("completing " + text)
		d.press("esc esc")
	}
	d.press("g m j j C")
	d.wantNoSecret("comparing")
	d.mustShow("whether they differ is not shown")
}

func TestRShowsSecretsAndMasksThemAgain(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.PlantedLog(t)}, 160, 40)
	d.press("g enter")
	shown := func() bool { return strings.Contains(strings.Join(d.lines(), "\n"), "hunter22") }
	if !shown() {
		t.Fatal("the log shows no secret, so that masking cannot be seen")
	}
	d.press("R")
	d.mustShow("14 secrets masked in this line")
	if title := d.lines()[0]; shown() || !strings.Contains(title, "redacted") {
		t.Errorf("after R secrets are shown: %v; the title is %q", shown(), title)
	}
	kittest.CheckGolden(t, "redacted", ansi.Strip(d.frame()))
	d.press("R")
	if title := d.lines()[0]; !shown() || strings.Contains(title, "redacted") {
		t.Errorf("after R twice secrets are shown: %v; the title is %q", shown(), title)
	}
}

func TestMaskedValueCannotBeFilteredBy(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.PlantedLog(t), Redact: true}, 160, 40)
	d.press("g")
	for _, key := range []string{"i", "a"} {
		d.press(key)
		if d.app.feed.Text != "" {
			t.Fatalf("%s filters by %q", key, d.app.feed.Text)
		}
		if toast := d.app.status.toast; toast.String() != d.app.display.MaskedWords().String() {
			t.Errorf("%s says %q, want %q", key, toast, d.app.display.MaskedWords())
		}
	}
	d.press("R i")
	if !strings.Contains(d.app.feed.Text, "AKIA") {
		t.Errorf("with secrets shown i filters by %q", d.app.feed.Text)
	}
}
