package list

import (
	"context"

	"pawprint/model"
)

// within matches the rows that both matchers match; outer may be nil.
type within struct{ outer, inner model.Matcher }

// Bind implements model.Binder.
func (w within) Bind(ctx context.Context, snap *model.Snapshot) (model.Bound, error) {
	for _, m := range []*model.Matcher{&w.outer, &w.inner} {
		b, ok := (*m).(model.Binder)
		if !ok {
			continue
		}
		bound, err := b.Bind(ctx, snap)
		if err != nil {
			return nil, err
		}
		*m = bound
	}
	return w, nil
}

// Unsettled implements model.Bound.
func (w within) Unsettled(ctx context.Context, earlier, snap *model.Snapshot, k int, rows *model.Bitmap) error {
	for _, m := range []model.Matcher{w.outer, w.inner} {
		b, ok := m.(model.Bound)
		if !ok {
			continue
		}
		if err := b.Unsettled(ctx, earlier, snap, k, rows); err != nil {
			return err
		}
	}
	return nil
}

// Narrow implements model.Matcher.
func (w within) Narrow(ctx context.Context, snap *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	if w.outer != nil {
		if err := w.outer.Narrow(ctx, snap, seg, rows); err != nil {
			return err
		}
	}
	return w.inner.Narrow(ctx, snap, seg, rows)
}
