package tail

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// crowd is a set of many small files whose operations are counted.
type crowd struct {
	*rig
	s            *set
	opens, lists int
	most         int // files that were open at the same time
	names        []string
}

const crowdSize = 300

// newCrowd makes files of a line each and follows them, as a folder or each by its name.
func newCrowd(t *testing.T, named bool) *crowd {
	t.Helper()
	c := &crowd{rig: newRig(t)}
	c.set.watcher = noWatch
	c.set.open = func(path string) (*os.File, error) {
		c.opens++
		return openShared(path)
	}
	c.set.Paths = nil
	for i := range crowdSize {
		name := fmt.Sprintf("%04d.jsonl", i)
		c.put(name, 1)
		c.names, c.set.Paths = append(c.names, name), append(c.set.Paths, c.at(name))
	}
	if !named {
		c.set.Paths = []string{filepath.Dir(c.path)}
	}
	c.s = newSet(c.Context(), c.set, c.log)
	c.s.lister.readDir = func(folder string) ([]fs.DirEntry, error) {
		c.lists++
		return os.ReadDir(folder)
	}
	c.Cleanup(func() { c.must(c.s.close()) })
	c.s.begin()
	c.look()
	return c
}

// look makes every file due, scans, and reads all that there is.
func (c *crowd) look() {
	for _, f := range c.s.order {
		f.due = time.Time{}
	}
	c.s.nextScan, c.s.scanAgain = time.Time{}, time.Time{}
	for c.s.round() {
		c.most = max(c.most, len(c.s.files.open()))
	}
}

// cost fails if more was done since the last call. Files are opened an exact number of times; a folder is listed at a pace that depends on
// the time that listing takes, a few times more on a slow machine. What is done for each other file would show in hundreds.
func (c *crowd) cost(what string, opens, lists int) {
	c.Helper()
	if c.opens > opens || c.lists > lists {
		c.Errorf("%s: files were opened %d times and folders listed %d times, want at most %d and %d times", what, c.opens, c.lists, opens, lists)
	}
	c.opens, c.lists = 0, 0
}

// TestManySmallFilesCostTheSameEach counts what following costs: nothing is done for one file because of each other one.
func TestManySmallFilesCostTheSameEach(t *testing.T) {
	t.Parallel()
	for name, named := range map[string]bool{"a folder": false, "named files": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCrowd(t, named)
			c.compare()
			c.cost("the start", 2*crowdSize, crowdSize/10)
			if most := defaultMaxOpen + 1; c.most > most {
				t.Errorf("%d files were open at the same time, want at most %d", c.most, most)
			}
			for _, name := range c.names[:5] {
				c.put(name, 1)
			}
			c.look()
			c.compare()
			c.cost("5 writes", 10, crowdSize/10)
			for _, name := range c.names[:5] {
				c.move(name, name+".1")
				c.put(name, 1)
			}
			c.look()
			c.compare()
			c.cost("5 rotations", 40, crowdSize/10)
		})
	}
}

// TestManyNewFilesCostTheSameEach has as many files again appear at once.
func TestManyNewFilesCostTheSameEach(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, false)
	c.cost("the start", 2*crowdSize, crowdSize/10)
	for i := range crowdSize {
		c.put(fmt.Sprintf("new-%04d.jsonl", i), 1)
	}
	c.look()
	c.compare()
	c.cost("new files", 2*crowdSize, crowdSize/10)
}

// TestFilesThatAreRenamedAtOnceAreFoundInOneListing renames files that are closed, and that only their identity tells of.
func TestFilesThatAreRenamedAtOnceAreFoundInOneListing(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, false)
	c.cost("the start", 2*crowdSize, crowdSize/10)
	for _, name := range c.names[:100] {
		c.put(name, 1)
		c.move(name, name+".moved")
	}
	c.look()
	c.compare()
	c.cost("renamed files", 3*100, crowdSize/10)
}

// TestManyPackedFilesCostTheSameEach has packed files beside plain ones. Some of them hold what a plain file holds.
func TestManyPackedFilesCostTheSameEach(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	opens := 0
	r.set.watcher, r.set.settle = noWatch, time.Millisecond
	r.set.open = func(path string) (*os.File, error) {
		opens++
		return openShared(path)
	}
	r.set.Paths = []string{filepath.Dir(r.path)}
	for i := range crowdSize {
		line := r.line()
		r.must(os.WriteFile(r.at(fmt.Sprintf("%04d.jsonl.gz", i)), gzipped(t, line), 0o600))
		line = r.line()
		r.must(os.WriteFile(r.at(fmt.Sprintf("%04d.jsonl", i)), []byte(line), 0o600))
		if i%10 == 0 {
			r.must(os.WriteFile(r.at(fmt.Sprintf("%04d.old.json.gz", i)), gzipped(t, line), 0o600))
		}
	}
	r.start()
	r.caughtUp()
	r.halt()
	if most := 3 * (2*crowdSize + crowdSize/10); opens > most {
		t.Errorf("files were opened %d times, want at most %d times", opens, most)
	}
}
