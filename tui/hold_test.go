package tui

import (
	"strings"
	"testing"
	"time"

	"pawprint/tui/kit/kittest"
)

// frameAfter presses a key on an interface with the given time between frames. It returns the frames before and after the answer to the
// read that the key started.
func frameAfter(t *testing.T, interval time.Duration, key string) (d *driver, before, after func() string) {
	t.Helper()
	d = newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 120, 40)
	d.press("enter up")
	d.frame()
	d.app.screen.interval, d.app.screen.built, d.app.screen.waitingSince = interval, time.Time{}, time.Time{}
	d.app.screen.ticking = true // no command is to wait for it
	_, cmd := d.app.Update(kittest.KeyMsg(key))
	return d, d.frame, func() string { d.run(cmd); return d.frame() }
}

// readsDetail reports whether the detail still reads what it is to show.
func (d *driver) readsDetail() bool {
	s := d.app.scene()
	return d.app.detail.Waits(&s)
}

func TestFrameWaitsForTheEventThatIsReadForIt(t *testing.T) {
	d, before, after := frameAfter(t, time.Hour, "down")
	if frame := before(); !strings.Contains(frame, "1,999/2,000") {
		t.Errorf("the event was drawn before it was read:\n%s", frame)
	}
	if frame := after(); !strings.Contains(frame, "2,000/2,000") || d.readsDetail() {
		t.Errorf("the event was not drawn when it was read:\n%s", frame)
	}
}

func TestFrameDoesNotWaitLongForWhatIsRead(t *testing.T) {
	_, before, _ := frameAfter(t, time.Millisecond, "down")
	for limit := time.Now().Add(30 * time.Second); !strings.Contains(before(), "2,000/2,000"); {
		if time.Now().After(limit) {
			t.Fatal("the frame waits for an event that is not read")
		}
	}
}
