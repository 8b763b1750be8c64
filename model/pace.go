package model

import "time"

// Read is how many bytes of the source were read, as they are stored.
func (s *SourceState) Read() int64 {
	if s.Stored > 0 {
		return s.Stored
	}
	return s.Books.Bytes
}

// Progress is how much of all sources was read, and how much there is to read in all, in bytes as they are stored. size is -1 if
// that cannot be known.
func (s *Snapshot) Progress() (read, size int64) {
	for i := range s.sources {
		source := &s.sources[i]
		done := source.Read()
		read += done
		if source.Size < 0 || size < 0 {
			size = -1
			continue
		}
		size += max(source.Size, done)
	}
	return read, size
}

// Pace is how far something was at two moments, from which its rate comes. The zero value knows no moment yet.
type Pace struct {
	from, to   time.Time
	begin, end int64
}

// paceWindow is how long a rate looks back, at least, and half of what it looks back at most.
const paceWindow = 2 * time.Second

// Watch notes how many bytes were read until now.
func (p *Pace) Watch(now time.Time, read int64) {
	switch {
	case p.from.IsZero():
		p.from, p.begin = now, read
	case now.Sub(p.from) > 2*paceWindow:
		p.from, p.begin = p.to, p.end
	}
	if now.Sub(p.to) >= paceWindow {
		p.to, p.end = now, read
	}
}

// Rate is in bytes a second; ok is false as long as there is too little to tell.
func (p *Pace) Rate(now time.Time, read int64) (perSecond int64, ok bool) {
	d := now.Sub(p.from)
	if p.from.IsZero() || d < paceWindow/4 {
		return 0, false
	}
	return int64(float64(read-p.begin) / d.Seconds()), true
}

// Left is how long it takes to read the rest at the present rate, in whole seconds and at least one; ok is false if that cannot
// be told.
func (p *Pace) Left(now time.Time, read, size int64) (left time.Duration, ok bool) {
	perSecond, ok := p.Rate(now, read)
	if !ok || perSecond <= 0 || size <= read {
		return 0, false
	}
	return time.Duration((size-read)/perSecond+1) * time.Second, true
}
