package modal

import (
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// form returns the format of a source.
func (v *SourceView) form(s *model.SourceState) termsafe.Safe {
	if s.Form == "" {
		return termsafe.Const("JSON lines")
	}
	return v.Display.Own(s.Form)
}

// envelopes says what events of a source stand in: "events in log, as docker writes it".
func (v *SourceView) envelopes(s *model.SourceState) termsafe.Safe {
	var names []termsafe.Safe
	for name := range s.Books.Envelopes.Names() {
		names = append(names, v.Display.Own(name))
	}
	if len(names) == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Const("events in "), termsafe.Join(termsafe.Const("; in "), names...))
}

// rate returns the speed at which a source is loading; empty if it is not loading.
func (v *SourceView) rate(s *model.SourceState, i int) termsafe.Safe {
	if s.Phase != model.Loading || i >= len(v.pace) {
		return termsafe.Safe{}
	}
	perSecond, ok := v.pace[i].Rate(v.Display.Now(), s.Books.Bytes)
	if !ok {
		return v.Display.Own("…")
	}
	return termsafe.Concat(termsafe.Bytes(perSecond), termsafe.Const("/s"))
}

// foot returns the details of the source under the cursor, what a configuration changes in counts, and the memory of the log.
func (v *SourceView) foot(i, w int) []*paint.Line {
	disp, s := v.Display, &v.listed[i].state
	lines := []*paint.Line{v.Rule(w), v.Say(kit.Strong, w, sourceName(disp, s, w))}
	if restarted := disp.Restarted(s.Restart, true); !restarted.Empty() {
		lines = append(lines, v.Say(kit.Partial, w, termsafe.Const("the file was "), restarted, disp.ReadOn(s.Restart)))
	}
	for _, text := range []struct {
		text model.Text
		role kit.Role
	}{{s.Err, kit.Failed}, {s.Remarks(), kit.Partial}} {
		if text.text.Empty() {
			continue
		}
		clean := termsafe.Clean(disp.Masks("", text.text.Raw()), disp.CleanOptions(4*max(w, 1)))
		for _, row := range disp.Widther.Wrap(clean, max(8, w-4)) {
			lines = append(lines, v.Say(text.role, w, row))
		}
	}
	copies := v.snap.KnownCopies().In(v.listed[i].id)
	lines = append(lines,
		v.Say(kit.Plain, w, bookWords(s.Books)),
		v.Say(kit.Muted, w, v.troubles(&s.Books, copies)),
		v.Say(kit.Muted, w, v.size(s)))
	if around := v.envelopes(s); !around.Empty() {
		lines = append(lines, v.Say(kit.Muted, w, around))
	}
	for _, words := range disp.Changed.Words() {
		for _, row := range disp.Widther.Wrap(disp.FromConfig(words), max(8, w-4)) {
			lines = append(lines, v.Say(kit.Partial, w, row))
		}
	}
	if v.memory != nil {
		if memory := memoryWords(v.memory()); !memory.Empty() {
			lines = append(lines, v.Say(kit.Muted, w, memory))
		}
	}
	return append(lines, v.Keys(w,
		termsafe.Const("enter"), termsafe.Const("filters by the source"),
		v.Display.Key(kit.CmdProblems), termsafe.Const("problems"),
		termsafe.Const("esc"), termsafe.Const("closes")))
}

// troubles returns the counts of a source's bad lines.
func (v *SourceView) troubles(b *model.Books, copies int64) termsafe.Safe {
	out := severityWords(*b)
	if copies > 0 {
		out = termsafe.Concat(out, termsafe.Const(", "), termsafe.Count(copies, "duplicate", "duplicates"))
	}
	if b.Recovered > 0 {
		out = termsafe.Concat(out, termsafe.Const(", "), termsafe.Int(b.Recovered), termsafe.Const(" recovered"))
	}
	return out
}

// size returns the format of a source, how much of it was read, and how much is left.
func (v *SourceView) size(s *model.SourceState) termsafe.Safe {
	out := termsafe.Concat(v.form(s), termsafe.Const(": "), termsafe.Bytes(s.Books.Bytes), termsafe.Const(" read"))
	if s.Stored > 0 {
		out = termsafe.Concat(out, termsafe.Const(" from "), termsafe.Bytes(s.Stored), termsafe.Const(" as stored"))
	}
	if behind := s.Behind(); behind > 0 {
		out = termsafe.Concat(out, termsafe.Const(", "), termsafe.Bytes(behind), termsafe.Const(" to go"))
	}
	return out
}

// memoryWords returns the memory that the log takes; empty if unknown.
func memoryWords(used, limit int64) termsafe.Safe {
	if limit <= 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Const("memory: "), termsafe.Bytes(used), termsafe.Const(" of "), termsafe.Bytes(limit),
		termsafe.Const(" for all sources"))
}
