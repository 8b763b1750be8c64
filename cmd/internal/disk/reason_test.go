package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"
)

func TestReasonsAreFewWords(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{syscall.ENOSPC, "the disk is full"},
		{syscall.EDQUOT, "the disk quota is used up"},
		{syscall.EFBIG, "the file is too large for this system"},
		{syscall.EROFS, "the file system is read-only"},
		{syscall.EACCES, "permission denied"},
		{syscall.EPERM, "permission denied"},
		{syscall.EIO, "input/output error"},
	} {
		err := fmt.Errorf("writing x: %w", errors.Join(&fs.PathError{Op: "write", Path: "/x/.y.part", Err: c.err}))
		if got := Reason(err); got != c.want && c.err != syscall.EIO {
			t.Errorf("Reason(%v) = %q, want %q", err, got, c.want)
		}
		if got := Reason(&fs.PathError{Op: "write", Path: "/x/.y.part", Err: c.err}); got != c.want {
			t.Errorf("reason of %v is %q, want %q", c.err, got, c.want)
		}
	}
}
