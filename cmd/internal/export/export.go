// Package export writes the selected rows of the interface into new files, in the same bytes as pawprint query prints.
package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"pawprint/cmd/internal/disk"
	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/rows"
	"pawprint/model/fault"
	"pawprint/model/redact"
	"pawprint/tui"
	"pawprint/tui/termsafe"
)

// Exporter writes files until End is called. Its methods may be called from any goroutine; the zero value is ready to use.
type Exporter struct {
	ASCII   bool   // draw with ASCII only
	Version string // of the program

	mu     sync.Mutex
	ended  bool
	cancel []context.CancelFunc // of every export so far
	busy   sync.WaitGroup
}

// Formats returns the formats of pawprint query that make sense in a file.
func (x *Exporter) Formats() []tui.ExportFormat {
	var out []tui.ExportFormat
	for _, f := range output.Rows.Formats() {
		if f.Whole == output.WholeSummary { // for people: its columns are cut to a width
			continue
		}
		out = append(out, tui.ExportFormat{Name: f.Name, Does: f.Does(), Columns: f.Whole == output.WholeFields, Tables: tables[f.Name], Write: func(ctx context.Context, e tui.ExportRequest) (tui.ExportResult, error) {
			return x.write(ctx, e, &f)
		}})
	}
	return out
}

// tables are the names of the formats that a table of counts is written in.
var tables = map[string]bool{"csv": true, "json": true, "md": true}

var errEnding = errors.New("exporting: the program is ending")

// write exports rows into a new file.
func (x *Exporter) write(ctx context.Context, e tui.ExportRequest, format *output.Format) (tui.ExportResult, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !x.begin(cancel) {
		return tui.ExportResult{}, errEnding
	}
	defer x.busy.Done()
	path, err := filepath.Abs(disk.InHome(e.Path))
	if err != nil {
		return tui.ExportResult{}, fmt.Errorf("exporting to %s: %w", e.Path, err)
	}
	result, from, err := x.writeRows(ctx, e, format, path)
	if err != nil {
		return tui.ExportResult{}, &tui.ExportError{Path: path, Reason: disk.Reason(err), Err: err}
	}
	var mask *redact.Masker
	if e.Redact {
		mask = new(redact.Masker)
	}
	result.Path = path
	result.NoOrigin = x.writeOrigin(ctx, &e, from, mask)
	return result, nil
}

// writeRows writes the file itself, and begins what is said about its origin.
func (x *Exporter) writeRows(ctx context.Context, e tui.ExportRequest, format *output.Format, path string) (result tui.ExportResult, from *origin, err error) {
	if err := free(path); err != nil {
		return result, nil, err
	}
	if e.Noted && (len(e.Fields) > 0 || format.Whole == output.WholeFields) {
		e.Fields = rows.WithMarks(e.Fields)
	}
	fields, firsts, err := rows.ColumnFields(e.Fields)
	if err != nil {
		return result, nil, err
	}
	hash, counted := sha256.New(), ""
	err = disk.Create(path, func(w io.Writer) error {
		out := bufio.NewWriterSize(io.MultiWriter(w, hash), 256<<10)
		if e.Table != nil {
			counted = e.Table.Of
			if result, err = exportTable(ctx, &e, format, output.Options{Out: out, ASCII: x.ASCII}); err != nil {
				return err
			}
			return out.Flush()
		}
		p, err := rows.NewPrinter(format, output.Options{Out: out, ASCII: x.ASCII}, e.Zone, fields)
		if err != nil {
			return err
		}
		if result, err = exportRows(ctx, e, p, firsts); err != nil {
			return err
		}
		return out.Flush()
	})
	return result, &origin{File: path, SHA256: hex.EncodeToString(hash.Sum(nil)), Rows: result.Rows, Absent: result.Absent, Masked: result.Masked,
		Counts: counted, Format: format.Name, Fields: e.Fields}, err
}

// Print writes rows to a command as printable text: a table as wide as it needs to be, or JSON lines.
func (x *Exporter) Print(ctx context.Context, w io.Writer, e tui.ExportRequest, text bool) error {
	name, columns := "jsonl", []string(nil)
	if text {
		name, columns = "table", e.Fields
	}
	at := slices.IndexFunc(output.Rows.Formats(), func(f output.Format) bool { return f.Name == name })
	format := output.Rows.Formats()[at]
	fields, firsts, err := rows.ColumnFields(columns)
	if err != nil {
		return err
	}
	gate := &gated{to: w}
	out := bufio.NewWriterSize(gate, 64<<10)
	p, err := rows.NewPrinter(&format, output.Options{Out: out, ASCII: x.ASCII, Shown: true}, e.Zone, fields)
	if err != nil {
		return err
	}
	if _, err := exportRows(ctx, e, p, firsts); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = w.Write(gate.gate.Rest(nil))
	return err
}

// gated is a writer behind the tripwire of terminals: what a command shows of its input may reach one.
type gated struct {
	to   io.Writer
	gate termsafe.Gate
	buf  []byte
}

func (g *gated) Write(p []byte) (int, error) {
	g.buf = g.gate.Pass(g.buf[:0], p)
	if _, err := g.to.Write(g.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Run runs what writes a file as an export of x: End cancels it and waits for it.
func (x *Exporter) Run(ctx context.Context, write func(ctx context.Context) (tui.ExportResult, error)) (tui.ExportResult, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !x.begin(cancel) {
		return tui.ExportResult{}, errEnding
	}
	defer x.busy.Done()
	return write(ctx)
}

// begin registers an export that is about to start. It returns false after End.
func (x *Exporter) begin(cancel context.CancelFunc) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.ended {
		x.cancel = append(x.cancel, cancel)
		x.busy.Add(1)
	}
	return !x.ended
}

// exportRows prints the rows until ctx ends, with which are the first of their kind if a column says so. If not a single row could be
// written, it returns an error, so that no file is made.
func exportRows(ctx context.Context, e tui.ExportRequest, p *rows.Printer, firsts bool) (tui.ExportResult, error) {
	var mask *redact.Masker
	if e.Redact {
		mask = new(redact.Masker)
	}
	reader := rows.NewReader(e.Rows.Snapshot(), mask)
	reader.Marks = e.Marks.Of
	if firsts {
		var err error
		if reader.Firsts, err = e.Rows.Snapshot().Firsts(ctx); err != nil {
			return tui.ExportResult{}, err
		}
	}
	var printed rows.Counts
	n := e.Rows.Len()
	if e.Limit > 0 {
		n = min(n, e.Limit)
	}
	for k := range n {
		if err := ctx.Err(); err != nil {
			return tui.ExportResult{}, err
		}
		r := reader.Read(e.At(k))
		if err := p.Print(r); err != nil {
			return tui.ExportResult{}, err
		}
		printed.Count(r)
		if e.Progress != nil {
			e.Progress.Store(int64(k) + 1)
		}
	}
	if printed.Rows == 0 && printed.Absent > 0 {
		return tui.ExportResult{}, printed.Shortfall()
	}
	return tui.ExportResult{Rows: printed.Rows, Absent: printed.Absent, Bare: printed.Bare, Unread: printed.Err, Masked: printed.Masked.Values}, p.End()
}

// exportTable writes a table of counts.
func exportTable(ctx context.Context, e *tui.ExportRequest, format *output.Format, o output.Options) (tui.ExportResult, error) {
	rows, masked, err := e.Table.Rows(ctx)
	if err != nil {
		return tui.ExportResult{}, err
	}
	grid := output.Grid{Columns: e.Table.Columns}
	for _, row := range rows {
		cells := make([]output.Cell, len(row))
		for i, c := range row {
			switch {
			case c.Absent:
				cells[i] = output.Absent()
			case c.Counted:
				cells[i] = output.Count(c.Count)
			default:
				cells[i] = output.Text(c.Text)
			}
		}
		grid.Add(cells...)
	}
	return tui.ExportResult{Rows: len(rows), Masked: masked}, format.WriteGrid(o, &grid)
}

// End cancels running exports and waits until their incomplete files are removed, but at most for limit.
func (x *Exporter) End(limit time.Duration) {
	x.mu.Lock()
	x.ended = true
	for _, cancel := range x.cancel {
		cancel()
	}
	x.mu.Unlock()
	gone := make(chan struct{})
	fault.Go(func() {
		defer close(gone)
		x.busy.Wait()
	}, func(*fault.Error) {})
	select {
	case <-gone:
	case <-time.After(limit):
	}
}
