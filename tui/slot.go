package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/fault"
)

// slot runs at most one job at a time outside Update. It belongs to the one who starts jobs in it. Only the goroutine of Update
// may use it. The zero value is ready.
type slot struct {
	number int
	cancel context.CancelFunc // nil while the slot is free
}

// job identifies a run of work. Each answer embeds the job that it answers.
type job struct {
	slot   *slot
	number int
	owner  taker
}

// taker takes the answers to its own jobs.
type taker interface {
	take(msg tea.Msg) wish
}

// answer is a message that ends a job. It goes to the owner of the job, and to nobody else.
type answer interface{ answers() job }

func (j job) answers() job { return j }

// notice is embedded in a message that goes to its owner without ending a job. It is never stale.
type notice struct{ owner taker }

// owned is a message that goes to its owner, and to nobody else.
type owned interface{ to() taker }

func (n notice) to() taker { return n.owner }

// start starts a job and cancels the one that ran in the slot. The context of the job ends with ctx.
func (s *slot) start(ctx context.Context, owner taker) (context.Context, job) {
	s.stop()
	ctx, s.cancel = context.WithCancel(ctx)
	return ctx, job{s, s.number, owner}
}

// stop cancels the running job; its answer will be stale.
func (s *slot) stop() {
	s.number++
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// busy reports whether a job is running.
func (s *slot) busy() bool { return s.cancel != nil }

// finish frees the slot of the job. It returns false if the job is stale, so that its answer must be dropped.
func (j job) finish() bool {
	s := j.slot
	if s.number != j.number || s.cancel == nil {
		return false
	}
	s.cancel()
	s.cancel = nil
	return true
}

// finished takes the answer to a job if it is the one that its slot waits for; ok is false if it is stale.
func finished(a answer) (w wish, ok bool) {
	j := a.answers()
	if !j.finish() {
		return wish{}, false
	}
	return j.owner.take(a), true
}

// crashed says that a command panicked.
type crashed struct{ fault *fault.Error }

// safely wraps work as a command; a panic in it ends the program in an orderly way.
func safely(work func() tea.Msg) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() {
			if e := fault.Of(recover()); e != nil {
				msg = crashed{e}
			}
		}()
		return work()
	}
}
