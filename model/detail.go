package model

import (
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
var timeForms = [...]string{"", "without a zone, taken as UTC", "more than nine digits of fraction, of which nine count", "24:00, taken as the start of the next day",
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

// NoMessage is the detail of FailedWithoutErrors for errors none of which has a message.
const NoMessage Detail = 1

// detailText puts a detail into words; the meaning of the number depends on the kind of problem.
func detailText(c Code, d Detail) string {
	switch {
	case c == NotJSON:
		return rawjson.Code(d).String()
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
