package tui

import (
	"io"
	"sync/atomic"
)

// paintedOutput is the output of a program. It reports once that the first frame with events was written, and not only drawn: work that
// begins then must not delay the writing.
type paintedOutput struct {
	io.Writer
	told  func()
	drawn atomic.Bool // that frame was drawn; the next one that is written has events
}

// leastFrame is more than the questions to the terminal that the library writes before and between frames, and less than a frame of the
// smallest layout.
const leastFrame = 64

// Write implements io.Writer.
func (o *paintedOutput) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if len(p) >= leastFrame && o.drawn.CompareAndSwap(true, false) {
		o.told()
	}
	return n, err
}
