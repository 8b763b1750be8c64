package amount

import "time"

// Pace measures the rate of reading from the progress at two moments. The zero value is ready to use.
type Pace struct {
	Window time.Duration // a rate covers between one and two windows; 0 is two seconds

	from, to   time.Time
	begin, end int64
}

func (p *Pace) window() time.Duration {
	if p.Window > 0 {
		return p.Window
	}
	return 2 * time.Second
}

// Watch notes how many bytes have been read by now.
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

// Rate returns bytes per second; ok is false until enough time has passed.
func (p *Pace) Rate(now time.Time, read int64) (perSecond int64, ok bool) {
	d := now.Sub(p.from)
	if p.from.IsZero() || d < p.window()/4 {
		return 0, false
	}
	return int64(float64(read-p.begin) / d.Seconds()), true
}

// Left returns the time to read the rest at the current rate, rounded up to whole seconds; ok is false if there is no rate or nothing left.
func (p *Pace) Left(now time.Time, read, size int64) (left time.Duration, ok bool) {
	perSecond, ok := p.Rate(now, read)
	if !ok || perSecond <= 0 || size <= read {
		return 0, false
	}
	return time.Duration((size-read-1)/perSecond+1) * time.Second, true
}
