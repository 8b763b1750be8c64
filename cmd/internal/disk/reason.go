package disk

import (
	"errors"
	"io/fs"
	"syscall"
)

// reasons describes the usual errors of writing a file in words for people. The first that matches counts.
var reasons = []struct {
	is   error
	says string
}{
	{syscall.ENOSPC, "the disk is full"},
	{syscall.EDQUOT, "the disk quota is used up"},
	{syscall.EFBIG, "the file is too large for this system"},
	{syscall.EROFS, "the file system is read-only"},
	{syscall.ENOTDIR, "a part of the path is not a folder"},
	{syscall.ENAMETOOLONG, "the name is too long"},
	{fs.ErrExist, "there is already a file of that name"},
	{fs.ErrPermission, "permission denied"},
	{fs.ErrNotExist, "the folder does not exist"},
}

// Reason returns in a few words why a file could not be written. An error with a Brief method supplies its own words.
func Reason(err error) string {
	var own interface{ Brief() string }
	if errors.As(err, &own) {
		return own.Brief()
	}
	for _, r := range reasons {
		if errors.Is(err, r.is) {
			return r.says
		}
	}
	return Innermost(err).Error()
}

// Plain is an error whose text is only the Reason of Err, for messages that already name the operation and the path.
type Plain struct{ Err error }

func (e Plain) Error() string { return Reason(e.Err) }

// Is makes errors.Is look at the wrapped error.
func (e Plain) Is(target error) bool { return errors.Is(e.Err, target) }

// Innermost returns the last error of the Unwrap chain.
func Innermost(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}
