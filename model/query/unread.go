package query

import (
	"maps"
	"sync"

	"pawprint/model"
)

// Unread collects the rows in which no text could be looked for, as their bytes could not be read: its Add is for Env.Unread. The
// zero value is empty. Any goroutine may use it.
type Unread struct {
	mu     sync.Mutex
	ranges map[model.Row]model.Row // by first row: behind the last one
	err    error                   // why the first one could not
}

// Add notes the rows from one up to another, which is not among them.
func (u *Unread) Add(from, to model.Row, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ranges == nil {
		u.ranges, u.err = map[model.Row]model.Row{}, err
	}
	u.ranges[from] = max(u.ranges[from], to)
}

// Inherit takes over what an earlier filter could not read, among whose rows alone a new one looks.
func (u *Unread) Inherit(from *Unread) {
	from.mu.Lock()
	ranges, err := maps.Clone(from.ranges), from.err
	from.mu.Unlock()
	for lo, hi := range ranges {
		u.Add(lo, hi, err)
	}
}

// Rows is how many rows were noted, and why the first of them could not be read; nil for none.
func (u *Unread) Rows() (n int64, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for from, to := range u.ranges {
		n += int64(to - from)
	}
	return n, u.err
}
