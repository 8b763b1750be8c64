package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/tui/ptytest"
)

// place gives a test an environment with an empty home, and returns the path of its configuration.
func place(t *testing.T) (path string) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv(Variable, "")
	os.Unsetenv(Variable) // the old value comes back after the test
	path, named, err := Path()
	if err != nil || named || !strings.HasPrefix(path, home) {
		t.Fatalf("Path is %q, %v, %v", path, named, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheUsersFileIsFoundAndNoOther(t *testing.T) {
	for name, c := range map[string]struct {
		arrange func(t *testing.T, path string)
		zone    string // of the configuration
		err     string
	}{
		"none":      {func(*testing.T, string) {}, "utc", ""},
		"no folder": {func(t *testing.T, path string) { os.Remove(filepath.Dir(path)) }, "utc", ""},
		"a file in place of the folder": {func(t *testing.T, path string) {
			os.Remove(filepath.Dir(path))
			write(t, filepath.Dir(path), "")
		}, "utc", ""},
		"the usual one": {func(t *testing.T, path string) { write(t, path, "zone = \"local\"") }, "local", ""},
		"of XDG": {func(t *testing.T, path string) {
			write(t, path, "zone = \"local\"")
			dir := t.TempDir()
			t.Setenv("XDG_CONFIG_HOME", dir)
			os.Mkdir(filepath.Join(dir, "pawprint"), 0o700)
			write(t, filepath.Join(dir, "pawprint", "config.toml"), "zone = \"Asia/Tokyo\"")
		}, "Asia/Tokyo", ""},
		"relative XDG": {func(t *testing.T, path string) {
			t.Chdir(t.TempDir())
			os.Mkdir("pawprint", 0o700)
			write(t, "pawprint/config.toml", "zone = \"Asia/Tokyo\"")
			t.Setenv("XDG_CONFIG_HOME", ".")
		}, "utc", ""},
		"in the working folder": {func(t *testing.T, path string) {
			t.Chdir(t.TempDir())
			write(t, "config.toml", "zone = \"Asia/Tokyo\"")
		}, "utc", ""},
		"named": {func(t *testing.T, path string) {
			write(t, path, "zone = \"local\"")
			t.Setenv(Variable, path+"2")
			write(t, path+"2", "zone = \"Asia/Tokyo\"")
		}, "Asia/Tokyo", ""},
		"named from home": {func(t *testing.T, path string) {
			t.Setenv(Variable, "~/a")
			write(t, os.Getenv("HOME")+"/a", "zone='a'")
		}, "a", ""},
		"named empty":        {func(t *testing.T, path string) { write(t, path, "zone = \"local\""); t.Setenv(Variable, "") }, "utc", ""},
		"named and not here": {func(t *testing.T, path string) { t.Setenv(Variable, path) }, "utc", "no such file"},
		"named relatively":   {func(t *testing.T, path string) { t.Setenv(Variable, "config.toml") }, "utc", "write the whole path"},
		"a pipe":             {func(t *testing.T, path string) { ptytest.MakePipe(path) }, "utc", "a pipe, where a file should be"},
		"a folder":           {func(t *testing.T, path string) { os.Mkdir(path, 0o700) }, "utc", "a folder, where a file should be"},
		"a link to a device": {func(t *testing.T, path string) { os.Symlink("/dev/zero", path) }, "utc", "a device, where a file should be"},
		"a link to itself":   {func(t *testing.T, path string) { os.Symlink(path, path) }, "utc", "too many"},
		"large":              {func(t *testing.T, path string) { write(t, path, strings.Repeat("#\n", 1<<20)) }, "utc", "it is larger than"},
		"with a mistake":     {func(t *testing.T, path string) { write(t, path, "zone = 1") }, "utc", "config.toml:1:8: "},
		"no home": {func(t *testing.T, path string) {
			write(t, path, "zone = \"local\"")
			t.Setenv("HOME", "")
		}, "utc", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c.arrange(t, place(t))
			got, err := Load(checks())
			if got.Zone != c.zone {
				t.Errorf("the zone is %q, want %q", got.Zone, c.zone)
			}
			if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
				t.Errorf("the error is %v, want %q", err, c.err)
			}
		})
	}
}
