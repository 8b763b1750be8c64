package s3

import (
	"hash/maphash"
	"sync"
	"time"

	"pawprint/model"
)

const (
	// seenSpan is how long an object is remembered after it was written, by the clock of the store. Objects older than this at the
	// last complete listing have been read or skipped for good.
	seenSpan = lookBack + 2*time.Hour
	// queueSpan is the same for objects that a queue announces: no queue keeps a message for more than 14 days.
	queueSpan = 15 * 24 * time.Hour
	// manySeen is the number of marks at which old ones are forgotten.
	manySeen = 100_000
	// maxTries is how often an object is tried again by a load that follows.
	maxTries = 5
	// maxBroken bounds how many objects that failed are remembered.
	maxBroken = 100_000
)

// seen remembers which versions of which objects were read, so that none is read twice. Any goroutine may use it.
type seen struct {
	mu     sync.Mutex
	marks  map[uint64]int64  // by key and ETag: when it was written, Unix time
	latest map[uint64]uint64 // by key: the mark of the version that was seen last
	again  bool              // some object was seen in more than one version
	newest int64
	looked int64 // when the last complete look began, Unix time; 0 if there was none
	floor  int64 // objects written before this are not remembered
	full   int   // how many marks are many
	queue  bool  // a queue tells of objects
	off    bool  // remember no marks: what is listed once comes once
	broken map[string]failure
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
	h.SetSeed(circleSeed)
	_, _ = h.WriteString(o.key)
	_ = h.WriteByte(0)
	_, _ = h.WriteString(o.etag)
	return h.Sum64()
}

// claim remembers the version that an object turned out to be when it was opened, and reports whether nobody else reads it.
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

// mark notes a version of an object that is new. The caller holds mu.
func (s *seen) mark(o *object, h uint64, at int64) {
	key := maphash.String(circleSeed, o.key)
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

// add remembers an object, and reports whether it is new.
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

// forget drops what is so old that no listing shows it as new. The caller holds mu.
func (s *seen) forget() {
	until := s.newest
	if s.looked != 0 {
		until = min(until, s.looked)
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

// lookedAt notes when a look began that showed everything.
func (s *seen) lookedAt(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looked = at.Unix()
}

// undo forgets an object that was not read after all.
func (s *seen) undo(o *object) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unmark(o)
}

// unmark makes a version new again. The caller holds mu.
func (s *seen) unmark(o *object) {
	delete(s.marks, hashOf(o))
	delete(s.latest, maphash.String(circleSeed, o.key))
}

// loaded reports whether this version was read without an error.
func (s *seen) loaded(o *object) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, broken := s.broken[o.key]
	_, known := s.marks[hashOf(o)]
	return known && !broken
}

// failed remembers an object that could not be read. again says that it may be tried once more: then it is new again.
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

// recovered notes that an object was read, and reports whether it could not be before.
func (s *seen) recovered(o *object) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.broken[o.key]
	delete(s.broken, o.key)
	return ok
}
