package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model"
)

// readRows starts the job that reads the raw lines of rows for the list, with their values at the paths in names.
func readRows(j *jobs, snap *model.Snapshot, rows []model.Row, names []string, disp *display) tea.Cmd {
	ctx, job := j.start(rowsSlot)
	cells := disp.cellOptions()
	return safely(func() tea.Msg {
		return rowsRead{job, readFacts(ctx, snap, rows, names, cells)}
	})
}

// readDetail starts the job that reads the event of the detail.
func readDetail(j *jobs, snap *model.Snapshot, r model.Row, m masking, asks memberQuery) tea.Cmd {
	ctx, job := j.start(detailSlot)
	return safely(func() tea.Msg {
		d := readDocument(ctx, snap, r, m)
		d.findMembers(snap, asks)
		return documentRead{job, d}
	})
}
