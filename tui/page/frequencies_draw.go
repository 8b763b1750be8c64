package page

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

func (v *Frequencies) Draw(f *paint.Frame, r, _ kit.Rect) *tea.Cursor {
	n := len(v.values.counts)
	text := kit.TableText{Note: v.place(), Place: true, Empty: v.empty(), Foot: v.doubts(r.W)}
	l := v.columns(r.W)
	if n > 0 {
		text.Names = v.names(l)
		text.Foot = append(v.about(&v.values.counts[max(0, min(v.At, n-1))], r.W), text.Foot...)
	}
	v.Table.Draw(f, r, n, text, func(line *paint.Line, i int, g kit.Ground) { l.row(line, v.name, &v.values.counts[i], g) })
	return nil
}

// place returns the place of the cursor and the number of values.
func (v *Frequencies) place() termsafe.Safe {
	if v.counted.sel == nil {
		return termsafe.Safe{}
	}
	n, different := len(v.values.counts), v.counted.len
	if v.counted.absent {
		different--
	}
	words := []termsafe.Safe{termsafe.Int(int64(min(v.At+1, n))), termsafe.Const(" of ")}
	values := termsafe.Count(int64(different), "value", "values")
	if v.forms {
		values = termsafe.Count(int64(different), "form", "forms")
	}
	switch {
	case v.values.order.search != "":
		words = append(words, termsafe.Int(int64(n)), termsafe.Const(" found in "), values)
	case n == different:
		words = append(words, values)
	case v.counted.absent:
		words = append(words, termsafe.Int(int64(n)), termsafe.Const(": "), values, termsafe.Const(" and none"))
	default:
		words = append(words, termsafe.Int(int64(n)), termsafe.Const(", "), values)
	}
	if v.part {
		words = append(words, kit.BlankCell, kit.OverLoaded(v.counted.sel.Snapshot().Rows())[0])
	}
	return termsafe.Concat(words...)
}

func (v *Frequencies) empty() termsafe.Safe {
	switch {
	case v.err != nil:
		return v.Display.Said(v.err)
	case v.counted.sel == nil:
		return v.progress()
	case v.order.search != "":
		return termsafe.Const("No value contains this: esc shows all again")
	}
	return termsafe.Const("The list has no events")
}

// progress returns how far the running job is.
func (v *Frequencies) progress() termsafe.Safe {
	if !v.key.ReadsLines() || v.requested == nil {
		return v.Display.Own("counting …")
	}
	return termsafe.Concat(v.Display.Own("counting … "), termsafe.Int(v.read.Load()), termsafe.Const(" of "),
		termsafe.Count(int64(v.requested.Len()), "line", "lines"), termsafe.Const(" read; esc stops"))
}

// doubts returns why the counts are not those of all the events of the list, if they are not.
func (v *Frequencies) doubts(w int) []*paint.Line {
	if v.counted.sel == nil {
		return nil
	}
	var out []*paint.Line
	add := func(words ...termsafe.Safe) { out = append(out, v.Say(kit.Partial, w, words...)) }
	if v.err != nil {
		add(termsafe.Const("these counts are out of date: "), v.Display.Said(v.err))
	}
	if n := v.counted.unread; n > 0 {
		add(termsafe.Count(int64(n), "line", "lines"), termsafe.Const(" could not be read and count under none"))
	}
	if n := len(v.counted.top); n < v.counted.len {
		add(termsafe.Const("only the "), termsafe.Int(int64(n)), termsafe.Const(" most frequent of "), termsafe.Int(int64(v.counted.len)), termsafe.Const(" values are listed and searched"))
	}
	if doubt := v.marked.Doubt(); !doubt.Empty() {
		add(doubt)
	}
	if v.lines > 0 {
		add(termsafe.Count(int64(v.lines), "marked line is not an event and", "marked lines are not events and"), termsafe.Const(" not counted"))
	}
	switch {
	case v.counting.Busy():
		add(v.progress())
	case !v.loaded:
		add(termsafe.Const("the log is still being read: the counts grow"))
	}
	return out
}

// about returns the foot about a value.
func (v *Frequencies) about(c *count.Count, w int) []*paint.Line {
	out := []*paint.Line{v.Rule(w), v.Say(kit.Plain, w, valueText(v.Display, v.name, &c.Values[0], w)), v.Say(kit.Muted, w, v.aboutWords(c)...)}
	if v.said && field.Of(v.name).Kind == field.Tags {
		out = append(out, v.Say(kit.Muted, w, termsafe.Const("an event counts once under each of its tags")))
	}
	if v.forms && !c.Values[0].Absent {
		out = append(out, v.Say(kit.Muted, w, v.messageWords(c.Values[0].Text.Raw())...))
	}
	return out
}

// aboutWords say how often a value occurs, and from when to when.
func (v *Frequencies) aboutWords(c *count.Count) []termsafe.Safe {
	disp := v.Display
	words := []termsafe.Safe{termsafe.Int(int64(c.Events)), termsafe.Const(" of "), termsafe.Count(int64(v.counted.events), "event", "events")}
	if c.Failed > 0 {
		words = append(words, termsafe.Const(", "), termsafe.Int(int64(c.Failed)), termsafe.Const(" failed"))
	}
	if c.Timed {
		words = append(words, termsafe.Const(", first "), disp.Time(c.First, false), termsafe.Const(", last "), disp.Time(c.Last, false))
	} else {
		words = append(words, termsafe.Const(", no time known"))
	}
	return words
}

// messageWords say how many messages have a form.
func (v *Frequencies) messageWords(of string) []termsafe.Safe {
	members := v.counted.members[of]
	switch n := len(members); {
	case n == 0:
		return []termsafe.Safe{v.Display.Keyed("{} shows the messages one by one", kit.CmdForms)}
	case n == 1:
		return []termsafe.Safe{v.Display.Own("one message: "), termsafe.Clean(v.Display.Masks(v.name, members[0].Raw()), v.Display.CleanOptions(4*kit.QuotedCells))}
	case n > mostMembers:
		return []termsafe.Safe{termsafe.Const("more than "), termsafe.Int(mostMembers), v.Display.Keyed(" different messages: {} shows them one by one", kit.CmdForms)}
	default:
		return []termsafe.Safe{termsafe.Int(int64(n)), v.Display.Keyed(" different messages: {} shows them one by one", kit.CmdForms)}
	}
}

// columns fits the columns into w cells.
func (v *Frequencies) columns(w int) *valueColumns {
	l := &valueColumns{display: v.Display, events: v.counted.events, failed: v.counted.failed}
	if len(v.counted.top) > 0 {
		l.most = v.counted.top[0].Events
	}
	l.fit(w)
	return l
}

// names returns the headings of the columns, with a sign at the one that the values are sorted by.
func (v *Frequencies) names(l *valueColumns) *paint.Line {
	disp, line := v.Display, v.Display.Line()
	style := disp.Style(kit.Muted)
	line.Fill(style, min(2, l.width))
	sign := disp.Glyphs.Down
	if v.order.rising() {
		sign = disp.Glyphs.Up
	}
	name := func(c valueColumn, text termsafe.Safe) termsafe.Safe {
		if c != v.order.by {
			return text
		}
		return termsafe.Concat(text, sign)
	}
	l.cells(line, func(kit.Role) paint.Style { return style }, valueCells{name(byValue, termsafe.Const("Value")), termsafe.Safe{}, name(byCount, termsafe.Const("Count")),
		termsafe.Const("Share"), name(byFailed, termsafe.Const("Failed")), name(byFirst, termsafe.Const("First")), name(byLast, termsafe.Const("Last"))})
	return line
}
