package tui

import (
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The flusher sets a clock that the library does not export: with another version of the library, look whether it still does.
func TestTheClockOfTheLibraryIsFound(t *testing.T) {
	f := newFlusher(tea.NewProgram(nil))
	if f.clock == nil {
		t.Fatal("Bubble Tea keeps its clock otherwise than before, so that frames are written up to 16 ms later")
	}
	f.soon() // nothing happens before the program runs
	if f.clock() != nil || f.calm != nil {
		t.Error("there is a clock before the program runs")
	}
}

func TestAFrameIsWrittenSoonAndThenTheClockIsCalmAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := time.NewTicker(calmPace)
		defer clock.Stop()
		f := flusher{clock: func() *time.Ticker { return clock }}
		next := func() time.Duration {
			began := time.Now()
			<-clock.C
			return time.Since(began)
		}
		for range 2 { // also for the second frame
			f.soon()
			if took := next(); took != flushPace {
				t.Errorf("the frame is written after %v, want %v", took, flushPace)
			}
			for range 5 {
				next()
			}
			if took := next(); took != calmPace {
				t.Errorf("without a new frame the clock ticks after %v, want %v", took, calmPace)
			}
		}
	})
}
