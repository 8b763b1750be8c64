package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"pawprint/cmd/internal/disk"
	"pawprint/model/query"
)

// sets reads the files of values that queries name, each once in a run, so that all answers rest on the same reading. Its methods may be
// called from any goroutine; the zero value is ready.
type sets struct {
	mu   sync.Mutex
	read map[string]*query.Set
}

// maxSetBytes is the size of the largest file of values that is read.
const maxSetBytes = 64 << 20

// get returns the values in a file. A file that could not be read is tried again the next time.
func (s *sets) get(path string) (*query.Set, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if set := s.read[path]; set != nil {
		return set, nil
	}
	content, err := readValues(disk.InHome(path))
	if err != nil {
		return nil, fmt.Errorf("reading @%s: %w; put a text that begins with @ in quotes", path, withoutPath(err))
	}
	set, err := query.ParseSet(path, content)
	if err != nil {
		return nil, err
	}
	set.Read = time.Now()
	if s.read == nil {
		s.read = map[string]*query.Set{}
	}
	s.read[path] = set
	return set, nil
}

// withoutPath returns the cause of an error that names the file.
func withoutPath(err error) error {
	var in *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errMissing
	case errors.As(err, &in):
		return in.Err
	}
	return err
}

var errMissing = errors.New("no such file")

var errNoFile = errors.New("it is not a file: name one with a value on each line")

// readValues returns the content of a file of values. It opens no device and no pipe, which could keep it waiting, but those that the
// shell made for this program, as in @<(command).
func readValues(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && (info.Mode()&os.ModeNamedPipe == 0 || !strings.HasPrefix(path, "/dev/fd/")) {
		return nil, errNoFile
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxSetBytes+1))
	if err == nil && len(content) > maxSetBytes {
		return nil, errors.New("the file is larger than 64 MiB: split it")
	}
	return content, err
}

// readSets reads the files that a query names, so that a missing one is an error before anything is loaded.
func (s *settings) readSets(e query.Expr) error {
	for _, path := range query.Files(e) {
		if _, err := s.sets.get(path); err != nil {
			return err
		}
	}
	return nil
}
