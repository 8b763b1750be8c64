package disk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	lockWait = 10 * time.Second // how long to wait for a lock
	lockPoll = time.Millisecond // between attempts
)

// Lock takes the lock of a file until unlock is called. It gives up when ctx ends or after lockWait. The lock is a file beside it that
// is never removed, as removing it would let two processes hold the lock. The system releases the lock when its process ends.
func Lock(ctx context.Context, path string) (unlock func(), err error) {
	name := filepath.Join(filepath.Dir(path), "."+partName(filepath.Base(path))+".lock")
	file, err := openRegular(name, os.O_RDWR|os.O_CREATE|noFollow, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, lockWait, errLocked)
	defer cancel()
	if err := takeLock(ctx, file); err != nil {
		return nil, errors.Join(fmt.Errorf("locking %s: %w", path, err), file.Close())
	}
	return func() { file.Close() }, nil
}

var errLocked = errors.New("another pawprint is busy with the file, try again")

// takeLock waits for the lock. On a file system without locks it succeeds at once.
func takeLock(ctx context.Context, file *os.File) error {
	pause := time.NewTicker(lockPoll)
	defer pause.Stop()
	for {
		err := tryLock(file)
		switch {
		case lacksLocks(err):
			return nil
		case !errors.Is(err, errHeld):
			return err
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// errHeld says that another open file has the lock.
var errHeld = errors.New("the lock is held")
