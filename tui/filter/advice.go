package filter

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// advice is what the filter bar says about a valid filter beside the number of matches: how it was read where it is not written in
// the language's own form, and which terms cannot match anything in the log. A job finds the latter.
type advice struct {
	finding kit.Slot
	text    string // the filter that notes are about
	notes   []string
	asked   *model.Selection // the selection of the job that is under way, or of the last one
	nothing bool             // it had no rows
	doubts  []string
}

// adviceFound brings the doubts about the filter of a selection.
type adviceFound struct {
	kit.Job
	doubts []string
	err    error
}

// read notes how the text of a new filter is read. It drops the doubts about the filter before.
func (v *advice) read(text string) {
	v.finding.Stop()
	*v = advice{finding: v.finding, text: text, notes: query.Notes(text)}
}

// work starts the job that finds doubts about e, which selected sel, once for each filter, and again when the log has grown by a
// tenth or the first row matches. It does nothing if sel is nil.
func (v *advice) work(ctx context.Context, sel *model.Selection, e query.Expr, env query.Env, suggest bool) tea.Cmd {
	if sel == nil || sel.Snapshot().Rows() == 0 || v.finding.Busy() {
		return nil
	}
	nothing := sel.Len() == 0
	if v.asked != nil && v.asked.Matcher() == sel.Matcher() && v.nothing == nothing {
		if before := v.asked.Snapshot().Rows(); sel.Snapshot().Rows() <= before+before/10 {
			return nil
		}
	}
	v.asked, v.nothing = sel, nothing
	ctx, job := v.finding.Start(ctx, v)
	env.Unread = nil
	return kit.Safely(func() tea.Msg { return findAdvice(ctx, job, sel, e, env, suggest) })
}

func findAdvice(ctx context.Context, job kit.Job, sel *model.Selection, e query.Expr, env query.Env, suggest bool) adviceFound {
	words := query.SetWords(e, env)
	doubts, err := query.Doubts(ctx, sel.Snapshot(), e, env, sel.Len(), suggest)
	return adviceFound{job, append(words, doubts...), err}
}

// Take implements kit.Taker.
func (v *advice) Take(msg tea.Msg) kit.Wish {
	if m, ok := msg.(adviceFound); ok && m.err == nil {
		v.doubts = m.doubts
	}
	return kit.Wish{}
}

// words is the advice in one line; empty if there is none.
func (v *advice) words(disp *kit.Display) termsafe.Safe {
	var out termsafe.Safe
	for i, m := range v.lines(disp) {
		if i > 0 {
			out = termsafe.Concat(out, termsafe.Const("; "))
		}
		out = termsafe.Concat(out, m)
	}
	return out
}

// lines lists the advice, the doubts last.
func (v *advice) lines(disp *kit.Display) []termsafe.Safe {
	var out []termsafe.Safe
	for _, list := range [][]string{v.notes, v.doubts} {
		for _, m := range list {
			out = append(out, termsafe.Clean(disp.Masks("", m), termsafe.Options{ASCII: disp.Widther.ASCII, MaxCells: 300}))
		}
	}
	return out
}
