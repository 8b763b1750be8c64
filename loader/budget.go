package loader

import (
	"fmt"
	"sync/atomic"

	"pawprint/model/amount"
)

// Budget limits the memory of the loaded rows, for all sources that share it. It counts what grows with the input: the bytes
// that stores keep, and rowBytes for each row. Buffers and decoders, which are needed only while loading, do not count. A nil
// Budget has no limit. Any goroutine may use it.
type Budget struct {
	limit int64
	used  atomic.Int64
	spare atomic.Int64 // see reserveSpare
}

// rowBytes is the assumed cost of a row: the columns of typical logs take 30 to 45 bytes, dictionaries included.
const rowBytes = 40

// NewBudget makes a budget of limit bytes. For 0 or less it returns nil, which has no limit.
func NewBudget(limit int64) *Budget {
	if limit <= 0 {
		return nil
	}
	return &Budget{limit: limit}
}

// Limit returns the limit in bytes, or 0 if there is none.
func (b *Budget) Limit() int64 {
	if b == nil {
		return 0
	}
	return b.limit
}

// Used returns how many bytes are reserved, or 0 if there is no limit.
func (b *Budget) Used() int64 {
	if b == nil {
		return 0
	}
	return b.used.Load()
}

// Reserve takes n bytes, all or none, and reports whether they were free.
func (b *Budget) Reserve(n int64) bool {
	if b == nil || n <= 0 {
		return true
	}
	if b.used.Add(n) > b.limit {
		b.used.Add(-n)
		return false
	}
	return true
}

// Release returns n reserved bytes.
func (b *Budget) Release(n int64) {
	if b != nil {
		b.used.Add(-n)
	}
}

// reserveSpare takes n bytes for what only saves time, and reports whether it may have them: at most a sixteenth of the limit, and nothing
// once three quarters are used. Lines never get less for that, so with it all the limit may be exceeded by a sixteenth.
func (b *Budget) reserveSpare(n int64) bool {
	if b == nil {
		return true
	}
	if b.used.Load() > b.limit/4*3 {
		return false
	}
	if b.spare.Add(n) > b.limit/16 {
		b.spare.Add(-n)
		return false
	}
	return true
}

// releaseSpare returns n bytes of reserveSpare.
func (b *Budget) releaseSpare(n int64) {
	if b != nil {
		b.spare.Add(-n)
	}
}

// MemoryError says that a source was not read further because the budget is used up. Rows read before are in the sink.
type MemoryError struct {
	Limit int64 // bytes
	Lines int64 // lines of this source that were read before
}

// Error names the limit, the place, and the flag that raises it.
func (e *MemoryError) Error() string {
	return fmt.Sprintf("the memory limit of %s is reached after %s; --max-memory raises it", amount.Bytes(e.Limit), amount.Of(e.Lines, "line", "lines"))
}
