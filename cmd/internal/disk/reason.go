package disk

import (
	"errors"
	"io/fs"
	"syscall"
)

// reasons are the faults that people meet when a file is written, in their words.
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

// Reason says in a few words why a file could not be written. An error with a method Brief has words of its own.
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

// Plain is an error that says its reason and nothing else, for where the rest is said around it.
type Plain struct{ Err error }

func (e Plain) Error() string { return Reason(e.Err) }

// Is makes errors.Is see what is behind the words.
func (e Plain) Is(target error) bool { return errors.Is(e.Err, target) }

// Innermost is the error that all others are wrapped around.
func Innermost(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}
