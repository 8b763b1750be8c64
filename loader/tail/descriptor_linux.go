package tail

import (
	"fmt"
	"os"
)

// pathOf is where an open file is now, or nothing if that is not known. It only tells where to watch.
func pathOf(file *os.File) string {
	path, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", file.Fd()))
	if err != nil {
		return ""
	}
	return path
}
