package state

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pawprint/model/marks"
)

// markChange is a change that marks an invented event with a note.
func markChange(i int, note string) marks.Change {
	return marks.Change{Mark: marks.Mark{Sum: sha256.Sum256(fmt.Append(nil, i)), Length: int64(i), Source: "s3://audit-logs/a"}, After: &marks.Words{Note: note}}
}

// notesIn returns the notes that are kept, by the length of the event.
func notesIn(t *testing.T, m Marks) map[int64]string {
	t.Helper()
	kept, err := m.Load()
	if err != nil {
		t.Fatal(err)
	}
	out := map[int64]string{}
	for _, k := range kept {
		if _, twice := out[k.Length]; twice {
			t.Errorf("mark %d is kept twice", k.Length)
		}
		out[k.Length] = k.Note
	}
	return out
}

func TestMarksAreKeptUntilTheyAreTakenAway(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	t.Setenv("XDG_STATE_HOME", state)
	m := UserMarks()
	away := markChange(1, "")
	away.Before, away.After = &marks.Words{Note: "b"}, nil
	if kept, err := m.Change(t.Context(), away); err != nil || kept != nil {
		t.Errorf("taking away what is not there gives %v, %v", kept, err)
	}
	if notes := notesIn(t, m); len(notes) != 0 {
		t.Errorf("without a mark there are %v", notes)
	}
	if _, err := os.Stat(state); err == nil {
		t.Error("a folder was made without a mark")
	}
	for i := range 600 {
		if kept, err := m.Change(t.Context(), markChange(i, "a")); err != nil || kept.Note != "a" {
			t.Fatalf("Change gives %v, %v", kept, err)
		}
	}
	edit := markChange(1, "b")
	edit.Before = &marks.Words{Note: "a"}
	if _, err := m.Change(t.Context(), edit); err != nil {
		t.Fatal(err)
	}
	if notes := notesIn(t, UserMarks()); len(notes) != 600 || notes[1] != "b" || notes[2] != "a" {
		t.Errorf("kept are %d notes, the first is %q", len(notes), notes[1])
	}
	if kept, err := m.Change(t.Context(), away); err != nil || kept != nil {
		t.Errorf("taking it away gives %v, %v", kept, err)
	}
	if notes := notesIn(t, m); len(notes) != 599 || notes[2] != "a" {
		t.Errorf("then %d are kept", len(notes))
	}
	file := m.file(edit.Mark.Sum).Path
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
}

func TestAFileIsTheSourceOfAMarkFromAnyFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.jsonl", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]string{"a.jsonl": filepath.Join(here, "a.jsonl"), "s3://b/a.jsonl": "s3://b/a.jsonl", "gone": "gone"} {
		m, c := Marks{dir: filepath.Join(t.TempDir(), "marks")}, markChange(1, "")
		c.Mark.Source = source
		if kept, err := m.Change(t.Context(), c); err != nil || kept.Source != want {
			t.Errorf("the source of %s is %v, %v", source, kept, err)
		}
	}
}

// What is not understood is left as it is, and the marks in other files are there all the same.
func TestFilesOfMarksThatAreNotUnderstoodAreLeftAlone(t *testing.T) {
	c := markChange(1, "mine")
	for _, wrong := range []struct{ text, want string }{
		{`{"version":2,"marks":[],"more":1}`, "a newer pawprint wrote it (version 2, this one reads up to 1)"},
		{`{"version":1,"marks":[{"sha256":`, "unexpected EOF"},
		{`{"version":1,"marks":[{"sha256":"ab"}]}`, "not one"},
		{`{"version":1,"marks":[{"unheard_of":1}]}`, "unheard_of"},
		{`{"version":1,"marks":[null]}`, "a mark is null"},
		{``, "EOF"},
	} {
		m := Marks{dir: filepath.Join(t.TempDir(), "marks")}
		path, other := m.file(c.Mark.Sum).Path, 2
		for m.file(markChange(other, "").Mark.Sum).Path == path {
			other++
		}
		if _, err := m.Change(t.Context(), markChange(other, "there")); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(wrong.text), 0o600); err != nil {
			t.Fatal(err)
		}
		kept, err := m.Load()
		if len(kept) != 1 || kept[0].Note != "there" || err == nil || !strings.Contains(err.Error(), wrong.want) {
			t.Errorf("with %s Load gives %d marks and %v", wrong.text, len(kept), err)
		}
		if _, err := m.Change(t.Context(), c); err == nil || !strings.Contains(err.Error(), wrong.want) {
			t.Errorf("with %s Change says %v", wrong.text, err)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != wrong.text {
			t.Errorf("%s is now %s, %v", wrong.text, text, err)
		}
	}
}

func TestWithoutAHomeMarksAreNotKept(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv("HOME", "")
	m := UserMarks()
	if kept, err := m.Load(); err == nil || len(kept) != 0 {
		t.Errorf("Load gives %v, %v", kept, err)
	}
	if _, err := m.Change(t.Context(), markChange(1, "")); err == nil || !strings.Contains(err.Error(), "HOME") {
		t.Errorf("Change says %v", err)
	}
}

func TestInstancesKeepEachOthersMarks(t *testing.T) {
	m := Marks{dir: filepath.Join(t.TempDir(), "marks")}
	var all sync.WaitGroup
	for k := range 4 {
		all.Go(func() {
			for i := range 30 {
				if _, err := m.Change(t.Context(), markChange(i, fmt.Sprint("of ", k))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	notes := notesIn(t, m)
	for i := range 30 {
		for k := range 4 {
			if !strings.Contains(notes[int64(i)], fmt.Sprint("of ", k)) {
				t.Errorf("the note on %d is %q", i, notes[int64(i)])
			}
		}
	}
}

// The environment variables that make the test binary mark events: where, and which note. Without a note, it is a number that counts the
// marks, and there is no end.
const (
	markingIn   = "PAWPRINT_TEST_MARKS"
	markingNote = "PAWPRINT_TEST_NOTE"
	markingMost = 200
)

// TestMain marks events if a test asks for that.
func TestMain(m *testing.M) {
	dir, note := os.Getenv(markingIn), os.Getenv(markingNote)
	if dir == "" {
		os.Exit(m.Run())
	}
	if note != "" {
		_, _ = os.Stdin.Read(make([]byte, 1)) // until all of them run
	}
	for i := 0; note == "" || i < markingMost; i++ {
		words := note
		if note == "" {
			words = fmt.Sprint(i)
		}
		if _, err := (Marks{dir: dir}).Change(context.Background(), markChange(i%3000, words)); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(i)
	}
}

// Two programs mark the same events at once, with other words: all of both are kept.
func TestProgramsThatMarkTheSameLogAtOnceLoseNothing(t *testing.T) {
	dir, notes := filepath.Join(t.TempDir(), "marks"), []string{"seen by marge", "asked the vendor"}
	var running []*exec.Cmd
	wait, start, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer wait.Close()
	for _, note := range notes {
		c := exec.Command(os.Args[0])
		c.Env, c.Stdin = append(os.Environ(), markingIn+"="+dir, markingNote+"="+note), wait
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, c)
	}
	if err := start.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range running {
		if err := c.Wait(); err != nil {
			t.Errorf("a program that marks ends with %v", err)
		}
	}
	kept := notesIn(t, Marks{dir: dir})
	if len(kept) != markingMost {
		t.Errorf("%d events of %d are marked", len(kept), markingMost)
	}
	for i, text := range kept {
		for _, note := range notes {
			if strings.Count(text, note) != 1 {
				t.Errorf("the note on %d is %q", i, text)
			}
		}
	}
}

// Whatever a program was writing when it was killed, the marks that it had kept before are all there, and the next one can write.
func TestAKilledProgramLeavesWholeFilesOfMarks(t *testing.T) {
	dir, kept := filepath.Join(t.TempDir(), "marks"), -1
	for kill := range 12 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), markingIn+"="+dir)
		out, err := c.StdoutPipe()
		if err := errors.Join(err, c.Start()); err != nil {
			t.Fatal(err)
		}
		lines, last := bufio.NewScanner(out), -1
		for lines.Scan() {
			if _, err := fmt.Sscan(lines.Text(), &last); err != nil {
				t.Fatalf("the program says %s", lines.Text())
			}
			if last == 7*kill { // in the middle of the next one
				if err := c.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = c.Wait() // killed
		kept = max(kept, last)
		if notes := notesIn(t, Marks{dir: dir}); len(notes) < kept+1 {
			t.Fatalf("after a kill %d of %d marks are kept", len(notes), kept+1)
		}
	}
}

func BenchmarkOneMarkAmongMany(b *testing.B) {
	m := Marks{dir: filepath.Join(b.TempDir(), "marks")}
	for i := range 20_000 {
		if _, err := m.Change(b.Context(), markChange(i, "seen from the address of the vendor, asked marge")); err != nil {
			b.Fatal(err)
		}
	}
	for i := 0; b.Loop(); i++ {
		c := markChange(i%20_000, fmt.Sprint(i))
		c.Before = &marks.Words{Note: "seen from the address of the vendor, asked marge"}
		if _, err := m.Change(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
}
