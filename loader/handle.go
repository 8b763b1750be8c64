package loader

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"pawprint/model"
)

// handles keeps files readable without keeping all of them open: a file that was closed to make room is opened again when it
// is read. Any goroutine may use it.
type handles struct {
	most int

	mu     sync.Mutex
	room   chan struct{} // closed when a file may have been let go, and replaced
	open   int
	recent []*handle // open, the one that was used last at the end
}

// handle is a file that can be read as long as the program runs, unless it is replaced or deleted while it is closed.
type handle struct {
	pool *handles
	path string
	info os.FileInfo // of the file that was opened first
	file *os.File    // nil while closed
	busy int         // reads that go on
}

// openFiles is the pool of all sources.
var openFiles = &handles{most: descriptorShare(), room: make(chan struct{})}

// most bounds how many files are open, whatever is allowed.
const mostOpen = 1024

// opening is how often opening is tried again while there are no descriptors and none can be let go.
const opening = 20 * time.Millisecond

// openHandle opens a file. While there are no descriptors it waits for others to be let go, until ctx ends.
func (p *handles) openHandle(ctx context.Context, path string) (*handle, error) {
	h := &handle{pool: p, path: path}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.reopen(ctx, h); err != nil {
		return nil, err
	}
	info, err := h.file.Stat()
	if err != nil {
		p.shut(h)
		return nil, err
	}
	h.info = info
	return h, nil
}

// reopen opens the file of h and makes room for it. The caller holds mu, which is let go while waiting.
func (p *handles) reopen(ctx context.Context, h *handle) error {
	for h.file == nil {
		if p.open >= p.most && !p.shutOne() {
			if err := p.wait(ctx); err != nil {
				return err
			}
			continue
		}
		file, err := os.Open(h.path)
		switch {
		case err == nil:
			h.file = file
			p.open++
			p.recent = append(p.recent, h)
		case outOfDescriptors(err):
			if !p.shutOne() {
				if err := p.wait(ctx); err != nil {
					return err
				}
			}
		default:
			return err
		}
	}
	return nil
}

// wait waits until a file may have been let go, here or elsewhere. The caller holds mu, which is let go meanwhile.
func (p *handles) wait(ctx context.Context) error {
	room := p.room
	p.mu.Unlock()
	defer p.mu.Lock()
	timer := time.NewTimer(opening)
	defer timer.Stop()
	select {
	case <-room:
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// shutOne closes the file that was not used for the longest time, if there is one that nobody reads. The caller holds mu.
func (p *handles) shutOne() bool {
	for _, h := range p.recent {
		if h.busy == 0 {
			p.shut(h)
			return true
		}
	}
	return false
}

// shut closes the file of h. The caller holds mu.
func (p *handles) shut(h *handle) {
	if h.file == nil {
		return
	}
	_ = h.file.Close() // it was only read
	h.file = nil
	p.open--
	for i, other := range p.recent {
		if other == h {
			p.recent = append(p.recent[:i], p.recent[i+1:]...)
			break
		}
	}
	close(p.room)
	p.room = make(chan struct{})
}

// take makes sure that the file is open and stays so until it is given back.
func (h *handle) take() (*os.File, error) {
	p := h.pool
	p.mu.Lock()
	defer p.mu.Unlock()
	if h.file == nil {
		if err := h.again(); err != nil {
			return nil, err
		}
	}
	h.busy++
	if last := len(p.recent) - 1; p.recent[last] != h {
		for i := range p.recent {
			if p.recent[i] == h {
				copy(p.recent[i:], p.recent[i+1:])
				p.recent[last] = h
				break
			}
		}
	}
	return h.file, nil
}

// again opens the file again and makes sure that it is still the same. The caller holds mu.
func (h *handle) again() error {
	if err := h.pool.reopen(context.Background(), h); err != nil {
		return fmt.Errorf("%w: it was closed to save descriptors: %v", model.ErrChanged, err)
	}
	info, err := h.file.Stat()
	if err == nil && !os.SameFile(info, h.info) {
		err = fmt.Errorf("%w: another file is at its path", model.ErrChanged)
	}
	if err != nil {
		h.pool.shut(h)
	}
	return err
}

func (h *handle) giveBack() {
	h.pool.mu.Lock()
	defer h.pool.mu.Unlock()
	h.busy--
	if h.busy == 0 && h.pool.open >= h.pool.most {
		close(h.pool.room)
		h.pool.room = make(chan struct{})
	}
}

// close lets go of the descriptor. The handle can still be read.
func (h *handle) close() {
	h.pool.mu.Lock()
	defer h.pool.mu.Unlock()
	if h.busy == 0 {
		h.pool.shut(h)
	}
}

// ReadAt implements io.ReaderAt. If the file was closed and is no more what it was the error wraps model.ErrChanged.
func (h *handle) ReadAt(p []byte, off int64) (int, error) {
	file, err := h.take()
	if err != nil {
		return 0, err
	}
	defer h.giveBack()
	return file.ReadAt(p, off)
}

// from reads the file from its begin on, as it is now and as far as it then goes.
func (h *handle) from() io.Reader { return &handleReader{h: h} }

type handleReader struct {
	h  *handle
	at int64
}

func (r *handleReader) Read(p []byte) (int, error) {
	n, err := r.h.ReadAt(p, r.at)
	r.at += int64(n)
	if n > 0 && err == io.EOF {
		err = nil
	}
	return n, err
}
