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

// progress tracks a load and reports it as the state of the source that represents the whole prefix. Any goroutine may use it.
type progress struct {
	to  loader.Announced
	now func() time.Time

	mu           sync.Mutex
	phase        model.Phase // Loading or Following
	ended        bool
	listed       tally // what there is to load, as far as known
	counted      bool  // the listing is complete
	done         int64 // objects that were tried, with or without success
	failed       int64
	bytes        int64 // fetched
	retries      int64
	cached       int64
	leftOut      model.LeftOut
	covered      bool     // an earlier source stands for some objects too, and …
	elsewhere    int64    // … reads so many of them
	named        string   // the last such source
	remarks      []string // remarks that stay true
	trouble      string   // the current problem
	watching     string   // how new objects are noticed
	pace         amount.Pace
	reportedNote string // the last reported note, and …
	reportedSize tally  // … numbers
	reportedOut  int64  // … objects left out or read elsewhere
}

func newProgress(sink loader.Sink, name model.Text, now func() time.Time) *progress {
	p := &progress{to: loader.Announce(sink, name), now: now, phase: model.Loading}
	p.to.Update(func(s *model.SourceState) { s.Listing = true })
	p.report()
	return p
}

// change calls f with mu locked. The next report shows the change.
func (p *progress) change(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f()
}

func (p *progress) retry()         { p.change(func() { p.retries++ }) }
func (p *progress) list(o *object) { p.change(func() { p.listed.add(o) }) }

func (p *progress) fetch(n int) { p.change(func() { p.bytes += int64(n) }) }

// tried returns how many objects were tried.
func (p *progress) tried() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done
}

// remark adds a remark that stays true, unless it is there already, and reports whether it is new.
func (p *progress) remark(s string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if slices.Contains(p.remarks, s) {
		return false
	}
	p.remarks = append(p.remarks, s)
	return true
}

// withdraw removes a remark that is no longer true.
func (p *progress) withdraw(s string) {
	p.change(func() { p.remarks = slices.DeleteFunc(p.remarks, func(known string) bool { return known == s }) })
}

// report updates the source, if anything has changed.
func (p *progress) report() {
	p.mu.Lock()
	defer p.mu.Unlock()
	note, now := p.note(), tally{p.listed.bytes, p.bytes}
	out := p.leftOut.Total + p.elsewhere
	if note == p.reportedNote && now == p.reportedSize && out == p.reportedOut {
		return
	}
	leftOut, again := p.leftOut.Clone(), ""
	if p.elsewhere > 0 {
		again = fmt.Sprintf("%s also reached as %s, read once", objects(p.elsewhere), display(p.named))
	}
	p.reportedNote, p.reportedSize, p.reportedOut = note, now, out
	p.to.Update(func(s *model.SourceState) {
		s.LeftOut, s.Again = leftOut, model.NewText(again)
		if s.Size, s.Stored, s.Note = p.listed.bytes, p.bytes, model.NewText(note); !p.ended {
			s.Phase = p.phase
		}
	})
}

// end ends the source with err, and returns err.
func (p *progress) end(err error) error {
	p.change(func() { p.ended = true })
	p.report()
	return p.to.End(err)
}

// note returns the progress in one line. The caller holds mu.
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
	parts = append(parts, p.trouble)
	parts = append(parts, p.remarks...)
	kept := parts[:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "; ")
}

// where returns how far the load is, in words.
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
