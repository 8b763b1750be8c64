package tail

import (
	"os"
	"path/filepath"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
)

// scan finds the files that came and went.
func (s *set) scan() {
	began := time.Now()
	s.watch.begin()
	for _, f := range s.order {
		f.listed = false
	}
	events := map[string]string{}
	for _, l := range s.lister.list() {
		events[l.path] = l.path
		if l.link {
			if target, err := filepath.EvalSymlinks(l.path); err == nil {
				events[target] = l.path
				s.watch.add(filepath.Dir(target))
			}
		}
		f := s.spots[l.path]
		if f == nil {
			f = s.add(l)
		}
		f.listed = true
	}
	s.watch.prune()
	s.watch.follow(events)
	took := time.Since(began)
	rescan := s.conf.rescan
	if rescan <= 0 {
		rescan = defaultRescan
	}
	s.scanAgain, s.nextScan = time.Now().Add(20*took), time.Now().Add(max(rescan, 200*took))
}

// add begins to follow a path.
func (s *set) add(l listed) *follower {
	c := s.conf
	f := &follower{ctx: s.ctx, sink: s.sink, set: s, loads: s.loads, watch: s.watch, buf: s.buf, arg: l.arg, sources: s.sources[l.path],
		file: &File{Path: l.path, Limits: c.Limits, Workers: c.Workers, Poll: c.Poll, open: c.open, grace: c.grace, idle: c.idle, settle: c.settle}}
	f.found.path, f.found.list, f.found.follows = l.path, listFolder, s.follows
	if s.starting {
		// All files of a folder are found at once: it need not be listed for each.
		f.found.list = func(folder string) []os.DirEntry {
			if known := s.lister.folders[folder]; known != nil {
				return known.entries
			}
			return listFolder(folder)
		}
	}
	f.found.known = f.found.all()
	f.found.list = listFolder
	if l.arg && f.sources == 0 && !isPipe(l.path) {
		f.waiting = f.generation(0, 1, nil)
	}
	s.spots[l.path], s.order = f, append(s.order, f)
	return f
}

// leave reports whether there is nothing to be followed at a path any more, and forgets it if so.
func (s *set) leave(f *follower) bool {
	if f.listed || f.cur != nil || len(f.retired)+len(f.adopted) > 0 {
		return false
	}
	if f.waiting != nil {
		f.waiting.now.phase, f.waiting.now.unread, f.waiting.event = model.Following, 0, "it is a folder"
	}
	f.close()
	s.sources[f.file.Path] = f.sources
	delete(s.spots, f.file.Path)
	return true
}

// announceEmpty makes a source of each argument for which there is no file yet, and says when there are some.
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
		g.now = told{phase: model.Following}
		if note != "" {
			g.now.phase = model.Waiting
		}
		g.now.note = notes(note, s.watch.note())
		g.tell()
	}
}

// pipe gives a path with a pipe or a device to a goroutine of its own, as reading it waits.
func (s *set) pipe(f *follower) {
	if !f.arg || f.over {
		return
	}
	f.over = true
	f.retire()
	if f.cur = nil; f.waiting != nil {
		f.waiting.now.phase, f.waiting.now.unread, f.waiting.event = model.Following, 0, "it is a pipe"
		f.waiting.finish(false)
		f.waiting = nil
	}
	c := s.conf
	one := &File{Path: f.file.Path, Limits: c.Limits, Poll: c.Poll, open: c.open, watcher: c.watcher, grace: c.grace, idle: c.idle}
	s.loads.running.Add(1)
	fault.Go(func() {
		defer s.loads.running.Done()
		err := fault.Safely(func() error { return one.Load(s.ctx, s.sink) })
		fault.Tell(s.ctx, err)
		if err != nil && s.ctx.Err() == nil {
			s.loads.fail(err)
		}
	}, func(e *fault.Error) { fault.Tell(s.ctx, e) })
}
