package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/modal"
)

// shelf is a Starter over folders in memory.
type shelf struct {
	recent  []string
	folders map[string]modal.Folder
	opened  []string
}

func (s *shelf) Recent() ([]string, error) { return s.recent, nil }

func (s *shelf) List(path string) (modal.Folder, error) {
	if path == "" {
		path = "/logs"
	}
	f, ok := s.folders[path]
	if !ok {
		return modal.Folder{}, fmt.Errorf("listing %s: permission denied", path)
	}
	return f, nil
}

func (s *shelf) Open(source string) error {
	if strings.Contains(source, "unreadable") {
		return errors.New("opening \x1b[2J: permission denied")
	}
	s.opened = append(s.opened, source)
	return nil
}

func (s *shelf) Demo() error { s.opened = append(s.opened, "demo"); return nil }

func newShelf() *shelf {
	return &shelf{recent: []string{"/old/audit.jsonl", "s3://audit-logs/prod/"}, folders: map[string]modal.Folder{
		"/logs": {Path: "/logs", Entries: []modal.FolderEntry{{Name: "deep", Folder: true}, {Name: "shut", Folder: true}, {Name: "a\x1b]0;t\x07\u202e.jsonl", Size: "3 KiB"},
			{Name: "unreadable.json", Size: "1 B"}}},
		"/logs/deep": {Path: "/logs/deep", Entries: []modal.FolderEntry{{Name: "b.csv.gz", Size: "12 MiB"}}, Cut: true},
	}}
}

func startOn(t *testing.T, s *shelf, w, h int) *driver {
	t.Helper()
	return newDriver(t, Options{Log: kittest.StillLog{Log: model.NewLog()}, Start: s}, w, h)
}

func TestStartScreenOpensWhatIsChosen(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"prod", "s3://audit-logs/prod/"}, {"demonstration", "demo"}, {"all logs", "/logs"}, {"]0;t", "/logs/a\x1b]0;t\x07\u202e.jsonl"},
		{"s3://other/x", "s3://other/x"}, {"", "/old/audit.jsonl"},
	} {
		s := newShelf()
		d := startOn(t, s, 120, 30)
		d.write(c.typed)
		d.press("enter")
		if diff := cmp.Diff([]string{c.want}, s.opened); diff != "" || len(d.app.modals) != 0 {
			t.Errorf("typing %q leaves %d modals (-want +got):\n%s", c.typed, len(d.app.modals), diff)
		}
	}
}

func TestStartScreenGoesThroughFolders(t *testing.T) {
	s := newShelf()
	d := startOn(t, s, 120, 30)
	checkShape(t, d, 120, 30)
	kittest.CheckGolden(t, "start", ansi.Strip(d.frame()))
	d.write("deep")
	d.press("enter")
	if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, "b.csv.gz") || strings.Contains(frame, "unreadable") {
		t.Fatalf("the folder is not shown:\n%s", frame)
	}
	d.write("../")
	d.press("enter")
	d.write("shut")
	d.press("enter")
	if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, "listing /logs/shut: permission denied") {
		t.Errorf("a folder that cannot be listed does not say so:\n%s", frame)
	}
	if len(s.opened) != 0 || len(d.app.modals) != 1 {
		t.Errorf("going through folders opened %q", s.opened)
	}
}

func TestSourceThatCannotBeOpenedSaysWhyAndStays(t *testing.T) {
	s := newShelf()
	d := startOn(t, s, 120, 30)
	d.write("unreadable")
	d.press("enter")
	if last := d.lines()[29]; !strings.Contains(last, "opening ␛[2J: permission denied") || len(d.app.modals) != 1 {
		t.Errorf("the status line is %q, with %d modals", last, len(d.app.modals))
	}
	d.press("ctrl+u")
	d.write("demonstration")
	d.press("enter")
	if len(s.opened) != 1 || len(d.app.modals) != 0 {
		t.Errorf("then the demonstration does not open: %q", s.opened)
	}
}

func TestEscLeavesTheStartScreen(t *testing.T) {
	d := startOn(t, newShelf(), 80, 24)
	d.press("esc")
	if !d.quit {
		t.Error("esc does not end the program")
	}
}

func TestStartScreenKeepsItsShape(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {24, 6}, {40, 9}, {80, 24}, {200, 50}} {
		d := startOn(t, newShelf(), size[0], size[1])
		for _, key := range []string{"down", "pgdown", "d", "enter", "up", "x"} {
			d.press(key)
			checkShape(t, d, size[0], size[1])
		}
	}
}
