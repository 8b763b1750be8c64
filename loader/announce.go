package loader

import (
	"context"
	"errors"
	"sync"

	"pawprint/model"
	"pawprint/model/fault"
)

// ErrDeclined says that somebody who was asked did not want a source to be loaded, as it is large.
var ErrDeclined = errors.New("the download was declined")

// Announced is a source that a sink knows: what is read becomes rows under its ID, and its methods tell the sink how far it is.
// Any goroutine may call them.
type Announced struct {
	Sink Sink
	ID   model.SourceID
}

// Announce adds a source to a sink, waiting to be loaded. Whoever announces a source also ends it, with End.
func Announce(sink Sink, name model.Text) Announced {
	return Announced{sink, sink.AddSource(name)}
}

// Update changes the state of the source. The sink keeps the books itself.
func (a Announced) Update(change func(*model.SourceState)) { a.Sink.UpdateSource(a.ID, change) }

// Loading says that the source is being read, for the first time or again, and how many bytes it has; -1 if that is not known.
func (a Announced) Loading(size int64) {
	a.Update(func(s *model.SourceState) { s.Phase, s.Size, s.Err = model.Loading, size, model.Text{} })
}

// Note says something about the source that people should know. It replaces the note before.
func (a Announced) Note(note string) {
	a.Update(func(s *model.SourceState) { s.Note = model.NewText(note) })
}

// End says how the source ended, and returns err. A nil error means that all of it was read; one of a cancelled context, or
// ErrDeclined, that somebody stopped it; a *GapError that only a part could not be read. Any other breaks the source.
func (a Announced) End(err error) error {
	a.Update(func(s *model.SourceState) { endState(s, err) })
	return err
}

// endState puts the end of a source into its state.
func endState(s *model.SourceState, err error) {
	var gap *GapError
	switch {
	case err == nil:
		s.Phase = model.Complete
	case errors.As(err, &gap):
		s.Phase, s.Damaged, s.Err = model.Complete, true, model.NewText(err.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, ErrDeclined):
		s.Phase = model.Cancelled
	default:
		s.Phase, s.Err = model.Broken, model.NewText(err.Error())
	}
}

// announcements is a sink that remembers which sources were announced through it.
type announcements struct {
	Sink
	mu  sync.Mutex
	ids []model.SourceID
}

// AddSource implements Sink.
func (a *announcements) AddSource(name model.Text) model.SourceID {
	id := a.Sink.AddSource(name)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids = append(a.ids, id)
	return id
}

// conclude says on behalf of a source what it could not say itself: that it failed before it announced anything, or that a
// fault of this program kept it from ending what it had announced.
func (a *announcements) conclude(name model.Text, err error) {
	if err == nil {
		return
	}
	a.mu.Lock()
	ids := a.ids
	a.mu.Unlock()
	if len(ids) == 0 {
		_ = Announce(a.Sink, name).End(err) // the caller has it
	}
	if fault.In(err) == nil {
		return
	}
	for _, id := range ids {
		a.UpdateSource(id, func(s *model.SourceState) {
			if s.Phase == model.Waiting || s.Phase == model.Loading || s.Phase == model.Following {
				endState(s, err)
			}
		})
	}
}
