package tui

import (
	"path/filepath"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestWhyASourceIsBrokenIsNotCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), strings.Repeat("long-", 30)+"none.jsonl")
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err == nil {
		t.Fatal("a file that is not there was loaded")
	}
	for _, size := range [][2]int{{40, 24}, {80, 24}, {200, 50}} {
		d := newDriver(t, Options{Log: kittest.StillLog{Log: log}}, size[0], size[1])
		text := strings.Join(strings.Fields(strings.Join(d.lines(), "")), "")
		if !strings.Contains(text, "nosuchfile") {
			t.Errorf("at %v the reason is not on the screen:\n%s", size, strings.Join(d.lines(), "\n"))
		}
		checkShape(t, d, size[0], size[1])
	}
}
