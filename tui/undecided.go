package tui

import (
	"context"

	"pawprint/model"
)

// undecided holds the rows that the filter can neither find nor rule out, as they have no time of their own. See query.Undecided.
type undecided struct {
	by   model.Matcher    // nil if the filter does not ask for the time
	rows *model.Selection // nil before the first answer
}

// extend selects the rows of a newer snapshot.
func (u undecided) extend(ctx context.Context, snap model.Snapshot) (undecided, error) {
	if u.by == nil {
		return u, nil
	}
	rows, err := model.Select(ctx, snap, u.by, u.rows)
	return undecided{u.by, rows}, err
}

// len is the number of rows.
func (u undecided) len() int {
	if u.rows == nil {
		return 0
	}
	return u.rows.Len()
}
