package page

import (
	"context"
	"sync/atomic"

	"pawprint/model"
)

// scope matches the rows of a topic: all of them, or those that the list shows.
type scope struct {
	rows  model.Matcher // of the list; nil for all rows
	topic model.Matcher
	seen  *atomic.Int64 // rows of the log that were looked at
}

// Narrow implements model.Matcher.
func (s *scope) Narrow(ctx context.Context, snap *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	if s.rows != nil {
		if err := s.rows.Narrow(ctx, snap, seg, rows); err != nil {
			return err
		}
	}
	err := s.topic.Narrow(ctx, snap, seg, rows)
	s.seen.Add(int64(len(seg.Flags())))
	return err
}

// newScope returns the matcher for the rows of a topic among those that rows matches.
func newScope(rows, topic model.Matcher, seen *atomic.Int64) model.Matcher {
	s := &scope{rows, topic, seen}
	if b, ok := rows.(model.Binder); ok {
		return findingScope{b, s}
	}
	return s
}

// findingScope is a scope within rows whose filter rests on findings.
type findingScope struct {
	model.Binder
	of *scope
}

// Narrow implements model.Matcher.
func (s findingScope) Narrow(ctx context.Context, snap *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	if err := s.Binder.Narrow(ctx, snap, seg, rows); err != nil {
		return err
	}
	only := scope{topic: s.of.topic, seen: s.of.seen}
	return only.Narrow(ctx, snap, seg, rows)
}

// Bind implements model.Binder.
func (s findingScope) Bind(ctx context.Context, snap *model.Snapshot) (model.Bound, error) {
	b, err := s.Binder.Bind(ctx, snap)
	if err != nil {
		return nil, err
	}
	return boundScope{b, s.of}, nil
}

// boundScope is a findingScope for the rows of one snapshot.
type boundScope struct {
	model.Bound
	of *scope
}

// Narrow implements model.Matcher.
func (s boundScope) Narrow(ctx context.Context, snap *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	return findingScope{s.Bound, s.of}.Narrow(ctx, snap, seg, rows)
}

// Bind implements model.Binder.
func (s boundScope) Bind(ctx context.Context, snap *model.Snapshot) (model.Bound, error) {
	return findingScope{s.Bound, s.of}.Bind(ctx, snap)
}

// Unsettled implements model.Bound.
func (s boundScope) Unsettled(ctx context.Context, earlier, snap *model.Snapshot, k int, rows *model.Bitmap) error {
	return s.Bound.Unsettled(ctx, earlier, snap, k, rows)
}
