package s3

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

// rateSpan is how far back the rate looks: long enough to be steady, short enough to follow the network.
const rateSpan = 10 * time.Second

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
	marks    []mark   // of the last rateSpan
	told     string   // the last note, and
	toldSize tally    // the last numbers
}

// mark is how much was fetched at a moment.
type mark struct {
	at    time.Time
	bytes int64
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
	p.change(func() { p.ended, p.marks = true, nil })
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
		parts = append(parts, count(p.cached)+" from the cache")
	}
	if p.retries == 1 {
		parts = append(parts, "1 retry")
	} else if p.retries > 1 {
		parts = append(parts, count(p.retries)+" retries")
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
		return objects(p.done) + ", " + size(p.bytes)
	case p.phase == model.Following:
		return objects(p.done) + ", " + size(p.bytes) + " so far, " + p.watching
	case !p.counted && p.done == 0 && p.bytes == 0:
		return "listing: " + objects(p.listed.objects) + ", " + size(p.listed.bytes)
	}
	total := ""
	if !p.counted {
		total = "at least "
	}
	s := fmt.Sprintf("%s of %s%s, %s of %s", count(p.done), total, objects(p.listed.objects), size(p.bytes), size(p.listed.bytes))
	rate := p.rate()
	if rate <= 0 {
		return s
	}
	s += fmt.Sprintf(", %s/s", size(int64(rate)))
	if left := p.listed.bytes - p.bytes; p.counted && left > 0 {
		s += ", " + (time.Duration(float64(left)/rate*float64(time.Second)) + time.Second).Truncate(time.Second).String() + " left"
	}
	return s
}

// rate is how many bytes a second were fetched lately.
func (p *progress) rate() float64 {
	now := p.now()
	if len(p.marks) == 0 || now.Sub(p.marks[len(p.marks)-1].at) >= rateSpan/50 {
		p.marks = append(p.marks, mark{now, p.bytes})
	}
	for len(p.marks) > 2 && now.Sub(p.marks[1].at) >= rateSpan {
		p.marks = p.marks[1:]
	}
	over := now.Sub(p.marks[0].at).Seconds()
	if over < 1 {
		return 0
	}
	return float64(p.bytes-p.marks[0].bytes) / over
}

// objects counts objects.
func objects(n int64) string {
	if n == 1 {
		return "1 object"
	}
	return count(n) + " objects"
}

// count writes a number with a comma for every thousand.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// size writes a number of bytes in decimal units.
func size(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB"}
	f, k := float64(n), 0
	for f >= 999.95 && k < len(units)-1 {
		f, k = f/1000, k+1
	}
	if k == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[k])
}
