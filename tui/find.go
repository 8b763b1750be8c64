package tui

import (
	"cmp"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// finder finds rows without hiding the others.
type finder struct {
	text      string
	expr      query.Expr // nil while there is no search
	needles   []needle
	base      *model.Selection // the rows that were searched for hits
	hits      *model.Selection // the rows found in base; nil until the search is done
	searching slot
	steps     int // presses of n and N that wait for hits; negative is backwards
}

// needle is a searched text that is highlighted.
type needle struct {
	text termsafe.Safe
	fold bool
}

// find starts a search for a text, unless that is the current search; an empty text ends it.
func (f *finder) find(text string, disp *display) error {
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
			f.needles = append(f.needles, needle{termsafe.Clean(word, disp.cleanOptions(maxNeedleCells)), word == strings.ToLower(word)})
		}
	}
	return nil
}

// clear ends the search.
func (f *finder) clear() {
	f.searching.stop()
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
func (l *list) nextHit(c command, s *scene) wish {
	step := 1
	if c == cmdPreviousHit {
		step = -1
	}
	switch {
	case l.finder.expr == nil:
		return l.promptFind(cmdFind, s)
	case l.finder.hits == nil:
		l.finder.steps += step
		return wish{}
	}
	return l.goToHit(step)
}

// goToHit moves by n hits: at once if the rows are in the order of time, else by one once it is found.
func (l *list) goToHit(n int) wish {
	row, ok := l.row()
	switch {
	case n == 0 || !ok:
		return wish{}
	case l.finder.hits.Len() == 0:
		return wish{toast: termsafe.Const("not found")}
	case !l.by.byTime():
		l.search.begin(hitRow, max(-1, min(n, 1)))
		return wish{}
	}
	to, round := l.finder.step(row, n)
	l.goTo(to)
	if round {
		return wish{toast: wentRound(n)}
	}
	return wish{}
}

// promptFind opens the prompt for a text to find, which is searched while the user types.
func (l *list) promptFind(command, *scene) wish {
	f := &l.finder
	before := f.text
	return wish{ask: &ask{label: termsafe.Const("find "), help: termsafe.Const("enter next hit, n N go on"), text: before,
		live: func(text string) (wish, error) { return wish{}, f.find(text, l.display) },
		done: func(text string) (wish, error) {
			if err := f.find(text, l.display); err != nil || f.expr == nil {
				return wish{}, err
			}
			return wish{do: cmdNextHit}, nil
		},
		given: func() { _ = f.find(before, l.display) },
		state: func() termsafe.Safe { return l.finder.words(l.display, &l.viewport) }}}
}
