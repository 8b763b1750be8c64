package tail

import (
	"path/filepath"
	"time"

	"pawprint/loader"
	"pawprint/loader/glob"
	"pawprint/model"
)

// scan lists the files again and notes which came and went.
func (s *set) scan() {
	began := time.Now()
	s.watch.begin()
	events := map[string]string{}
	for _, f := range s.order {
		f.listed = f.pinned
		if path := f.pinnedPath(); path != "" {
			events[path] = f.path
			s.watch.add(filepath.Dir(path))
		}
	}
	found := s.lister.list()
	listed := time.Now() // what follows is done once for each new file
	for _, l := range found {
		events[l.path] = l.path
		if l.link {
			if target, err := filepath.EvalSymlinks(l.path); err == nil {
				events[target] = l.path
				s.watch.add(filepath.Dir(target))
			}
		}
		f := s.byPath[l.path]
		if f == nil {
			f = s.add(l, began)
		}
		f.listed = true
		f.reachedAs(l.again...)
	}
	s.watch.prune()
	s.watch.follow(events)
	now := time.Now()
	if s.conf.rescan > 0 {
		s.scanAgain, s.nextScan = now, now.Add(s.conf.rescan)
		return
	}
	again, next := scanPauses(listed.Sub(began))
	s.scanAgain, s.nextScan = now.Add(again), now.Add(next)
}

// scanPauses returns how soon to list the files again after a notification, and without one, if listing them took that long: a
// large folder is not listed all the time, but what is new in it is not noticed late either.
func scanPauses(took time.Duration) (again, next time.Duration) {
	again = min(20*took, max(time.Second, 4*took))
	next = max(defaultRescan, min(200*took, max(10*time.Second, 20*took)))
	return again, next
}

// add starts to follow a path that a scan found.
func (s *set) add(l listed, began time.Time) *entry {
	f := &entry{follower: &follower{shared: s.shared, path: l.path, named: l.arg, sources: s.sources[l.path],
		rank: model.Rank{Argument: l.at, Key: glob.SortKey(l.path)}}}
	f.beside.path, f.beside.folders, f.beside.follows = l.path, s.lister, s.follows
	f.beside.known = f.beside.others(s.lister.since(f.beside.folder(), began))
	s.byPath[l.path], s.order = f, append(s.order, f)
	return f
}

// forgetGone reports whether there is nothing left to follow at a path, and forgets the path if so.
func (s *set) forgetGone(f *entry) bool {
	if f.listed || f.piped != nil || f.cur != nil || len(f.rotated)+len(f.foundRotated) > 0 {
		return false
	}
	if f.waiting != nil {
		f.waiting.now.phase, f.waiting.now.unread, f.waiting.event = model.Following, 0, "it is a folder"
	}
	f.close()
	s.sources[f.path] = f.sources
	delete(s.byPath, f.path)
	return true
}

// announceEmpty announces a source for each argument without files, and updates it when there are some.
func (s *set) announceEmpty() {
	missing, ever := map[string]string{}, map[string]bool{}
	for i := range s.lister.roots {
		r := &s.lister.roots[i]
		if note, known := missing[r.arg]; !known || note != "" {
			missing[r.arg] = r.missing()
		}
		ever[r.arg] = ever[r.arg] || r.ever
	}
	for _, r := range s.lister.roots {
		arg, note := r.arg, missing[r.arg]
		g := s.empty[arg]
		if g == nil && (note == "" || ever[arg]) {
			continue
		}
		if g == nil {
			g = newGeneration(loader.Announce(s.sink, model.NewText(arg)), 0, 1, nil, loader.Limits{})
			s.empty[arg] = g
		}
		g.now = report{phase: model.Following}
		if note != "" {
			g.now.phase = model.Waiting
		}
		g.now.note, g.now.lacking = note, s.lacking()
		g.reportState()
	}
}

// tellLeftOut reports what the last listing left out, on the source that was announced first.
func (s *set) tellLeftOut() {
	out := s.lister.countLeftOut(func(path string) bool { return s.byPath[path] != nil })
	text := out.Text()
	if text == s.leftOut {
		return
	}
	if s.leftOutAt == nil {
		s.leftOutAt = s.firstAnnounced()
	}
	if s.leftOutAt != nil {
		s.leftOutAt.LeftOut(out)
		s.leftOut = text
	}
}

// firstAnnounced returns the source that was announced first, or nil if there is none yet.
func (s *set) firstAnnounced() *loader.Announced {
	for _, f := range s.order {
		if f.sources > 0 {
			to := f.last
			return &to
		}
	}
	for i := range s.lister.roots {
		if g := s.empty[s.lister.roots[i].arg]; g != nil {
			return &g.to
		}
	}
	return nil
}
