package modal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"pawprint/tui/kit"
)

// saver saves views in the order of add. None is lost when the program ends: the last flush saves what no command has saved.
type saver struct {
	views kit.Views // nil: views cannot be saved

	turn    sync.Mutex // held while saving
	mu      sync.Mutex
	pending []*saving
}

// saving is a view that is being saved.
type saving struct {
	view  kit.SavedView
	fresh bool // its name must be free
	done  bool
	err   error
}

// add queues a view to be saved.
func (s *saver) add(v kit.SavedView) *saving {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := &saving{view: v}
	s.pending = append(s.pending, one)
	return one
}

// flush saves all waiting views together, so that it waits only once for a locked file. Views that it could not try to save
// before ctx ended keep waiting.
func (s *saver) flush(ctx context.Context) {
	s.turn.Lock()
	defer s.turn.Unlock()
	waiting := s.waiting()
	if len(waiting) == 0 || ctx.Err() != nil {
		return
	}
	for len(waiting) > 0 {
		n := alike(waiting)
		err := s.store(ctx, waiting[:n])
		if err != nil && ctx.Err() != nil {
			return
		}
		s.stored(waiting[:n], err)
		waiting = waiting[n:]
	}
}

// alike returns how many of the first views are stored in one way: a fresh one alone, others together.
func alike(waiting []*saving) int {
	if waiting[0].fresh {
		return 1
	}
	if i := slices.IndexFunc(waiting, func(one *saving) bool { return one.fresh }); i >= 0 {
		return i
	}
	return len(waiting)
}

// store stores views that are alike.
func (s *saver) store(ctx context.Context, waiting []*saving) error {
	var views []kit.SavedView
	for _, one := range waiting {
		views = append(views, one.view)
	}
	if waiting[0].fresh {
		return s.views.Import(ctx, views, false)
	}
	return s.views.Save(ctx, views)
}

// stored notes how storing the first waiting views ended.
func (s *saver) stored(waiting []*saving, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range waiting {
		one.done, one.err = true, err
	}
	s.pending = s.pending[len(waiting):]
}

// waiting returns the views that are not saved yet, in order.
func (s *saver) waiting() []*saving {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.pending)
}

// finish saves the waiting views after the interface has ended. The error names those not saved in time.
func (s *saver) finish(ctx context.Context) error {
	late := s.waiting()
	if len(late) == 0 {
		return nil
	}
	s.flush(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, one := range late {
		if !one.done {
			one.err = fmt.Errorf("the view %q was not saved: another pawprint is busy with the file", one.view.Name)
		}
		errs = append(errs, one.err)
	}
	return errors.Join(errs...)
}

// outcome returns how saving a view ended; done is false if it has not ended.
func (s *saver) outcome(one *saving) (done bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return one.done, one.err
}
