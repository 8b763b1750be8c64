package tui

import (
	"reflect"
	"time"

	tea "charm.land/bubbletea/v2"
)

// flusher makes Bubble Tea write a frame as soon as it was built. By itself the library writes the last frame when a clock of its own
// ticks, 60 times a second, so that a key would wait for 8 ms on average and the first frame for 16. Nothing that it exports advances that
// clock or writes a frame otherwise (WithFPS takes 120 at most), so the flusher sets the pace of the clock, which the library keeps in a
// field. A version without that field keeps its own pace.
//
// Only the goroutine of Update may use it.
type flusher struct {
	clock func() *time.Ticker // nil, and returns nil, while there is none
	calm  *time.Timer         // sets the clock back
}

// The clock ticks at flushPace for flushTime after a frame was built. It needs more than one tick because the library takes the frame over
// a moment after it was built. After that it keeps the pace of the library, which also writes what is not a frame.
const (
	flushPace = time.Millisecond
	flushTime = 4 * flushPace
	calmPace  = time.Second / 60
)

// newFlusher returns the flusher of a program.
func newFlusher(p *tea.Program) flusher {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return flusher{}
	}
	return flusher{clock: func() *time.Ticker { return (*time.Ticker)(field.UnsafePointer()) }}
}

// soon has the frame written that is being built.
func (f *flusher) soon() {
	if f.clock == nil {
		return
	}
	clock := f.clock()
	if clock == nil {
		return // the program does not run yet
	}
	clock.Reset(flushPace)
	if f.calm == nil {
		f.calm = time.AfterFunc(flushTime, func() { clock.Reset(calmPace) })
		return
	}
	f.calm.Reset(flushTime)
}
