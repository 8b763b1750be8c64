package tail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
)

// isPipe reports whether a file is a pipe or a device.
func isPipe(mode os.FileMode) bool { return mode&(os.ModeNamedPipe|os.ModeCharDevice) != 0 }

// pipe is a named pipe or a device, read until its path leads to something else or the context ends. When its writers close it, it
// waits for others. Reading blocks, so it has a goroutine of its own.
type pipe struct {
	ctx  context.Context
	path string
	file *os.File
	info os.FileInfo
	gen  *generation // used by the goroutine alone
	poll time.Duration
	look chan struct{} // has a value when the path may have changed
	done chan struct{} // closed when nothing is read any more
}

// openPipe starts to read the pipe at the path. The file that was there before is kept for late writes.
func (f *follower) openPipe() {
	file, info, err := f.open(f.path)
	if err != nil {
		f.trouble = "waiting: " + cause(err)
		return
	}
	if !isPipe(info.Mode()) {
		_ = file.Close() // it changed: the next look will show
		return
	}
	f.rotateAway()
	f.trouble, f.caught = "", true
	g := f.nextGeneration("the path became a pipe")
	f.past.forget(g)
	g.streams = loader.NewStreams(f.conf.Limits) // it is read on another goroutine
	g.now = report{phase: model.Following, unread: -1}
	setPlace(g.to, "")
	f.piped = &pipe{f.ctx, f.path, file, info, g, f.conf.poll(), make(chan struct{}, 1), make(chan struct{})}
	f.piped.start(f.loads)
}

// start reads on a new goroutine, and passes errors to loads.
func (p *pipe) start(l *loads) {
	l.running.Add(1)
	fault.Go(func() {
		defer l.running.Done()
		defer close(p.done)
		err := fault.Safely(p.read)
		fault.Tell(p.ctx, err)
		if err != nil {
			p.gen.err = err
			l.fail(err)
		}
		p.gen.finish(false)
	}, func(e *fault.Error) { fault.Tell(p.ctx, e) })
}

// goesOn reports whether the pipe is still being read, and makes the goroutine check its path.
func (p *pipe) goesOn() bool {
	select {
	case <-p.done:
		return false
	case p.look <- struct{}{}:
	default:
	}
	return true
}

// read reads bytes and decodes them.
func (p *pipe) read() error {
	defer p.file.Close()
	// The end of the context interrupts a blocked read. Devices without deadlines are not waited for either.
	defer context.AfterFunc(p.ctx, func() { _ = p.file.SetReadDeadline(time.Unix(1, 0)) })()
	g, buf := p.gen, make([]byte, loader.BlockBytes)
	for p.ctx.Err() == nil {
		n, err := p.file.Read(buf)
		if err := g.write(buf[:n]); err != nil {
			return fmt.Errorf("following %s: %w", p.path, err)
		}
		switch {
		case n > 0 && err == nil:
			g.now.note = notes(g.event)
			g.reportState()
			continue
		case err == nil || errors.Is(err, io.EOF):
			g.now.note = notes(g.event, "no writer is connected")
		case p.ctx.Err() == nil:
			g.now.note = notes(g.event, fmt.Sprintf("reading failed: %v", err))
		}
		if now, err := os.Stat(p.path); err == nil && !os.SameFile(now, p.info) {
			return nil
		}
		g.reportState()
		p.rest()
	}
	return nil
}

// rest waits for the next time to read and to check the path.
func (p *pipe) rest() {
	timer := time.NewTimer(p.poll)
	defer timer.Stop()
	select {
	case <-p.ctx.Done():
	case <-p.look:
	case <-timer.C:
	}
}
