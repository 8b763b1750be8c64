package query

import "pawprint/model"

// silent matches the first event behind each silence, in the order of events. See model.Silences.
type silent struct{}

func (silent) cost() int { return costState }

func (silent) narrow(w *worker, rows *model.Bitmap) error {
	silences, err := w.snap.Silences(w.ctx)
	if err != nil {
		return err
	}
	for i, match := range silences.Rows(int(w.seg.Base() / model.SegmentRows)) {
		rows[i] &= match
	}
	return nil
}
