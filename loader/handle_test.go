package loader

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pawprint/model"
)

// writeLog makes a file of one event.
func writeLog(t *testing.T, path, name string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(fmt.Sprintf(`{"actionName":%q}`, name)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestHandlesKeepNoMoreFilesOpenThanTheyMayAndReadAll(t *testing.T) {
	p := &handles{most: 3, freed: make(chan struct{})}
	dir := t.TempDir()
	var all []*handle
	for i := range 10 {
		h, err := p.openHandle(t.Context(), writeLog(t, filepath.Join(dir, fmt.Sprint(i)), fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, h)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i, h := range all {
				buf := make([]byte, 18)
				if _, err := h.ReadAt(buf, 0); err != nil || string(buf) != fmt.Sprintf(`{"actionName":"%d"}`, i) {
					t.Errorf("file %d reads %q, %v", i, buf, err)
				}
			}
		}()
	}
	wg.Wait()
	if p.open != 3 || len(p.recent) != 3 {
		t.Errorf("%d are open, %d known, want 3", p.open, len(p.recent))
	}
	if last := p.recent[2]; last != all[9] {
		t.Errorf("the last one is not the one that was used last")
	}
}

func TestAFileThatWasReplacedWhileItWasClosedIsNotRead(t *testing.T) {
	p := &handles{most: 1, freed: make(chan struct{})}
	dir := t.TempDir()
	first := writeLog(t, filepath.Join(dir, "first"), "A")
	gone := writeLog(t, filepath.Join(dir, "gone"), "B")
	var all []*handle
	for _, path := range []string{first, gone, writeLog(t, filepath.Join(dir, "last"), "C")} {
		h, err := p.openHandle(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, h)
	}
	if err := os.Rename(writeLog(t, filepath.Join(dir, "new"), "A"), first); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	for i, h := range all[:2] {
		if _, err := h.ReadAt(make([]byte, 5), 0); !errors.Is(err, model.ErrChanged) {
			t.Errorf("file %d: %v, want %v", i, err, model.ErrChanged)
		}
	}
	if _, err := all[2].ReadAt(make([]byte, 5), 0); err != nil {
		t.Errorf("the file that is still there: %v", err)
	}
}

func TestOpeningWaitsUntilAFileIsLetGo(t *testing.T) {
	p := &handles{most: 1, freed: make(chan struct{})}
	dir := t.TempDir()
	h, err := p.openHandle(t.Context(), writeLog(t, filepath.Join(dir, "a"), "A"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.acquire(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.openHandle(ctx, writeLog(t, filepath.Join(dir, "b"), "B")); !errors.Is(err, context.Canceled) {
		t.Errorf("opening when cancelled = %v", err)
	}
	opened := make(chan error)
	go func() {
		_, err := p.openHandle(t.Context(), filepath.Join(dir, "b"))
		opened <- err
	}()
	h.release()
	if err := <-opened; err != nil || p.open != 1 {
		t.Errorf("%v with %d open", err, p.open)
	}
}
