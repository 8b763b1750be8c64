//go:build !windows

package tail

import (
	"os"
	"syscall"
	"testing"

	"pawprint/model"
)

func TestLoadFollowsAPipe(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		r.must(syscall.Mkfifo(r.path, 0o600))
		r.start()
		r.live()
		for range 3 { // one writer after the other
			w, err := os.OpenFile(r.path, os.O_WRONLY, 0)
			r.must(err)
			for range 3 {
				_, err = w.WriteString(r.line())
				r.must(err)
				r.caughtUp()
			}
			r.must(w.Close())
		}
		r.noted("no writer is connected")
		eachLine(r.T, r.log, func(s *model.SourceState, _ int64, _ string) {
			if !s.Place.Empty() {
				r.Errorf("a line of a pipe is to be read again at %v", s.Place)
			}
		})
		r.must(os.Remove(r.path))
		r.write(r.lines(2))
		r.caughtUp()
		r.end()
	})
}

func TestLoadReadsAFileThatBecomesAPipe(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		r.write(r.lines(2))
		r.start()
		r.caughtUp()
		r.must(os.Remove(r.path))
		r.must(syscall.Mkfifo(r.path, 0o600))
		r.write(r.lines(2)) // waits for the reader
		r.caughtUp()
		r.halt()
	})
}

func TestLoadOfAPipeEndsWithTheContext(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(syscall.Mkfifo(r.path, 0o600))
	r.start()
	w, err := os.OpenFile(r.path, os.O_WRONLY, 0)
	r.must(err)
	defer w.Close() // the reader sees no end
	_, err = w.WriteString(r.line() + `{"cut`)
	r.must(err)
	r.caughtUp()
	r.expect(`{"cut`)
	r.halt()
}

func TestLoadReadsADeviceWithoutLines(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.set.Paths[0] = os.DevNull
	r.start()
	r.noted("no writer is connected")
	r.stop()
	r.must(<-r.ended)
	if s := r.log.Snapshot(); s.Sources()[0].Phase != model.Complete || s.Sources()[0].Size != -1 {
		t.Errorf("the device ended %v with size %d", s.Sources()[0].Phase, s.Sources()[0].Size)
	}
}
