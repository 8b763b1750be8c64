package s3

import (
	"hash/maphash"
	"sync"
	"time"

	"pawprint/model"
)

const (
	// seenSpan is how long an object is remembered after it was written, by the clock of the store. Objects that were older at the
	// last complete listing were read or skipped for good.
	seenSpan = lookBack + 2*time.Hour
	// queueSpan is the same for objects that a queue announces: no queue keeps a message for more than 14 days.
	queueSpan = 15 * 24 * time.Hour
	// manySeen is the number of marks from which old ones are forgotten.
	manySeen = 100_000
	// maxTries is how often an object is tried again by a load that follows.
	maxTries = 5
	// maxBroken bounds how many objects that failed are remembered.
	maxBroken = 100_000
)

// seen remembers which versions of objects were read, so that none is read twice. Any goroutine may use it.
type seen struct {
	mu           sync.Mutex
	marks        map[uint64]int64  // by key and ETag: when it was written, Unix time
	latest       map[uint64]uint64 // by key: the mark of the version that was seen last
	again        bool              // some object was seen in more than one version
	newest       int64
	lastComplete int64 // start of the last complete listing, Unix time; 0 if there was none
	floor        int64 // objects written before this are not remembered
	full         int   // number of marks at which to forget old ones
	queue        bool  // a queue announces objects
	off          bool  // keep no marks, as each object is listed only once
	broken       map[string]failure
}

// failure is an object that could not be read.
type failure struct {
	id    model.SourceID
	tries int
}

func newSeen() *seen {
	return &seen{marks: map[uint64]int64{}, latest: map[uint64]uint64{}, broken: map[string]failure{}, full: manySeen}
}

func hashOf(o *object) uint64 {
	var h maphash.Hash
	h.SetSeed(hashSeed)
	_, _ = h.WriteString(o.key)
	_ = h.WriteByte(0)
	_, _ = h.WriteString(o.etag)
	return h.Sum64()
}

// claim marks the version that an object had when it was opened, and reports whether no other download reads that version.
func (s *seen) claim(o *object) bool {
	if s.off {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := hashOf(o)
	_, known := s.marks[h]
	if !known {
		s.mark(o, h, max(s.newest, o.modified.Unix()))
	}
	return !known
}

// mark marks a new version of an object. The caller holds mu.
func (s *seen) mark(o *object, h uint64, at int64) {
	key := maphash.String(hashSeed, o.key)
	if _, older := s.latest[key]; older {
		s.again = true
	}
	s.marks[h], s.latest[key] = at, h
}

// overwritten reports whether an object was seen in more than one version.
func (s *seen) overwritten() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.again
}

// add marks an object, and reports whether it is new.
func (s *seen) add(o *object) bool {
	if s.off {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h, at := hashOf(o), o.modified.Unix()
	if _, known := s.marks[h]; known || !o.modified.IsZero() && at < s.floor {
		return false
	}
	s.mark(o, h, at)
	s.newest = max(s.newest, at)
	if len(s.marks) >= s.full {
		s.forget()
	}
	return true
}

// forget drops the marks of objects that are too old to be listed again. The caller holds mu.
func (s *seen) forget() {
	until := s.newest
	if s.lastComplete != 0 {
		until = min(until, s.lastComplete)
	}
	span := seenSpan
	if s.queue {
		span = queueSpan
	}
	s.floor = max(s.floor, until-int64(span/time.Second))
	for h, at := range s.marks {
		if at < s.floor {
			delete(s.marks, h)
		}
	}
	for key, h := range s.latest {
		if _, known := s.marks[h]; !known {
			delete(s.latest, key)
		}
	}
	s.full = max(manySeen, 2*len(s.marks))
}

// noteComplete notes the start of the last complete listing.
func (s *seen) noteComplete(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastComplete = at.Unix()
}

// undo removes the mark of an object that was not read after all.
func (s *seen) undo(o *object) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unmark(o)
}

// unmark makes a version new again. The caller holds mu.
func (s *seen) unmark(o *object) {
	delete(s.marks, hashOf(o))
	delete(s.latest, maphash.String(hashSeed, o.key))
}

// loaded reports whether this version was read without an error.
func (s *seen) loaded(o *object) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, broken := s.broken[o.key]
	_, known := s.marks[hashOf(o)]
	return known && !broken
}

// failed remembers an object that could not be read. again says that it may be tried again; then it counts as new.
func (s *seen) failed(o *object, id model.SourceID, again bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.broken[o.key]
	f.id, f.tries = id, f.tries+1
	if len(s.broken) < maxBroken || f.tries > 1 {
		s.broken[o.key] = f
	}
	if _, kept := s.broken[o.key]; !kept && s.queue || again && f.tries < maxTries {
		s.unmark(o)
	}
}

// failedBefore returns the source of an object that could not be read before.
func (s *seen) failedBefore(o *object) (model.SourceID, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.broken[o.key]
	return f.id, ok
}

// recovered notes that an object was read, and reports whether it had failed before.
func (s *seen) recovered(o *object) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.broken[o.key]
	delete(s.broken, o.key)
	return ok
}
