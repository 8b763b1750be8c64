package loader

import (
	"bufio"
	"bytes"
	"os"
	"path"
	"strconv"
	"strings"
)

// unknownMemory is taken for the memory of a machine that does not tell.
const unknownMemory = 4 << 30

// DefaultMemory is the limit of a budget that nobody chose, in bytes: half of the memory that this process may use, which is
// that of the machine, of its control group, or what its resource limits leave, whichever is least. Where nothing can be known it
// is 2 GiB.
func DefaultMemory() int64 { return defaultMemory(os.ReadFile) }

// defaultMemory is DefaultMemory with the files that the kernel shows.
func defaultMemory(read func(path string) ([]byte, error)) int64 {
	memory := int64(0)
	for _, limit := range append(append(groupLimits(read), resourceLimits(read)...), machineMemory(read)) {
		if limit > 0 && (memory == 0 || limit < memory) {
			memory = limit
		}
	}
	if memory == 0 {
		memory = unknownMemory
	}
	return memory / 2
}

// machineMemory gives the memory of the machine, or 0.
func machineMemory(read func(string) ([]byte, error)) int64 {
	text, err := read("/proc/meminfo")
	if err != nil {
		return 0
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		if f := strings.Fields(lines.Text()); len(f) == 3 && f[0] == "MemTotal:" && f[2] == "kB" {
			kib, err := strconv.ParseInt(f[1], 10, 40)
			if err == nil {
				return kib << 10
			}
		}
	}
	return 0
}

// resourceLimits gives what is left of the limits on data and on address space (ulimit -d and -v), of which a process has used a
// part before it reads anything.
func resourceLimits(read func(string) ([]byte, error)) (left []int64) {
	limits, err := read("/proc/self/limits")
	if err != nil {
		return nil
	}
	used, err := read("/proc/self/statm")
	if err != nil {
		return nil
	}
	pages := strings.Fields(string(used))
	for line := range strings.Lines(string(limits)) {
		for name, field := range map[string]int{"Max address space": 0, "Max data size": 5} {
			value, ok := strings.CutPrefix(line, name+" ")
			if f := strings.Fields(value); ok && len(f) > 0 && field < len(pages) {
				left = append(left, bytesLeft(f[0], pages[field]))
			}
		}
	}
	return left
}

// bytesLeft is a limit in bytes less what is used of it in pages: at least one byte of a limit, and 0 where there is none.
func bytesLeft(limit, pages string) int64 {
	n, err := strconv.ParseInt(limit, 10, 64)
	if err != nil {
		return 0 // "unlimited"
	}
	used, err := strconv.ParseInt(pages, 10, 40)
	if err != nil {
		return 0
	}
	return max(n-used*int64(os.Getpagesize()), 2)
}

// groupLimits gives the limits of the control group of this process and of those above it, 0 for none. Within a container the
// path that the kernel names may not be there; its own group is then at the top.
func groupLimits(read func(string) ([]byte, error)) []int64 {
	text, err := read("/proc/self/cgroup")
	if err != nil {
		return nil
	}
	var limits []int64
	for line := range strings.Lines(string(text)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		root, name := "/sys/fs/cgroup", "memory.max"
		if parts[1] != "" {
			if !strings.Contains(","+parts[1]+",", ",memory,") {
				continue
			}
			root, name = "/sys/fs/cgroup/memory", "memory.limit_in_bytes"
		}
		for group := path.Clean("/" + parts[2]); ; group = path.Dir(group) {
			limits = append(limits, groupLimit(read, path.Join(root, group, name)))
			if group == "/" {
				break
			}
		}
	}
	return limits
}

func groupLimit(read func(string) ([]byte, error), path string) int64 {
	text, err := read(path)
	if err != nil {
		return 0
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0 // "max"
	}
	return n
}
