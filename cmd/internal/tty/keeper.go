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

// KeeperArgument makes the program the keeper: see [Keep].
const KeeperArgument = "--keep-terminal"

// What the program tells its keeper between the lines of a crash: bytes that those do not have.
const (
	drawing  = 0x01 // the interface has the terminal
	returned = 0x02 // it has not
)

// keeper is the small process that gives the terminal back if this one cannot: a library panicked on a goroutine of its own, the
// memory ran out, or somebody killed it. It learns of that by the end of a pipe, through which the runtime also tells why it
// crashed.
type keeper struct {
	watches *Terminal

	mu     sync.Mutex
	pipe   *os.File // nil while there is no keeper
	stderr int      // the standard error that was put aside, -1 for none
	child  *exec.Cmd
	over   bool
	timer  *time.Timer
}

// keeperDelay leaves the machine to the first frames.
const keeperDelay = 50 * time.Millisecond

// due starts the keeper soon.
func (k *keeper) due() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.over {
		k.timer = time.AfterFunc(keeperDelay, func() { _ = fault.Safely(k.start) }) // without a keeper, all else still gives the terminal back
	}
}

// handover is what the keeper must know, the first line of the pipe.
type handover struct {
	Name           string // of the terminal, as the keeper opens it
	Before, During *unix.Termios
}

// start starts the keeper, and puts standard error aside if it is the terminal: the runtime would write a crash over the screen.
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
	child.SysProcAttr = apart
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

// hideStderr puts standard error aside. The caller holds mu.
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

// tell tells the keeper who has the terminal.
func (k *keeper) tell(who byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pipe != nil {
		_, _ = k.pipe.Write([]byte{who})
	}
}

func (k *keeper) released() { k.tell(returned) }

func (k *keeper) taken() { k.tell(drawing) }

// close ends the keeper and brings standard error back.
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
	_ = k.child.Wait() // it ends with the pipe
}
