package loader_test

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is the time that this thread has run. What else runs on the machine does not add to it.
func cpuTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}
