package tui

import (
	"strings"

	"pawprint/model"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// emptyState is what decides why the list has no rows.
type emptyState struct {
	snap       *model.Snapshot
	filter     string
	failedOnly bool
	hideReads  bool
	undecided  int // rows without a time that the filter does not decide
	loading    bool
	selecting  bool
	advice     []termsafe.Safe
}

// emptyWords explains in a few lines why the list is empty, the most important first.
func emptyWords(disp *display, s emptyState) []termsafe.Safe {
	var out []termsafe.Safe
	filtered := s.filter != "" || s.failedOnly || s.hideReads
	switch {
	case filtered && (s.loading || s.selecting):
		out = append(out, termsafe.Const("Nothing matches so far"), filterWords(disp, s))
	case filtered && s.snap.Rows() > 0:
		out = append(out, termsafe.Const("Nothing matches"), filterWords(disp, s))
		if s.undecided > 0 {
			verb := " are undecided; -has:time finds them"
			if s.undecided == 1 {
				verb = " is undecided; -has:time finds it"
			}
			out = append(out, termsafe.Concat(termsafe.Count(int64(s.undecided), "row", "rows"), termsafe.Const(" without a time"), disp.own(verb)))
		}
		out = append(out, s.advice...)
		if s.failedOnly {
			out = append(out, termsafe.Const("f shows what did not fail, too"))
		}
		if s.hideReads {
			out = append(out, termsafe.Const("w shows reads, too"))
		}
		if s.filter != "" {
			out = append(out, termsafe.Const("/ then ^u and enter clears the filter"))
		}
	case (s.loading || s.selecting) && !onlyWaits(s.snap.Sources()):
		out = append(out, disp.own("Loading …"))
	default:
		return sourceWords(disp, s.snap)
	}
	return append(out, brokenWords(disp, s.snap.Sources())...)
}

func filterWords(disp *display, s emptyState) termsafe.Safe {
	filter := termsafe.Clean(disp.masks("", s.filter), termsafe.Options{ASCII: disp.widther.ASCII, MaxCells: 200})
	if s.hideReads {
		filter = termsafe.Concat(termsafe.Const("-is:read "), filter)
	}
	if s.failedOnly {
		filter = termsafe.Concat(termsafe.Const("is:failed "), filter)
	}
	return termsafe.Concat(termsafe.Const("the filter is  "), filter)
}

// brokenWords lists the errors of the broken sources, with the names of those that their errors do not name.
func brokenWords(disp *display, sources []model.SourceState) []termsafe.Safe {
	var out []termsafe.Safe
	opt := termsafe.Options{ASCII: disp.widther.ASCII, MaxCells: 300}
	for i := range sources {
		s := &sources[i]
		if s.Phase == model.Broken {
			why := termsafe.Clean(disp.masks("", s.Err.Raw()), opt)
			if !strings.Contains(s.Err.Raw(), s.Name.Raw()) {
				why = termsafe.Concat(termsafe.Clean(disp.masks("source", s.Name.Raw()), opt), termsafe.Const(": "), why)
			}
			out = append(out, termsafe.Concat(disp.glyphs.failed, termsafe.Const(" "), why))
		}
		if len(out) == 5 {
			break
		}
	}
	return out
}

// drawEmpty centres the words in r. It wraps long lines, as the reason why a source is broken is at the end.
func drawEmpty(disp *display, f *paint.Frame, r rect, words []termsafe.Safe) {
	var lines []termsafe.Safe
	for _, w := range words {
		lines = append(lines, disp.widther.Wrap(w, max(r.w, 1))...)
	}
	y := r.y + max(0, (r.h-len(lines))/3)
	for i, line := range lines {
		if y+i >= r.y+r.h {
			return
		}
		style := disp.style(muted)
		if i == 0 {
			style = disp.style(strong)
		}
		l := disp.line()
		l.AddWidth(style, line, r.w, paint.Center)
		f.Put(r.x, y+i, r.w, l)
	}
}
