//go:build unix

package ptytest

import "syscall"

// controlling makes a program the leader of a session of its own, whose terminal is its standard output.
func controlling() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 1}
}
