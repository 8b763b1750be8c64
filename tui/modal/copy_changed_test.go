package modal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestNothingIsCopiedOfASourceThatChanged(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(kittest.ModuleFolder(t), "testdata", "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	for change, spoil := range map[string]func() error{
		"truncated": func() error { return os.Truncate(path, 0) },
		"other bytes of the same length": func() error {
			return os.WriteFile(path, bytes.ReplaceAll(text, []byte("ci-token"), []byte("no-token")), 0o600)
		},
	} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		log := model.NewLog()
		if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
			t.Fatal(err)
		}
		r := newCopyRig(t, kittest.StillLog{Log: log}, false)
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		for _, what := range []string{"the event", "where it stands", "a jq command", "sql for", "raw"} {
			if got := r.copy(what); len(got) != 0 {
				t.Errorf("%s: %s copies %q", change, what, got)
			}
			r.MustShow("not copied: the source changed after it was loaded")
		}
	}
}
