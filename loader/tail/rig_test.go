package tail

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"pawprint/loader"
	"pawprint/loader/sourcetest"
	"pawprint/model"
)

// ample is a grace that no test uses up.
const ample = time.Minute

// TestMain looks whether any test left a goroutine behind. The tests wait for most of their time, so many run at once.
func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", "8"); err != nil { // what the command line says comes first
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// rig follows a path of a test's own folder into a log.
type rig struct {
	*testing.T
	path   string
	log    *model.Log
	set    *Set
	source loader.Source // instead of set
	stop   context.CancelFunc
	ended  chan error
	wanted []string
	count  int
	busy   bool // files may just have been found when following ends
}

// newRig prepares to follow a file that is not there yet.
func newRig(t *testing.T) *rig {
	t.Helper()
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	return &rig{T: t, path: path, log: model.NewLog(), set: &Set{
		Paths: []string{path}, grace: 500 * time.Millisecond, idle: 20 * time.Millisecond, settle: 50 * time.Millisecond, rescan: 20 * time.Millisecond}}
}

// start begins to follow.
func (r *rig) start() {
	ctx, cancel := context.WithCancel(context.Background())
	r.stop, r.ended = cancel, make(chan error, 1)
	r.Cleanup(cancel)
	source := loader.Source(r.set)
	if r.source != nil {
		source = r.source
	}
	go func() { r.ended <- source.Load(ctx, consistent{r.log, r.T}) }()
}

// consistent passes everything on to a log. It is an error if rows come from a source that the log reports as not read, as a copy or
// a possible one: a user would see both at once.
type consistent struct {
	*model.Log
	t *testing.T
}

func (c consistent) Append(b *model.Batch) {
	was := c.Snapshot()
	s := was.Sources()[b.Source]
	unread := s.Copy || strings.Contains(s.Note.Raw(), "compared before it is read")
	if unread && b.Rows() > 0 {
		c.t.Errorf("%d rows come from %s, which is reported as not read: %s", b.Rows(), s.Name.Raw(), s.Note.Raw())
	}
	c.Log.Append(b)
}

// follow makes the present path the one that is followed.
func (r *rig) follow() { r.set.Paths = []string{r.path} }

// line invents the next event, with its line's end, and expects it to be read.
func (r *rig) line() string {
	r.count++
	l := fmt.Sprintf(`{"actionName":"LIST_RULES","actionResult":"SUCCEEDED","timestamp":"2026-11-22T10:00:00Z","actionParams":{"n":%d}}`, r.count)
	r.wanted = append(r.wanted, l)
	return l + "\n"
}

// lines invents n events.
func (r *rig) lines(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(r.line())
	}
	return b.String()
}

// expect adds a row that will be read.
func (r *rig) expect(row string) { r.wanted = append(r.wanted, row) }

// write appends to the file at the path, or makes it.
func (r *rig) write(s string) {
	r.Helper()
	r.must(appendFile(r.path, s))
}

func appendFile(path, s string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(s)
	return errors.Join(err, f.Close())
}

// writer keeps the file at the path open for appending.
func (r *rig) writer() *os.File {
	r.Helper()
	f, err := os.OpenFile(r.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	r.must(err)
	r.Cleanup(func() { f.Close() })
	return f
}

func (r *rig) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// until waits for a state of the log.
func (r *rig) until(what string, ok func(s model.Snapshot) bool) {
	r.Helper()
	ctx, cancel := sourcetest.WhileChanging(r, r.log)
	defer cancel()
	for {
		s := r.log.Snapshot()
		if ok(s) {
			return
		}
		if r.log.Wait(ctx, s.Revision()) != nil {
			r.Fatalf("still not %s: %d of %d rows\n%s", what, s.Rows(), len(r.wanted), describe(s))
		}
	}
}

// caughtUp waits until all expected rows were read, and no other.
func (r *rig) caughtUp() {
	r.Helper()
	r.until("caught up", func(s model.Snapshot) bool { return s.Rows() >= len(r.wanted) })
	r.compare()
}

// noted waits until a source tells of something.
func (r *rig) noted(what string) {
	r.Helper()
	r.until(fmt.Sprintf("noted as %q", what), func(s model.Snapshot) bool {
		return slices.ContainsFunc(s.Sources(), func(s model.SourceState) bool { return strings.Contains(s.Remarks().Raw(), what) })
	})
}

// live waits until a source is followed: before, the end of the context is the error of a load that did not get through.
func (r *rig) live() {
	r.Helper()
	r.until("live", func(s model.Snapshot) bool {
		return slices.ContainsFunc(s.Sources(), func(s model.SourceState) bool { return s.Phase == model.Following })
	})
}

// compare checks the rows against the expected ones, in any order.
func (r *rig) compare() {
	r.Helper()
	s := r.log.Snapshot()
	got := make([]string, s.Rows())
	for i := range got {
		raw, err := s.Raw(model.Row(i))
		r.must(err)
		got[i] = raw.Raw()
	}
	want := slices.Clone(r.wanted)
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		r.Fatalf("the rows differ (-want +got):\n%.4000s\n%s", d, describe(s))
	}
}

// end writes a last line to the file at the path, so that what was read twice shows, stops following and checks the books.
func (r *rig) end() {
	r.Helper()
	r.write(r.line())
	r.caughtUp()
	r.halt()
}

// halt stops following and checks what must hold of every log.
func (r *rig) halt() {
	r.Helper()
	r.quit()
	r.audit()
}

// quit stops following as soon as nothing is being loaded.
func (r *rig) quit() {
	r.Helper()
	r.until("at rest", func(s model.Snapshot) bool {
		loading := func(s model.SourceState) bool { return s.Phase == model.Loading }
		waiting := func(s model.SourceState) bool { return s.Phase == model.Waiting }
		return !slices.ContainsFunc(s.Sources(), loading) && (r.busy || !slices.ContainsFunc(s.Sources(), waiting))
	})
	r.stop()
	r.must(<-r.ended)
}

// audit compares the rows and checks the books of a log that is not followed any more.
func (r *rig) audit() {
	r.Helper()
	r.compare()
	s := r.log.Snapshot()
	var sum model.Books
	for _, source := range s.Sources() {
		b := source.Books
		if b.Lines != b.Events+b.Rejects+b.Blanks {
			r.Errorf("the books of %v do not balance: %+v", source.Name, b)
		}
		if !r.busy && (source.Phase != model.Complete || source.Behind() != 0) {
			r.Errorf("%v ended %v with %d bytes behind, want complete and none", source.Name, source.Phase, source.Behind())
		}
		sum.Lines, sum.Bytes = sum.Lines+b.Lines, sum.Bytes+b.Bytes
	}
	if all := s.Books(); sum.Lines != all.Lines || sum.Bytes != all.Bytes || all.Events+all.Rejects != int64(s.Rows()) {
		r.Errorf("the books of the sources add up to %+v, those of the log are %+v", sum, all)
	}
	r.checkOrigins(s)
}

// checkOrigins checks that the rows of each source stand one behind the other.
func (r *rig) checkOrigins(s model.Snapshot) {
	r.Helper()
	last := make([]model.Origin, len(s.Sources()))
	for i := range s.Rows() {
		o := s.Origin(model.Row(i))
		p := last[o.Source]
		if o.Offset < p.Offset+p.Length || o.Line < p.Line || o.Line < 1 {
			r.Errorf("row %d of source %d stands at line %d, byte %d, behind line %d, byte %d", i, o.Source, o.Line, o.Offset, p.Line, p.Offset)
		}
		last[o.Source] = o
	}
}

func describe(s model.Snapshot) string {
	var b strings.Builder
	for _, source := range s.Sources() {
		fmt.Fprintf(&b, "%v %v size %d note %v %+v\n", source.Name, source.Phase, source.Size, source.Note, source.Books)
	}
	return b.String()
}

// fakeWatcher is a watcher whose events the test sends.
type fakeWatcher struct {
	events chan fsnotify.Event
	errs   chan error
	add    error
}

func newFakeWatcher() *fakeWatcher {
	return &fakeWatcher{events: make(chan fsnotify.Event), errs: make(chan error)}
}

func (w *fakeWatcher) Add(string) error              { return w.add }
func (w *fakeWatcher) Remove(string) error           { return nil }
func (w *fakeWatcher) Events() <-chan fsnotify.Event { return w.events }
func (w *fakeWatcher) Errors() <-chan error          { return w.errs }
func (w *fakeWatcher) Close() error {
	close(w.events)
	close(w.errs)
	return nil
}

// eachWay runs a scenario with notifications, and with a poll alone.
func eachWay(t *testing.T, run func(r *rig)) {
	t.Run("watched", func(t *testing.T) { run(newRig(t)) })
	t.Run("polled", func(t *testing.T) {
		r := newRig(t)
		r.set.Poll = 10 * time.Millisecond
		r.set.watcher = noWatch
		run(r)
	})
	t.Run("polled, and closed when there are more files", func(t *testing.T) {
		r := newRig(t)
		r.set.maxOpen, r.set.Poll, r.set.watcher = 1, 10*time.Millisecond, noWatch
		run(r)
	})
}

func noWatch() (watcher, error) { return nil, errors.New("there is no watch in this test") }
