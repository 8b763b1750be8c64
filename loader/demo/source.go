package demo

import (
	"context"
	"errors"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

// Source is an invented log as a source of events.
type Source struct {
	Options Options
	Story   bool          // the story instead of a log of Options
	Live    time.Duration // how long to wait from one live event to the next; 0 ends with the log
	Now     func() time.Time
}

// Name is "demo".
func (s *Source) Name() model.Text { return model.NewText("demo") }

// Load implements loader.Source. With Live it then invents events, at the time that Now returns, until ctx ends.
func (s *Source) Load(ctx context.Context, sink loader.Sink) error {
	to := loader.Announce(sink, s.Name())
	to.Loading(-1)
	store := new(loader.Store)
	stream := loader.NewStream(sink, to.ID, loader.Bytes{Raw: store, Trusted: true}, loader.Limits{})
	write := func(p []byte) {
		store.Write(p)
		stream.Write(p)
	}
	g := New(s.Options)
	err := s.past(ctx, g, write)
	if err == nil && s.Live > 0 {
		to.Update(func(state *model.SourceState) { state.Phase = model.Following })
		s.follow(ctx, g, write)
	}
	return to.End(err)
}

// past writes the log that exists at the start.
func (s *Source) past(ctx context.Context, g *Generator, write func([]byte)) error {
	if s.Story {
		write(Story())
		return nil
	}
	buf := make([]byte, 0, 2*loader.BlockBytes)
	for more := true; more; {
		for buf = buf[:0]; more && len(buf) < loader.BlockBytes; {
			buf, more = g.Append(buf)
		}
		write(buf)
		if err := ctx.Err(); err != nil {
			return errors.Join(errors.New("inventing a log"), err)
		}
	}
	return nil
}

func (s *Source) follow(ctx context.Context, g *Generator, write func([]byte)) {
	tick := time.NewTicker(s.Live)
	defer tick.Stop()
	log := newLiveLog(g, int(liveCalm/s.Live))
	for {
		select {
		case <-tick.C:
			write(log.event(s.Now(), nil))
		case <-ctx.Done():
			return
		}
	}
}
