package main

import (
	"context"
	"io"
	"os"

	"pawprint/cmd/internal/export"
	"pawprint/cmd/internal/tty"
	"pawprint/tui"
)

// pipe returns what runs commands on rows of the interface. Nothing of the log is ever a part of the command: the rows are its input.
func (s *settings) pipe(screen *tty.Terminal) tui.Pipe {
	rows := &export.Exporter{ASCII: s.drawsASCII()}
	return tui.Pipe{Pager: pager(), Run: func(ctx context.Context, command string, pager bool, e tui.ExportRequest) (tui.PipeExit, error) {
		exit, err := screen.Lend(ctx, tty.Loan{Command: command, Pause: !pager, Input: func(w io.Writer) error { return rows.Print(ctx, w, e, pager) }})
		return tui.PipeExit(exit), err
	}}
}

// pager returns the user's pager.
func pager() string {
	if p := os.Getenv("PAGER"); p != "" {
		return p
	}
	return "less -S"
}
