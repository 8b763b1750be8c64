package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"pawprint/cmd/internal/disk"
	"pawprint/cmd/internal/state"
	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/loader/glob"
	"pawprint/model/amount"
	"pawprint/model/fault"
	"pawprint/tui"
)

// starter finds and opens sources for the start screen of the interface. It implements tui.Starter.
type starter struct {
	settings *settings
	load     func([]loader.Source) // loads into the log of the interface, to the end
	loaded   <-chan struct{}       // closed when load has ended

	mu     sync.Mutex
	opened bool
}

// Recent implements tui.Starter.
func (s *starter) Recent() ([]string, error) {
	if s.settings.noState {
		return nil, nil
	}
	return state.Recent()
}

// maxListed is the greatest number of entries that List returns.
const maxListed = 2000

// List implements tui.Starter. It leaves out hidden entries and files that are not named like a log.
func (s *starter) List(folder string) (tui.Folder, error) {
	path, err := filepath.Abs(folder)
	if err != nil {
		return tui.Folder{}, fmt.Errorf("listing %s: %w", folder, err)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return tui.Folder{}, fmt.Errorf("listing %s: %w", path, err)
	}
	out := tui.Folder{Path: path}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if len(out.Entries) == maxListed {
			out.Cut = true
			break
		}
		info, err := os.Stat(filepath.Join(path, e.Name()))
		switch {
		case err != nil:
		case info.IsDir():
			out.Entries = append(out.Entries, tui.FolderEntry{Name: e.Name(), Folder: true})
		case info.Mode().IsRegular() && glob.IsLogName(e.Name()):
			out.Entries = append(out.Entries, tui.FolderEntry{Name: e.Name(), Size: amount.Bytes(info.Size())})
		}
	}
	slices.SortStableFunc(out.Entries, func(a, b tui.FolderEntry) int { return boolInt(b.Folder) - boolInt(a.Folder) })
	return out, nil
}

var errOpened = errors.New("a source is open already")

// Open implements tui.Starter.
func (s *starter) Open(source string) error {
	source = disk.InHome(source)
	if !isURL(source) {
		if err := readable(source); err != nil {
			return fmt.Errorf("opening the source: %w", err)
		}
	}
	sources, err := s.settings.sources([]string{source})
	if err != nil {
		return fmt.Errorf("opening %s: %w", source, err)
	}
	if err := s.begin(sources); err != nil {
		return err
	}
	s.settings.session.open([]string{source})
	s.settings.remember([]string{source})
	return nil
}

// Demo implements tui.Starter.
func (s *starter) Demo() error {
	return s.begin([]loader.Source{&demo.Source{Story: true, Now: time.Now}})
}

// begin starts to load sources. Later calls return errOpened, as an interface shows one log.
func (s *starter) begin(sources []loader.Source) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened {
		return errOpened
	}
	s.opened = true
	fault.Go(func() { s.load(sources) }, s.settings.end.faulted)
	return nil
}

// end waits a moment for the load, if one was started, and prevents further ones.
func (s *starter) end() {
	s.mu.Lock()
	opened := s.opened
	s.opened = true
	s.mu.Unlock()
	if opened {
		s.settings.waitForLoad(s.loaded)
	}
}

// readable returns an error if a file or folder cannot be opened. Patterns are left to the loader.
func readable(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return nil // not a pipe: opening it here would take its data from the loader
	}
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) && glob.Is(path) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}
