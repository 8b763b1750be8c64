package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/fault"
)

// slot is a kind of job that runs outside Update. Each slot runs at most one job at a time.
type slot uint8

const (
	waitSlot      slot = iota // waiting for the log to change
	selectSlot                // selecting rows
	adviceSlot                // looking for terms of the filter that cannot match
	rowsSlot                  // reading the raw lines of visible rows
	detailSlot                // reading the event of the detail
	findSlot                  // looking for the next failure or hit
	hitsSlot                  // selecting the rows that contain the searched text
	sortSlot                  // sorting the rows
	facetsSlot                // counting the values for the facets
	histogramSlot             // counting the events for the timeline
	completeSlot              // looking for completions of the filter
	problemsSlot              // listing problems
	exportSlot                // writing a file
	copySlot                  // reading what will be copied
	viewsSlot                 // loading or saving views
	startSlot                 // listing or opening sources
	firstsSlot                // finding the first events of their kind, for the detail
	numSlots
)

// job identifies a run of work in a slot. Each answer carries the job that it answers.
type job struct {
	slot   slot
	number int
}

func (j job) answers() job { return j }

// answer is a message that ends a job.
type answer interface{ answers() job }

// jobs tracks the running job of each slot. Only the goroutine of Update may use it.
type jobs struct {
	ctx   context.Context // ends all jobs
	slots [numSlots]struct {
		number int
		cancel context.CancelFunc // nil while the slot is free
	}
}

// start starts a job in a slot and cancels the one that ran there.
func (j *jobs) start(r slot) (context.Context, job) {
	j.stop(r)
	ctx, cancel := context.WithCancel(j.ctx)
	j.slots[r].cancel = cancel
	return ctx, job{r, j.slots[r].number}
}

// stop cancels the job in a slot; its answer will be stale.
func (j *jobs) stop(r slot) {
	at := &j.slots[r]
	at.number++
	if at.cancel != nil {
		at.cancel()
		at.cancel = nil
	}
}

// busy reports whether a job runs in a slot.
func (j *jobs) busy(r slot) bool { return j.slots[r].cancel != nil }

// finish frees the slot of the job that a answers. It returns false for a stale answer, which must be dropped.
func (j *jobs) finish(a answer) bool {
	done := a.answers()
	at := &j.slots[done.slot]
	if at.number != done.number || at.cancel == nil {
		return false
	}
	at.cancel()
	at.cancel = nil
	return true
}

// frameDue says that the next frame may be built.
type frameDue struct{}

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
