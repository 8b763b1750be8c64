package loader

import (
	"context"
	"errors"
	"sync"

	"pawprint/model"
	"pawprint/model/fault"
)

// ErrDeclined says that the user was asked about a large source and declined to load it.
var ErrDeclined = errors.New("the download was declined")

// Announced is a source that was added to a sink: its rows carry the ID, and its methods report its state to the sink. Any
// goroutine may call them.
type Announced struct {
	Sink Sink
	ID   model.SourceID
}

// Announce adds a source to a sink, in the state Waiting. Whoever announces a source must end it, with End.
func Announce(sink Sink, name model.Text) Announced {
	return Announced{sink, sink.AddSource(name)}
}

// AnnounceRanked is Announce for one of several sources of an argument, which may be announced in any order: rank says where it stands
// among them.
func AnnounceRanked(sink Sink, name model.Text, rank model.Rank) Announced {
	return Announced{sink, sink.AddRanked(name, rank)}
}

// Update changes the state of the source. The sink itself counts rows and bytes.
func (a Announced) Update(change func(*model.SourceState)) { a.Sink.UpdateSource(a.ID, change) }

// Loading says that the source is being read, for the first time or again, and how many bytes it has; -1 if that is not known.
func (a Announced) Loading(size int64) {
	a.Update(func(s *model.SourceState) { s.Phase, s.Size, s.Err = model.Loading, size, model.Text{} })
}

// Note sets the note that is shown with the source. It replaces the previous one.
func (a Announced) Note(note string) {
	a.Update(func(s *model.SourceState) { s.Note = model.NewText(note) })
}

// LeftOut says what was left out of the folder, pattern or prefix that the source came from. l must not change afterwards.
func (a Announced) LeftOut(l model.LeftOut) {
	a.Update(func(s *model.SourceState) { s.LeftOut = l })
}

// End sets the final state of the source and returns err. With nil the source is complete; with context.Canceled or ErrDeclined
// it is cancelled; with a *GapError, *TooLongError or *TrailingError it is complete but damaged. Any other error makes it broken.
func (a Announced) End(err error) error {
	a.Update(func(s *model.SourceState) { endState(s, err) })
	return err
}

// endState sets the final state of a source that ended with err.
func endState(s *model.SourceState, err error) {
	switch {
	case err == nil:
		s.Phase = model.Complete
	case limited(err):
		s.Phase, s.Damaged, s.Err = model.Complete, true, model.NewText(err.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, ErrDeclined):
		s.Phase = model.Cancelled
	default:
		s.Phase, s.Err = model.Broken, model.NewText(err.Error())
	}
}

// markDamaged says that not all bytes of a source were read as lines.
func markDamaged(s *model.SourceState) { s.Damaged = true }

// announcements is a sink that ranks the sources that are announced through it by their argument, and remembers them.
type announcements struct {
	Sink
	argument int // the first argument that they belong to
	mu       sync.Mutex
	ids      []model.SourceID
}

// AddSource implements Sink.
func (a *announcements) AddSource(name model.Text) model.SourceID {
	return a.AddRanked(name, model.Rank{})
}

// AddRanked implements Sink.
func (a *announcements) AddRanked(name model.Text, rank model.Rank) model.SourceID {
	rank.Argument += a.argument
	id := a.Sink.AddRanked(name, rank)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids = append(a.ids, id)
	return id
}

// conclude ends what a source could not end itself: it announces one that failed before it announced anything, and ends the
// sources that a fault of this program left open.
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
