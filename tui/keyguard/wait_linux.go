package keyguard

import "golang.org/x/sys/unix"

// readable waits until one of two descriptors can be read, at most millis milliseconds; forever if negative.
func readable(a, b int, millis int) (aReady, bReady bool, err error) {
	fds := []unix.PollFd{{Fd: int32(a), Events: unix.POLLIN}, {Fd: int32(b), Events: unix.POLLIN}}
	_, err = unix.Poll(fds, millis)
	return fds[0].Revents != 0, fds[1].Revents != 0, err
}
