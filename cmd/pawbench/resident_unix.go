//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// resident returns the greatest resident set of a process that has ended, in bytes; 0 where the system does not tell it.
func resident(p *os.ProcessState) int64 {
	r, ok := p.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin": // the only system that counts bytes
		return r.Maxrss
	}
	return r.Maxrss << 10
}
