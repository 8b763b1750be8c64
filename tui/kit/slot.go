package kit

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/fault"
)

// Slot runs at most one job at a time outside Update. It belongs to the one who starts jobs in it. Only the goroutine of Update
// may use it. The zero value is ready.
type Slot struct {
	number int
	cancel context.CancelFunc // nil while the slot is free
}

// Job identifies a run of work. Each answer embeds the job that it answers.
type Job struct {
	slot   *Slot
	number int
	owner  Taker
}

// Taker takes the answers to its own jobs.
type Taker interface {
	Take(msg tea.Msg) Wish
}

// Answer is a message that ends a job. It goes to the owner of the job, and to nobody else.
type Answer interface{ Answers() Job }

func (j Job) Answers() Job { return j }

// Notice is embedded in a message that goes to its owner without ending a job. It is never stale.
type Notice struct{ Owner Taker }

// Owned is a message that goes to its owner, and to nobody else.
type Owned interface{ To() Taker }

func (n Notice) To() Taker { return n.Owner }

// Start starts a job and cancels the one that ran in the slot. The context of the job ends with ctx.
func (s *Slot) Start(ctx context.Context, owner Taker) (context.Context, Job) {
	s.Stop()
	ctx, s.cancel = context.WithCancel(ctx)
	return ctx, Job{s, s.number, owner}
}

// Stop cancels the running job; its answer will be stale.
func (s *Slot) Stop() {
	s.number++
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// Busy reports whether a job is running.
func (s *Slot) Busy() bool { return s.cancel != nil }

// finish frees the slot of the job. It returns false if the job is stale, so that its answer must be dropped.
func (j Job) finish() bool {
	s := j.slot
	if s.number != j.number || s.cancel == nil {
		return false
	}
	s.cancel()
	s.cancel = nil
	return true
}

// Finished takes the answer to a job if it is the one that its slot waits for; ok is false if it is stale.
func Finished(a Answer) (w Wish, ok bool) {
	j := a.Answers()
	if !j.finish() {
		return Wish{}, false
	}
	return j.owner.Take(a), true
}

// Crashed says that a command panicked.
type Crashed struct{ Fault *fault.Error }

// Safely wraps work as a command; a panic in it ends the program in an orderly way.
func Safely(work func() tea.Msg) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() {
			if e := fault.Of(recover()); e != nil {
				msg = Crashed{e}
			}
		}()
		return work()
	}
}
