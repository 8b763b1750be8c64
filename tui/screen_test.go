package tui

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestScreenKeepsTheDistanceOfFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScreen()
		if !s.begin() || s.begin() {
			t.Fatal("the first frame is not due, or it is due again although nothing changed")
		}
		cmd := s.changed()
		if s.begin() || cmd == nil {
			t.Fatalf("a frame is built at once after the last one, or the next one is not scheduled")
		}
		if again := s.changed(); again != nil {
			t.Error("the next frame is scheduled twice")
		}
		before := time.Now()
		if msg := cmd(); msg != (frameDue{}) || time.Since(before) != frameInterval {
			t.Errorf("after %v comes %v, want frameDue after %v", time.Since(before), msg, frameInterval)
		}
		if !s.begin() {
			t.Error("the frame is not due when its message has come")
		}
	})
}

func TestScreenWaitsOneIntervalForWhatIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScreen()
		s.begin()
		time.Sleep(time.Second)
		s.hold()
		s.reading = true
		s.changed()
		time.Sleep(frameInterval / 2)
		s.hold() // another read does not prolong the wait
		if s.begin() {
			t.Error("the frame does not wait for what is read for it")
		}
		time.Sleep(frameInterval / 2)
		if !s.begin() {
			t.Error("the frame waits for more than an interval")
		}
	})
}

func TestTheFirstRowsDoNotWaitForTheDistanceOfFrames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScreen()
		s.begin()
		s.stale, s.empty = true, true
		if s.begin() {
			t.Fatal("a frame is built at once after the last one")
		}
		if s.filled(); !s.begin() {
			t.Error("rows wait, although the last frame had none")
		}
		s.stale = true
		if s.filled(); s.begin() {
			t.Error("a second frame with rows does not wait")
		}
	})
}
