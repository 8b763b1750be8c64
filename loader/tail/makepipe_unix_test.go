//go:build !windows

package tail

import "syscall"

// makePipe makes a named pipe.
func makePipe(path string, mode uint32) error { return syscall.Mkfifo(path, mode) }
