package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// frameInterval is the shortest time between two frames: faster keys share a frame.
const frameInterval = 16 * time.Millisecond

// screen is the last frame, and the state that decides when to build the next one.
type screen struct {
	flusher
	interval     time.Duration
	frame        *paint.Frame
	view         tea.View
	stale        bool // the state is newer than the view
	ticking      bool // a frameDue message is scheduled
	reading      bool // what the next frame would show is being read
	built        time.Time
	empty        bool      // the last frame had no rows
	waitingSince time.Time // when a frame began to wait for rows that are being read
}

func newScreen() screen {
	return screen{interval: frameInterval, frame: paint.NewFrame(termsafe.Widther{}, 0, 0), stale: true}
}

// frameDue says that the next frame may be built.
type frameDue struct{}

// changed says that the state is newer than the last frame. It schedules a frameDue message if the next one must wait.
func (s *screen) changed() tea.Cmd {
	s.stale = true
	return s.schedule()
}

// schedule schedules a frameDue message if the next frame must wait.
func (s *screen) schedule() tea.Cmd {
	if !s.stale || s.ticking {
		return nil
	}
	wait := s.wait()
	if wait <= 0 {
		return nil
	}
	s.ticking = true
	return tea.Tick(wait, func(time.Time) tea.Msg { return frameDue{} })
}

// hold delays the next frame, by at most one frame interval, for data that is about to be read for it: that mostly arrives in
// time, so that one key draws one frame. If a frame is being held already, hold does not prolong that.
func (s *screen) hold() {
	if !s.waitingSince.After(s.built) {
		s.waitingSince = time.Now()
	}
}

// filled says that there are rows to draw. If the last frame had none, the next one need not keep its distance.
func (s *screen) filled() {
	if s.empty {
		s.empty, s.built, s.waitingSince = false, s.built.Add(-s.interval), time.Time{}
	}
}

// wait returns how long the next frame must wait; it is due if the result is not positive.
func (s *screen) wait() time.Duration {
	wait := s.interval - time.Since(s.built)
	if s.reading {
		return max(wait, s.interval-time.Since(s.waitingSince))
	}
	return wait
}

// begin reports whether the next frame is due. If so, it counts as built from then on.
func (s *screen) begin() bool {
	if !s.stale || s.wait() > 0 {
		return false
	}
	s.stale, s.built = false, time.Now()
	return true
}
