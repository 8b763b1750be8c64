package amount

import "time"

// Pace is how far something was at two moments, from which its rate comes. The zero value is ready and knows no moment yet.
type Pace struct {
	Window time.Duration // how far a rate looks back: at least so long, at most twice; 0 is two seconds

	from, to   time.Time
	begin, end int64
}

func (p *Pace) window() time.Duration {
	if p.Window > 0 {
		return p.Window
	}
	return 2 * time.Second
}

// Watch notes how many bytes were read until now.
func (p *Pace) Watch(now time.Time, read int64) {
	switch {
	case p.from.IsZero():
		p.from, p.begin = now, read
	case now.Sub(p.from) > 2*p.window():
		p.from, p.begin = p.to, p.end
	}
	if now.Sub(p.to) >= p.window() {
		p.to, p.end = now, read
	}
}

// Rate is in bytes a second; ok is false as long as there is too little to tell.
func (p *Pace) Rate(now time.Time, read int64) (perSecond int64, ok bool) {
	d := now.Sub(p.from)
	if p.from.IsZero() || d < p.window()/4 {
		return 0, false
	}
	return int64(float64(read-p.begin) / d.Seconds()), true
}

// Left is how long it takes to read the rest at the present rate, rounded up to whole seconds; ok is false if that cannot be told.
func (p *Pace) Left(now time.Time, read, size int64) (left time.Duration, ok bool) {
	perSecond, ok := p.Rate(now, read)
	if !ok || perSecond <= 0 || size <= read {
		return 0, false
	}
	return time.Duration((size-read-1)/perSecond+1) * time.Second, true
}
