package model

import (
	"context"
	"sync"
)

// Standing tells findings about a growing log apart: two that are about the same rows, and maybe more, have equal standings only if
// they say the same about these rows.
type Standing *byte

func newStanding() Standing { return new(byte) }

// findings holds the findings about a snapshot, each computed when it is first asked for. Copies of the snapshot share it, and so do
// snapshots between which no row was added.
type findings struct {
	log      *finders
	mu       sync.Mutex
	firsts   *Firsts
	copies   *Copies
	twins    *Twins
	silences *Silences
}

// finders compute the findings of a growing log, for one snapshot after the other.
type finders struct {
	firsts   firstFinder
	copies   copyFinder
	twins    twinFinder
	silences silenceFinder
}

// Firsts returns the first events of the snapshot. The first call for a log reads all its rows, later ones only the rows that are
// new since. It stops early with the error of ctx. Any number of goroutines may call it.
func (s *Snapshot) Firsts(ctx context.Context) (*Firsts, error) {
	if s.found == nil {
		return &Firsts{}, nil
	}
	s.found.mu.Lock()
	defer s.found.mu.Unlock()
	if s.found.firsts == nil {
		firsts, err := s.found.log.firsts.upTo(ctx, s)
		if err != nil {
			return nil, err
		}
		s.found.firsts = firsts
	}
	return s.found.firsts, nil
}

// Copies returns the copies of events in the snapshot. It costs as much as Firsts does, and the same goroutines may call it.
func (s *Snapshot) Copies(ctx context.Context) (*Copies, error) {
	if s.found == nil {
		return &Copies{}, nil
	}
	s.found.mu.Lock()
	defer s.found.mu.Unlock()
	if s.found.copies == nil {
		copies, err := s.found.log.copies.upTo(ctx, s)
		if err != nil {
			return nil, err
		}
		s.found.copies = copies
	}
	return s.found.copies, nil
}

// Twins returns the actors of the snapshot that look like others. The first call for a log reads all their names, later ones only those
// that are new since.
func (s *Snapshot) Twins(ctx context.Context) (*Twins, error) {
	if s.found == nil {
		return &Twins{}, nil
	}
	s.found.mu.Lock()
	defer s.found.mu.Unlock()
	if s.found.twins == nil {
		twins, err := s.found.log.twins.upTo(ctx, s)
		if err != nil {
			return nil, err
		}
		s.found.twins = twins
	}
	return s.found.twins, nil
}

// Silences returns the silences of the snapshot. Each call for other rows reads all their times. It stops early with the error of ctx. Any
// number of goroutines may call it.
func (s *Snapshot) Silences(ctx context.Context) (*Silences, error) {
	if s.found == nil {
		return &Silences{least: LeastSilence}, nil
	}
	s.found.mu.Lock()
	defer s.found.mu.Unlock()
	if s.found.silences == nil {
		silences, err := s.found.log.silences.upTo(ctx, s)
		if err != nil {
			return nil, err
		}
		s.found.silences = silences
	}
	return s.found.silences, nil
}

// KnownTwins returns what Twins returned for the snapshot before, or nil. It costs nothing.
func (s *Snapshot) KnownTwins() *Twins {
	if s.found == nil || !s.found.mu.TryLock() {
		return nil
	}
	defer s.found.mu.Unlock()
	return s.found.twins
}

// KnownFirsts returns what Firsts returned for the snapshot before, or nil. It costs nothing.
func (s *Snapshot) KnownFirsts() *Firsts {
	if s.found == nil || !s.found.mu.TryLock() {
		return nil
	}
	defer s.found.mu.Unlock()
	return s.found.firsts
}

// KnownSilences returns what Silences returned for the snapshot before, or nil. It costs nothing.
func (s *Snapshot) KnownSilences() *Silences {
	if s.found == nil || !s.found.mu.TryLock() {
		return nil
	}
	defer s.found.mu.Unlock()
	return s.found.silences
}

// KnownCopies returns what Copies returned for the snapshot before, or nil. It costs nothing.
func (s *Snapshot) KnownCopies() *Copies {
	if s.found == nil || !s.found.mu.TryLock() {
		return nil
	}
	defer s.found.mu.Unlock()
	return s.found.copies
}
