package output

import (
	"strconv"
	"strings"

	"pawprint/model/rawjson"
)

// Cell is a value in a row. The zero value is a blank cell.
type Cell struct {
	kind  cellKind
	text  string
	json  string // the JSON to write; if empty, the text is written as a JSON string
	tone  Tone
	short string // what a table that has to fit a terminal shows instead; empty for the same
}

// Tone says how bad a value is. Tables colour it where there are colours.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Partly
	Wrong
	numTones
)

// Toned returns the cell in a tone.
func (c Cell) Toned(t Tone) Cell {
	c.tone = t
	return c
}

// Short returns the cell with another text for tables that have to fit a terminal.
func (c Cell) Short(text string) Cell {
	c.short = text
	return c
}

type cellKind uint8

const (
	cellBlank  cellKind = iota
	cellAbsent          // the log has no value
	cellText            // untrusted text
	cellNumber
)

// Absent returns the cell of a value that the log does not have.
func Absent() Cell { return Cell{kind: cellAbsent} }

// Blank returns a blank cell. Formats for people show the word instead.
func Blank(word string) Cell { return Cell{text: word} }

// Text returns a cell of untrusted text, which may be empty.
func Text(text string) Cell { return Cell{kind: cellText, text: text} }

// Word returns a cell of untrusted text, or a blank cell if the text is empty.
func Word(text string) Cell {
	if text == "" {
		return Cell{}
	}
	return Text(text)
}

// Count returns a cell with a number that the program counted.
func Count(n int) Cell {
	digits := strconv.Itoa(n)
	return Cell{kind: cellNumber, text: digits, json: digits}
}

// Amount returns a cell with a number and its unit, such as a share in percent, which the program wrote.
func Amount(text string) Cell { return Cell{kind: cellNumber, text: text} }

// JSON returns a cell of a JSON value that is not a string: a number, true, false, null, a list or an object. The text is not empty.
func JSON(text string) Cell {
	if text[0] == '-' || text[0]-'0' < 10 {
		return Cell{kind: cellNumber, text: text, json: text}
	}
	return Cell{kind: cellText, text: text, json: text}
}

// Flag returns a boolean. Formats without booleans show word if it is true, and a blank cell if not.
func Flag(set bool, word string) Cell {
	c := Cell{json: strconv.FormatBool(set)}
	if set {
		c.kind, c.text = cellText, word
	}
	return c
}

// List returns a cell with a list of words: a JSON list, or the words with spaces between them.
func List(words []string) Cell {
	list := []byte{'['}
	for i, w := range words {
		if i > 0 {
			list = append(list, ',')
		}
		list = rawjson.AppendASCIIString(list, w)
	}
	c := Word(strings.Join(words, " "))
	c.json = string(append(list, ']'))
	return c
}

// Raw returns the text of the cell, which is untrusted.
func (c Cell) Raw() string { return c.text }
