package output

import (
	"strconv"
	"strings"

	"pawprint/model/rawjson"
)

// Cell is a value of a row. The zero value is a cell with nothing to say.
type Cell struct {
	kind cellKind
	text string
	json string // what stands in JSON in place of the text as a string; empty for that
}

type cellKind uint8

const (
	cellBlank  cellKind = iota
	cellAbsent          // the log has no value
	cellText            // not to be trusted
	cellNumber
)

// Absent is a value that the log does not have.
func Absent() Cell { return Cell{kind: cellAbsent} }

// Text is a text of the log, which may be empty.
func Text(text string) Cell { return Cell{kind: cellText, text: text} }

// Word is a text that is either there or not worth a sign: the empty one is blank.
func Word(text string) Cell {
	if text == "" {
		return Cell{}
	}
	return Text(text)
}

// Count is a number of our own.
func Count(n int) Cell {
	digits := strconv.Itoa(n)
	return Cell{cellNumber, digits, digits}
}

// JSON is a value as it is written in JSON: a number, a word, a list or an object, not a string.
func JSON(text string) Cell {
	if text[0] == '-' || text[0]-'0' < 10 {
		return Cell{cellNumber, text, text}
	}
	return Cell{cellText, text, text}
}

// Flag is a boolean, and a word where it is true for formats that have no booleans.
func Flag(set bool, word string) Cell {
	c := Cell{json: strconv.FormatBool(set)}
	if set {
		c.kind, c.text = cellText, word
	}
	return c
}

// List is a list of words.
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

// Raw is the text of the cell, which is not to be trusted.
func (c Cell) Raw() string { return c.text }
