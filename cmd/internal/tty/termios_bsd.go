//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package tty

import "golang.org/x/sys/unix"

// The requests for the modes of a terminal; the second changes them without waiting for output.
const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
)

// flushWrite is FWRITE of <sys/fcntl.h>: the queue of output.
const flushWrite = 2

// dropOutput throws away what a terminal has not taken yet.
func dropOutput(fd int) error { return unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, flushWrite) }

// replaceFD makes to another name of from.
func replaceFD(from, to int) error { return unix.Dup2(from, to) }
