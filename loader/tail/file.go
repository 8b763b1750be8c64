// Package tail follows files while they grow: what is appended becomes rows within milliseconds, and rotation, truncation
// and replacement lose nothing that can still be read.
//
// The file system is the truth. Notifications only say when to look; a poll that never stops looks without them. The
// package never writes to what it follows and never keeps a writer from renaming or deleting it.
package tail

import (
	"context"
	"errors"
	"os"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

// File is a path that is followed: read to its end and then on as it grows, until the context ends. It need not exist yet.
//
// Every file that is found at the path becomes a source of its own in the log, "path", "path (#2)" and so on, with its own
// offsets and its lines counted from 1, so that a row's origin tells where its line stood in the file that was read. The
// same goes for a file that was truncated or rewritten: what is read anew is a new source. One that was only shortened
// goes on in a new source at the offset and the line it was cut back to. The bytes are kept in memory, compressed.
//
// A last line without an end waits, for as long as it takes, and is no row before its end was written or following ended.
// Then it becomes one as it stands, and a reject marked as cut if that is no whole event. NUL bytes at the end of a file are
// space for what is to come, and are left there until something follows them.
//
// A named pipe or a device is read as it comes and goes on after its writers left.
type File struct {
	Path    string
	Limits  loader.Limits
	Workers int           // goroutines that decode a large file; 0 means 2
	Poll    time.Duration // how often to look without being notified; 0 means 250 ms. Idle files are looked at up to 4 times slower, but each second at least

	unnamed bool // Path is only how to call it

	// Tests replace these.
	open    func(path string) (*os.File, error)
	watcher func() (watcher, error)
	grace   time.Duration
	idle    time.Duration
	settle  time.Duration
}

const (
	defaultPoll = 250 * time.Millisecond
	// slowestPoll bounds the poll of a file that has long been idle.
	slowestPoll = time.Second
	// busy is how long after a change a file is polled at full pace.
	busy = 10 * time.Second
	// defaultGrace is how long a file that was rotated away must have been quiet before it is let go: writers hold on to it
	// until they are told to reopen.
	defaultGrace = 10 * time.Second
	// defaultIdle is how long a line without an end must have waited to be mentioned.
	defaultIdle = time.Second
	// defaultSettle is how long a file must have been quiet to be taken for complete where it is read as a whole.
	defaultSettle = time.Second
	// debounce is the wait after a notification for those that come with it.
	debounce = 5 * time.Millisecond
)

// Name is the path.
func (f *File) Name() model.Text { return model.NewText(f.Path) }

// Load implements loader.Source. Once the path was read to its end for the first time the end of ctx is the regular end of
// following, and no error. A file that is missing or may not be read is waited for; only a path that is a folder, or another
// thing without lines, when following begins is an error, and a packed file of which not all could be read.
func (f *File) Load(ctx context.Context, sink loader.Sink) (err error) {
	w := newFollower(ctx, f, sink)
	defer func() {
		w.close()
		err = errors.Join(err, w.loads.wait())
	}()
	return w.run()
}

func (f *File) poll() time.Duration {
	if f.Poll > 0 {
		return f.Poll
	}
	return defaultPoll
}
