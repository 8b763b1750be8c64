package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// showCopyMenu lists what of the event under the cursor, and of the value that has the focus, can be copied.
func (a *App) showCopyMenu() {
	row, ok := a.list.row()
	if !ok {
		a.status.toast = termsafe.Const("there is nothing to copy")
		return
	}
	v, has := a.focusedValue()
	c := copyMenu{look: &a.look, jobs: &a.jobs, snap: a.list.sel.Snapshot(), row: row}
	var choices []choice
	if has && !v.absent {
		choices = c.ofValue(v)
	}
	a.modals = append(a.modals, newPicker(&a.look, termsafe.Const("Copy"), append(choices, c.ofEvent()...)))
}

// copyMenu makes the choices of what to copy.
type copyMenu struct {
	look *look
	jobs *jobs
	snap *model.Snapshot
	row  model.Row
}

// ofValue are the choices for a value.
func (c *copyMenu) ofValue(v value) []choice {
	k := c.look
	shown := termsafe.Clean(k.masks(v.name, v.text.Raw()), k.cell(quotedCells))
	filter := v.expr().String()
	return []choice{
		{name: termsafe.Concat(termsafe.Const("the value of "), k.quoted(v.name)), does: shown,
			take: func() ask { return copyText(termsafe.Const("the value"), copyForm(k.masks(v.name, v.text.Raw()))) }},
		{name: termsafe.Const("a filter for the value"), does: termsafe.Clean(k.masks("", filter), k.cell(quotedCells)),
			take: func() ask {
				if !k.redact.shared(filter) {
					return ask{toast: errMasked}
				}
				return copyText(termsafe.Const("a filter"), copyForm(filter))
			}},
	}
}

// ofEvent are the choices for the whole event, or for the line that is none.
func (c *copyMenu) ofEvent() []choice {
	k := c.look
	place := func(e *copyable) ask { return copyText(termsafe.Const("where it stands"), e.place()) }
	raw := func(e *copyable) ask { return copyBytes(termsafe.Const("the bytes of the line"), e.line) }
	if c.snap.Flags(c.row)&model.FlagReject != 0 {
		return []choice{
			c.choice(termsafe.Const("the line"), termsafe.Const("escaped: nothing in it is hidden"), func(e *copyable) ask {
				return copyText(termsafe.Const("the line"), termsafe.Escaped(e.line))
			}),
			c.choice(termsafe.Const("where it stands"), termsafe.Const("source, line and byte offset"), place),
			c.choice(termsafe.Const("a shell command"), termsafe.Const("that prints the line"), func(e *copyable) ask {
				return k.copySnippet(termsafe.Const("a shell command"), lineSnippet(e.event.Origin, &e.source), termsafe.Const("the number of the line is not known"))
			}),
			c.choice(termsafe.Const("the raw bytes"), termsafe.Const("as they are: not to be pasted anywhere"), raw),
		}
	}
	return []choice{
		c.choice(termsafe.Const("the event"), termsafe.Const("one line of JSON in ASCII"), func(e *copyable) ask { return copyText(termsafe.Const("the event"), asciiJSON(e.line)) }),
		c.choice(termsafe.Const("where it stands"), termsafe.Const("source, line and byte offset"), place),
		c.choice(termsafe.Const("a jq command"), termsafe.Const("that prints just this event"), func(e *copyable) ask {
			return k.copySnippet(termsafe.Const("a jq command"), jqSnippet(&e.event, e.get("p_row_id"), e.get("timestamp"), &e.source), termsafe.Const("nothing tells the event apart"))
		}),
		c.choice(termsafe.Const("SQL for the data lake"), termsafe.Const("that finds it by its p_row_id"), func(e *copyable) ask {
			return k.copySnippet(termsafe.Const("an SQL query"), sqlSnippet(e.get("p_row_id")), termsafe.Const("the event has no plain p_row_id"))
		}),
		c.choice(termsafe.Const("the raw bytes"), termsafe.Const("as they are: not to be pasted anywhere"), raw),
	}
}

// copySnippet copies a snippet of printable ASCII, or says why there is none.
func (k *look) copySnippet(what termsafe.Safe, snippet string, none termsafe.Safe) ask {
	switch {
	case snippet == "":
		return ask{toast: termsafe.Concat(termsafe.Const("not copied: "), none)}
	case !k.redact.shared(snippet):
		return ask{toast: errMasked}
	}
	return copyText(what, printed(snippet))
}

// copyable is a row that was read to be copied.
type copyable struct {
	event  model.Event
	source model.SourceState
	name   string      // of the source, as it may be shown
	line   string      // as it may be shown
	doc    *model.Node // of the whole line; nil of a reject
}

// get gives the text of an attribute at the top.
func (c *copyable) get(key string) model.Text {
	if c.doc == nil {
		return model.Text{}
	}
	n := c.doc.Get(key)
	if n == nil || n.Kind != model.StringKind {
		return model.Text{}
	}
	return n.Text
}

func (c *copyable) place() termsafe.Safe {
	o := c.event.Origin
	name := copyForm(c.name)
	if o.Line <= 0 {
		return termsafe.Concat(name, termsafe.Const(", byte "), termsafe.Int(o.Offset))
	}
	return termsafe.Concat(name, termsafe.Const(", line "), termsafe.Int(o.Line), termsafe.Const(", byte "), termsafe.Int(o.Offset))
}

// copied brings a row that was read to be copied.
type copied struct {
	job
	row  *copyable
	copy func(*copyable) ask
	err  error
}

// choice is one for which the line must be read first.
func (c *copyMenu) choice(name, does termsafe.Safe, copy func(*copyable) ask) choice {
	return choice{name: name, does: does, take: func() ask { return ask{cmd: c.read(copy)} }}
}

// read has the line read.
func (c *copyMenu) read(copy func(*copyable) ask) tea.Cmd {
	_, job := c.jobs.start(copyRoom)
	snap, row, redact := *c.snap, c.row, c.look.redact
	return safely(func() tea.Msg {
		e := &copyable{event: snap.Event(row)}
		e.source = snap.Sources()[e.event.Origin.Source]
		e.name = redact.text("source", e.source.Name.Raw())
		line, err := snap.Raw(row)
		if err != nil {
			return copied{job: job, err: err}
		}
		masked, _ := redact.line([]byte(line.Raw()))
		e.line = string(masked)
		if !e.event.Reject() {
			e.doc, _ = model.ParseLine(line) // what cannot be parsed has no fields to copy
		}
		return copied{job: job, row: e, copy: copy}
	})
}

// done copies what was read.
func (c *copied) done(k *look) ask {
	if c.err != nil {
		return ask{toast: termsafe.Concat(termsafe.Const("not copied: "), k.said(c.err))}
	}
	return c.copy(c.row)
}
