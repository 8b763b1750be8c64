//go:build unix

package tty

import (
	"encoding/json"
	"os"
	"os/exec"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"pawprint/model/fault"
)

// The bytes that tell the keeper who has the terminal. They do not occur in the text of a crash, which uses the same
// pipe.
const (
	drawing  = 0x01 // the interface has the terminal
	returned = 0x02 // the interface does not have it
)

// keeper starts and ends a small process that restores the terminal if the program cannot: because a library panicked on a goroutine
// of its own, the memory ran out, or the program was killed. The process notices by the end of a pipe. Through the same pipe the
// runtime sends the text of a crash. Its methods may be called from any goroutine.
type keeper struct {
	watches *Terminal

	mu     sync.Mutex
	pipe   *os.File // nil while the process does not run
	stderr int      // a copy of the hidden standard error, -1 if it is not hidden
	child  *exec.Cmd
	over   bool
	timer  *time.Timer
}

// keeperDelay is the time between the first frame and the start of the keeper, so that the first frames have the processor.
const keeperDelay = 50 * time.Millisecond

// startSoon starts the keeper after keeperDelay.
func (k *keeper) startSoon() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.over {
		k.timer = time.AfterFunc(keeperDelay, func() { _ = fault.Safely(k.start) }) // without it, Leave and Close still restore the terminal
	}
}

// handover is what the keeper needs to know. It is the first line in the pipe, as JSON.
type handover struct {
	Name           string // of the terminal, as the keeper opens it
	Before, During *unix.Termios
}

// start starts the keeper. If standard error is the terminal, start hides it, because the runtime would write a crash over the screen.
func (k *keeper) start() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	t := k.watches
	if k.over || t.direct < 0 {
		return nil
	}
	during, err := unix.IoctlGetTermios(t.direct, getTermios)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	child := exec.Command(self)
	child.Args = []string{os.Args[0], KeeperArgument}
	child.Stdin = read
	child.SysProcAttr = ownGroup
	if err := child.Start(); err != nil {
		write.Close()
		return err
	}
	k.child, k.pipe, k.stderr = child, write, -1
	if err := json.NewEncoder(write).Encode(handover{t.name, t.before, during}); err != nil {
		return err
	}
	_, _ = write.Write([]byte{drawing})
	if err := debug.SetCrashOutput(write, debug.CrashOptions{}); err != nil {
		return err
	}
	return k.hideStderr()
}

// hideStderr replaces standard error with the null device if it is the terminal. The caller holds mu.
func (k *keeper) hideStderr() error {
	const stderr = 2
	if _, err := unix.IoctlGetTermios(stderr, getTermios); err != nil {
		return nil // the user sent it elsewhere
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	aside, err := unix.FcntlInt(stderr, unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return err
	}
	k.stderr = aside
	return replaceFD(int(null.Fd()), stderr)
}

// send tells the keeper who has the terminal.
func (k *keeper) send(owner byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pipe != nil {
		_, _ = k.pipe.Write([]byte{owner})
	}
}

func (k *keeper) released() { k.send(returned) }

func (k *keeper) taken() { k.send(drawing) }

// keeperEndTime is how long the program waits at its end for the keeper, which has nothing left to do then. A keeper that takes longer is
// left to the system.
const keeperEndTime = time.Second

// close ends the keeper and restores standard error.
func (k *keeper) close() {
	k.released()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.over = true
	if k.timer != nil {
		k.timer.Stop()
	}
	if k.pipe == nil {
		return
	}
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	if k.stderr >= 0 {
		_ = replaceFD(k.stderr, 2)
		_ = unix.Close(k.stderr)
	}
	_ = k.pipe.Close()
	k.pipe = nil
	child, ended := k.child, make(chan struct{})
	fault.Go(func() {
		defer close(ended)
		_ = child.Wait() // it ends with the pipe
	}, func(*fault.Error) {})
	select {
	case <-ended:
	case <-time.After(keeperEndTime):
	}
}
