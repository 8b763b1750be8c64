//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package tty

import "golang.org/x/sys/unix"

// The requests that read and set the modes of a terminal; setTermios does not wait for pending output.
const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
)

// flushWrite is FWRITE of <sys/fcntl.h>: the output queue.
const flushWrite = 2

// dropOutput discards output that the terminal has not taken yet.
func dropOutput(fd int) error { return unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, flushWrite) }

// replaceFD makes the descriptor to a duplicate of from.
func replaceFD(from, to int) error { return unix.Dup2(from, to) }
