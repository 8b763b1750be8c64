package state

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
		Remember([]string{fmt.Sprintf("/logs/%d.jsonl", i)})
	}
	Remember([]string{"/logs/20.jsonl", "s3://audit-logs/a/"})
	got, err := Recent()
	if err != nil || len(got) != MaxRecent || !slices.Equal(got[:3], []string{"/logs/20.jsonl", "s3://audit-logs/a/", "/logs/29.jsonl"}) {
		t.Errorf("Recent() = %q, %v", got, err)
	}
	list, err := recentList()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(list.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
}

func TestDamagedRecentSourcesAreLeftAsTheyAre(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	list, err := recentList()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(list.Path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(list.Path, []byte("{damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	Remember([]string{"/logs/a.jsonl"})
	if got, err := os.ReadFile(list.Path); err != nil || string(got) != "{damaged" {
		t.Errorf("the file holds %q, %v", got, err)
	}
	if _, err := Recent(); err == nil || !strings.Contains(err.Error(), list.Path) {
		t.Errorf("Recent() gives the error %v", err)
	}
}
