package query

import (
	"sync"

	"pawprint/model"
)

// problemTest matches the rows with a problem whose reason passes a test. Each reason is tested once.
type problemTest struct {
	match func(reason []byte) bool

	mu       sync.RWMutex
	verdicts map[problemKind]bool
}

// problemKind is what problems of one reason share, within a log.
type problemKind struct {
	code  model.Code
	field model.Field
	key   uint32
}

func newProblemTest(match func([]byte) bool) *problemTest {
	return &problemTest{match: match, verdicts: map[problemKind]bool{}}
}

func (*problemTest) cost() int { return costFlags }

func (p *problemTest) narrow(w *worker, rows *model.Bitmap) error {
	var match model.Bitmap
	keys, problems := w.snap.Keys(), w.seg.Problems()
	for i := range problems {
		q := &problems[i]
		if rows.Has(q.Row()) && !match.Has(q.Row()) && p.verdict(problemKind{q.Code(), q.Field(), q.Key()}, &keys) {
			match.Set(q.Row())
		}
	}
	for i := range rows {
		rows[i] &= match[i]
	}
	return nil
}

// verdict reports whether the reason of a kind of problem passes.
func (p *problemTest) verdict(k problemKind, keys *model.Dictionary) bool {
	p.mu.RLock()
	passes, known := p.verdicts[k]
	p.mu.RUnlock()
	if known {
		return passes
	}
	passes = p.match([]byte(model.Reason(k.code, k.field, keys.Text(k.key).Raw())))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.verdicts[k] = passes
	return passes
}
