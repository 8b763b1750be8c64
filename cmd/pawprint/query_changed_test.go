package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// A reader that takes no bytes stops the program in the middle of printing while the log changes.
func TestQuerySaysWhatItCouldNotPrint(t *testing.T) {
	for _, format := range []string{"jsonl", "json", "csv", "md", "table"} {
		t.Run(format, func(t *testing.T) {
			log := copyLog(t, 2000)
			cmd := exec.Command(ourselves(t), "query", "-o", format, "", log)
			var said bytes.Buffer
			cmd.Stderr = &said
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			first := make([]byte, 1) // printing has started, so the load has ended
			if _, err := io.ReadFull(out, first); err != nil {
				t.Fatal(err)
			}
			truncateTo(t, log, 0)
			rest, err := io.ReadAll(out)
			if err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != exitError {
				t.Errorf("exit code %d, want %d", code, exitError)
			}
			text := append(first, rest...)
			lines, bare := bytes.Count(text, []byte("\n")), bytes.Count(text, []byte("not read: "+model.ErrChanged.Error()))
			want := "wrote " + grouped(bare) + " of 2,000 rows without their lines: "
			if format == "jsonl" {
				want = "wrote " + grouped(lines) + " of 2,000 rows: "
			}
			if !strings.Contains(said.String(), want) || !strings.Contains(said.String(), model.ErrChanged.Error()) {
				t.Errorf("%d lines are printed, %d rows without theirs; said is %q, want %q in it", lines, bare, said.String(), want)
			}
		})
	}
}

func grouped(n int) string { return termsafe.Int(int64(n)).String() }

// settingsOn returns the settings of a run that writes to files of the test.
func settingsOn(t *testing.T) *settings {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	return &settings{std: &streams{out: newOutlet(out), err: newOutlet(out)}}
}

func TestACountSaysWhichRowsCouldNotBeSearched(t *testing.T) {
	log := copyLog(t, 2000)
	loaded := exportSelection(t, log, "").Snapshot()
	truncateTo(t, log, 0)
	for _, c := range []struct {
		query string
		found int
		lost  bool
	}{
		{"", 2000, false},         // counted without reading lines
		{"is:failed", 127, false}, // likewise
		{"permission", 0, true},
		{"param.id:x", 0, true},
		{"-permission", 0, true},
	} {
		s := settingsOn(t)
		matcher, err := s.matcher(c.query)
		if err != nil {
			t.Fatal(err)
		}
		sel, err := model.Select(t.Context(), *loaded, matcher, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = s.searchTrouble()
		if lost := errors.Is(err, model.ErrChanged); lost != c.lost || !lost && sel.Len() != c.found {
			t.Errorf("%q finds %d rows and says %v", c.query, sel.Len(), err)
		}
		if c.lost && !strings.Contains(err.Error(), "2,000 rows could not be searched") {
			t.Errorf("%q says %v", c.query, err)
		}
	}
}
