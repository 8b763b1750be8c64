package list

import (
	"strings"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// EmptyState is what decides why the list has no rows.
type EmptyState struct {
	Snap       *model.Snapshot // all rows of the log; not nil
	Part       bool            // a database may have rows of the filter that are not loaded
	Filter     string          // the text of the filter
	FailedOnly bool            // its switches, as in kit.FilterText
	HideReads  bool            // see FailedOnly
	Undecided  int             // rows without a time that the filter does not decide
	Loading    bool            // a source is being read for the first time
	Selecting  bool            // the rows are still being selected
	Advice     []termsafe.Safe // the advice on the filter, line by line
}

// emptyWords explains in a few lines why the list is empty, the most important first.
func emptyWords(disp *kit.Display, s EmptyState) []termsafe.Safe {
	var out []termsafe.Safe
	filtered := s.Filter != "" || s.FailedOnly || s.HideReads
	switch {
	case filtered && (s.Loading || s.Selecting):
		out = append(out, termsafe.Const("Nothing matches so far"), filterWords(disp, s))
	case filtered && s.Snap.Rows() > 0:
		head := termsafe.Const("Nothing matches")
		if s.Part {
			head = termsafe.Concat(termsafe.Const("Nothing matches among the "), termsafe.Count(int64(s.Snap.Rows()), "row", "rows"), termsafe.Const(" that are loaded"))
		}
		out = append(out, head, filterWords(disp, s))
		if s.Part {
			out = append(out, termsafe.Concat(disp.KeyNamed(kit.AskCommand), termsafe.Const(" asks the database for matching rows")))
		}
		if s.Undecided > 0 {
			verb := " are undecided; -has:time finds them"
			if s.Undecided == 1 {
				verb = " is undecided; -has:time finds it"
			}
			out = append(out, termsafe.Concat(termsafe.Count(int64(s.Undecided), "row", "rows"), termsafe.Const(" without a time"), disp.Own(verb)))
		}
		out = append(out, s.Advice...)
		if s.FailedOnly {
			out = append(out, disp.Keyed("{} shows all results", kit.CmdFailedOnly))
		}
		if s.HideReads {
			out = append(out, disp.Keyed("{} shows reads, too", kit.CmdHideReads))
		}
		if s.Filter != "" {
			out = append(out, disp.Keyed("{} removes a condition, {} {} chooses it, {} goes back", kit.CmdDropChip, kit.CmdPreviousChip, kit.CmdNextChip, kit.CmdUndo))
		}
	case (s.Loading || s.Selecting) && !OnlyWaits(s.Snap.Sources()):
		out = append(out, disp.Own("Loading …"))
	default:
		return sourceWords(disp, s.Snap)
	}
	return append(out, brokenWords(disp, s.Snap.Sources())...)
}

func filterWords(disp *kit.Display, s EmptyState) termsafe.Safe {
	filter := termsafe.Clean(disp.Masks("", s.Filter), termsafe.Options{ASCII: disp.Widther.ASCII, MaxCells: 200})
	if s.HideReads {
		filter = termsafe.Concat(termsafe.Const("-is:read "), filter)
	}
	if s.FailedOnly {
		filter = termsafe.Concat(termsafe.Const("is:failed "), filter)
	}
	return termsafe.Concat(termsafe.Const("the filter is  "), filter)
}

// brokenWords lists the errors of the broken sources, with the names of those that their errors do not name.
func brokenWords(disp *kit.Display, sources []model.SourceState) []termsafe.Safe {
	var out []termsafe.Safe
	opt := termsafe.Options{ASCII: disp.Widther.ASCII, MaxCells: 300}
	for i := range sources {
		s := &sources[i]
		if s.Phase == model.Broken {
			why := termsafe.Clean(disp.Masks("", s.Err.Raw()), opt)
			if !strings.Contains(s.Err.Raw(), s.Name.Raw()) {
				why = termsafe.Concat(termsafe.Clean(disp.Masks("source", s.Name.Raw()), opt), termsafe.Const(": "), why)
			}
			out = append(out, termsafe.Concat(disp.Glyphs.Failed, termsafe.Const(" "), why))
		}
		if len(out) == 5 {
			break
		}
	}
	return out
}

// drawEmpty centres the words in r. It wraps long lines, as the reason why a source is broken is at the end.
func drawEmpty(disp *kit.Display, f *paint.Frame, r kit.Rect, words []termsafe.Safe) {
	var lines []termsafe.Safe
	for _, w := range words {
		lines = append(lines, disp.Widther.Wrap(w, max(r.W, 1))...)
	}
	y := r.Y + max(0, (r.H-len(lines))/3)
	for i, line := range lines {
		if y+i >= r.Y+r.H {
			return
		}
		style := disp.Style(kit.Muted)
		if i == 0 {
			style = disp.Style(kit.Strong)
		}
		l := disp.Line()
		l.AddWidth(style, line, r.W, paint.Center)
		f.Put(r.X, y+i, r.W, l)
	}
}
