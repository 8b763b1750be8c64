package seal

import (
	"context"
	"crypto/sha256"
	"hash"
	"sync"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

// Witness sees what sources are read from, and makes the entries of a manifest of it. It is the sink of the load too, and keeps the books
// of Log, in memory that does not grow with the lines. It is for one load.
type Witness struct {
	*model.Log
	Every int64
	keeps bool
	// Against is what the sources are compared with; nil to compare nothing.
	Against *Manifest

	also  map[int64]bool // the numbers of lines of Against's entries
	index index          // of Against
	mu    sync.Mutex
	names map[model.SourceID]string
	of    map[model.SourceID]*seen
}

// seen is what is known of one source.
type seen struct {
	entry       Entry
	first, last int64 // Unix nanoseconds
	timed       bool
	heard       bool // to its end
	touched     bool
	compared    *comparison // with the entry that seems to be of the same source; may be nil
	chain       *chain
	lookout     *lookout // for the events of that entry; may be nil
	ear         *ear
}

// NewWitness makes a witness. every is the number of lines between checkpoints; against may be nil.
func NewWitness(every int64, against *Manifest) *Witness {
	w := &Witness{Log: model.NewBookLog(), Every: every, Against: against, also: map[int64]bool{}, names: map[model.SourceID]string{}, of: map[model.SourceID]*seen{}}
	if against != nil {
		w.Every, w.index = against.Every, against.index()
		for i := range against.Sources {
			w.also[against.Sources[i].Lines] = true
		}
	}
	return w
}

// NewKeepingWitness makes a witness whose Log has rows too, which can be read again.
func NewKeepingWitness(every int64) *Witness {
	w := NewWitness(every, nil)
	w.Log, w.keeps = model.NewLog(), true
	return w
}

// Keeps implements loader.Witness.
func (w *Witness) Keeps() bool { return w.keeps }

// source returns what is known of a source. The caller holds mu.
func (w *Witness) source(id model.SourceID) *seen {
	s := w.of[id]
	if s == nil {
		s = &seen{}
		w.of[id] = s
	}
	return s
}

// AddSource implements loader.Sink.
func (w *Witness) AddSource(name model.Text) model.SourceID { return w.AddRanked(name, model.Rank{}) }

// AddRanked implements loader.Sink.
func (w *Witness) AddRanked(name model.Text, rank model.Rank) model.SourceID {
	id := w.Log.AddRanked(name, rank)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.names[id] = name.Raw()
	return id
}

// Append implements loader.Sink.
func (w *Witness) Append(b *model.Batch) {
	if lo, hi, ok := b.TimeBounds(); ok {
		w.mu.Lock()
		s := w.source(b.Source)
		if !s.timed {
			s.first, s.last, s.timed = lo, hi, true
		}
		s.first, s.last = min(s.first, lo), max(s.last, hi)
		w.mu.Unlock()
	}
	w.Log.Append(b)
}

// Begin implements loader.Witness.
func (w *Witness) Begin(ctx context.Context, id model.SourceID) loader.Ear {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := &seen{chain: newChain(w.Every, w.also)}
	s.entry.ETag, s.entry.ObjectID = w.source(id).entry.ETag, w.source(id).entry.ObjectID
	if w.Against != nil {
		if e := w.index.find(w.names[id]); e != nil {
			s.compared, s.lookout = newComparison(e.Chain), newLookout(w.Against, e)
			s.chain.hear = func(line digest) {
				s.compared.line(line)
				s.lookout.line(line, s.chain.at.Line)
			}
		}
	}
	w.of[id] = s
	s.ear = newEar(ctx, w, s)
	return s.ear
}

// Object implements loader.Witness.
func (w *Witness) Object(id model.SourceID, etag, version string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.source(id)
	s.entry.ETag, s.entry.ObjectID = etag, version
}

// ear hashes the bytes of one source: those that lie and those that come out of them at the same time.
type ear struct {
	w             *Witness
	seen          *seen
	stored, plain *lane
	sum, unpacked hash.Hash
	size, length  int64
	packing       string
}

func newEar(ctx context.Context, w *Witness, s *seen) *ear {
	e := &ear{w: w, seen: s, sum: sha256.New(), unpacked: sha256.New()}
	e.stored = newLane(ctx, func(p []byte) { e.sum.Write(p) })
	e.plain = newLane(ctx, func(p []byte) {
		s.chain.write(p)
		s.lookout.write(p)
	})
	return e
}

// Stored implements loader.Ear.
func (e *ear) Stored(p []byte) {
	e.size += int64(len(p))
	e.stored.write(p)
}

// Plain implements loader.Ear.
func (e *ear) Plain(p []byte, packing string) {
	e.length += int64(len(p))
	if e.packing = packing; packing != "" {
		e.unpacked.Write(p)
	}
	e.plain.write(p)
}

// End implements loader.Ear.
func (e *ear) End(whole, touched bool) {
	e.stored.end()
	e.plain.end()
	e.seen.chain.end()
	if e.seen.compared != nil {
		e.seen.compared.end()
	}
	e.w.mu.Lock()
	defer e.w.mu.Unlock()
	s := e.seen
	s.heard, s.touched = whole, touched
	s.entry.Size, s.entry.Sum = e.size, digestFrom(e.sum)
	if e.packing != "" {
		s.entry.Unpacked = &Unpacked{Packing: e.packing, Size: e.length, Sum: digestFrom(e.unpacked)}
	}
	s.entry.Chain, s.entry.Lines = s.chain.kept, s.chain.at.Line
}

// entries returns the entries of all sources that were read, in the order of sources. Those that could not be read at all have none: the
// log's errors say why.
func (w *Witness) entries() (all []*seen) {
	snap := w.Log.Snapshot()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, id := range snap.SourceOrder() {
		s := w.of[id]
		if s == nil || !s.heard {
			continue
		}
		s.finish(&snap.Sources()[id])
		all = append(all, s)
	}
	return all
}

// finish completes the entry of a source with the state that the loader left it in.
func (s *seen) finish(state *model.SourceState) {
	e := &s.entry
	e.setName(state.Name.Raw())
	b := state.Books
	e.Books = Books{b.Lines, b.Events, b.Rejects, b.Blanks}
	e.Form, e.Remarks, e.Damage = state.Form, printable(state.Remarks().Raw()), printable(state.Err.Raw())
	if state.Damaged && e.Damage == "" {
		e.Damage, e.Remarks = e.Remarks, ""
	}
	if s.timed {
		first, last := time.Unix(0, s.first).UTC(), time.Unix(0, s.last).UTC()
		e.First, e.Last = &first, &last
	}
}

// Manifest returns the manifest of what was read. version is that of the program.
func (w *Witness) Manifest(version string, now time.Time) *Manifest {
	m := &Manifest{Kind: Kind, Version: Version, Pawprint: version, Sealed: now.UTC().Truncate(time.Second), Method: method, Every: w.Every}
	for _, s := range w.entries() {
		m.Sources = append(m.Sources, s.entry)
	}
	return m
}

// Touched returns the names of sources that somebody wrote to while they were read.
func (w *Witness) Touched() (names []string) {
	for _, s := range w.entries() {
		if s.touched {
			names = append(names, s.entry.SourceName())
		}
	}
	return names
}
