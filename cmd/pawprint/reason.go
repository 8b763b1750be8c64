package main

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

// reason says in a few words why a file could not be written.
func reason(err error) string {
	if short := new(shortfallError); errors.As(err, &short) {
		return short.what + ": " + innermost(short.err).Error()
	}
	for _, r := range reasons {
		if errors.Is(err, r.is) {
			return r.says
		}
	}
	return innermost(err).Error()
}

// plain is an error that says its reason and nothing else, for where the rest is said around it.
type plain struct{ err error }

func (e plain) Error() string { return reason(e.err) }

// Is makes errors.Is see what is behind the words.
func (e plain) Is(target error) bool { return errors.Is(e.err, target) }

// innermost is the error that all others are wrapped around.
func innermost(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}
