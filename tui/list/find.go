package list

import (
	"cmp"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// finder finds rows without hiding the others.
type finder struct {
	text      string
	expr      query.Expr // nil while there is no search
	needles   []needle
	base      *model.Selection // the rows that were searched for hits
	hits      *model.Selection // the rows found in base; nil until the search is done
	searching kit.Slot
	steps     int // presses of n and N that wait for hits; negative is backwards
}

// needle is a searched text that is highlighted.
type needle struct {
	text termsafe.Safe
	fold bool
}

// find starts a search for a text, unless that is the current search; an empty text ends it.
func (f *finder) find(text string, disp *kit.Display) error {
	if text == f.text {
		return nil
	}
	e, err := query.Parse(text)
	if err != nil {
		return err
	}
	f.clear()
	f.text = text
	terms := query.Terms(e)
	if len(terms) == 0 {
		return nil
	}
	f.expr = e
	for _, t := range terms {
		if word, ok := plainWord(t.String()); ok {
			f.needles = append(f.needles, needle{termsafe.Clean(word, disp.CleanOptions(maxNeedleCells)), word == strings.ToLower(word)})
		}
	}
	return nil
}

// clear ends the search.
func (f *finder) clear() {
	f.searching.Stop()
	*f = finder{searching: f.searching}
}

// maxNeedleCells limits the width of a highlighted needle.
const maxNeedleCells = 100

// plainWord returns the text of a term that searches all fields; ok is false for other terms.
func plainWord(term string) (string, bool) {
	if quoted, ok := strings.CutPrefix(term, `"`); ok {
		word, rest, ok := strings.Cut(quoted, `"`)
		return word, ok && rest == "" && !strings.Contains(word, `\`)
	}
	return term, !strings.ContainsAny(term, ":=<>*()/") && term[0] != '-'
}

// spans finds the needles in drawn text.
func (f *finder) spans(text termsafe.Safe) []termsafe.Span {
	switch len(f.needles) {
	case 0:
		return nil
	case 1:
		return text.Find(f.needles[0].text, f.needles[0].fold)
	}
	var all []termsafe.Span
	for _, n := range f.needles {
		all = append(all, text.Find(n.text, n.fold)...)
	}
	return merged(all)
}

// merged sorts spans and joins overlapping ones.
func merged(all []termsafe.Span) []termsafe.Span {
	slices.SortFunc(all, func(a, b termsafe.Span) int { return cmp.Compare(a.Lo, b.Lo) })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.Lo <= out[n-1].Hi {
			out[n-1].Hi = max(out[n-1].Hi, s.Hi)
			continue
		}
		out = append(out, s)
	}
	return out
}

// nextHit goes to the next or previous hit. If there is no search, it asks for a text to find.
func (l *List) nextHit(c kit.Command, s *kit.Scene) kit.Wish {
	step := 1
	if c == kit.CmdPreviousHit {
		step = -1
	}
	switch {
	case l.finder.expr == nil:
		return l.promptFind(kit.CmdFind, s)
	case l.finder.hits == nil:
		l.finder.steps += step
		return kit.Wish{}
	}
	return l.goToHit(step)
}

// goToHit moves by n hits: at once if the rows are in the order of time, else by one once it is found.
func (l *List) goToHit(n int) kit.Wish {
	row, ok := l.Row()
	switch {
	case n == 0 || !ok:
		return kit.Wish{}
	case l.finder.hits.Len() == 0:
		return kit.Wish{Toast: termsafe.Const("not found")}
	case !l.By.ByTime():
		l.search.begin(hitRow, max(-1, min(n, 1)))
		return kit.Wish{}
	}
	to, round := l.finder.step(row, n)
	l.GoTo(to)
	l.paused = PausedAtHit
	if round {
		return kit.Wish{Toast: wentRound(n)}
	}
	return kit.Wish{}
}

// promptFind opens the prompt for a text to find, which is searched while the user types.
func (l *List) promptFind(kit.Command, *kit.Scene) kit.Wish {
	f := &l.finder
	before := f.text
	return kit.Wish{Ask: &kit.Ask{Label: termsafe.Const("find "), Help: l.display.Keyed("enter next hit, {} {} go on", kit.CmdNextHit, kit.CmdPreviousHit), Text: before,
		Live: func(text string) (kit.Wish, error) { return kit.Wish{}, f.find(text, l.display) },
		Done: func(text string) (kit.Wish, error) {
			if err := f.find(text, l.display); err != nil || f.expr == nil {
				return kit.Wish{}, err
			}
			return kit.Wish{Do: kit.CmdNextHit}, nil
		},
		Given: func() { _ = f.find(before, l.display) },
		State: func() termsafe.Safe { return l.finder.words(l.display, &l.viewport) }}}
}
