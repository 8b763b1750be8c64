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
	// Take takes an answer, or a notice. It is called in Update, and ignores messages that it does not know.
	Take(msg tea.Msg) Wish
}

// Answer is a message that ends a job. It goes to the owner of the job, and to nobody else.
type Answer interface {
	// Answers returns the job that the message ends.
	Answers() Job
}

// Answers implements Answer for the messages that embed the job.
func (j Job) Answers() Job { return j }

// Notice is embedded in a message that goes to its owner without ending a job. It is never stale.
type Notice struct {
	Owner Taker // who gets the message; not nil
}

// Owned is a message that goes to its owner, and to nobody else.
type Owned interface {
	// To returns the owner.
	To() Taker
}

// To implements Owned for the messages that embed the notice.
func (n Notice) To() Taker { return n.Owner }

// Start starts a job, whose answer goes to owner, and cancels the one that ran in the slot. The context of the job ends with ctx, or
// when the job is stopped. The answer embeds the job.
func (s *Slot) Start(ctx context.Context, owner Taker) (context.Context, Job) {
	s.Stop()
	ctx, s.cancel = context.WithCancel(ctx)
	return ctx, Job{s, s.number, owner}
}

// Stop cancels the running job, if there is one; its answer will be stale.
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

// Finished frees the slot that waits for an answer and gives the answer to the owner of the job; ok is false if the answer is
// stale, and then nobody takes it. It must be called in Update.
func Finished(a Answer) (w Wish, ok bool) {
	j := a.Answers()
	if !j.finish() {
		return Wish{}, false
	}
	return j.owner.Take(a), true
}

// Crashed says that a command panicked.
type Crashed struct {
	Fault *fault.Error // the panic with its stack; not nil
}

// Safely wraps work as a command, which runs in a goroutine of its own. A panic in it becomes a Crashed message, which ends the
// program in an orderly way.
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
