package tui

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/loader"
	"pawprint/model"
)

// planted are secrets of several kinds; none may be seen while secrets are masked.
var planted = []string{
	"AKIAEXAMPLEEXAMPLE12", "hunter22", "plantedcookie", "ghp_abcdefghijklmnopqrstuv", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJl",
	"abcdefgh12345678",
}

// plantedLog is a log with a secret in every column, in parameters, errors and lines that are no events.
func plantedLog(t *testing.T) stillLog {
	t.Helper()
	var lines []string
	for i, secret := range planted {
		where := secret
		if secret == "hunter22" || secret == "plantedcookie" || secret == "abcdefgh12345678" {
			where = "Bearer abcdefgh12345678"
		}
		lines = append(lines, fmt.Sprintf(`{"timestamp":"2026-11-22T10:0%d:00Z","actionName":"UPDATE_RULE","actionResult":"FAILED","sourceIP":%q,`+
			`"userAgent":"curl %s","pantherVersion":%q,"XForwardedFor":["%s"],"actor":{"id":"%s","type":"USER","name":"n %s","attributes":{"email":"%s"}},`+
			`"actionParams":{"dynamic":{"input":{"id":"r %s","password":"hunter22","session":{"cookie":["plantedcookie"]},"body":"x %s","n":%d}}},`+
			`"errors":[{"message":"no %s"},{"message":"password=hunter22"}],"p_any_ip_addresses":["%s"],"%s":"dup"}`,
			i, where, where, where, where, where, where, where, where, where, i, where, where, "note "+fmt.Sprint(i)))
	}
	lines = append(lines, "no event AKIAEXAMPLEEXAMPLE12 at all", `{"cut":"ghp_abcdefghijklmnopqrstuv`)
	path := filepath.Join(t.TempDir(), "planted.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	return stillLog{log}
}

// wantNoSecret fails if a frame shows any part of a secret that tells it, wrapped or byte by byte.
func (d *driver) wantNoSecret(after string) {
	d.t.Helper()
	frame := strings.Join(strings.Fields(strings.Join(d.lines(), "")), "")
	for _, s := range planted {
		for _, shown := range []string{s, s[:8], hex.EncodeToString([]byte(s[:8]))} {
			if strings.Contains(frame, shown) {
				d.t.Fatalf("after %s the frame shows %q:\n%s", after, shown, strings.Join(d.lines(), "\n"))
			}
		}
	}
}

func TestMaskedSecretsAreNowhereOnTheScreen(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}, {240, 120}} {
		d := newDriver(t, Options{Log: plantedLog(t), Redact: true}, size[0], size[1])
		for i := range d.app.list.len() {
			d.app.list.moveTo(i)
			d.app.detail.folds = map[string]bool{rawID: true, escapedID: true, hexID: true, lakeID: true, bytesID: true}
			for _, keys := range []string{"L", "L", "L", "enter", "tab z", "P", "esc z", "D", "m", "esc", "G", "pgup", "g"} {
				d.press(keys)
				d.wantNoSecret(fmt.Sprintf("%s in row %d", keys, i))
			}
			d.app.detail.rebuild()
			text := strings.Join(strings.Fields(d.detailText()), "")
			for _, s := range planted {
				if strings.Contains(text, s[:8]) || strings.Contains(text, hex.EncodeToString([]byte(s[:8]))) {
					t.Fatalf("the detail of row %d holds %q:\n%s", i, s, d.detailText())
				}
			}
			d.press("esc esc esc")
		}
	}
}

func TestMaskedSecretsAreNotInFacetsCompletionsAndComparisons(t *testing.T) {
	d := newDriver(t, Options{Log: plantedLog(t), Redact: true}, 160, 50)
	d.app.panes.focus(facetsPane)
	for range 60 {
		d.press("right j")
		d.wantNoSecret("moving in the facets")
	}
	d.press("k k enter")
	d.wantNoSecret("choosing a facet")
	d.app.panes.focus(listPane)
	for _, text := range []string{"ua:", "ip:", "actor:", "version:", "email:"} {
		d.press("/ ctrl+u")
		d.write(text)
		d.press("tab")
		d.wantNoSecret("completing " + text)
		d.press("esc esc")
	}
	d.press("g m j j C")
	d.wantNoSecret("comparing")
	if !strings.Contains(d.detailText(), "whether they differ is not shown") {
		t.Errorf("the comparison does not say that secrets are masked:\n%s", d.detailText())
	}
}

func TestRShowsSecretsAndMasksThemAgain(t *testing.T) {
	d := newDriver(t, Options{Log: plantedLog(t)}, 160, 40)
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
	checkGolden(t, "redacted", ansi.Strip(d.frame()))
	d.press("R")
	if title := d.lines()[0]; !shown() || strings.Contains(title, "redacted") {
		t.Errorf("after R twice secrets are shown: %v; the title is %q", shown(), title)
	}
}

func TestMaskedValueCannotBeFilteredBy(t *testing.T) {
	d := newDriver(t, Options{Log: plantedLog(t), Redact: true}, 160, 40)
	d.press("g")
	for _, key := range []string{"i", "a"} {
		d.press(key)
		if d.app.feed.text != "" {
			t.Fatalf("%s filters by %q", key, d.app.feed.text)
		}
		if toast := d.app.status.toast; toast.String() != errMasked.String() {
			t.Errorf("%s says %q, want %q", key, toast, errMasked)
		}
	}
	d.press("R i")
	if !strings.Contains(d.app.feed.text, "AKIA") {
		t.Errorf("with secrets shown i filters by %q", d.app.feed.text)
	}
}
