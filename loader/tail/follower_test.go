package tail

import (
	"os"
	"testing"
	"time"

	"pawprint/model"
)

// TestFollowerSharesTheLastSource has more files at the path than there are sources for one.
func TestFollowerSharesTheLastSource(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	set := newSet(t.Context(), r.set, r.log)
	set.begin()
	f := set.order[0].follower
	f.sources = maxSources - 2
	for range 5 {
		r.must(os.WriteFile(r.path+".new", []byte(r.lines(2)), 0o600))
		r.must(os.Rename(r.path+".new", r.path))
		for more := true; more; {
			var err error
			more, err = set.check(f, true)
			r.must(err)
		}
	}
	r.must(set.close())
	r.compare()
	s := r.log.Snapshot()
	if n := len(s.Sources()); n != 3 {
		t.Errorf("there are %d sources, want 3", n)
	}
	if last := s.Sources()[2]; last.Books.Events != 6 || last.Phase != model.Complete || last.Behind() != 0 {
		t.Errorf("the last source is %+v, want it complete with 6 events", last)
	}
}

// TestAFileThatWasReadForAnotherHasNothingBehind reads a file because another one may be a copy of it, and ends before its own turn.
func TestAFileThatWasReadForAnotherHasNothingBehind(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.lines(3))
	set := newSet(t.Context(), r.set, r.log)
	set.begin()
	f := set.order[0].follower
	r.must(f.readOn(f.cur))
	r.must(set.close())
	r.audit()
}

// TestAFileThatGrewAtOnceHasNothingBehind ends right after the rest of a file was read on several goroutines.
func TestAFileThatGrewAtOnceHasNothingBehind(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.lines(3))
	set := newSet(t.Context(), r.set, r.log)
	set.begin()
	f := set.order[0].follower
	_, err := set.check(f, true)
	r.must(err)
	r.write(r.lines(bulkBytes / 50))
	more, err := f.readNext(t.Context(), f.cur)
	r.must(err)
	r.must(f.cur.bulk(t.Context()))
	if all := r.log.Snapshot(); !more || all.Rows() < len(r.wanted) {
		t.Fatalf("%d of %d rows were read; more to read: %v", all.Rows(), len(r.wanted), more)
	}
	r.must(set.close())
	r.audit()
}

func TestFollowerPollsIdleFilesSlowly(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.line())
	set := newSet(t.Context(), r.set, r.log)
	set.begin()
	f := set.order[0].follower
	defer func() { r.must(set.close()) }()
	for range 2 {
		_, err := set.check(f, true)
		r.must(err)
	}
	for _, c := range []struct{ poll, quiet, want time.Duration }{
		{0, 0, defaultPoll}, {0, time.Minute, time.Second}, {100 * time.Millisecond, time.Minute, 400 * time.Millisecond},
		{5 * time.Second, time.Minute, 5 * time.Second},
	} {
		r.set.Poll, f.cur.changed = c.poll, time.Now().Add(-c.quiet)
		if got := f.interval(); got != c.want {
			t.Errorf("with Poll %v a file that is quiet for %v is polled each %v, want %v", c.poll, c.quiet, got, c.want)
		}
	}
}
