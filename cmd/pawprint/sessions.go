package main

import (
	"sync"

	"github.com/spf13/pflag"

	"pawprint/cmd/internal/state"
	"pawprint/tui"
)

// sessions says in which sources the session of this run is. The interface may choose them after it has begun. The zero value has none.
type sessions struct {
	mu      sync.Mutex
	sources []string
}

// open notes the sources of this run. If one of them would mean another source in the next run, the session is not kept.
func (s *sessions) open(args []string) {
	var sources []string
	for _, arg := range args {
		source, ok := memorable(arg)
		if !ok {
			return
		}
		sources = append(sources, source)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sources = sources
}

func (s *sessions) opened() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sources
}

func (s *settings) addSession(f *pflag.FlagSet) {
	f.BoolVar(&s.resume, "resume", false, "continue where you left these sources, with filter, columns, order and row; other flags win")
	f.BoolVar(&s.fresh, "fresh", false, "do not offer to continue where you left these sources")
}

// keptSessions returns what keeps the sessions of the user, nil with --no-state and with session = false in the configuration.
func (s *settings) keptSessions() tui.Sessions {
	if s.noState || !s.config.Session {
		return nil
	}
	return state.UserSessions(s.session.opened)
}
