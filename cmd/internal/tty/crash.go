package tty

import (
	"bytes"
	"regexp"
	"strings"
)

// The lines of a crash that end the value of a panic: a panic of the runtime itself, whose text holds no data of the log, and the first
// line of a goroutine's stack.
const (
	runtimeValue = `^\t*panic: runtime error: (index out of range|slice bounds out of range|integer divide by zero|invalid memory address or nil pointer dereference|makeslice: |growslice: |hash of unhashable type|integer overflow|cannot convert slice|negative shift amount)[^"]*\n$`
	stackStart   = `^goroutine \d+ .*\[.*\]:\n$`
)

// Crash returns the runtime's text about a crash without the values that the program panicked with, because they may be data of the
// log.
func Crash(text []byte) []byte {
	harmless := regexp.MustCompile(runtimeValue + "|" + stackStart) // compiled here, as it is needed only after a crash
	var out bytes.Buffer
	value := false // within the value of a panic, which may have several lines
	for line := range strings.Lines(string(text)) {
		switch {
		case harmless.MatchString(line):
			value = false
		case strings.HasPrefix(strings.TrimLeft(line, "\t"), "panic: "):
			value = true
			out.WriteString(line[:strings.Index(line, "panic: ")] + "panic: (the value is left out)\n")
		}
		if !value {
			out.WriteString(line)
		}
	}
	return out.Bytes()
}
