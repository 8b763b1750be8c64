package filter

import (
	"slices"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// change is what a key has just changed in the filter, to be said with its counts as soon as they are known, and until the next key.
type change struct {
	added  string           // the text of the condition that was added; empty for none
	before *model.Selection // the rows that the filter finds without it; nil if unknown
}

// Narrowed notes that a key has added a condition. before is the rows of the filter before; nil if it differs in more than that.
func (b *Bar) Narrowed(by query.Expr, before *model.Selection) {
	b.change = change{by.String(), before}
	b.Chips.effects.alone = by
}

// Hush forgets what the last key has changed, and reports whether there was something to say.
func (b *Bar) Hush() (said bool) {
	said = b.change.added != ""
	b.change = change{}
	return said
}

// Change says what the last key has changed; empty if that was nothing.
func (b *Bar) Change(s State) termsafe.Safe {
	chips, names := s.Filter.Chips, &b.Chips.names
	for i := range chips {
		if b.change.added == "" || chips[i].Text != b.change.added {
			continue
		}
		if inner, ok := query.Negated(chips[i].Expr); ok {
			positive := kit.Chip{Text: inner.String(), Expr: inner}
			return termsafe.Concat(termsafe.Const("hidden: "), names.words(&positive, changeCells), b.hidden(s))
		}
		words := names.words(&chips[i], changeCells)
		if others := b.others(chips, i); !others.Empty() {
			return termsafe.Concat(words, termsafe.Const(" within "), others, b.found(s))
		}
		return termsafe.Concat(termsafe.Const("everything with "), words)
	}
	return termsafe.Safe{}
}

// The limits of what is said about conditions.
const (
	changeCells  = 40
	changeOthers = 2
)

// hidden counts the rows that the change has hidden.
func (b *Bar) hidden(s State) termsafe.Safe {
	before := b.change.before
	if s.Rows == nil || before == nil || before.Snapshot().Revision() != s.Rows.Snapshot().Revision() {
		return termsafe.Safe{}
	}
	n := termsafe.Int(int64(before.Len() - s.Rows.Len()))
	if s.Loaded > 0 {
		n = termsafe.Concat(n, kit.BlankCell, loadedWords)
	}
	return termsafe.Concat(termsafe.Const(" ("), n, termsafe.Const(")"))
}

// others names the other conditions, which still narrow what a new one finds; empty if there are none.
func (b *Bar) others(chips []kit.Chip, added int) termsafe.Safe {
	var others []termsafe.Safe
	more := 0
	for i := range chips {
		switch {
		case i == added || chips[i].Off:
		case len(others) == changeOthers:
			more++
		default:
			others = append(others, b.Chips.names.brief(&chips[i], changeCells/2))
		}
	}
	words := termsafe.Join(termsafe.Const(", "), others...)
	if more > 0 {
		words = termsafe.Concat(words, termsafe.Const(" +"), termsafe.Int(int64(more)))
	}
	return words
}

// found counts the rows, of all those that the new condition finds by itself.
func (b *Bar) found(s State) termsafe.Safe {
	e := &b.Chips.effects
	if s.Rows == nil || e.of != s.Rows || !e.lone.known {
		return termsafe.Safe{}
	}
	of := termsafe.Concat(termsafe.Const(" "), b.display.Glyphs.Dot, termsafe.Const(" "), termsafe.Int(int64(s.Rows.Len())), termsafe.Const(" of "))
	words := termsafe.Concat(of, termsafe.Int(int64(e.lone.rows.Len())))
	if s.Loaded > 0 {
		words = termsafe.Concat(words, kit.BlankCell, loadedWords)
	}
	return words
}

// blamed is how many conditions are named when nothing matches.
const blamed = 3

// Blame says without which conditions there would be rows, if there are none; the ones that hide most come first.
func (b *Bar) Blame(s State) (out []termsafe.Safe) {
	if s.Rows == nil || s.Rows.Len() > 0 {
		return nil
	}
	type culprit struct{ chip, rows int }
	var found []culprit
	for i := range s.Filter.Chips {
		if rows, ok := b.Chips.effects.known(i, s.Rows); ok && rows > 0 && !s.Filter.Chips[i].Off {
			found = append(found, culprit{i, rows})
		}
	}
	slices.SortStableFunc(found, func(x, y culprit) int { return y.rows - x.rows })
	for _, c := range found[:min(len(found), blamed)] {
		words := b.Chips.names.words(&s.Filter.Chips[c.chip], changeCells)
		n := termsafe.Count(int64(c.rows), "match", "matches")
		if s.Loaded > 0 {
			n = termsafe.Concat(n, kit.BlankCell, kit.OverLoaded(s.Loaded)[0])
		}
		out = append(out, termsafe.Concat(termsafe.Const("without "), words, termsafe.Const(": "), n))
	}
	return out
}
