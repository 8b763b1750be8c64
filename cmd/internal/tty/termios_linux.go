package tty

import "golang.org/x/sys/unix"

// The requests for the modes of a terminal; the second changes them without waiting for output.
const (
	getTermios = unix.TCGETS
	setTermios = unix.TCSETS
)

// dropOutput throws away what a terminal has not taken yet.
func dropOutput(fd int) error { return unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCOFLUSH) }

// replaceFD makes to another name of from.
func replaceFD(from, to int) error { return unix.Dup3(from, to, 0) }
