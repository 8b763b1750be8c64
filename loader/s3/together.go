package s3

import (
	"context"
	"strings"
	"sync"

	"pawprint/loader/glob"
)

// Together connects the sources of one log, in the order in which they are made with it in their Options. An object that several of them
// include is read once, for the first of them. All must be loaded at the same time. The zero value is ready.
type Together struct {
	mu      sync.Mutex
	sources []*Source
}

// add adds a source and returns those before it that read the same bucket.
func (t *Together) add(s *Source) (before []*Source) {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, other := range t.sources {
		if other.bucket == s.bucket && other.o.Endpoint == s.o.Endpoint {
			before = append(before, other)
		}
	}
	t.sources = append(t.sources, s)
	return before
}

// aim is what a source stands for: all keys that begin with a prefix, one object, or the keys that match a pattern.
type aim struct {
	prefix string     // as it was given
	only   bool       // it is one object
	keys   *glob.Keys // set if it is a pattern
}

// covers reports whether a key is one of those that the URL stands for. If it is not, as it is hidden, hidden is true.
func (a *aim) covers(key string) (ok, hidden bool) {
	switch {
	case a.only:
		return key == a.prefix, false
	case a.keys != nil:
		return a.keys.Match(key)
	}
	return strings.HasPrefix(key, a.prefix), false
}

// reason returns why an object is not a log, or an empty string if it may be one.
func (a *aim) reason(o *object) string {
	if o.key == a.prefix && !strings.HasSuffix(o.key, "/") {
		return "" // the user named it
	}
	reason := notLog(o.key)
	switch folder := reason == glob.Folders; {
	case folder && o.size != 0, a.keys != nil && !folder:
		reason = "" // it has bytes, so it marks no folder; a pattern matches whatever the names
	}
	if reason != "" || o.size != 0 {
		return reason
	}
	return emptyObject
}

// aimed is where a source says what it stands for, once it knows.
type aimed struct {
	once sync.Once
	done chan struct{}
	at   *aim // nil if the source failed before
}

func newAimed() *aimed { return &aimed{done: make(chan struct{})} }

// set says what the source stands for. Only the first call counts.
func (a *aimed) set(at *aim) {
	a.once.Do(func() {
		a.at = at
		close(a.done)
	})
}

// awaitEarlier waits until the sources before this one in the same bucket know what they stand for.
func (l *load) awaitEarlier(ctx context.Context) error {
	for _, s := range l.source.before {
		select {
		case <-s.aimed.done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// elsewhere returns the source before this one that stands for an object too, or nil. read is false if that one leaves it out.
func (l *load) elsewhere(o *object) (s *Source, read bool) {
	for _, s := range l.source.before {
		if s.aimed.at == nil || !within(o.key, s.o.From, s.o.To) {
			continue
		}
		switch ok, hidden := s.aimed.at.covers(o.key); {
		case ok:
			return s, s.aimed.at.reason(o) == ""
		case hidden:
			return s, false
		}
	}
	return nil, false
}

// own reports whether an object is this source's to read or to leave out, for a reason that may be empty. What an earlier source reads
// is not; what it left out is, unless this one leaves it out too.
func (l *load) own(o *object, reason string) bool {
	s, read := l.elsewhere(o)
	return s == nil || !read && reason == ""
}
