package tail

// mostLoads is how many files are open to be loaded as a whole. Two load at a time; the others wait for their turns.
const mostLoads = 64

// queueLoad makes a file one that is loaded as a whole when its turn comes, and closes it until then: there may be more such files than
// descriptors.
func (s *shared) queueLoad(t *tail) {
	t.once.turn, t.once.asked = true, s.readings
	s.queue = append(s.queue, t)
	if !t.owner.pinned {
		t.release()
	}
}

// startLoads starts to load queued files, as far as others have ended.
func (s *set) startLoads() error {
	for len(s.queue) > 0 && int(s.loads.begun.Load()) < min(mostLoads, s.maxOpen) {
		t := s.queue[0]
		// What is packed was in another file before, so read the others to their ends before comparing.
		if t.once.form == "" && t.once.asked == s.readings {
			if err := s.readAll(); err != nil {
				return err
			}
		}
		s.queue = s.queue[1:]
		if !s.startLoad(t) {
			break
		}
	}
	return nil
}

// startLoad starts to load the first file of the queue. It reports whether another one may be started at once.
func (s *set) startLoad(t *tail) bool {
	if t.gen.ended || !t.once.turn || t.once.begun() {
		return true
	}
	t.once.turn = false // unless it is loaded, the next look at its path queues it again
	f := t.owner
	ok, err := f.reopen(t)
	if err != nil {
		t.trouble = "waiting: " + cause(err)
		return false
	}
	t.trouble = ""
	if !ok {
		return true
	}
	info, err := t.file.Stat()
	if was := t.once.seen; err != nil || info.Size() != was.Size() || !info.ModTime().Equal(was.ModTime()) {
		t.release()
		return true
	}
	f.beginLoad(t, info.Size())
	return true
}

// samples returns a sample of each generation of which something was read.
func samples(of []*generation) (all []sample) {
	for _, g := range of {
		if g.end() > 0 {
			all = append(all, sample{path: g.path, raw: g.raw, end: g.end(), line: 1})
		}
	}
	return all
}
