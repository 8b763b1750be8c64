package marks

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Said is which tags and verdicts marks have, the most frequent first.
type Said struct{ Tags, Verdicts []Word }

// Word is a tag or a verdict.
type Word struct {
	Text  string
	Count int // of the marked rows that have it; 0 if they are not counted
}

// mostSaid limits the words of each kind.
const mostSaid = 500

// SaidOf lists what was said in kept marks, with the number of the rows among counted that say it. Tags that differ in case alone are one.
func SaidOf(kept iter.Seq[*Mark], counted iter.Seq[Place]) Said {
	tags, verdicts := tally{}, tally{}
	add := func(m *Mark, n int) {
		for _, t := range m.Tags {
			tags.add(t, n)
		}
		if slices.Contains(Verdicts, m.Verdict) {
			verdicts.add(string(m.Verdict), n)
		}
	}
	for m := range kept {
		add(m, 0)
	}
	for p := range counted {
		add(p.Mark, 1)
	}
	return Said{tags.words(), verdicts.words()}
}

// tally counts words by their text in lower case.
type tally map[string]*Word

func (t tally) add(text string, n int) {
	if text == "" {
		return
	}
	key := strings.ToLower(text)
	if t[key] == nil {
		t[key] = &Word{Text: text}
	}
	t[key].Text = min(t[key].Text, text) // whatever comes first
	t[key].Count += n
}

func (t tally) words() (out []Word) {
	for _, w := range t {
		out = append(out, *w)
	}
	slices.SortFunc(out, func(a, b Word) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text)) })
	return out[:min(len(out), mostSaid)]
}
