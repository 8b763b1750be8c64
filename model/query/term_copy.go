package query

import "pawprint/model"

// copied matches the events whose p_row_id an event before them has, in the order of events. Events without one never match.
type copied struct{}

func (copied) cost() int { return costState }

func (copied) narrow(w *worker, rows *model.Bitmap) error {
	copies, err := w.snap.Copies(w.ctx)
	if err != nil {
		return err
	}
	for i, match := range copies.Rows(int(w.seg.Base() / model.SegmentRows)) {
		rows[i] &= match
	}
	return nil
}
