package tail

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

// copyScene is a file that is copied and truncated, step by step, with looks of the follower in between. Every line must be
// read once, whatever was seen.
type copyScene struct {
	*rig
	s      *set
	f      *follower
	copied string // what the copy in progress will hold
}

// newCopyScene follows a file of a few lines, without a goroutine.
func newCopyScene(t *testing.T, lines int) *copyScene {
	t.Helper()
	c := &copyScene{rig: newRig(t)}
	c.follow(lines)
	return c
}

func (c *copyScene) follow(lines int) {
	c.Helper()
	c.set.grace = ample
	c.set.watcher = noWatch
	c.write(c.lines(lines))
	c.s = newSet(c.Context(), c.set, c.log)
	c.s.begin()
	c.f = c.s.order[0].follower
	c.Cleanup(func() { c.must(c.s.close()) })
	c.check()
}

// check reads and looks as the follower does at a poll.
func (c *copyScene) check() {
	c.Helper()
	for more := true; more; {
		clear(c.s.lister.folders) // the folder may be listed now
		var err error
		more, err = c.s.check(c.f, true)
		c.must(err)
	}
}

// followRotated looks for new rotated files only, as if what is done next was done just after the file was read.
func (c *copyScene) followRotated() {
	c.f.followRotated(c.s.lister.since(c.f.beside.folder(), time.Now()))
}

// begin makes the copy, in which nothing stands yet.
func (c *copyScene) begin() {
	c.Helper()
	c.copied = c.read()
	c.must(os.WriteFile(c.path+".1", nil, 0o600))
}

// half writes the start of the copy.
func (c *copyScene) half() {
	c.Helper()
	c.must(os.WriteFile(c.path+".1", []byte(c.copied[:len(c.copied)/2]), 0o600))
}

func (c *copyScene) whole() {
	c.Helper()
	c.must(appendFile(c.path+".1", c.copied[len(c.copied)/2:]))
}

func (c *copyScene) empty() {
	c.Helper()
	c.must(os.Truncate(c.path, 0))
}

func (c *copyScene) rename() {
	c.Helper()
	c.rotate(".2")
	c.write(c.lines(2))
}

// TestFollowerReadsACopyOnce looks at any two moments of two rounds of copying and truncating. Each round writes over the
// copy of the one before, which was read by then.
func TestFollowerReadsACopyOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ read, unread, after int }{{0, 9, 0}, {3, 1, 9}, {3, 9, 1}} {
		t.Run(fmt.Sprintf("%d lines read, %d more copied, %d then", c.read, c.unread, c.after), func(t *testing.T) {
			eachTwoLooks(t, c.read, copySteps(c.unread, c.after))
		})
	}
}

type copyStep struct {
	name string
	do   func(c *copyScene)
}

// copySteps are two rounds of copying and truncating, with lines written before and after.
func copySteps(before, after int) []copyStep {
	round := []copyStep{
		{"written", func(c *copyScene) { c.write(c.lines(before)) }},
		{"copy begun", (*copyScene).begin},
		{"half copied", (*copyScene).half},
		{"copied", (*copyScene).whole},
		{"emptied", (*copyScene).empty},
		{"written again", func(c *copyScene) { c.write(c.lines(after)) }},
	}
	return slices.Concat(round, []copyStep{{"read", (*copyScene).check}}, round, []copyStep{{"renamed", (*copyScene).rename}})
}

// eachTwoLooks goes through the steps with each pair of looks.
func eachTwoLooks(t *testing.T, lines int, steps []copyStep) {
	looks := []copyStep{{"read", (*copyScene).check}, {"look", (*copyScene).followRotated}}
	for i := range steps {
		for j := range i {
			for _, a := range looks {
				for _, b := range looks {
					name := fmt.Sprintf("%s after %d %s, %s after %d %s", a.name, j, steps[j].name, b.name, i, steps[i].name)
					t.Run(name, func(t *testing.T) {
						c := newCopyScene(t, lines)
						for k, step := range steps {
							step.do(c)
							if k == j {
								a.do(c)
							}
							if k == i {
								b.do(c)
							}
						}
						c.check()
						c.check()
						c.compare()
					})
				}
			}
		}
	}
}

// TestFollowerReadsACopyOnceThatIsEmptiedMeanwhile truncates the file while the follower looks at its copy.
func TestFollowerReadsACopyOnceThatIsEmptiedMeanwhile(t *testing.T) {
	t.Parallel()
	for _, read := range []int{0, 3, 30} {
		t.Run(fmt.Sprintf("%d lines read", read), func(t *testing.T) {
			c := newCopyScene(t, read)
			c.write(c.lines(9))
			c.begin()
			c.half()
			c.whole()
			listed := c.f.beside.fresh(c.s.lister.since(c.f.beside.folder(), time.Now()))
			c.empty()
			for _, b := range listed {
				c.f.followRotatedFile(b)
			}
			c.check()
			c.write(c.lines(2))
			c.check()
			c.compare()
		})
	}
}

// TestFollowerReadsNoCopyOfWhatItLetGo copies files that were rotated away, read and closed.
func TestFollowerReadsNoCopyOfWhatItLetGo(t *testing.T) {
	t.Parallel()
	for name, rotate := range map[string]func(c *copyScene){
		"seen at the path": func(c *copyScene) { c.rotate(".1") },
		"found beside it": func(c *copyScene) {
			c.must(os.Remove(c.path))
			c.write(c.lines(3))
			c.rotate(".1")
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCopyScene(t, 3)
			rotate(c)
			c.write(c.lines(2))
			c.check()
			c.must(appendFile(c.path+".1", c.lines(9))) // late, and more than was read when it was rotated
			c.check()
			c.set.grace = time.Nanosecond
			c.check()
			if n := len(c.f.rotated); n > 0 {
				t.Fatalf("%d files are still open, want none that was rotated away", n)
			}
			all, err := os.ReadFile(c.path + ".1")
			c.must(err)
			c.must(os.WriteFile(c.path+".2", all, 0o600))
			c.followRotated()
			c.check()
			c.compare()
		})
	}
}

// TestFollowerFindsACopyInAFileThatWasEmpty has a file beside the path before following begins.
func TestFollowerFindsACopyInAFileThatWasEmpty(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(os.WriteFile(r.path+".1", nil, 0o600))
	c := &copyScene{rig: r}
	c.follow(0)
	c.write(c.lines(3))
	c.begin()
	c.half()
	c.whole()
	c.empty()
	c.check()
	c.compare()
}

// TestFollowerLeavesAFileThatIsWrittenOver copies a file that was read, and is large, over one that was rotated away.
func TestFollowerLeavesAFileThatIsWrittenOver(t *testing.T) {
	t.Parallel()
	c := newCopyScene(t, 30)
	c.rotate(".1")
	for c.write(c.line()); int64(len(c.read())) < 2*bulkBytes; {
		c.write(c.lines(20_000))
	}
	c.check()
	c.must(os.WriteFile(c.path+".1", []byte(c.read()), 0o600))
	c.check()
	c.compare()
}

// TestFollowerRescuesNothingFromAFileItReads truncates a file that began as one that was rotated away.
func TestFollowerRescuesNothingFromAFileItReads(t *testing.T) {
	t.Parallel()
	c := newCopyScene(t, 3)
	first := c.wanted[0]
	c.rotate(".1")
	c.expect(first)
	c.write(first + "\n")
	c.check()
	c.empty()
	c.check()
	c.compare()
}

// TestFollowerReadsAFileOnceThatComesBack finds a file beside the path that is at the path again before it was read.
func TestFollowerReadsAFileOnceThatComesBack(t *testing.T) {
	t.Parallel()
	c := newCopyScene(t, 3)
	c.rotate(".1")
	c.write(c.lines(2))
	c.rotate(".2")
	c.followRotated()
	c.must(os.Rename(c.path+".2", c.path))
	_, err := c.s.look(c.f)
	c.must(err)
	c.check()
	c.compare()
}
