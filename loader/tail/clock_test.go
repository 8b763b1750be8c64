package tail

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pawprint/model"
)

// eachClock runs a scenario under a clock of its own, which stands decades before the times of all files, with a poll alone.
// run gets a rig that follows, and may let hours pass.
func eachClock(t *testing.T, run func(r *rig)) {
	for name, set := range map[string]bool{"a file": false, "a set": true} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				r := &rig{T: t, path: folder + "/audit.jsonl", log: model.NewLog(), set: &Set{Paths: []string{folder + "/audit.jsonl"}, watcher: noWatch}}
				if set {
					r.set.Paths[0] = folder
				}
				r.write(r.lines(20))
				r.start()
				r.passes(time.Minute)
				r.compare()
				run(r)
				r.stop()
				r.must(<-r.ended)
			})
		})
	}
}

// passes lets time pass.
func (r *rig) passes(d time.Duration) {
	time.Sleep(d) // it is not real
	synctest.Wait()
}

func TestLoadWaitsAnHourForTheEndOfALine(t *testing.T) {
	eachClock(t, func(r *rig) {
		goroutines := runtime.NumGoroutine()
		l := r.line()
		r.write(l[:50])
		r.passes(time.Hour)
		if s := r.log.Snapshot(); s.Rows() != len(r.wanted)-1 {
			r.Errorf("%d rows while a line waits for its end, want %d", s.Rows(), len(r.wanted)-1)
		}
		if s := r.log.Snapshot(); !strings.Contains(s.Sources()[0].Note.Raw(), "no end yet (50 bytes)") {
			r.Errorf("the note is %v, want it to tell of the line", s.Sources()[0].Note)
		}
		r.write(l[50:])
		r.passes(5 * time.Second)
		r.compare()
		if n := runtime.NumGoroutine(); n > goroutines {
			r.Errorf("%d goroutines after an hour, %d before", n, goroutines)
		}
	})
}

// TestLoadTrustsNoClock changes the times of the file and of its folder to anything.
func TestLoadTrustsNoClock(t *testing.T) {
	t.Parallel()
	eachClock(t, func(r *rig) {
		for _, at := range []time.Time{time.Unix(0, 0), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)} {
			r.write(r.line())
			r.must(os.Chtimes(r.path, at, at))
			r.must(os.Chtimes(r.at(""), at, at))
			r.passes(time.Minute)
			r.compare()
			if r.set.Paths[0] != r.path {
				name := at.Format("2006") + ".jsonl"
				r.put(name, 2)
				r.must(os.Chtimes(r.at(name), at, at))
				r.must(os.Chtimes(r.at(""), at, at))
				r.passes(2 * time.Minute)
				r.compare()
			}
		}
	})
}

// TestLoadSeesAChangeThatIsHidden rewrites an idle file with as many bytes, and sets its time back.
func TestLoadSeesAChangeThatIsHidden(t *testing.T) {
	t.Parallel()
	eachClock(t, func(r *rig) {
		info, err := os.Stat(r.path)
		r.must(err)
		fresh := strings.ReplaceAll(r.read(), `"LIST_`, `"DROP_`)
		for _, l := range strings.Split(strings.TrimSuffix(fresh, "\n"), "\n") {
			r.expect(l)
		}
		r.must(os.WriteFile(r.path, []byte(fresh), 0o600))
		r.must(os.Chtimes(r.path, info.ModTime(), info.ModTime()))
		r.passes(3 * time.Minute)
		r.compare()
	})
}

// TestLoadReadsOnAfterALongRest lets a file be idle for hours.
func TestLoadReadsOnAfterALongRest(t *testing.T) {
	t.Parallel()
	eachClock(t, func(r *rig) {
		for range 3 {
			r.passes(time.Hour)
			r.write(r.lines(3))
			r.passes(5 * time.Second)
			r.compare()
		}
	})
}
