package tail

import (
	"os"
	"slices"
)

// files is the files that are followed, whatever path they were found at. They are found by their identity without looking at each.
// It is for one goroutine.
type files struct {
	all    map[*tail]bool
	at     map[any][]*tail // by identity, oldest first
	opened []*tail         // those that were opened; some may be closed again
}

func newFiles() *files { return &files{all: map[*tail]bool{}, at: map[any][]*tail{}} }

// add takes a file that was just opened.
func (s *files) add(t *tail) {
	s.all[t] = true
	t.place = identity(t.info)
	s.at[t.place] = append(s.at[t.place], t)
	s.opened = append(s.opened, t)
}

// remove forgets a file.
func (s *files) remove(t *tail) {
	s.lose(t)
	delete(s.all, t)
}

// lose makes a file one that is not found by its identity any more: another file has it now.
func (s *files) lose(t *tail) {
	if t.info == nil {
		return
	}
	left := slices.DeleteFunc(s.at[t.place], func(o *tail) bool { return o == t })
	if s.at[t.place] = left; len(left) == 0 {
		delete(s.at, t.place)
	}
	t.info = nil
}

// reopened notes that a file is open again.
func (s *files) reopened(t *tail, file *os.File) {
	t.file = file
	s.opened = append(s.opened, t)
}

// open returns the files that are open.
func (s *files) open() []*tail {
	s.opened = slices.DeleteFunc(s.opened, func(t *tail) bool { return t.file == nil })
	return s.opened
}

// of returns the tail of a file, or nil if it is not followed. A file that is at its path comes before one that was rotated.
func (s *files) of(info os.FileInfo) (found *tail) {
	for _, t := range s.at[identity(info)] {
		if !os.SameFile(t.info, info) {
			continue
		}
		if t.current {
			return t
		}
		if found == nil {
			found = t
		}
	}
	return found
}
