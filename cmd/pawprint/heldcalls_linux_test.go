package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// changing are the system calls that change files, or begin to. Those that open files count if they open them for writing.
var changing = []uint32{unix.SYS_WRITE, unix.SYS_PWRITE64, unix.SYS_WRITEV, unix.SYS_FSYNC, unix.SYS_FDATASYNC, unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2,
	unix.SYS_LINKAT, unix.SYS_SYMLINKAT, unix.SYS_UNLINKAT, unix.SYS_MKDIRAT, unix.SYS_FLOCK, unix.SYS_FTRUNCATE, unix.SYS_FALLOCATE, unix.SYS_FCHMODAT}

// heldCalls makes a filter of system calls that holds these, and those that open files for writing, until they are allowed.
func heldCalls(calls ...uint32) (filter []unix.SockFilter) {
	const number, flagsOfOpen = 0, 16 + 2*8 // in what the filter is given: the call, and the third argument of openat
	add := func(code uint16, value uint32, yes, no uint8) {
		filter = append(filter, unix.SockFilter{Code: code, Jt: yes, Jf: no, K: value})
	}
	add(unix.BPF_LD|unix.BPF_W|unix.BPF_ABS, number, 0, 0)
	for i, call := range calls {
		add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, call, uint8(len(calls)-i+3), 0)
	}
	add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, unix.SYS_OPENAT, 0, 2)
	add(unix.BPF_LD|unix.BPF_W|unix.BPF_ABS, flagsOfOpen, 0, 0)
	add(unix.BPF_JMP|unix.BPF_JSET|unix.BPF_K, unix.O_WRONLY|unix.O_RDWR|unix.O_CREAT|unix.O_TRUNC, 1, 0)
	add(unix.BPF_RET|unix.BPF_K, unix.SECCOMP_RET_ALLOW, 0, 0)
	add(unix.BPF_RET|unix.BPF_K, unix.SECCOMP_RET_USER_NOTIF, 0, 0)
	return filter
}

// supervised is the file descriptor, in a process that calls holdCalls, of the socket to the process that lets its calls go.
const supervised = 3

// holdCalls holds the calls that a filter names, in all threads from now on, until the process that started this one by startHeld lets each of them
// go. A process cannot let its own calls go: when its runtime stops all goroutines, it would wait for a held one that nobody releases. It needs no
// privileges, but a kernel that supports it.
func holdCalls(filter []unix.SockFilter) error {
	unix.CloseOnExec(supervised)
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("giving up new privileges: %w", err)
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	const how = unix.SECCOMP_FILTER_FLAG_TSYNC | unix.SECCOMP_FILTER_FLAG_TSYNC_ESRCH | unix.SECCOMP_FILTER_FLAG_NEW_LISTENER
	held, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, how, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("holding system calls: %w", errno)
	}
	if err := unix.Sendmsg(supervised, []byte{0}, unix.UnixRights(int(held)), nil, 0); err != nil {
		return fmt.Errorf("handing over the system calls: %w", err)
	}
	return unix.Close(int(held))
}

// startHeld starts a command that calls holdCalls, lets its calls go, and kills it just before the nth of them, or never if nth is 0. The returned
// function waits until nothing of that is running any more; call it after the end of the command.
func startHeld(c *exec.Cmd, nth int) (ended func() error, err error) {
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	theirs := os.NewFile(uintptr(ends[1]), "theirs")
	defer theirs.Close()
	c.ExtraFiles = []*os.File{theirs}
	if err := c.Start(); err != nil {
		return nil, errors.Join(err, unix.Close(ends[0]))
	}
	done := make(chan error, 1)
	go func() { done <- errors.Join(letGo(ends[0], nth, c.Process.Pid), unix.Close(ends[0])) }()
	return func() error { return <-done }, nil
}

// letGo takes the listener of a process from its socket, and allows the calls that are held, but for the nth, at which it kills the
// process. It returns when the process has ended.
func letGo(socket, nth, pid int) error {
	rights := make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := unix.Recvmsg(socket, make([]byte, 1), rights, unix.MSG_CMSG_CLOEXEC)
	if err != nil || n == 0 { // it has ended, and says why
		return err
	}
	messages, err := unix.ParseSocketControlMessage(rights[:n])
	if err != nil {
		return err
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil {
		return err
	}
	held := fds[0]
	defer unix.Close(held)
	for made := 0; ; {
		wait := []unix.PollFd{{Fd: int32(held), Events: unix.POLLIN}, {Fd: int32(socket)}}
		if _, err := unix.Poll(wait, -1); err != nil && !errors.Is(err, unix.EINTR) {
			return err
		}
		switch {
		case wait[0].Revents&unix.POLLIN != 0:
			next, err := letOneGo(held, made+1 == nth, pid)
			if err != nil {
				return err
			}
			made += next
		case wait[1].Revents&(unix.POLLHUP|unix.POLLERR) != 0, wait[0].Revents&unix.POLLHUP != 0:
			return nil
		}
	}
}

// letOneGo allows a held call, or kills the process in it. It returns how many calls there were: none if the process has ended, or if a
// signal interrupted the held thread, which then makes its call again.
func letOneGo(held int, kill bool, pid int) (calls int, err error) {
	var call struct { // struct seccomp_notif
		id         uint64
		pid, flags uint32
		call       [64]byte
	}
	if ok, err := control(held, unix.SECCOMP_IOCTL_NOTIF_RECV, unsafe.Pointer(&call)); !ok {
		return 0, err
	}
	if kill {
		_ = unix.Kill(pid, unix.SIGKILL)
	}
	const goOn = 1  // SECCOMP_USER_NOTIF_FLAG_CONTINUE
	yes := struct { // struct seccomp_notif_resp
		id    uint64
		value int64
		error int32
		flags uint32
	}{id: call.id, flags: goOn}
	if kill {
		return 1, nil // its end takes the call back
	}
	_, err = control(held, unix.SECCOMP_IOCTL_NOTIF_SEND, unsafe.Pointer(&yes))
	return 1, err
}

// control makes a request about a call that is held; ok is false if it is held no more.
func control(held int, request uint32, of unsafe.Pointer) (ok bool, err error) {
	for {
		switch _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(held), uintptr(request), uintptr(of)); errno {
		case unix.EINTR: // by a signal
		case 0:
			return true, nil
		case unix.ENOENT:
			return false, nil
		default:
			return false, fmt.Errorf("letting a system call go: %w", errno)
		}
	}
}

// holdingCalls is the name that makes the test binary hold a harmless call, to see whether the kernel offers that.
const holdingCalls = "holding-calls"

func init() {
	programs[holdingCalls] = func() {
		err := holdCalls(heldCalls(unix.SYS_GETPPID))
		if err == nil && os.Getppid() > 0 {
			os.Exit(0)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// callsAreHeld returns why system calls cannot be held here, such as in a container that forbids it or with a kernel before Linux 5.7.
func callsAreHeld() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.Command(self)
	c.Args = []string{holdingCalls}
	var said strings.Builder
	c.Stdout, c.Stderr = &said, &said
	ended, err := startHeld(c, 0)
	if err != nil {
		return err
	}
	if err := c.Wait(); err != nil {
		return errors.Join(err, errors.New(said.String()), ended())
	}
	return ended()
}
