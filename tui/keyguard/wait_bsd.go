//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package keyguard

import "golang.org/x/sys/unix"

// readable waits until one of two descriptors can be read, at most millis milliseconds; forever if negative. Neither
// poll nor kqueue works with /dev/tty on all of these systems.
func readable(a, b int, millis int) (aReady, bReady bool, err error) {
	if max(a, b) >= unix.FD_SETSIZE {
		return false, false, unix.EMFILE
	}
	var set unix.FdSet
	set.Set(a)
	set.Set(b)
	var limit *unix.Timeval
	if millis >= 0 {
		t := unix.NsecToTimeval(int64(millis) * 1e6)
		limit = &t
	}
	if _, err := unix.Select(max(a, b)+1, &set, nil, nil, limit); err != nil {
		return false, false, err
	}
	return set.IsSet(a), set.IsSet(b), nil
}
