package seal

import (
	"fmt"

	"pawprint/model/amount"
)

// comparison compares lines with the chain of a manifest, while they are read. Each stretch between two checkpoints is compared by itself,
// from the hash before it on, so that a change does not hide what is behind it. Behind a change it looks for the next stretch a few lines
// earlier and later too, which tells lines that were removed or added from those that were changed.
type comparison struct {
	chain []Checkpoint
	next  int      // the stretch that comes next, an index of chain
	lines []digest // lines that were read, from the beginning of that stretch on
	at    int64    // lines before them
	steps int64    // how many more hashes the search for stretches may take

	Changes []Change
	Agreed  int64 // lines in stretches without a change
	Added   int64 // lines behind the last stretch
}

// Change is a run of sealed lines that has changed.
type Change struct {
	From, To int64 // lines of the manifest, 1 for the first, both included
	Now      int64 // how many lines there are in their place
	Sure     bool  // the lines after the change agree again, or there are none, so that Now is right
	Lo, Hi   int64 // the bytes of the sealed lines
}

const (
	// mostShift is how many lines earlier or later the stretch after a change is looked for.
	mostShift = 1000
	// mostSteps is how many hashes that search may take for one source, a few seconds.
	mostSteps = 30_000_000
)

func newComparison(chain []Checkpoint) *comparison {
	return &comparison{chain: chain, steps: mostSteps}
}

// stretch returns the checkpoints around stretch k.
func (c *comparison) stretch(k int) (before, after Checkpoint) {
	before.Hash = noLines
	if k > 0 {
		before = c.chain[k-1]
	}
	return before, c.chain[k]
}

// length returns the number of lines of stretch k, or 0 if there is none.
func (c *comparison) length(k int) int {
	if k >= len(c.chain) {
		return 0
	}
	before, after := c.stretch(k)
	return int(after.Line - before.Line)
}

// is reports whether stretch k stands at the lines from index i on.
func (c *comparison) is(k, i int) bool {
	before, after := c.stretch(k)
	n := c.length(k)
	if i < 0 || i+n > len(c.lines) {
		return false
	}
	hash := before.Hash
	for _, line := range c.lines[i : i+n] {
		hash = hash.follow(line)
	}
	c.steps -= int64(n)
	return hash == after.Hash
}

// line takes the next line.
func (c *comparison) line(line digest) {
	if c.next == len(c.chain) {
		c.Added++
		return
	}
	c.lines = append(c.lines, line)
	n := c.length(c.next)
	switch {
	case len(c.lines) == n && c.is(c.next, 0):
		c.agree(n)
	case len(c.lines) >= n+mostShift+c.length(c.next+1):
		c.differ()
	}
}

// agree takes the lines of the next stretch, which agree with it.
func (c *comparison) agree(n int) {
	c.Agreed += int64(n)
	c.drop(n)
	c.next++
	if c.next == len(c.chain) {
		c.Added += int64(len(c.lines))
		c.drop(len(c.lines))
	}
}

func (c *comparison) drop(n int) {
	c.at += int64(n)
	c.lines = append(c.lines[:0], c.lines[n:]...)
}

// again compares what is left of the lines after a change.
func (c *comparison) again() {
	for c.next < len(c.chain) && c.is(c.next, 0) {
		c.agree(c.length(c.next))
	}
}

// differ notes that the next stretch differs, and goes on to the one after it.
func (c *comparison) differ() {
	n := c.length(c.next)
	now, sure := c.find(n)
	c.note(int64(now), sure)
	c.drop(now)
	c.next++
	if c.again(); c.next == len(c.chain) {
		c.Added += int64(len(c.lines))
		c.drop(len(c.lines))
	}
}

// find looks for the stretch after the next one, which has n lines. It returns how many lines stand before it.
func (c *comparison) find(n int) (now int, sure bool) {
	if c.next+1 < len(c.chain) {
		for shift := 0; shift <= mostShift && c.steps > 0; shift++ {
			if c.is(c.next+1, n+shift) {
				return n + shift, true
			}
			if shift > 0 && c.is(c.next+1, n-shift) {
				return n - shift, true
			}
		}
		if c.is(c.next+1, n) {
			return n, true
		}
	}
	return min(n, len(c.lines)), false
}

// note notes that now lines are in place of the next stretch. Adjoining changes become one.
func (c *comparison) note(now int64, sure bool) {
	before, after := c.stretch(c.next)
	change := Change{before.Line + 1, after.Line, now, sure, before.Offset, after.Offset}
	if k := len(c.Changes) - 1; k >= 0 && c.Changes[k].To == before.Line && !c.Changes[k].Sure {
		c.Changes[k].To, c.Changes[k].Hi, c.Changes[k].Sure = change.To, change.Hi, sure
		c.Changes[k].Now += now
		return
	}
	c.Changes = append(c.Changes, change)
}

// end says that there are no more lines.
func (c *comparison) end() {
	for c.next < len(c.chain) {
		if c.is(c.next, 0) {
			c.agree(c.length(c.next))
			continue
		}
		if c.next == len(c.chain)-1 {
			c.note(int64(len(c.lines)), true)
			c.drop(len(c.lines))
			c.next++
			return
		}
		c.differ()
	}
}

// words says what changed, for people.
func (c Change) words() string {
	sealed := c.To - c.From + 1
	where := "line " + amount.Count(c.From)
	if sealed > 1 {
		where = fmt.Sprintf("lines %s to %s", amount.Count(c.From), amount.Count(c.To))
	}
	where += fmt.Sprintf(" (bytes %d to %d): ", c.Lo, c.Hi)
	switch less := sealed - c.Now; {
	case c.Now == 0:
		return where + "missing"
	case !c.Sure:
		return where + "changed; how many lines are there now is unknown"
	case less > 0:
		return where + amount.Of(less, "line is", "lines are") + " missing among them"
	case less < 0:
		return where + amount.Of(-less, "line was", "lines were") + " added among them"
	}
	return where + "changed; there are as many lines as before"
}
