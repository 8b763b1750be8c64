package tty

import "golang.org/x/sys/unix"

// The requests that read and set the modes of a terminal; setTermios does not wait for pending output.
const (
	getTermios = unix.TCGETS
	setTermios = unix.TCSETS
)

// dropOutput discards output that the terminal has not taken yet.
func dropOutput(fd int) error { return unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCOFLUSH) }

// replaceFD makes the descriptor to a duplicate of from.
func replaceFD(from, to int) error { return unix.Dup3(from, to, 0) }
