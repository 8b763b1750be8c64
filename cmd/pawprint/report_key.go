package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"pawprint/cmd/internal/disk"
	"pawprint/cmd/internal/export"
	"pawprint/cmd/internal/report"
	"pawprint/cmd/internal/seal"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui"
)

// reports returns the reports that the interface offers. They are written as exports are.
func (s *settings) reports(exports *export.Exporter) []tui.ExportFormat {
	var all []tui.ExportFormat
	for _, f := range []struct {
		name, does string
		write      reportFormat
	}{{"html", "for any browser, secrets masked", (*report.Case).WriteHTML}, {"md", "Markdown, secrets masked", (*report.Case).WriteMarkdown}} {
		all = append(all, tui.ExportFormat{Name: f.name, Does: f.does, Write: func(ctx context.Context, e tui.ExportRequest) (tui.ExportResult, error) {
			return exports.Run(ctx, func(ctx context.Context) (tui.ExportResult, error) {
				result, err := s.writeReport(ctx, &e, f.write)
				if err != nil && ctx.Err() == nil {
					err = &tui.ExportError{Path: result.Path, Reason: disk.Reason(err), Err: err}
				}
				return result, err
			})
		}})
	}
	return all
}

// writeReport seals the files that the log was read from, as they are now, and writes a report on rows into a new file.
func (s *settings) writeReport(ctx context.Context, e *tui.ExportRequest, write reportFormat) (result tui.ExportResult, err error) {
	if result.Path, err = filepath.Abs(disk.InHome(e.Path)); err != nil {
		return result, fmt.Errorf("writing a report: %w", err)
	}
	w := seal.NewWitness(seal.Every, nil)
	// A file that cannot be read any more has no entry, and the report says so.
	_ = loader.Load(loader.WithWitness(ctx, w), w, filesOf(e.Rows.Snapshot())...)
	if err := ctx.Err(); err != nil {
		return result, err
	}
	content, err := report.New(e.Rows, w.Manifest(version(), time.Now()), report.Options{Version: version(), Program: s.programElsewhere(), Made: time.Now(), Zone: e.Zone,
		Redact: true, Queries: e.Asked, Note: noteOf(e.Marks), Stands: loader.CheckPlace, Unsealed: whyUnsealed(w)})
	if err != nil {
		return result, err
	}
	err = disk.Create(result.Path, func(to io.Writer) error { return write(content, ctx, to) })
	result.Rows, result.Masked = e.Rows.Len(), content.Masked()
	return result, err
}

// whyUnsealed says why the sources of a log are not sealed by a report of the interface.
func whyUnsealed(w *seal.Witness) func(s *model.SourceState) string {
	failed := map[string]string{}
	snap := w.Log.Snapshot()
	for _, s := range snap.Sources() {
		failed[s.Name.Raw()] = s.Err.Raw()
	}
	return func(s *model.SourceState) string {
		path := s.Place.Raw()
		switch name := s.Name.Raw(); {
		case isAnswer(name):
			return answersOnly
		case schemeOf(name) != nil:
			return "the interface downloads nothing again for a report; pawprint report reads and seals it"
		case path == "":
			return "it is not a regular file, so it cannot be read again"
		case failed[path] != "":
			return failed[path]
		}
		return "the file is gone"
	}
}

// filesOf returns the files of a log that are there. Nothing is fetched again for a report.
func filesOf(snap *model.Snapshot) (files []loader.Source) {
	for _, id := range snap.SourceOrder() {
		path := snap.Sources()[id].Place.Raw()
		if path == "" || schemeOf(path) != nil {
			continue
		}
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			files = append(files, &loader.File{Path: path})
		}
	}
	return files
}
