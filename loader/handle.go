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

// handles keeps files readable without keeping all of them open: a file that was closed to free its descriptor is opened again
// when it is read. Any goroutine may use it.
type handles struct {
	most int

	mu     sync.Mutex
	freed  chan struct{} // closed, and replaced, when a file may have been closed or fallen idle
	open   int
	recent []*handle // open ones, least recently used first
}

// handle is a file that can be read as long as the program runs, unless it is replaced or deleted while it is closed.
type handle struct {
	pool *handles
	path string
	info os.FileInfo // of the file when it was first opened
	file *os.File    // nil while closed
	busy int         // reads in progress
}

// openFiles is the pool of all sources.
var openFiles = &handles{most: descriptorShare(), freed: make(chan struct{})}

// mostOpen bounds how many files are kept open, even if the system allows more.
const mostOpen = 1024

// reopenPause is the time between attempts to open a file while the process has no descriptors left.
const reopenPause = 20 * time.Millisecond

// openHandle opens a file. While there are no descriptors it waits for other files to be closed, until ctx ends.
func (p *handles) openHandle(ctx context.Context, path string) (*handle, error) {
	h := &handle{pool: p, path: path}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.reopen(ctx, h); err != nil {
		return nil, err
	}
	info, err := h.file.Stat()
	if err != nil {
		p.closeFile(h)
		return nil, err
	}
	h.info = info
	return h, nil
}

// reopen opens the file of h and closes idle ones to make that possible. The caller holds mu, which is released while waiting.
func (p *handles) reopen(ctx context.Context, h *handle) error {
	for h.file == nil {
		if p.open >= p.most && !p.closeIdle() {
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
			if !p.closeIdle() {
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

// wait waits until a descriptor may be free. The caller holds mu, which is released meanwhile.
func (p *handles) wait(ctx context.Context) error {
	freed := p.freed
	p.mu.Unlock()
	defer p.mu.Lock()
	timer := time.NewTimer(reopenPause)
	defer timer.Stop()
	select {
	case <-freed:
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// closeIdle closes the least recently used file that is not being read, and reports whether there was one. The caller holds mu.
func (p *handles) closeIdle() bool {
	for _, h := range p.recent {
		if h.busy == 0 {
			p.closeFile(h)
			return true
		}
	}
	return false
}

// closeFile closes the file of h, if it is open. The caller holds mu.
func (p *handles) closeFile(h *handle) {
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
	close(p.freed)
	p.freed = make(chan struct{})
}

// acquire opens the file if necessary. It stays open until release.
func (h *handle) acquire() (*os.File, error) {
	p := h.pool
	p.mu.Lock()
	defer p.mu.Unlock()
	if h.file == nil {
		if err := h.reopenSame(); err != nil {
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

// reopenSame opens the file again and checks that it is still the same file. The caller holds mu.
func (h *handle) reopenSame() error {
	if err := h.pool.reopen(context.Background(), h); err != nil {
		return fmt.Errorf("%w: it was closed to save descriptors: %v", model.ErrChanged, err)
	}
	info, err := h.file.Stat()
	if err == nil && !os.SameFile(info, h.info) {
		err = fmt.Errorf("%w: another file is at its path", model.ErrChanged)
	}
	if err != nil {
		h.pool.closeFile(h)
	}
	return err
}

func (h *handle) release() {
	h.pool.mu.Lock()
	defer h.pool.mu.Unlock()
	h.busy--
	if h.busy == 0 && h.pool.open >= h.pool.most {
		close(h.pool.freed)
		h.pool.freed = make(chan struct{})
	}
}

// close closes the descriptor unless the file is being read. The handle can still be read.
func (h *handle) close() {
	h.pool.mu.Lock()
	defer h.pool.mu.Unlock()
	if h.busy == 0 {
		h.pool.closeFile(h)
	}
}

// ReadAt implements io.ReaderAt. If the file was closed and another one is at its path now the error wraps model.ErrChanged.
func (h *handle) ReadAt(p []byte, off int64) (int, error) {
	file, err := h.acquire()
	if err != nil {
		return 0, err
	}
	defer h.release()
	return file.ReadAt(p, off)
}

// from returns a reader of the file from its start.
func (h *handle) from() io.Reader { return &readerFrom{of: h} }
