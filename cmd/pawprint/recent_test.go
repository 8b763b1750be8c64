package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestRecentSourcesAreFewTheLatestFirstAndPrivate(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	for i := range 30 {
		remember([]string{fmt.Sprintf("/logs/%d.jsonl", i)})
	}
	remember([]string{"/logs/20.jsonl", "s3://audit-logs/a/"})
	got, err := recentSources()
	if err != nil || len(got) != maxRecent || !slices.Equal(got[:3], []string{"/logs/20.jsonl", "s3://audit-logs/a/", "/logs/29.jsonl"}) {
		t.Errorf("recentSources() = %q, %v", got, err)
	}
	list, err := recentList()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(list.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
}

func TestCredentialsInURLsAreNotRemembered(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	remember([]string{"s3://key:hunter22@bucket/", "https://example.com/a?X-Amz-Signature=hunter22", "s3://hunter22@b/x", "s3://b/x#hunter22", "-", "/dev/fd/63"})
	if got, err := recentSources(); err != nil || len(got) != 0 {
		t.Errorf("recentSources() = %q, %v", got, err)
	}
}

func TestDamagedRecentSourcesAreLeftAsTheyAre(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	list, err := recentList()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(list.path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(list.path, []byte("{damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	remember([]string{"/logs/a.jsonl"})
	if got, err := os.ReadFile(list.path); err != nil || string(got) != "{damaged" {
		t.Errorf("the file holds %q, %v", got, err)
	}
	if _, err := recentSources(); err == nil || !strings.Contains(err.Error(), list.path) {
		t.Errorf("recentSources() gives the error %v", err)
	}
}
