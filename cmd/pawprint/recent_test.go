package main

import (
	"path/filepath"
	"slices"
	"testing"

	"pawprint/cmd/internal/state"
)

func TestCredentialsInURLsAreNotRemembered(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	new(settings).remember([]string{"s3://key:hunter22@bucket/", "https://example.com/a?X-Amz-Signature=hunter22", "s3://hunter22@b/x", "s3://b/x#hunter22", "-", "/dev/fd/63"})
	if got, err := state.Recent(); err != nil || len(got) != 0 {
		t.Errorf("the recent sources are %q, %v", got, err)
	}
}

// The start screen offers what was opened: a mistyped name is not offered again.
func TestNamesOfNoFileAreNotRemembered(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	dir := t.TempDir()
	pattern := filepath.Join(dir, "*.jsonl")
	new(settings).remember([]string{filepath.Join(dir, "none.jsonl"), dir, pattern})
	if got, err := state.Recent(); err != nil || !slices.Equal(got, []string{dir, pattern}) {
		t.Errorf("the recent sources are %q, %v", got, err)
	}
}
