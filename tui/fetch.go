package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model"
)

// readRows reads the raw lines of rows for the list, and what stands in them at the paths of the given names.
func readRows(j *jobs, snap *model.Snapshot, rows []model.Row, names []string, ascii bool) tea.Cmd {
	ctx, job := j.start(rowsRoom)
	return safely(func() tea.Msg {
		return rowsRead{job, readAllFacts(ctx, snap, rows, ascii), readCells(ctx, snap, rows, names, ascii)}
	})
}

// readDetail reads the event for the detail.
func readDetail(j *jobs, snap *model.Snapshot, r model.Row) tea.Cmd {
	ctx, job := j.start(detailRoom)
	return safely(func() tea.Msg {
		return documentRead{job, readDocument(ctx, snap, r)}
	})
}
