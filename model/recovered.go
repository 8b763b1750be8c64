package model

import "iter"

// The details of Surrounded: what stands around an object on its line.
const (
	AroundNULs Detail = iota + 1
	AroundMark
	AroundControls
	AroundSequences
	AroundBlanks
	AroundTime
	AroundPod
	AroundCompose
	AroundCRI
	AroundSyslog
	AroundSyslog5424
	numSurroundings
)

// surroundings are the words for what stands around an object; a Detail of Surrounded is an index.
var surroundings = [numSurroundings]string{
	AroundNULs:       "NUL bytes",
	AroundMark:       "a byte order mark",
	AroundControls:   "control bytes",
	AroundSequences:  "escape sequences of a terminal",
	AroundBlanks:     "white space that JSON does not allow",
	AroundTime:       "a time, as kubectl logs --timestamps writes it",
	AroundPod:        "a pod, as kubectl logs --prefix writes it",
	AroundCompose:    "a service, as docker compose writes it",
	AroundCRI:        "time and stream of a container runtime",
	AroundSyslog:     "a syslog header (RFC 3164)",
	AroundSyslog5424: "a syslog header (RFC 5424)",
}

// The details of Enveloped: what others put around an event.
const (
	InDockerLog Detail = iota + 1
	InMessage
	InSource
	InHits
	InResult
	InRawText
	InEvents
	InItems
	InValue
	InLogs
	InRecords
	numEnvelopes
)

// envelopeNames are the words for what others put around an event; a Detail of Enveloped is an index.
var envelopeNames = [numEnvelopes]string{
	InDockerLog: "log, as docker writes it",
	InMessage:   "message, as log shippers write it",
	InSource:    "_source, as Elastic writes it",
	InHits:      "a page of hits, as Elastic writes it",
	InResult:    "result, as Splunk writes it",
	InRawText:   "_raw, as Splunk writes it",
	InEvents:    "a page of events",
	InItems:     "a page of items",
	InValue:     "a page of values",
	InLogs:      "a page of logs",
	InRecords:   "a Records object",
}

// Envelopes is a set of the details of Enveloped, as bits.
type Envelopes uint32

// Names iterates over the words for the envelopes of the set.
func (e Envelopes) Names() iter.Seq[string] {
	return func(yield func(string) bool) {
		for d, name := range envelopeNames {
			if e&(1<<d) != 0 && !yield(name) {
				return
			}
		}
	}
}
