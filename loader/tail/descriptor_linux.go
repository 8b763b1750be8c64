package tail

import (
	"fmt"
	"os"
)

// pathOf returns where an open file is now, or an empty string if that is not known. It is only used to know what to watch.
func pathOf(file *os.File) string {
	path, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", file.Fd()))
	if err != nil {
		return ""
	}
	return path
}
