package query

import (
	"maps"
	"sync"

	"pawprint/model"
)

// Unread collects the rows that could not be searched because their bytes could not be read. Its Add is for Env.Unread. The
// zero value is empty. Any goroutine may use it.
type Unread struct {
	mu     sync.Mutex
	ranges map[model.Row]model.Row // from the first row to the one after the last
	err    error                   // the error of the first range
}

// Add notes the rows from and up to but not including to.
func (u *Unread) Add(from, to model.Row, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ranges == nil {
		u.ranges, u.err = map[model.Row]model.Row{}, err
	}
	u.ranges[from] = max(u.ranges[from], to)
}

// Inherit adds the rows that an earlier filter could not read; a filter that narrows it does not look at them again.
func (u *Unread) Inherit(from *Unread) {
	from.mu.Lock()
	ranges, err := maps.Clone(from.ranges), from.err
	from.mu.Unlock()
	for lo, hi := range ranges {
		u.Add(lo, hi, err)
	}
}

// Rows returns how many rows were noted and why the first of them could not be read; nil for none.
func (u *Unread) Rows() (n int64, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for from, to := range u.ranges {
		n += int64(to - from)
	}
	return n, u.err
}
