package state

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"pawprint/cmd/internal/disk"
	"pawprint/tui"
)

// The limits of what is kept. Together they stay below the size of the largest file that is read again.
const (
	MaxSessions     = 200
	maxSessionBytes = 4 << 10
	MaxFilters      = 1000
	maxFilterBytes  = 4 << 10
	maxFiltersBytes = disk.MaxFile / 4 // of all filters together; in JSON they may take twice as much
)

const sessionsVersion = 1

// sessionsFile is the content of the file of sessions, the latest first.
type sessionsFile struct {
	Version  int            `json:"version"`
	Sessions []sourceOfUser `json:"sessions"`
}

// sourceOfUser is the session in some sources.
type sourceOfUser struct {
	Sources []string    `json:"sources"` // absolute paths and URLs
	Session tui.Session `json:"session"`
}

// UnmarshalJSON implements json.Unmarshaler.
func (f *sessionsFile) UnmarshalJSON(text []byte) error {
	type plain sessionsFile
	return decode(text, sessionsVersion, (*plain)(f))
}

// filtersFile is the content of the file of earlier filters, the latest last.
type filtersFile struct {
	Version int      `json:"version"`
	Filters []string `json:"filters"`
}

// UnmarshalJSON implements json.Unmarshaler.
func (f *filtersFile) UnmarshalJSON(text []byte) error {
	type plain filtersFile
	return decode(text, sessionsVersion, (*plain)(f))
}

// Sessions keeps sessions and filters in the state folder. It implements tui.Sessions.
type Sessions struct {
	dir     string
	err     error // why there is no folder
	sources func() []string
}

// UserSessions returns the sessions of the user in sources, which is asked for when a session is read or stored: nil keeps none, but
// filters.
func UserSessions(sources func() []string) Sessions {
	dir, err := Path()
	return Sessions{dir, err, sources}
}

func (s Sessions) file(name string) disk.File { return disk.File{Path: filepath.Join(s.dir, name)} }

var errLongSession = errors.New("its filter is too long")

// Session implements tui.Sessions.
func (s Sessions) Session() (*tui.Session, error) {
	sources := s.sources()
	if s.err != nil || sources == nil {
		return nil, s.err
	}
	var f sessionsFile
	if err := s.file("sessions.json").Load(&f); err != nil {
		return nil, fmt.Errorf("loading the last session: %w", disk.Plain{Err: err})
	}
	for i := range f.Sessions {
		if slices.Equal(f.Sessions[i].Sources, sources) {
			return &f.Sessions[i].Session, nil
		}
	}
	return nil, nil
}

// Keep implements tui.Sessions.
func (s Sessions) Keep(ctx context.Context, session tui.Session) error {
	sources := s.sources()
	if sources == nil {
		return nil
	}
	one := sourceOfUser{sources, session}
	text, err := json.Marshal(one)
	if err == nil && len(text) > maxSessionBytes {
		err = errLongSession
	}
	if err = errors.Join(s.err, err); err == nil {
		var f sessionsFile
		err = s.file("sessions.json").Update(ctx, &f, func() bool {
			f.Version = sessionsVersion
			f.Sessions = slices.DeleteFunc(f.Sessions, func(o sourceOfUser) bool { return slices.Equal(o.Sources, sources) })
			f.Sessions = slices.Insert(f.Sessions, 0, one)
			f.Sessions = f.Sessions[:min(len(f.Sessions), MaxSessions)]
			return true
		})
	}
	if err != nil {
		return fmt.Errorf("your place was not saved: %w", disk.Plain{Err: err})
	}
	return nil
}

// Filters implements tui.Sessions.
func (s Sessions) Filters() ([]string, error) {
	if s.err != nil {
		return nil, s.err
	}
	var f filtersFile
	if err := s.file("filters.json").Load(&f); err != nil {
		return nil, fmt.Errorf("loading the earlier filters: %w", disk.Plain{Err: err})
	}
	return f.Filters, nil
}

// AddFilters implements tui.Sessions.
func (s Sessions) AddFilters(ctx context.Context, filters []string) error {
	err := s.err
	if err == nil {
		var f filtersFile
		err = s.file("filters.json").Update(ctx, &f, func() bool {
			f.Version = sessionsVersion
			for _, text := range filters {
				f.add(text)
			}
			return true
		})
	}
	if err != nil {
		return fmt.Errorf("the filter was not saved: %w", disk.Plain{Err: err})
	}
	return nil
}

// add makes a filter the latest one, and forgets the oldest ones beyond the limits.
func (f *filtersFile) add(text string) {
	if text = strings.TrimSpace(text); text == "" || len(text) > maxFilterBytes {
		return
	}
	f.Filters = append(slices.DeleteFunc(f.Filters, func(o string) bool { return o == text }), text)
	from, size := len(f.Filters), 0
	for from > 0 && len(f.Filters)-from < MaxFilters {
		if size += len(f.Filters[from-1]); size > maxFiltersBytes {
			break
		}
		from--
	}
	f.Filters = f.Filters[from:]
}
