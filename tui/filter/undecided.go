package filter

import (
	"context"

	"pawprint/model"
)

// Undecided holds the rows that the filter can neither find nor rule out, as they have no time of their own. See query.Undecided.
type Undecided struct {
	By   model.Matcher    // nil if the filter does not ask for the time
	rows *model.Selection // nil before the first answer
}

// Extend selects the rows of a newer snapshot of the same log. It reads the log, so call it in a job; the error is that of ctx or of
// reading.
func (u Undecided) Extend(ctx context.Context, snap model.Snapshot) (Undecided, error) {
	if u.By == nil {
		return u, nil
	}
	rows, err := model.Select(ctx, snap, u.By, u.rows)
	return Undecided{u.By, rows}, err
}

// Len returns the number of rows.
func (u Undecided) Len() int {
	if u.rows == nil {
		return 0
	}
	return u.rows.Len()
}
