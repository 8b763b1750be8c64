//go:build !linux

package loader_test

import "time"

var began = time.Now()

// cpuTime is the time on the wall, which is the time that this thread has run as long as nothing else runs on the machine.
func cpuTime() time.Duration { return time.Since(began) }
