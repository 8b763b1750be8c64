package query

import (
	"context"

	"pawprint/model"
)

// twin matches the events whose actor has a name or an e-mail address that looks like another one in the log, though it is written
// otherwise.
type twin struct{}

func (twin) cost() int { return costColumn }

func (twin) narrow(w *worker, rows *model.Bitmap) error {
	match, err := twinRows(w.ctx, w.snap, w.seg)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i] &= match[i]
	}
	return nil
}

// twinRows marks the rows of a segment whose actors are twins in the snapshot. Actors that the snapshot does not know are none.
func twinRows(ctx context.Context, snap *model.Snapshot, seg *model.Segment) (*model.Bitmap, error) {
	twins, err := snap.Twins(ctx)
	if err != nil {
		return nil, err
	}
	match := new(model.Bitmap)
	twins.Each(func(c model.Column, verdicts []uint8) {
		ids := seg.IDs(c)
		for i := range seg.Rows() {
			if id := ids.At(i); int(id) < len(verdicts) && verdicts[id] != 0 {
				match.Set(i)
			}
		}
	})
	return match, nil
}
