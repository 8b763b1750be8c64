// Package hostile is test material: texts that an attacker may write into a log to move a cursor, set a clipboard, forge a row,
// hide, deceive a reader or break what comes after an export. It builds a log with all of them in every place that a log has for
// text, and says what of a program's output would have done harm.
//
// Only tests import it, of any package. It imports nothing of ours, so that its judgement is a second opinion.
package hostile

import "fmt"

// Text is one hostile text. It never is empty.
type Text struct {
	Name string // says what it tries
	Raw  string
}

// Texts returns all texts, at least 500, but every tenth alone under the race detector. Names and texts are unique, and the order
// is always the same.
func Texts() []Text {
	all := every()
	var texts []Text
	for i := 0; i < len(all); i += step {
		texts = append(texts, all[i])
	}
	return texts
}

// every makes all texts.
func every() []Text {
	c := &collection{seen: map[string]bool{}}
	for _, fill := range []func(*collection){
		controlRunes, cursorSequences, longSequences, modeSwitches, styles, questions, commands, deviceStrings, shortEscapes, pastes,
		directions, invisibles, blanks, lookalikes, stacks, frames, forgedMarks, badBytes, oddRunes,
		spreadsheets, markups, shells, queries, structures,
	} {
		fill(c)
	}
	return c.texts
}

// collection gathers texts, each once.
type collection struct {
	texts []Text
	seen  map[string]bool
}

// add adds a text, unless it is there already.
func (c *collection) add(name, raw string) {
	if raw == "" || c.seen[raw] {
		return
	}
	c.seen[raw] = true
	c.texts = append(c.texts, Text{fmt.Sprintf("%s (%d)", name, len(c.texts)), raw})
}

// all adds texts of one kind.
func (c *collection) all(name string, raws ...string) {
	for _, raw := range raws {
		c.add(name, raw)
	}
}
