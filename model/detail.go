package model

import (
	"strconv"
	"strings"

	"pawprint/model/rawjson"
	"pawprint/model/suspicion"
)

// jsonKinds are the words for a value of the wrong type; a Detail of WrongType is an index.
var jsonKinds = [...]string{"", "null", "a boolean", "a number", "a string", "a list", "an object", "an element that is not a string", "an element that is not an object"}

// The details of WrongType.
const (
	FoundNull Detail = iota + 1
	FoundBool
	FoundNumber
	FoundString
	FoundList
	FoundObject
	FoundOddElement
	FoundNoObjectElement
)

// Found returns the kind of the JSON value that begins with byte c, as a Detail of WrongType.
func Found(c byte) Detail {
	switch c {
	case 'n':
		return FoundNull
	case 't', 'f':
		return FoundBool
	case '"':
		return FoundString
	case '[':
		return FoundList
	case '{':
		return FoundObject
	}
	return FoundNumber
}

// timeForms are the words for a time that is not written as in the schema; a Detail of UnusualTime is an index.
var timeForms = [...]string{"", "without a zone, taken as UTC", "more than nine digits after the second; the rest is ignored", "24:00, taken as the start of the next day",
	"taken as seconds since 1970", "taken as milliseconds since 1970", "taken as microseconds since 1970", "taken as nanoseconds since 1970"}

// The details of UnusualTime.
const (
	TakenAsUTC Detail = iota + 1
	FractionCut
	NextDay
	InSeconds
	InMilliseconds
	InMicroseconds
	InNanoseconds
)

// QuotesDiffer is the detail of BadRow for a row whose quotes do not match, so that its cells are not known.
const QuotesDiffer Detail = 1

// maxCells is the largest number of cells that a Detail can hold.
const maxCells = 255

// CellCounts returns the detail of BadRow for a row with another number of cells, which is never 0, than the header.
func CellCounts(row, header int) Detail {
	return Detail(min(row, maxCells))<<8 | Detail(min(header, maxCells))
}

// badRow puts a detail of BadRow into words.
func badRow(d Detail) string {
	switch row, header := int(d>>8), int(d&0xff); {
	case row == 0:
		return "its quotes do not match"
	case row == maxCells && header == maxCells:
		return "row and header have different numbers of cells"
	default:
		return "row has " + cellCount(row) + ", the header " + strings.TrimSuffix(strings.TrimSuffix(cellCount(header), "s"), " cell")
	}
}

// cellCount puts a number of cells into words.
func cellCount(n int) string {
	switch n {
	case 1:
		return "1 cell"
	case maxCells:
		return strconv.Itoa(n) + " or more cells"
	}
	return strconv.Itoa(n) + " cells"
}

// NoMessage is the detail of FailedWithoutErrors for errors none of which has a message.
const NoMessage Detail = 1

// detailText puts a detail into words; the meaning of the number depends on the kind of problem.
func detailText(c Code, d Detail) string {
	switch {
	case c == NotJSON:
		return rawjson.Code(d).String()
	case c == BadRow:
		return badRow(d)
	case c == HiddenText:
		return strings.Join(suspicion.Set(d).Reasons(), ", ")
	case c == Surrounded:
		return surroundings[d]
	case c == Enveloped:
		return envelopeNames[d]
	case c == UnusualTime:
		return timeForms[d]
	case c == FailedWithoutErrors && d == NoMessage:
		return "failed, but none of the errors has a message"
	case c == WrongType || c == NotObject:
		if d != 0 {
			return "found " + jsonKinds[d]
		}
	}
	return ""
}
