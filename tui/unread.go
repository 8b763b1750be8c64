package tui

import (
	"maps"
	"sync"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// unreadRows are the rows in which no text could be looked for, as their bytes could not be read. Any goroutine may add.
type unreadRows struct {
	mu     sync.Mutex
	ranges map[model.Row]model.Row // by first row: behind the last one
	err    error                   // why the first one could not
}

func (u *unreadRows) add(from, to model.Row, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ranges == nil {
		u.ranges, u.err = map[model.Row]model.Row{}, err
	}
	u.ranges[from] = max(u.ranges[from], to)
}

// inherit takes over what an earlier filter could not read, among whose rows alone a new one looks.
func (u *unreadRows) inherit(from *unreadRows) {
	from.mu.Lock()
	ranges, err := maps.Clone(from.ranges), from.err
	from.mu.Unlock()
	for lo, hi := range ranges {
		u.add(lo, hi, err)
	}
}

// words says how many rows could not be searched; empty for none.
func (u *unreadRows) words(k *look) termsafe.Safe {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.ranges) == 0 {
		return termsafe.Safe{}
	}
	var n int64
	for from, to := range u.ranges {
		n += int64(to - from)
	}
	return termsafe.Concat(termsafe.Count(n, "row", "rows"), termsafe.Const(" not searched: "), k.quoted(u.err.Error()))
}
