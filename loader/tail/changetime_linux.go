package tail

import (
	"os"
	"syscall"
)

// changeTime is when anything about a file changed last, even if its time of modification was set back.
func changeTime(info os.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctim.Nano()
	}
	return 0
}
