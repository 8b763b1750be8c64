package kittest

import (
	"context"
	"sync"

	"pawprint/model/marks"
)

// MarkShelf keeps marks in memory. It implements kit.MarkStore.
type MarkShelf struct {
	Err error // what Load and Change return; nil to let them succeed

	mu   sync.Mutex
	kept map[marks.Sum]*marks.Mark
}

// Load implements kit.MarkStore.
func (s *MarkShelf) Load() (out []*marks.Mark, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.kept {
		out = append(out, m)
	}
	return out, s.Err
}

// Change implements kit.MarkStore.
func (s *MarkShelf) Change(_ context.Context, c marks.Change) (*marks.Mark, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Err != nil {
		return nil, s.Err
	}
	if s.kept == nil {
		s.kept = map[marks.Sum]*marks.Mark{}
	}
	m := c.Apply(s.kept[c.Mark.Sum])
	if delete(s.kept, c.Mark.Sum); m != nil {
		s.kept[m.Sum] = m
	}
	return m, nil
}
