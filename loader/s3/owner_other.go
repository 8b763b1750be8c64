//go:build !unix

package s3

import "io/fs"

// ours reports whether a file belongs to the user who runs the program: where modes do not tell, the profile of the user does.
func ours(fs.FileInfo) bool { return true }

func writableByUsAlone(fs.FileInfo) bool { return true }
