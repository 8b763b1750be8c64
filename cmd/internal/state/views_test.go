package state

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/cmd/internal/disk"
	"pawprint/tui"
)

func TestViewsAreReadAsTheyWereSaved(t *testing.T) {
	f := Views{disk.File{Path: filepath.Join(t.TempDir(), "pawprint", "views.json")}}
	if views, err := f.Load(); err != nil || len(views) != 0 {
		t.Fatalf("without a file Load() = %v, %v", views, err)
	}
	a := tui.SavedView{Name: "a \"b\" \x1b", Query: "is:failed", Off: []string{"x"}, Sort: "actor", Columns: []tui.SavedColumn{{Name: "ip", Width: 20}}}
	b := tui.SavedView{Name: "b", HideReads: true}
	newer := tui.SavedView{Name: "b", Query: "newer"}
	for _, v := range []tui.SavedView{a, b, newer} {
		if err := f.Save(t.Context(), []tui.SavedView{v}); err != nil {
			t.Fatal(err)
		}
	}
	views, err := f.Load()
	if diff := cmp.Diff([]tui.SavedView{a, newer}, views); err != nil || diff != "" {
		t.Errorf("Load() gives an error %v, -want +got:\n%s", err, diff)
	}
	info, err := os.Stat(f.file.Path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
	if names := namesIn(t, filepath.Dir(f.file.Path)); names != ".views.json.lock views.json" {
		t.Errorf("the folder holds %s", names)
	}
}

func TestDamagedViewsAreNeverOverwritten(t *testing.T) {
	for _, damage := range []string{`{"views":[{"name":"mine"`, `{"views":[]} tail`, `[]`, `{"views":[{"name":"x","unheard_of":1}]}`, ""} {
		path := filepath.Join(t.TempDir(), "views.json")
		if err := os.WriteFile(path, []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		f := Views{disk.File{Path: path}}
		if _, err := f.Load(); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("Load() of %q gives the error %v, which does not name %s", damage, err, path)
		}
		if err := f.Save(t.Context(), []tui.SavedView{{Name: "n"}}); err == nil || !strings.Contains(err.Error(), "left as it is") {
			t.Errorf("Save() into %q gives the error %v", damage, err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != damage {
			t.Errorf("Save() changed %q to %q, %v", damage, got, err)
		}
	}
}

func TestSavingGoesThroughALinkAndLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "dotfiles.json"), filepath.Join(dir, "views.json")
	if err := os.WriteFile(real, []byte(`{"views":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	if err := (Views{disk.File{Path: link}}).Save(t.Context(), []tui.SavedView{{Name: "n"}}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info.Mode(), err)
	}
	if text, err := os.ReadFile(real); err != nil || !strings.Contains(string(text), `"n"`) {
		t.Errorf("the file behind the link holds %q, %v", text, err)
	}
}

func TestViewsOfALaterVersionAreLeftAlone(t *testing.T) {
	f := disk.File{Path: filepath.Join(t.TempDir(), "views.json")}
	const later = `{"version": 2, "views": [{"name": "a", "shape": "round"}]}`
	if err := os.WriteFile(f.Path, []byte(later), 0o600); err != nil {
		t.Fatal(err)
	}
	const want = "a newer pawprint wrote it (version 2, this one reads up to 1)"
	if _, err := (Views{f}).Load(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Load says %v", err)
	}
	if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: "b"}}); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Save says %v", err)
	}
	if text, err := os.ReadFile(f.Path); err != nil || string(text) != later {
		t.Errorf("the file holds %s, %v", text, err)
	}
}

func TestViewsWithoutAVersionAreReadAndGetOne(t *testing.T) {
	f := disk.File{Path: filepath.Join(t.TempDir(), "views.json")}
	if err := os.WriteFile(f.Path, []byte(`{"views": [{"name": "a"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: "b"}}); err != nil || len(viewNames(t, f)) != 2 {
		t.Errorf("Save says %v", err)
	}
	if text, err := os.ReadFile(f.Path); err != nil || !strings.Contains(string(text), `"version": 1`) {
		t.Errorf("the file holds %s, %v", text, err)
	}
}
