package tail

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// rotator writes lines and does all that is done to log files, as long as nothing that was written is destroyed before it
// was read.
type rotator struct {
	*rig
	rand   *rand.Rand
	out    *os.File // the writer's descriptor
	serial int
}

// eachSeed runs rounds with new seeds for as many seconds as the environment variable PAWPRINT_RANDOM_SECONDS says, 2 if it
// is not set, and once at least. The name of a round is its seed; PAWPRINT_RANDOM_SEED sets the first.
func eachSeed(t *testing.T, run func(t *testing.T, seed uint64)) {
	seed, seconds := uint64(time.Now().UnixNano()), uint64(2)
	for name, value := range map[string]*uint64{"PAWPRINT_RANDOM_SEED": &seed, "PAWPRINT_RANDOM_SECONDS": &seconds} {
		if text := os.Getenv(name); text != "" {
			n, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			*value = n
		}
	}
	for end := time.Now().Add(time.Duration(seconds) * time.Second); ; seed++ {
		if !t.Run(fmt.Sprint(seed), func(t *testing.T) { run(t, seed) }) || time.Now().After(end) {
			return
		}
	}
}

// TestLoadReadsEveryLineOnce lets a writer and a rotator do what they like and compares what was read with what was written.
func TestLoadReadsEveryLineOnce(t *testing.T) {
	t.Parallel()
	eachSeed(t, func(t *testing.T, seed uint64) {
		eachWay(t, func(r *rig) {
			r.set.grace = ample // late writes may come late on a busy machine
			w := &rotator{rig: r, rand: rand.New(rand.NewPCG(seed, 0))}
			w.out = w.reopen()
			w.append()
			r.start()
			r.caughtUp()
			for range 100 {
				w.step()
			}
			r.caughtUp()
			r.end()
		})
	})
}

func (w *rotator) step() {
	steps := []struct {
		weight int
		do     func()
	}{
		{40, w.append}, {10, w.inPieces}, {8, w.caughtUp}, {6, w.rename}, {4, w.renameLate}, {4, w.copied}, {2, w.replace},
		{2, w.cutBack}, {2, w.rewrite}, {2, w.emptied},
	}
	sum := 0
	for _, s := range steps {
		sum += s.weight
	}
	n := w.rand.IntN(sum)
	for _, s := range steps {
		if n -= s.weight; n < 0 {
			s.do()
			return
		}
	}
}

func (w *rotator) reopen() *os.File { return w.writer() }

func (w *rotator) put(s string) {
	w.Helper()
	_, err := w.out.WriteString(s)
	w.must(err)
}

func (w *rotator) append() { w.put(w.lines(1 + w.rand.IntN(20))) }

func (w *rotator) inPieces() {
	for rest := w.lines(2); rest != ""; {
		n := min(len(rest), 1+w.rand.IntN(60))
		w.put(rest[:n])
		rest = rest[n:]
	}
}

func (w *rotator) aside() string {
	w.serial++
	return fmt.Sprintf(".%d", w.serial)
}

func (w *rotator) rename() {
	w.rotate(w.aside())
	w.out = w.reopen()
}

// renameLate goes on with the old descriptor before and after the new file is there.
func (w *rotator) renameLate() {
	w.rotate(w.aside())
	w.append()
	late := w.out
	w.out = w.reopen()
	w.append()
	_, err := late.WriteString(w.line())
	w.must(err)
}

// copied copies and truncates the file while nobody writes. Of a file of which nothing was read yet nobody could tell that
// it was truncated.
func (w *rotator) copied() {
	w.append()
	w.caughtUp()
	w.append()
	w.copyTruncate(w.aside())
	w.append()
}

func (w *rotator) replace() {
	w.caughtUp()
	w.must(appendFile(w.path+".new", w.lines(3)))
	w.must(os.Rename(w.path+".new", w.path))
	w.out = w.reopen()
}

func (w *rotator) cutBack() {
	w.caughtUp()
	all := w.read()
	lines := 0
	for _, c := range all {
		if c == '\n' {
			lines++
		}
	}
	at := w.startOf(w.rand.IntN(lines + 1))
	if at < headBytes {
		return // it would be read again from its beginning, as it should
	}
	w.must(os.Truncate(w.path, at))
	w.append()
}

func (w *rotator) rewrite() {
	w.caughtUp()
	w.must(os.WriteFile(w.path, []byte(w.lines(1+w.rand.IntN(40))), 0o600))
}

func (w *rotator) emptied() {
	w.caughtUp()
	w.must(os.Truncate(w.path, 0))
}
