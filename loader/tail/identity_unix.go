//go:build unix

package tail

import (
	"os"

	"pawprint/loader/glob"
)

// identity returns a comparable value that is the same for the same file. Different files may share one, so os.SameFile decides.
func identity(info os.FileInfo) any { return glob.Place("", info) }
