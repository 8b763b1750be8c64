package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// killedWriter is the name that makes the test binary write in one of the ways, and hold its calls if CALL is not 0:
// killed-writer CALL WRITER FOLDER FROM TO.
const killedWriter = "killed-writer"

func init() {
	programs[killedWriter] = func() {
		call, err := strconv.Atoi(os.Args[1])
		if err == nil && call > 0 {
			err = holdCalls(heldCalls(changing...))
		} else if err == nil {
			fmt.Println("about to write")
		}
		if err == nil {
			err = writers[writerAt(os.Args[2])].write(os.Args[3], os.Args[4], os.Args[5])
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func writerAt(name string) int {
	return slices.IndexFunc(writers, func(w fileWriter) bool { return w.name == name })
}

// killing is a way of killing a writer at a step, from 1, of what it does. over says that it ended before that.
type killing struct {
	name string
	kill func(t *testing.T, step int, args ...string) (over bool)
	// exact says that there is a step for every call, so that none of them is left out.
	exact bool
}

var (
	atCalls   = killing{"at each system call that changes files", killedAtCall, true}
	atMoments = killing{"after more and more time", killedAtMoment, false}
)

// writing returns a command that runs a writer.
func writing(t *testing.T, call int, args []string) (c *exec.Cmd, said *strings.Builder) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	c, said = exec.Command(self), &strings.Builder{}
	c.Args = append([]string{killedWriter, strconv.Itoa(call)}, args...)
	c.Stderr = said
	return c, said
}

// overOrKilled tells a writer that ended from one that was killed. The test ends at any other one.
func overOrKilled(t *testing.T, step int, c *exec.Cmd, err error, said string) (over bool) {
	t.Helper()
	status, known := c.ProcessState.Sys().(syscall.WaitStatus)
	if err != nil && !(known && status.Signal() == syscall.SIGKILL) {
		t.Fatalf("%q, step %d: %v, %s", c.Args, step, err, said)
	}
	return err == nil
}

// killedAtCall runs a writer and kills it at its nth changing call.
func killedAtCall(t *testing.T, nth int, args ...string) (over bool) {
	t.Helper()
	c, said := writing(t, nth, args)
	ended, err := startHeld(c, nth)
	must(t, err)
	err = c.Wait()
	must(t, ended())
	return overOrKilled(t, nth, c, err, said.String())
}

// killedAtMoment kills a writer when it is about to write, and half as much later again with each step. Time is counted in looks at its
// folder.
func killedAtMoment(t *testing.T, step int, args ...string) (over bool) {
	t.Helper()
	c, said := writing(t, 0, args)
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	_, _ = bufio.NewReader(out).ReadString('\n') // it may say nothing, which Wait tells
	looks := 1.0
	for range step - 1 {
		looks *= 1.5
	}
	for range int(looks) - 1 {
		_, _ = os.Stat(args[1])
	}
	_ = c.Process.Kill() // it may have ended
	return overOrKilled(t, step, c, c.Wait(), said.String())
}

// mustSurvive kills a writer at all steps, with a file from before unless from is empty. Then the next run reads and writes, and removes
// what is left.
func (k killing) mustSurvive(t *testing.T, w *fileWriter, from string) {
	seen := map[string]int{}
	for step, over := 1, false; !over; step++ {
		folder := ownFolders(t)
		if from != "" {
			must(t, w.write(folder, "", from))
		}
		over = k.kill(t, step, w.name, folder, from, "new")
		kept, err := w.kept(folder)
		if err != nil || kept != from && kept != "new" || over && kept != "new" {
			t.Fatalf("killed at step %d, what is kept is %q, %v", step, kept, err)
		}
		seen[kept]++
		if w.replaces || kept == "" {
			must(t, w.write(folder, kept, "next"))
		}
		if after, err := w.kept(folder); err != nil || w.replaces && after != "next" {
			t.Fatalf("killed at step %d, the next run keeps %q, %v", step, after, err)
		}
		mustHaveOnly(t, w.files, !w.replaces && !namelessIn(folder))
	}
	t.Logf("killed %s: what was there is %v", k.name, seen)
	if k.exact && (seen[from] < 3 || seen["new"] == 0) {
		t.Errorf("the runs that left the old and the new are %v: not all calls are seen", seen)
	}
}

// TestAWriterThatIsKilledAtAnyCallLeavesTheOldOrTheNew kills a process at each system call that changes files, in each way of writing,
// without and with a file from before. Where the kernel cannot hold calls, the moments are less exact.
func TestAWriterThatIsKilledAtAnyCallLeavesTheOldOrTheNew(t *testing.T) {
	kind := atCalls
	if err := callsAreHeld(); err != nil {
		t.Logf("writers are killed %s, as this system holds no calls: %v", atMoments.name, err)
		kind = atMoments
	}
	for i := range writers {
		w := &writers[i]
		t.Run(w.name, func(t *testing.T) { kind.mustSurvive(t, w, "") })
		if w.replaces {
			t.Run(w.name+" again", func(t *testing.T) { kind.mustSurvive(t, w, "old") })
		}
	}
}

// TestAWriterThatIsKilledAtAnyMomentLeavesTheOldOrTheNew does it with some of them in the way that works on every system.
func TestAWriterThatIsKilledAtAnyMomentLeavesTheOldOrTheNew(t *testing.T) {
	for _, name := range []string{"a mark", "an export"} {
		t.Run(name, func(t *testing.T) { atMoments.mustSurvive(t, &writers[writerAt(name)], "") })
	}
}

// ownFolders gives the test folders of its own for all that the program writes, and returns one for the files of the user.
func ownFolders(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"STATE", "CONFIG", "CACHE"} {
		folder := filepath.Join(home, strings.ToLower(name))
		must(t, os.Mkdir(folder, 0o700))
		t.Setenv("XDG_"+name+"_HOME", folder)
	}
	write(t, failedLog(), []byte(strings.Repeat(event("GET_RULE", "FAILED"), failedEvents)))
	folder := filepath.Join(home, "case")
	must(t, os.Mkdir(folder, 0o700))
	return folder
}

// namelessIn reports whether files without names can be made in a folder, so that nothing of a new one is left.
func namelessIn(folder string) bool {
	fd, err := unix.Open(folder, unix.O_WRONLY|unix.O_TMPFILE, 0o600)
	if err == nil {
		err = unix.Close(fd)
	}
	return err == nil
}

// mustHaveOnly checks that of all files of a test, only those with a name like one of files are there, besides the log, locks and, with
// parts, incomplete files that are never mistaken for complete ones.
func mustHaveOnly(t *testing.T, files []string, parts bool) {
	t.Helper()
	files = append([]string{"audit.jsonl", ".*.lock"}, files...)
	if parts {
		files = append(files, ".*.part")
	}
	must(t, filepath.WalkDir(filepath.Dir(os.Getenv("XDG_STATE_HOME")), func(path string, d fs.DirEntry, err error) error {
		known := slices.ContainsFunc(files, func(like string) bool {
			is, _ := filepath.Match(like, filepath.Base(path))
			return is
		})
		if err == nil && !d.IsDir() && !known {
			t.Errorf("%s is left behind", path)
		}
		return err
	}))
}
