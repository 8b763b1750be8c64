package s3

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/amount"
)

// rateWindow is long enough for a steady rate, and short enough to follow the network.
const rateWindow = 5 * time.Second

// progress is how far a load is: the state of the source that stands for the whole prefix. Any goroutine may use it.
type progress struct {
	to  loader.Announced
	now func() time.Time

	mu       sync.Mutex
	phase    model.Phase // Loading or Following
	ended    bool
	listed   tally // what there is to load, as far as it is known
	counted  bool  // listed is all there is
	done     int64 // objects that were read, in full or not
	failed   int64
	bytes    int64 // fetched
	retries  int64
	cached   int64
	skipped  skipped
	remarks  []string // what stays true
	trouble  string   // what is wrong now
	watching string   // how new objects are waited for
	pace     amount.Pace
	told     string // the last note, and
	toldSize tally  // the last numbers
}

func newProgress(sink loader.Sink, name model.Text, now func() time.Time) *progress {
	p := &progress{to: loader.Announce(sink, name), now: now, phase: model.Loading}
	p.tell()
	return p
}

// change alters what is known; the next tell shows it.
func (p *progress) change(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f()
}

func (p *progress) retry()         { p.change(func() { p.retries++ }) }
func (p *progress) list(o *object) { p.change(func() { p.listed.add(o) }) }

func (p *progress) fetch(n int) { p.change(func() { p.bytes += int64(n) }) }

// tried is how many objects were read or could not be.
func (p *progress) tried() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done
}

// remark adds something that stays true, once, and reports whether it is new.
func (p *progress) remark(s string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if slices.Contains(p.remarks, s) {
		return false
	}
	p.remarks = append(p.remarks, s)
	return true
}

// withdraw takes back a remark that is not true any more.
func (p *progress) withdraw(s string) {
	p.change(func() { p.remarks = slices.DeleteFunc(p.remarks, func(known string) bool { return known == s }) })
}

// tell updates the source, if there is something new.
func (p *progress) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	note, now := p.note(), tally{p.listed.bytes, p.bytes}
	if note == p.told && now == p.toldSize {
		return
	}
	p.told, p.toldSize = note, now
	p.to.Update(func(s *model.SourceState) {
		if s.Size, s.Stored, s.Note = p.listed.bytes, p.bytes, model.NewText(note); !p.ended {
			s.Phase = p.phase
		}
	})
}

// end says how the load ended, and returns err.
func (p *progress) end(err error) error {
	p.change(func() { p.ended = true })
	p.tell()
	return p.to.End(err)
}

// note says all in one line. The caller holds mu.
func (p *progress) note() string {
	parts := []string{p.where()}
	if p.failed > 0 {
		parts = append(parts, objects(p.failed)+" could not be read")
	}
	if p.cached > 0 {
		parts = append(parts, amount.Count(p.cached)+" from the cache")
	}
	if p.retries > 0 {
		parts = append(parts, amount.Of(p.retries, "retry", "retries"))
	}
	parts = append(parts, p.skipped.note(), p.trouble)
	parts = append(parts, p.remarks...)
	kept := parts[:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "; ")
}

// where says how far it is.
func (p *progress) where() string {
	switch {
	case p.ended:
		return objects(p.done) + ", " + amount.Bytes(p.bytes)
	case p.phase == model.Following:
		return objects(p.done) + ", " + amount.Bytes(p.bytes) + " so far, " + p.watching
	case !p.counted && p.done == 0 && p.bytes == 0:
		return "listing: " + objects(p.listed.objects) + ", " + amount.Bytes(p.listed.bytes)
	}
	total := ""
	if !p.counted {
		total = "at least "
	}
	s := fmt.Sprintf("%s of %s%s, %s of %s", amount.Count(p.done), total, objects(p.listed.objects), amount.Bytes(p.bytes), amount.Bytes(p.listed.bytes))
	now := p.now()
	p.pace.Watch(now, p.bytes)
	rate, _ := p.pace.Rate(now, p.bytes)
	if rate <= 0 {
		return s
	}
	s += ", " + amount.Bytes(rate) + "/s"
	if left, ok := p.pace.Left(now, p.bytes, p.listed.bytes); p.counted && ok {
		s += ", " + left.String() + " left"
	}
	return s
}

// objects counts objects.
func objects(n int64) string { return amount.Of(n, "object", "objects") }
