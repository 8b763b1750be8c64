package modal

import (
	"context"
	"errors"
	"path"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Pipe runs commands that read rows.
type Pipe struct {
	Pager string // the command to offer
	// Run gives the terminal to a shell command that reads the rows, and takes it again when the command ended. A pager gets text, any
	// other command JSON lines. It is called outside Update; nil runs nothing.
	Run func(ctx context.Context, command string, pager bool, rows ExportRequest) (PipeExit, error)
}

// PipeExit says how a command ended.
type PipeExit struct {
	Code   int    // its exit status
	Signal string // the signal that ended it; empty for none
}

// mostPiped limits the rows that a command gets.
const mostPiped = 100_000

// pagers are the commands that get text, besides the one that is offered.
var pagers = []string{"less", "more", "most", "bat", "view"}

// isPager reports whether a command only shows what it reads.
func (p *Pipe) isPager(command string) bool {
	words := strings.Fields(command)
	if len(words) == 0 || strings.ContainsAny(command, "|;&<>`$()") {
		return command == p.Pager
	}
	for _, name := range pagers {
		if path.Base(words[0]) == name {
			return true
		}
	}
	return command == p.Pager
}

// piping is a command that runs, and the owner of its job.
type piping struct {
	display *kit.Display
	slot    kit.Slot
}

// piped says how a command ended.
type piped struct {
	kit.Job
	exit PipeExit
	err  error
}

var errNoCommand = errors.New("type a command, such as less")

// AskCommand asks for the command that gets the marked rows, or else the rows of the list. The command ends with ctx.
func AskCommand(ctx context.Context, disp *kit.Display, p Pipe, what Exportable) kit.Wish {
	switch {
	case p.Run == nil:
		return kit.Wish{Toast: termsafe.Const("no command can be run here")}
	case what.Preview:
		return kit.Wish{Whole: true, Toast: termsafe.Const("rows can go to a command once the log is loaded")}
	case what.rows() == 0 && what.Marks.Len() == 0:
		return kit.Wish{Toast: termsafe.Const("there are no rows for a command")}
	}
	rows, label := pipedRows(&what)
	r := &piping{display: disp}
	return kit.Wish{Ask: &kit.Ask{Label: termsafe.Concat(label, termsafe.Const(" to: ")), Text: p.Pager, Help: termsafe.Const("a pager gets text, other commands JSON lines"),
		Done: func(command string) (kit.Wish, error) {
			if strings.TrimSpace(command) == "" {
				return kit.Wish{}, errNoCommand
			}
			return kit.Wish{Cmd: r.start(ctx, p, command, rows)}, nil
		}}}
}

// pipedRows returns the rows for a command, and says which they are.
func pipedRows(what *Exportable) (rowsToExport, termsafe.Safe) {
	if what.Marks.Len() > 0 {
		rows := what.marked()
		rows.fields, rows.noted, rows.asked = what.Columns, false, nil
		return rows, termsafe.Concat(termsafe.Int(int64(what.Marks.Len())), termsafe.Const(" marked"))
	}
	sel := what.Shown
	rows := what.shown()
	rows.fields, rows.asked = what.Columns, nil
	all := termsafe.Count(int64(sel.Len()), "row", "rows")
	if sel.Len() <= mostPiped {
		return rows, all
	}
	return rows, termsafe.Concat(termsafe.Const("the first "), termsafe.Int(mostPiped), termsafe.Const(" of "), all)
}

// start runs a command on rows.
func (r *piping) start(ctx context.Context, p Pipe, command string, rows rowsToExport) tea.Cmd {
	ctx, job := r.slot.Start(ctx, r)
	request := ExportRequest{Zone: r.display.Zone, Redact: bool(r.display.Redact), Order: rows.order, Fields: rows.fields, Query: rows.query, Limit: mostPiped}
	return kit.Safely(func() tea.Msg {
		if err := rows.take(ctx, &request); err != nil {
			return piped{Job: job, err: err}
		}
		exit, err := p.Run(ctx, command, p.isPager(command), request)
		return piped{job, exit, err}
	})
}

// Take implements kit.Taker: it says how the command ended, unless all is well.
func (r *piping) Take(msg tea.Msg) kit.Wish {
	m, ok := msg.(piped)
	switch {
	case !ok || errors.Is(m.err, context.Canceled):
		return kit.Wish{}
	case m.err != nil:
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the command did not get all rows: "), r.display.Said(m.err))}
	case m.exit.Signal != "":
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the command was ended by a signal: "), r.display.Quoted(m.exit.Signal))}
	case m.exit.Code != 0:
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the command ended with exit status "), termsafe.Int(int64(m.exit.Code)))}
	}
	return kit.Wish{}
}
