package loader

import (
	"fmt"
	"sync/atomic"

	"pawprint/model/amount"
)

// Budget caps the memory that what was loaded takes, over all sources that share it. It counts what grows with the input:
// the bytes that stores keep, and rowBytes for each row. What is needed only while loading, buffers and decoders, is not
// in it. A nil Budget has no cap. Any goroutine may use it.
type Budget struct {
	limit int64
	used  atomic.Int64
}

// rowBytes is what a row is taken to cost: the columns of typical logs take 30 to 45 bytes, dictionaries included.
const rowBytes = 40

// NewBudget makes a budget of limit bytes; 0 or less gives nil, which is no cap.
func NewBudget(limit int64) *Budget {
	if limit <= 0 {
		return nil
	}
	return &Budget{limit: limit}
}

// Limit is the cap in bytes, or 0 if there is none.
func (b *Budget) Limit() int64 {
	if b == nil {
		return 0
	}
	return b.limit
}

// Used is how many bytes are taken. It is 0 without a cap.
func (b *Budget) Used() int64 {
	if b == nil {
		return 0
	}
	return b.used.Load()
}

// Reserve takes n bytes, all or none, and reports whether they were there.
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

// Release gives back n bytes that were reserved.
func (b *Budget) Release(n int64) {
	if b != nil {
		b.used.Add(-n)
	}
}

// MemoryError says that a source was not read further because the budget is used up. What was read before is in the sink.
type MemoryError struct {
	Limit int64 // bytes
	Lines int64 // of this source that were read before
}

// Error names the limit, the place, and the flag that raises it.
func (e *MemoryError) Error() string {
	return fmt.Sprintf("the memory limit of %s is reached after %s; --max-memory raises it", amount.Bytes(e.Limit), amount.Of(e.Lines, "line", "lines"))
}
