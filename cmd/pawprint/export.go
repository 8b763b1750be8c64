package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"pawprint/model/redact"
	"pawprint/tui"
)

// exporter writes the rows of the interface into files, as pawprint query prints them.
type exporter struct {
	ascii bool

	mu     sync.Mutex
	ended  bool
	cancel []context.CancelFunc // of what was begun
	busy   sync.WaitGroup
}

// formats are the formats of pawprint query that make sense in a file.
func (x *exporter) formats() []tui.ExportFormat {
	var out []tui.ExportFormat
	for _, f := range rowFormats {
		if f.name == "table" {
			continue
		}
		does, _, _ := strings.Cut(strings.ReplaceAll(f.doc, ";", ","), ",") // what follows is about flags and special lines
		out = append(out, tui.ExportFormat{Name: f.name, Does: does, Write: func(ctx context.Context, e tui.ExportRequest) (tui.ExportResult, error) {
			return x.write(ctx, e, f.make)
		}})
	}
	return out
}

var errEnding = errors.New("exporting: the program is ending")

// write writes rows into a new file.
func (x *exporter) write(ctx context.Context, e tui.ExportRequest, make func(layout) (printer, error)) (tui.ExportResult, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !x.begin(cancel) {
		return tui.ExportResult{}, errEnding
	}
	defer x.busy.Done()
	path, err := filepath.Abs(inHome(e.Path))
	if err != nil {
		return tui.ExportResult{}, fmt.Errorf("exporting to %s: %w", e.Path, err)
	}
	result := tui.ExportResult{Path: path}
	err = newFile(path, func(w io.Writer) error {
		out := bufio.NewWriterSize(w, 256<<10)
		p, err := make(layout{out: out, zone: e.Zone, ascii: x.ascii})
		if err != nil {
			return err
		}
		if result.Rows, result.Unread, err = exportRows(ctx, e, p); err != nil {
			return err
		}
		return out.Flush()
	})
	if err != nil {
		return tui.ExportResult{}, fmt.Errorf("exporting: %w", err)
	}
	return result, nil
}

// begin notes that something is being written, unless that must not begin any more.
func (x *exporter) begin(cancel context.CancelFunc) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.ended {
		x.cancel = append(x.cancel, cancel)
		x.busy.Add(1)
	}
	return !x.ended
}

// exportRows prints the rows, until ctx ends. unread says which of them had no bytes.
func exportRows(ctx context.Context, e tui.ExportRequest, p printer) (rows int, unread, err error) {
	var mask *redact.Masker
	if e.Redact {
		mask = new(redact.Masker)
	}
	records := newRecordSource(e.Rows.Snapshot(), mask)
	for k := range e.Rows.Len() {
		if err := ctx.Err(); err != nil {
			return k, nil, err
		}
		if err := p.row(records.read(e.Rows.At(k))); err != nil {
			return k, nil, err
		}
		if e.Progress != nil {
			e.Progress.Store(int64(k) + 1)
		}
	}
	return e.Rows.Len(), records.trouble(), p.end()
}

// end ends what is being written, and waits a moment until its part is removed.
func (x *exporter) end() {
	x.mu.Lock()
	x.ended = true
	for _, cancel := range x.cancel {
		cancel()
	}
	x.mu.Unlock()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		x.busy.Wait()
	}()
	select {
	case <-gone:
	case <-time.After(graceTime / 2):
	}
}

// newFile makes a file that only the user may read, whole or not at all: what is written stands beside it until it is complete.
// A file that is there already is left as it is; then the error is fs.ErrExist.
func newFile(path string, write func(io.Writer) error) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("creating %s: %w", path, fs.ErrExist)
	}
	part, err := os.CreateTemp(filepath.Dir(path), "."+partName(filepath.Base(path))+"-*.part") // its mode is 0600
	if err != nil {
		return fmt.Errorf("creating %s: %w", path, err)
	}
	defer func() {
		if removeErr := os.Remove(part.Name()); removeErr != nil && !errors.Is(removeErr, fs.ErrNotExist) {
			err = errors.Join(err, fmt.Errorf("removing the part that was written: %w", removeErr))
		}
	}()
	err = write(part)
	if err == nil {
		err = part.Sync()
	}
	if closeErr := part.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return place(part.Name(), path)
}

// partName keeps the name of a part short enough for any file system.
func partName(base string) string { return strings.ToValidUTF8(base[:min(len(base), 100)], "") }

// place gives a file its name, unless there is one of that name.
func place(part, path string) error {
	err := os.Link(part, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return placed(path, err)
	}
	// There are file systems without links: an empty file of our own keeps the name until the part takes its place.
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return placed(path, err)
	}
	f.Close()
	if err := os.Rename(part, path); err != nil {
		return errors.Join(placed(path, err), os.Remove(path))
	}
	return nil
}

func placed(path string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("creating %s: %w", path, fs.ErrExist)
	}
	if err != nil {
		return fmt.Errorf("creating %s: %w", path, err)
	}
	return nil
}
