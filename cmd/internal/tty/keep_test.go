package tty

import (
	"strings"
	"testing"
)

func TestACrashIsKeptWithoutTheValues(t *testing.T) {
	const stack = "\ngoroutine 7 [running]:\npawprint/model.(*Log).Append(0x1, 0x2)\n\t/src/model/log.go:10 +0x1d\n"
	for _, c := range []struct{ name, crash, want string }{
		{"a text", "panic: bytes of a log\n" + stack, "panic: (the value is left out)\n" + stack[1:]},
		{"a text of several lines", "panic: bytes\nof a log\n\nof it\n" + stack, "panic: (the value is left out)\n" + stack[1:]},
		{"an error", "panic: main.evil{text:\"of a log\"} [recovered, repanicked]\n" + stack, "panic: (the value is left out)\n" + stack[1:]},
		{"what the runtime says", "panic: runtime error: index out of range [3] with length 2\n" + stack, "panic: runtime error: index out of range [3] with length 2\n" + stack},
		{"one after another", "panic: runtime error: integer divide by zero\n\tpanic: of a log\n" + stack, "panic: runtime error: integer divide by zero\n\tpanic: (the value is left out)\n" + stack[1:]},
		{"a value that looks like one of the runtime", "panic: runtime error: of a log\n" + stack, "panic: (the value is left out)\n" + stack[1:]},
		{"a value with a line of a stack", "panic: x\ngoroutine of a log\n" + stack, "panic: (the value is left out)\n" + stack[1:]},
		{"no memory", "fatal error: runtime: out of memory\n" + stack, "fatal error: runtime: out of memory\n" + stack},
		{"two maps", "fatal error: concurrent map writes\n" + stack, "fatal error: concurrent map writes\n" + stack},
		{"a signal", "SIGSEGV: segmentation violation\nPC=0x1 m=0 sigcode=1\n" + stack, "SIGSEGV: segmentation violation\nPC=0x1 m=0 sigcode=1\n" + stack},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := string(Crash([]byte(c.crash)))
			if got != c.want {
				t.Errorf("Crash = %q, want %q", got, c.want)
			}
			if strings.Contains(got, "of a log") {
				t.Errorf("a value is kept: %q", got)
			}
		})
	}
}
