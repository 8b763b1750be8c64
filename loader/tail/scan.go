package tail

import (
	"os"
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
	for _, l := range s.lister.list() {
		events[l.path] = l.path
		if l.link {
			if target, err := filepath.EvalSymlinks(l.path); err == nil {
				events[target] = l.path
				s.watch.add(filepath.Dir(target))
			}
		}
		f := s.byPath[l.path]
		if f == nil {
			f = s.add(l)
		}
		f.listed = true
	}
	s.watch.prune()
	s.watch.follow(events)
	now := time.Now()
	if took := now.Sub(began); s.conf.rescan > 0 {
		s.scanAgain, s.nextScan = now, now.Add(s.conf.rescan)
	} else {
		s.scanAgain, s.nextScan = now.Add(20*took), now.Add(max(defaultRescan, 200*took))
	}
}

// add starts to follow a path.
func (s *set) add(l listed) *entry {
	f := &entry{follower: &follower{shared: s.shared, peers: s, path: l.path, named: l.arg, sources: s.sources[l.path],
		rank: model.Rank{Argument: l.at, Key: glob.SortKey(l.path)}}}
	f.beside.path, f.beside.list, f.beside.follows = l.path, listFolder, s.follows
	if s.starting {
		// All files of a folder are found at once, so list it once for all of them.
		f.beside.list = func(folder string) []os.DirEntry {
			if known := s.lister.folders[folder]; known != nil {
				return known.entries
			}
			return listFolder(folder)
		}
	}
	f.beside.known = f.beside.all()
	f.beside.list = listFolder
	if l.arg && f.sources == 0 {
		f.waiting = f.generation(0, 1, nil)
	}
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
		g.now.note = notes(note, s.watch.note())
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
