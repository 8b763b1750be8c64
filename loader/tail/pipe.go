package tail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"pawprint/model"
)

// isPipe reports whether a path leads to a pipe or a device.
func isPipe(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode()&(os.ModeNamedPipe|os.ModeCharDevice) != 0
}

// pipe reads a named pipe or a device until the path leads to something else, or the context ends. Writers may leave and
// others come: they go on where the last one stopped.
func (f *follower) pipe() error {
	file, info, err := f.openFile(f.file.Path)
	if err != nil {
		f.trouble = "waiting: " + cause(err)
		f.tell()
		f.rest()
		return nil
	}
	defer file.Close()
	if info.Mode()&(os.ModeNamedPipe|os.ModeCharDevice) == 0 {
		return nil // it changed: the next look will tell
	}
	if f.retire(); f.cur != nil {
		f.cur = nil
	}
	f.trouble = ""
	g := f.nextGeneration("the path became a pipe")
	g.now = told{phase: model.Following, unread: -1}
	stands(g.to, "")
	f.caught = true
	// A read that waits ends with the context. Devices that know no deadline are not waited for either.
	stop := context.AfterFunc(f.ctx, func() { _ = file.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()
	err = f.readPipe(file, info, g)
	g.finish(false)
	return err
}

func (f *follower) readPipe(file *os.File, info os.FileInfo, g *generation) error {
	for f.ctx.Err() == nil {
		n, err := file.Read(f.buf)
		if err := g.write(f.buf[:n]); err != nil {
			g.err = err
			return fmt.Errorf("following %s: %w", f.file.Path, err)
		}
		if n > 0 && err == nil {
			g.now.note = notes(g.event)
			g.tell()
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			if f.ctx.Err() != nil {
				return nil
			}
			g.now.note = notes(g.event, fmt.Sprintf("reading failed: %v", err))
		} else {
			g.now.note = notes(g.event, "no writer is connected")
		}
		if now, err := os.Stat(f.file.Path); err == nil && !os.SameFile(now, info) {
			return nil
		}
		g.tell()
		if _, err := f.drain(); err != nil {
			return err
		}
		f.rest()
		if f.polled {
			f.watch.aim(f.file.Path)
		}
	}
	return nil
}
