package seal

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/tui/termsafe"
)

// Verdict is what became of a source.
type Verdict int

// The verdicts.
const (
	Agrees     Verdict = iota // its bytes are what they were
	Grew                      // the sealed lines are there, and more behind them
	Differs                   // some lines are not what they were
	Missing                   // none of the sources that were read has its content
	Additional                // it is not in the manifest
	Unreadable                // it could not be read, so nothing is known about it
	NotChecked                // an event that the manifest does not check
)

// Result says what became of one source, or of one event of a report.
type Result struct {
	Verdict Verdict
	Name    string   // in the manifest, or of an additional source; printable
	Words   []string // what there is to say, printable, one line each

	raw     string        // the name as it is
	sealed  *Entry        // nil for none
	found   *Entry        // what was read; nil for nothing
	changes []Change      // in the order of lines; empty if nothing differs
	agreed  int64         // sealed lines in stretches without a change
	added   int64         // lines after the sealed ones
	event   *eventOutcome // nil for a source; without verdict and words
}

// SumEvents counts the results of events: "3 of 5 events agree, 1 cannot be checked". It is empty if there are none.
func SumEvents(events []Result) string {
	var count [len(verdicts)]int64
	for _, r := range events {
		count[r.Verdict]++
	}
	n := int64(len(events))
	if n == 0 {
		return ""
	}
	sum := amount.Count(count[Agrees]) + " of " + amount.Of(n, "event agrees", "events agree")
	if n := count[NotChecked]; n > 0 {
		sum += ", " + amount.Count(n) + " cannot be checked"
	}
	return sum
}

// Differing describes the events that do not agree, in a line each; events that cannot be checked for the same reason share a line.
func Differing(events []Result) (lines []string) {
	type reason struct{ source, words string }
	var order []reason
	unchecked := map[reason]int64{}
	for _, r := range events {
		switch at := (reason{printable(r.raw), r.Words[0]}); {
		case r.Verdict == NotChecked:
			if unchecked[at]++; unchecked[at] == 1 {
				order = append(order, at)
			}
		case r.Verdict != Agrees:
			lines = append(lines, r.Name+": "+r.Words[0])
		}
	}
	for _, at := range order {
		lines = append(lines, fmt.Sprintf("%s: %s %s", at.source, amount.Of(unchecked[at], "event", "events"), at.words))
	}
	return lines
}

// printable returns untrusted text as one printable line.
func printable(text string) string { return termsafe.Clean(text, termsafe.Options{}).String() }

// index finds the entries of a manifest by the names of sources.
type index struct {
	named map[string]*Entry
	alike map[string][]*Entry // by the last part of the name
	only  *Entry              // if there is one alone
}

func (m *Manifest) index() index {
	x := index{named: map[string]*Entry{}, alike: map[string][]*Entry{}}
	for i := range m.Sources {
		e := &m.Sources[i]
		name := e.SourceName()
		if x.named[name] == nil {
			x.named[name] = e
		}
		x.alike[path.Base(name)] = append(x.alike[path.Base(name)], e)
	}
	if len(m.Sources) == 1 {
		x.only = &m.Sources[0]
	}
	return x
}

// find returns the entry of a source of this name. Otherwise it guesses: the only entry whose path ends alike, or the only entry at all.
func (x index) find(name string) *Entry {
	if e := x.named[name]; e != nil {
		return e
	}
	if alike := x.alike[path.Base(name)]; len(alike) == 1 {
		return alike[0]
	}
	return x.only
}

// matching pairs entries with the sources that were read.
type matching struct {
	manifest *Manifest
	seen     []*seen
	paired   map[*Entry]*seen
	taken    map[*seen]bool
}

// pair pairs the entries and sources that are still free and have a key in common. Of sources that fit equally, one of the same name comes
// first.
func (m *matching) pair(keyOf func(e *Entry) any, keysOf func(s *seen) []any) {
	free := map[any][]*seen{}
	for _, s := range m.seen {
		if !m.taken[s] {
			for _, key := range keysOf(s) {
				free[key] = append(free[key], s)
			}
		}
	}
	for _, sameName := range []bool{true, false} {
		for i := range m.manifest.Sources {
			e := &m.manifest.Sources[i]
			if m.paired[e] != nil {
				continue
			}
			fits := func(s *seen) bool { return !m.taken[s] && (!sameName || s.entry.SourceName() == e.SourceName()) }
			if list, key := free[keyOf(e)], keyOf(e); key != nil {
				if at := slices.IndexFunc(list, fits); at >= 0 {
					m.paired[e], m.taken[list[at]] = list[at], true
				}
			}
		}
	}
}

// match pairs the entries of the manifest with what was read: by what they hold, then by how they begin, then by their names.
func (w *Witness) match() *matching {
	m := &matching{manifest: w.Against, seen: w.entries(), paired: map[*Entry]*seen{}, taken: map[*seen]bool{}}
	m.pair(func(e *Entry) any { return e.content() }, func(s *seen) []any { return []any{s.entry.content()} })
	m.pair(func(e *Entry) any {
		if e.Lines == 0 {
			return nil
		}
		return e.last().Hash
	}, func(s *seen) (begins []any) {
		for _, c := range s.chain.asked {
			begins = append(begins, c.Hash)
		}
		return begins
	})
	m.pair(func(e *Entry) any { return e.SourceName() }, func(s *seen) []any { return []any{s.entry.SourceName()} })
	unread := w.unread()
	m.pair(func(e *Entry) any {
		if unread[e] != "" {
			return nil
		}
		return e
	}, func(s *seen) []any { return []any{w.index.find(s.entry.SourceName())} })
	return m
}

// sameContent reports whether a source holds what was sealed, however it is packed.
func sameContent(e *Entry, s *seen) bool {
	return s.entry.Sum == e.Sum || s.entry.content() == e.content()
}

// sameLines reports whether a source begins with the lines that were sealed.
func sameLines(e *Entry, s *seen) bool {
	return e.Lines > 0 && s.chain.asked[e.Lines].Hash == e.last().Hash
}

// Results compares what was read with the manifest that it was read against: first what is in the manifest, then what is not. A source is
// found again by its content, under whatever name; only what changed is found by its name.
func (w *Witness) Results() []Result {
	m, unread := w.match(), w.unread()
	var all []Result
	for i := range w.Against.Sources {
		e := &w.Against.Sources[i]
		r := Result{Verdict: Missing, Name: printable(e.SourceName()), Words: []string{"missing: no source that was read has its content"}, raw: e.SourceName(), sealed: e}
		if s := m.paired[e]; s != nil {
			r.Verdict, r.Words = e.judge(s)
			r.compare(s)
		} else if why := unread[e]; why != "" {
			r.Verdict, r.Words = Unreadable, []string{"could not be read: " + why}
		}
		all = append(all, r)
	}
	for _, s := range m.seen {
		if !m.taken[s] {
			name := s.entry.SourceName()
			all = append(all, Result{Verdict: Additional, Name: printable(name), Words: []string{"additional: it is not in the manifest"}, raw: name, found: &s.entry})
		}
	}
	return append(all, w.broken(unread)...)
}

// unread says why sources of the manifest could not be read.
func (w *Witness) unread() map[*Entry]string {
	why := map[*Entry]string{}
	w.eachUnread(func(s *model.SourceState, reason string) {
		if e := w.index.find(s.Name.Raw()); e != nil {
			why[e] = reason
		}
	})
	return why
}

// broken returns the results of sources that could not be read and are none of the manifest, such as a folder.
func (w *Witness) broken(known map[*Entry]string) (all []Result) {
	w.eachUnread(func(s *model.SourceState, reason string) {
		if e := w.index.find(s.Name.Raw()); e == nil || known[e] != reason {
			name := s.Name.Raw()
			all = append(all, Result{Verdict: Unreadable, Name: printable(name), Words: []string{"could not be read: " + reason}, raw: name})
		}
	})
	return all
}

// eachUnread calls visit for each source that was not read as a whole.
func (w *Witness) eachUnread(visit func(s *model.SourceState, reason string)) {
	snap := w.Log.Snapshot()
	for _, id := range snap.SourceOrder() {
		s := &snap.Sources()[id]
		w.mu.Lock()
		heard := w.of[id] != nil && w.of[id].heard
		w.mu.Unlock()
		if heard || s.Phase == model.Complete {
			continue
		}
		reason := printable(s.Err.Raw())
		if reason == "" {
			reason = "it was not read to its end"
		}
		visit(s, reason)
	}
}

// judge says what became of a sealed source that was read.
func (e *Entry) judge(s *seen) (Verdict, []string) {
	now := &s.entry
	moved := ""
	if now.SourceName() != e.SourceName() {
		moved = "; it is now " + printable(now.SourceName())
	}
	lines := amount.Of(e.Lines, "line", "lines")
	switch {
	case sameContent(e, s):
		if now.Sum != e.Sum {
			moved += "; its unpacked bytes are the same, but it is compressed differently"
		}
		return Agrees, []string{"agrees: " + lines + moved}
	case sameLines(e, s) && now.Lines > e.Lines:
		return Grew, []string{fmt.Sprintf("grew: the first %s, %s", agree(e.Lines), amount.Of(now.Lines-e.Lines, "line was added", "lines were added")+moved)}
	case sameLines(e, s):
		return Differs, []string{"differs: " + allAgree(lines) + ", but not the line feed at the end" + moved}
	case e.Lines == 0:
		return Grew, []string{"grew: it was empty, " + amount.Of(now.Lines, "line was added", "lines were added") + moved}
	}
	return Differs, e.changes(s, moved)
}

func agree(lines int64) string { return amount.Of(lines, "line agrees", "lines agree") }

func allAgree(lines string) string { return "all " + lines + " agree" }

// changes says where a source differs from what was sealed.
func (e *Entry) changes(s *seen, moved string) []string {
	now := &s.entry
	words := []string{fmt.Sprintf("differs: %s and %d bytes were sealed, now there are %s and %d bytes%s", amount.Of(e.Lines, "line", "lines"), e.length(),
		amount.Count(now.Lines), now.length(), moved)}
	c := s.comparedWith(e)
	if c == nil {
		return append(words, e.firstDifference(now))
	}
	for _, change := range c.Changes {
		words = append(words, change.words())
	}
	if c.Added > 0 {
		words = append(words, amount.Of(c.Added, "line was added", "lines were added")+" after the sealed ones")
	}
	return append(words, amount.Of(c.Agreed, "sealed line is", "sealed lines are")+" in stretches without a change")
}

// compare sets where a source differs from what was sealed.
func (r *Result) compare(s *seen) {
	e, now := r.sealed, &s.entry
	switch r.found = now; {
	case r.Verdict == Agrees:
		r.agreed = e.Lines
	case r.Verdict == Grew:
		r.agreed, r.added = e.Lines, now.Lines-e.Lines
	case sameLines(e, s): // but for the line feed at the end
		r.agreed = e.Lines
		r.changes = []Change{{From: e.Lines, To: e.Lines, Now: 1, Sure: true, Lo: min(e.length(), now.length()), Hi: e.length()}}
	case s.comparedWith(e) != nil:
		c := s.comparedWith(e)
		r.changes, r.agreed, r.added = c.Changes, c.Agreed, c.Added
	default:
		at := e.agreeing(now)
		r.agreed, r.changes = at.Line, []Change{{From: at.Line + 1, To: e.Lines, Lo: at.Offset, Hi: e.length()}}
	}
}

// comparedWith returns the comparison of the lines of a source with an entry, nil if they were compared with another one, by their names.
func (s *seen) comparedWith(e *Entry) *comparison {
	if s.compared == nil || !sameChain(s.compared.chain, e.Chain) {
		return nil
	}
	return s.compared
}

// length is the number of unpacked bytes.
func (e *Entry) length() int64 {
	if e.Unpacked != nil {
		return e.Unpacked.Size
	}
	return e.Size
}

func sameChain(a, b []Checkpoint) bool {
	return len(a) == len(b) && (len(a) == 0 || a[len(a)-1] == b[len(b)-1])
}

// agreeing returns the last checkpoint up to which two chains agree, the zero value for none.
func (e *Entry) agreeing(now *Entry) (at Checkpoint) {
	for n := 0; n < min(len(e.Chain), len(now.Chain)) && e.Chain[n] == now.Chain[n]; n++ {
		at = e.Chain[n]
	}
	return at
}

// firstDifference says up to where two chains agree.
func (e *Entry) firstDifference(now *Entry) string {
	at := e.agreeing(now)
	if at.Line == 0 {
		return "it differs before its first checkpoint"
	}
	return "the first " + agree(at.Line) + "; the lines after them differ"
}

// Sum counts the results: "3 of 5 sealed sources agree, 1 grew, 1 differs".
func Sum(results []Result) string {
	var count [Unreadable + 1]int64
	for _, r := range results {
		count[r.Verdict]++
	}
	sealed := count[Agrees] + count[Grew] + count[Differs] + count[Missing]
	verb := "agree"
	if count[Agrees] == 1 || sealed == 1 {
		verb += "s"
	}
	parts := []string{fmt.Sprintf("%s of %s %s", amount.Count(count[Agrees]), amount.Of(sealed, "sealed source", "sealed sources"), verb)}
	if sealed == 0 && count[Unreadable] == 0 {
		parts[0] = "no source is sealed there"
	}
	for _, p := range []struct {
		v         Verdict
		one, many string
	}{{Grew, "grew", "grew"}, {Differs, "differs", "differ"}, {Missing, "is missing", "are missing"}, {Unreadable, "could not be read", "could not be read"},
		{Additional, "is additional", "are additional"}} {
		if n := count[p.v]; n > 0 {
			parts = append(parts, amount.Of(n, p.one, p.many))
		}
	}
	return strings.Join(parts, ", ")
}
