package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/snippet"
	"pawprint/tui/termsafe"
)

// copier makes the menus of what can be copied, and reads the lines for them: one at a time, for the choice that was made last.
type copier struct {
	display *display
	program snippet.Program
	stands  Stands // nil skips the check
	reading slot
}

// focuser has the value under a cursor, as panes do.
type focuser interface {
	focused() (v value, ok bool)
}

// menu lists what can be copied: of the focused value, and of the event under the cursor. Reading a line ends with ctx.
func (c *copier) menu(ctx context.Context, s *scene, focus focuser) wish {
	if !s.ok {
		return wish{toast: termsafe.Const("there is nothing to copy")}
	}
	m := copyMenu{copier: c, ctx: ctx, snap: s.sel.Snapshot(), row: s.cursor}
	var choices []choice
	if v, ok := focus.focused(); ok && !v.absent {
		choices = m.ofValue(v)
	}
	return wish{modal: newPicker(c.display, termsafe.Const("Copy"), append(choices, m.ofEvent()...))}
}

// copyMenu makes the choices for copying from a row.
type copyMenu struct {
	*copier
	ctx  context.Context // ends the job
	snap *model.Snapshot
	row  model.Row
}

// Stands checks that a source still has the line of a row at an offset, in bytes, as a copied command relies on it. It returns
// an error if not. It is called outside Update.
type Stands func(s *model.SourceState, offset int64, line []byte) error

// ofValue returns the choices for a value.
func (c *copyMenu) ofValue(v value) []choice {
	disp := c.display
	shown := termsafe.Clean(disp.masks(v.name, v.text.Raw()), disp.cleanOptions(quotedCells))
	filter := v.expr().String()
	return []choice{
		{name: termsafe.Concat(termsafe.Const("the value of "), disp.quoted(v.name)), does: shown,
			take: func() wish { return copyText(termsafe.Const("the value"), copyForm(disp.masks(v.name, v.text.Raw()))) }},
		{name: termsafe.Const("a filter for the value"), does: termsafe.Clean(disp.masks("", filter), disp.cleanOptions(quotedCells)),
			take: func() wish {
				if !disp.redact.shared(filter) {
					return wish{toast: errMasked}
				}
				return copyText(termsafe.Const("a filter"), copyFilter(v.expr()))
			}},
	}
}

// ofEvent returns the choices for the whole event, or for a line that is not an event.
func (c *copyMenu) ofEvent() []choice {
	disp := c.display
	place := func(e *copyable) wish { return copyText(termsafe.Const("where it stands"), e.place()) }
	raw := func(e *copyable) wish { return copyBytes(termsafe.Const("the bytes of the line"), e.line) }
	if c.snap.Flags(c.row)&model.FlagReject != 0 {
		return []choice{
			c.choice(termsafe.Const("the line"), termsafe.Const("escaped: nothing in it is hidden"), func(e *copyable) wish {
				return copyText(termsafe.Const("the line"), termsafe.Escaped(e.line))
			}),
			c.choice(termsafe.Const("where it stands"), termsafe.Const("source, line and byte offset"), place),
			c.command(termsafe.Const("a shell command"), termsafe.Const("that prints the line"), (*snippet.Row).Shell),
			c.command(termsafe.Const("a pawprint command"), termsafe.Const("that prints the line"), (*snippet.Row).Pawprint),
			c.choice(termsafe.Const("the raw bytes"), termsafe.Const("as they are: not to be pasted anywhere"), raw),
		}
	}
	return []choice{
		c.choice(termsafe.Const("the event"), termsafe.Const("one line of JSON in ASCII"), func(e *copyable) wish { return copyText(termsafe.Const("the event"), asciiJSON(e.line)) }),
		c.choice(termsafe.Const("where it stands"), termsafe.Const("source, line and byte offset"), place),
		c.command(termsafe.Const("a jq command"), termsafe.Const("that prints just this event"), (*snippet.Row).JQ),
		c.command(termsafe.Const("a pawprint command"), termsafe.Const("that prints just this event"), (*snippet.Row).Pawprint),
		c.choice(termsafe.Const("SQL for the data lake"), termsafe.Const("that finds it by its p_row_id"), func(e *copyable) wish {
			row := e.row(disp.redact)
			if e.doc != nil && row.RowID != snippet.RowID(e.doc) {
				return wish{toast: errMasked}
			}
			sql, err := row.SQL()
			return copySnippet(disp, termsafe.Const("an SQL query"), sql, err)
		}),
		c.choice(termsafe.Const("the raw bytes"), termsafe.Const("as they are: not to be pasted anywhere"), raw),
	}
}

// command returns the choice to copy a shell command. It first checks that the row is still at its place, as the file may have
// been replaced.
func (c *copyMenu) command(name, does termsafe.Safe, write func(*snippet.Row, snippet.Program) (string, error)) choice {
	disp, program := c.display, c.program
	return choice{name: name, does: does, take: func() wish {
		return wish{cmd: c.read(c.stands, func(e *copyable) wish {
			row := e.row(disp.redact)
			command, err := write(&row, program)
			return copySnippet(disp, name, command, err)
		})}
	}}
}

// copySnippet copies a snippet of printable ASCII, or shows err.
func copySnippet(disp *display, what termsafe.Safe, snippet string, err error) wish {
	switch {
	case err != nil:
		return wish{toast: termsafe.Concat(termsafe.Const("not copied: "), disp.said(err))}
	case !disp.redact.shared(snippet):
		return wish{toast: errMasked}
	}
	return copyText(what, printed(snippet))
}

// copyable is a row whose line was read for copying.
type copyable struct {
	event   model.Event
	source  model.SourceState
	name    string     // of the source, masked if secrets are
	raw     string     // the line
	line    string     // the line, masked if secrets are
	doc     *line.Node // the whole line, parsed; nil for a reject
	tooLong bool       // raw is only the start of the line in the source
}

// row returns the input for a snippet. It leaves out a masked row id, as the place also identifies the row.
func (c *copyable) row(redact masking) snippet.Row {
	r := snippet.Row{Origin: c.event.Origin, Source: &c.source, Event: c.doc, Line: c.raw, TooLong: c.tooLong,
		Quoted: c.event.Flags&model.FlagQuoted != 0}
	if c.doc != nil {
		if id := snippet.RowID(c.doc); redact.shared(id) {
			r.RowID = id
		}
	}
	return r
}

func (c *copyable) place() termsafe.Safe {
	o := c.event.Origin
	name := copyForm(c.name)
	if o.Line <= 0 {
		return termsafe.Concat(name, termsafe.Const(", byte "), termsafe.Int(o.Offset))
	}
	return termsafe.Concat(name, termsafe.Const(", line "), termsafe.Int(o.Line), termsafe.Const(", byte "), termsafe.Int(o.Offset))
}

// copied brings a row whose line was read for copying.
type copied struct {
	job
	row  *copyable
	copy func(*copyable) wish
	err  error
}

// choice returns a choice that first reads the line.
func (c *copyMenu) choice(name, does termsafe.Safe, copy func(*copyable) wish) choice {
	return choice{name: name, does: does, take: func() wish { return wish{cmd: c.read(nil, copy)} }}
}

// read starts the job that reads the line, and checks its place if stands is not nil.
func (c *copyMenu) read(stands Stands, copy func(*copyable) wish) tea.Cmd {
	_, job := c.reading.start(c.ctx, c.copier)
	snap, row, redact := *c.snap, c.row, c.display.redact
	return safely(func() tea.Msg {
		e := &copyable{event: snap.Event(row)}
		e.source = snap.Sources()[e.event.Origin.Source]
		e.name = redact.text("source", e.source.Name.Raw())
		text, err := snap.Raw(row)
		if err != nil {
			return copied{job: job, err: err}
		}
		if stands != nil && !e.source.Place.Empty() {
			if err := stands(&e.source, e.event.Origin.Offset, []byte(text.Raw())); err != nil {
				return copied{job: job, err: err}
			}
		}
		e.raw = text.Raw()
		masked, _ := redact.line([]byte(text.Raw()))
		e.line = string(masked)
		if !e.event.Reject() {
			e.doc, _ = line.Parse(text) // without fields, if it cannot be parsed
		}
		e.tooLong = slices.ContainsFunc(snap.Problems(row), func(p model.Problem) bool { return p.Code == model.LineTooLong })
		return copied{job: job, row: e, copy: copy}
	})
}

// take copies the row that was read.
func (c *copier) take(msg tea.Msg) wish {
	m, ok := msg.(copied)
	switch {
	case !ok:
		return wish{}
	case m.err != nil:
		return wish{toast: termsafe.Concat(termsafe.Const("not copied: "), c.display.said(m.err))}
	}
	return m.copy(m.row)
}
