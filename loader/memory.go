package loader

import (
	"bufio"
	"bytes"
	"os"
	"path"
	"strconv"
	"strings"
)

// unknownMemory is assumed where the memory of the machine is not known.
const unknownMemory = 4 << 30

// DefaultMemory is the default limit of a budget in bytes: half of the memory that this process may use. That is the memory of
// the machine, the limit of its control group, or what its resource limits leave, whichever is least. If none is known the
// result is 2 GiB.
func DefaultMemory() int64 { return defaultMemory(os.ReadFile) }

// defaultMemory is DefaultMemory with read in place of os.ReadFile.
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

// machineMemory returns the memory of the machine in bytes, or 0 if it is not known.
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

// resourceLimits returns what is left of the limits on data and address space (ulimit -d and -v). A process has used part of
// both before it reads anything.
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

// bytesLeft subtracts used pages from a limit in bytes. It returns at least 2, or 0 if there is no limit.
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

// groupLimits returns the limits of the control group of this process and of its parents, with 0 for no limit. In a container
// the path that the kernel names may not exist; the container's own group is then the root.
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
