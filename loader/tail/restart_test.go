package tail

import (
	"os"
	"strings"
	"testing"
	"time"

	"pawprint/model"
)

func TestASourceSaysWhyItBeginsWhereAnotherOfItsFileEnded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(r *rig)
		why    model.RestartReason
		resume bool
	}{
		"nothing":          {func(r *rig) { r.write(r.line()) }, model.NoRestart, false},
		"emptied":          {func(r *rig) { r.must(os.Truncate(r.path, 0)); r.noted("truncated"); r.write(r.line()) }, model.Truncated, false},
		"cut back to half": {func(r *rig) { r.must(os.Truncate(r.path, r.half())); r.noted("truncated"); r.write(r.line()) }, model.Truncated, true},
		"another file":     {func(r *rig) { r.rotate(".1"); r.write(r.line()) }, model.Rotated, false},
		"the same size": {func(r *rig) {
			fresh := strings.ReplaceAll(r.read(), `"LIST_`, `"DROP_`)
			r.must(os.WriteFile(r.path, []byte(fresh), 0o600))
			for line := range strings.Lines(fresh) {
				r.expect(strings.TrimSuffix(line, "\n"))
			}
		}, model.Rewritten, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			for range 40 {
				r.write(r.line())
			}
			before := time.Now()
			r.start()
			r.caughtUp()
			c.change(r)
			r.caughtUp()
			snap := r.log.Snapshot()
			sources := snap.Sources()
			last := sources[len(sources)-1].Restart
			if last.Why != c.why || (last.From > 0) != c.resume {
				t.Errorf("the last source has %+v, want the reason %d, resumed %v", last, c.why, c.resume)
			}
			if first := sources[0].Restart; first != (model.Restart{}) {
				t.Errorf("the first source has %+v, want none", first)
			}
			if c.why != model.NoRestart && (last.At.Before(before) || last.At.After(time.Now())) {
				t.Errorf("it was noticed at %v, want a moment of the test, from %v on", last.At, before)
			}
			r.end()
		})
	}
}
