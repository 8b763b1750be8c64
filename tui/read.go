package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
)

// readRows starts the job that reads the raw lines of rows for the list, with their values at the paths in names.
func (l *list) readRows(ctx context.Context, rows []model.Row) tea.Cmd {
	ctx, job := l.reading.start(ctx, l)
	snap, names, cells := l.sel.Snapshot(), l.paths(), cellOptionsOf(l.display)
	return safely(func() tea.Msg {
		return rowsRead{job, readFacts(ctx, snap, rows, names, cells)}
	})
}

// readDetail starts the job that reads the event of the detail.
func (d *detail) read(ctx context.Context, snap *model.Snapshot, r model.Row, asks memberQuery) tea.Cmd {
	ctx, job := d.reading.start(ctx, d)
	m := d.display.redact
	return safely(func() tea.Msg {
		doc := readDocument(ctx, snap, r, m)
		doc.findMembers(snap, asks)
		return documentRead{job, doc}
	})
}
