//go:build unix

package ptytest

import "syscall"

// MakePipe makes a named pipe that only the user may open.
func MakePipe(path string) error { return syscall.Mkfifo(path, 0o600) }
