package tail

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pawprint/loader"
	"pawprint/model"
)

func TestFollowedFilesRankByArgumentThenPath(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.jsonl", "many/f10.jsonl", "many/f2.jsonl", "a.jsonl"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(`{"file":"`+path+"\"}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set := New(filepath.Join(dir, "b.jsonl"), filepath.Join(dir, "many"), filepath.Join(dir, "a.jsonl"))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	log, ended := model.NewLog(), make(chan error, 1)
	go func() { ended <- loader.Load(ctx, log, set) }()
	snap := log.Snapshot()
	until := func(rows int) {
		for ; snap.Rows() < rows; snap = log.Snapshot() {
			if err := log.Wait(t.Context(), snap.Revision()); err != nil {
				t.Fatal(err)
			}
		}
	}
	until(4)
	// A file that comes later stands where its path belongs.
	if err := os.WriteFile(filepath.Join(dir, "many/f3.jsonl"), []byte(`{"file":3}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	until(5)
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, id := range snap.SourceOrder() {
		if s := snap.Sources()[id]; s.Books.Lines > 0 {
			got = append(got, filepath.Base(s.Name.Raw()))
		}
	}
	if want := []string{"b.jsonl", "f2.jsonl", "f3.jsonl", "f10.jsonl", "a.jsonl"}; !slices.Equal(got, want) {
		t.Errorf("sources rank as %v, want %v", got, want)
	}
}
