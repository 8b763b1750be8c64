package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
)

// readRows reads the raw lines of rows for the list.
func readRows(j *jobs, snap *model.Snapshot, rows []model.Row, ascii bool) tea.Cmd {
	ctx, job := j.start(rowsRoom)
	return safely(func() tea.Msg {
		return rowsRead{job, readAllFacts(ctx, snap, rows, ascii)}
	})
}

// readDetail reads the event for the detail.
func readDetail(j *jobs, snap *model.Snapshot, r model.Row) tea.Cmd {
	ctx, job := j.start(detailRoom)
	return safely(func() tea.Msg {
		return documentRead{job, readDocument(ctx, snap, r)}
	})
}

// findFailure looks for the failure next to a place, in steps of +1 or -1. A log may hold millions of rows and no failure.
func findFailure(j *jobs, sel *model.Selection, from, step int) tea.Cmd {
	ctx, job := j.start(findRoom)
	return safely(func() tea.Msg {
		row, ok := nextFailure(ctx, sel, from+step, step)
		return failureFound{job, step, row, ok}
	})
}

// nextFailure gives the first row from the place at on that failed.
func nextFailure(ctx context.Context, sel *model.Selection, at, step int) (model.Row, bool) {
	snap := sel.Snapshot()
	for n := 0; at >= 0 && at < sel.Len(); at, n = at+step, n+1 {
		r := sel.At(at)
		if snap.Flags(r)&model.FlagReject == 0 && snap.Result(r).Bad() {
			return r, true
		}
		if n%4096 == 0 && ctx.Err() != nil {
			break
		}
	}
	return 0, false
}
