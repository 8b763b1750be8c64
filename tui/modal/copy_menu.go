package modal

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/snippet"
	"pawprint/tui/termsafe"
)

// Copier makes the menus of what can be copied, and reads the lines for them: one at a time, for the choice that was made last.
type Copier struct {
	Display   *kit.Display    // not nil
	Clipboard kit.Clipboard   // where it all goes
	Program   snippet.Program // the program that the copied commands call
	Stands    Stands          // nil skips the check
	reading   kit.Slot
}

// focuser has the value under a cursor, as panes do.
type focuser interface {
	Focused() (v kit.Value, ok bool)
}

// Menu lists what can be copied: of the focused value, and of the event under the cursor. Reading a line ends with ctx.
func (c *Copier) Menu(ctx context.Context, s *kit.Scene, focus focuser, view CopiedView) kit.Wish {
	if !s.Ok {
		return kit.Wish{Modal: kit.NewPicker(c.Display, termsafe.Const("Copy"), c.ofView(view))}
	}
	m := copyMenu{Copier: c, ctx: ctx, snap: s.Sel.Snapshot(), row: s.Cursor}
	var choices []kit.Choice
	if v, ok := focus.Focused(); ok && !v.Absent {
		choices = m.ofValue(v)
	}
	return kit.Wish{Modal: kit.NewPicker(c.Display, termsafe.Const("Copy"), slices.Concat(choices, m.ofEvent(), c.ofView(view)))}
}

// CopiedView is what can be copied of the present view. Its functions are called when it is chosen.
type CopiedView struct {
	Rows  func() (snippet.Rows, error)
	Saved func() (kit.SavedView, error)
}

// ofView returns the choices for the present view.
func (c *Copier) ofView(view CopiedView) []kit.Choice {
	return []kit.Choice{
		{Name: termsafe.Const("a command for these rows"), Does: termsafe.Const("that prints them, with these columns"), Take: func() kit.Wish {
			rows, err := view.Rows()
			command := ""
			if err == nil {
				command, err = rows.Command(c.Program)
			}
			return c.Command(rows.Query, command, err)
		}},
		{Name: termsafe.Const("this view as a line"), Does: c.Display.Keyed("to paste into {} elsewhere, or for views import", kit.CmdViews), Take: func() kit.Wish {
			v, err := view.Saved()
			if v.Name = "shared"; err == nil {
				err = v.Check()
			}
			if !c.Display.Redact.Shared(v.Query) {
				return kit.Wish{Toast: c.Display.MaskedWords()}
			}
			return c.copySnippet(termsafe.Const("the view"), v.Line().String(), err)
		}},
	}
}

// Command copies a command that asks a query, or shows err.
func (c *Copier) Command(query, command string, err error) kit.Wish {
	if !c.Display.Redact.Shared(query) {
		return kit.Wish{Toast: c.Display.MaskedWords()}
	}
	return c.copySnippet(termsafe.Const("a pawprint command"), command, err)
}

// copyMenu makes the choices for copying from a row.
type copyMenu struct {
	*Copier
	ctx  context.Context // ends the job
	snap *model.Snapshot
	row  model.Row
}

// Stands checks that a source still has the line of a row at an offset, in bytes, as a copied command relies on it. It returns
// an error if not. It is called outside Update.
type Stands func(s *model.SourceState, offset int64, line []byte) error

// ofValue returns the choices for a value.
func (c *copyMenu) ofValue(v kit.Value) []kit.Choice {
	disp := c.Display
	shown := termsafe.Clean(disp.Masks(v.Name, v.Text.Raw()), disp.CleanOptions(kit.QuotedCells))
	filter := v.Expr().String()
	return []kit.Choice{
		{Name: termsafe.Concat(termsafe.Const("the value of "), disp.Quoted(v.Name)), Does: shown,
			Take: func() kit.Wish {
				return c.Clipboard.Text(termsafe.Const("the value"), kit.CopyForm(disp.Masks(v.Name, v.Text.Raw())))
			}},
		{Name: termsafe.Const("a filter for the value"), Does: termsafe.Clean(disp.Masks("", filter), disp.CleanOptions(kit.QuotedCells)),
			Take: func() kit.Wish {
				if !disp.Redact.Shared(filter) {
					return kit.Wish{Toast: disp.MaskedWords()}
				}
				return c.Clipboard.Text(termsafe.Const("a filter"), kit.CopyFilter(v.Expr()))
			}},
	}
}

// ofEvent returns the choices for the whole event, or for a line that is not an event.
func (c *copyMenu) ofEvent() []kit.Choice {
	disp := c.Display
	place := func(e *copyable) kit.Wish { return c.Clipboard.Text(termsafe.Const("where it stands"), e.place()) }
	raw := func(e *copyable) kit.Wish { return c.Clipboard.Bytes(termsafe.Const("the bytes of the line"), e.line) }
	if c.snap.Flags(c.row)&model.FlagReject != 0 {
		return []kit.Choice{
			c.choice(termsafe.Const("the line"), termsafe.Const("escaped: nothing in it is hidden"), func(e *copyable) kit.Wish {
				return c.Clipboard.Text(termsafe.Const("the line"), termsafe.Escaped(e.line))
			}),
			c.choice(termsafe.Const("where it stands"), termsafe.Const("source, line and byte offset"), place),
			c.command(termsafe.Const("a shell command"), termsafe.Const("that prints the line"), (*snippet.Row).Shell),
			c.command(termsafe.Const("a pawprint command"), termsafe.Const("that prints the line"), (*snippet.Row).Pawprint),
			c.choice(termsafe.Const("the raw bytes"), termsafe.Const("may hold control characters: do not paste them"), raw),
		}
	}
	return []kit.Choice{
		c.choice(termsafe.Const("the event"), termsafe.Const("one line of JSON in ASCII"), func(e *copyable) kit.Wish {
			return c.Clipboard.Text(termsafe.Const("the event"), kit.ASCIIJSON(e.line))
		}),
		c.choice(termsafe.Const("where it stands"), termsafe.Const("source, line and byte offset"), place),
		c.command(termsafe.Const("a jq command"), termsafe.Const("that prints just this event"), (*snippet.Row).JQ),
		c.command(termsafe.Const("a pawprint command"), termsafe.Const("that prints just this event"), (*snippet.Row).Pawprint),
		c.choice(termsafe.Const("SQL for the data lake"), termsafe.Const("that finds it by its p_row_id"), func(e *copyable) kit.Wish {
			row := e.row(disp.Redact)
			if e.doc != nil && row.RowID != snippet.RowID(e.doc) {
				return kit.Wish{Toast: disp.MaskedWords()}
			}
			sql, err := row.SQL()
			return c.copySnippet(termsafe.Const("an SQL query"), sql, err)
		}),
		c.choice(termsafe.Const("the raw bytes"), termsafe.Const("may hold control characters: do not paste them"), raw),
	}
}

// command returns the choice to copy a shell command. It first checks that the row is still at its place, as the file may have
// been replaced.
func (c *copyMenu) command(name, does termsafe.Safe, write func(*snippet.Row, snippet.Program) (string, error)) kit.Choice {
	disp, program := c.Display, c.Program
	return kit.Choice{Name: name, Does: does, Take: func() kit.Wish {
		return kit.Wish{Cmd: c.read(c.Stands, func(e *copyable) kit.Wish {
			row := e.row(disp.Redact)
			command, err := write(&row, program)
			return c.copySnippet(name, command, err)
		})}
	}}
}

// copySnippet copies a snippet of printable ASCII, or shows err.
func (c *Copier) copySnippet(what termsafe.Safe, snippet string, err error) kit.Wish {
	switch {
	case err != nil:
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("not copied: "), c.Display.Said(err))}
	case !c.Display.Redact.Shared(snippet):
		return kit.Wish{Toast: c.Display.MaskedWords()}
	}
	return c.Clipboard.Text(what, kit.Printed(snippet))
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
func (c *copyable) row(redact kit.Masking) snippet.Row {
	r := snippet.Row{Origin: c.event.Origin, Source: &c.source, Event: c.doc, Line: c.raw, TooLong: c.tooLong,
		Quoted: c.event.Flags&model.FlagQuoted != 0}
	if c.doc != nil {
		if id := snippet.RowID(c.doc); redact.Shared(id) {
			r.RowID = id
		}
	}
	return r
}

func (c *copyable) place() termsafe.Safe {
	o := c.event.Origin
	name := kit.CopyForm(c.name)
	if o.Line <= 0 {
		return termsafe.Concat(name, termsafe.Const(", byte "), termsafe.Int(o.Offset))
	}
	return termsafe.Concat(name, termsafe.Const(", line "), termsafe.Int(o.Line), termsafe.Const(", byte "), termsafe.Int(o.Offset))
}

// copied brings a row whose line was read for copying.
type copied struct {
	kit.Job
	row  *copyable
	copy func(*copyable) kit.Wish
	err  error
}

// choice returns a choice that first reads the line.
func (c *copyMenu) choice(name, does termsafe.Safe, copy func(*copyable) kit.Wish) kit.Choice {
	return kit.Choice{Name: name, Does: does, Take: func() kit.Wish { return kit.Wish{Cmd: c.read(nil, copy)} }}
}

// read starts the job that reads the line, and checks its place if stands is not nil.
func (c *copyMenu) read(stands Stands, copy func(*copyable) kit.Wish) tea.Cmd {
	_, job := c.reading.Start(c.ctx, c.Copier)
	snap, row, redact := *c.snap, c.row, c.Display.Redact
	return kit.Safely(func() tea.Msg {
		e := &copyable{event: snap.Event(row)}
		e.source = snap.Sources()[e.event.Origin.Source]
		e.name = redact.Text("source", e.source.Name.Raw())
		text, err := snap.Raw(row)
		if err != nil {
			return copied{Job: job, err: err}
		}
		if stands != nil && !e.source.Place.Empty() {
			if err := stands(&e.source, e.event.Origin.Offset, []byte(text.Raw())); err != nil {
				return copied{Job: job, err: err}
			}
		}
		e.raw = text.Raw()
		masked, _ := redact.Line([]byte(text.Raw()))
		e.line = string(masked)
		if !e.event.Reject() {
			e.doc, _ = line.Parse(text) // without fields, if it cannot be parsed
		}
		e.tooLong = slices.ContainsFunc(snap.Problems(row), func(p model.Problem) bool { return p.Code == model.LineTooLong })
		return copied{Job: job, row: e, copy: copy}
	})
}

// Take implements kit.Taker: it copies from the row that was read.
func (c *Copier) Take(msg tea.Msg) kit.Wish {
	m, ok := msg.(copied)
	switch {
	case !ok:
		return kit.Wish{}
	case m.err != nil:
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("not copied: "), c.Display.Said(m.err))}
	}
	return m.copy(m.row)
}
