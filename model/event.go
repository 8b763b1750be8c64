package model

import (
	"strings"
	"time"
)

// Row is the index of a row in its log: 0 for the first that was appended. It never changes.
type Row uint32

// SourceID is the index of a source in its log.
type SourceID uint32

// Result is how an action ended (the schema, actionResult).
type Result uint8

// The results. UnknownResult stands for an absent result and for any word the schema does not name.
const (
	UnknownResult Result = iota
	Succeeded
	Failed
	PartiallyFailed
)

var resultWords = [...]string{"", "SUCCEEDED", "FAILED", "PARTIALLY_FAILED"}

func (r Result) word() string { return resultWords[r] }

// Bad reports whether the action failed, wholly or in part.
func (r Result) Bad() bool { return r == Failed || r == PartiallyFailed }

// Class is the kind of an action, taken from the verb at the start of its name.
type Class uint8

// The classes of actions.
const (
	OtherClass Class = iota
	ReadClass
	CreateClass
	ChangeClass
	DeleteClass
	AuthClass
	QueryClass
	ExportClass
	TestClass
	numClasses
)

// NumClasses is the number of classes.
const NumClasses = int(numClasses)

var classNames = [...]string{"other", "read", "create", "change", "delete", "authentication", "query", "export", "test"}

// String names the class in one word.
func (c Class) String() string { return classNames[c] }

// verbs maps the first word of an action's name to its class. New actions appear over time, but they keep using these verbs.
var verbs = map[string]Class{
	"GET": ReadClass, "LIST": ReadClass, "CHECK": ReadClass,
	"CREATE": CreateClass, "ADD": CreateClass, "INVITE": CreateClass,
	"UPDATE": ChangeClass, "PUT": ChangeClass, "UPLOAD": ChangeClass, "ENABLE": ChangeClass, "DISABLE": ChangeClass,
	"ASSIGN": ChangeClass, "RESET": ChangeClass, "IMPORT": ChangeClass, "SYNC": ChangeClass, "SUPPRESS": ChangeClass,
	"RESOLVE": ChangeClass, "RETRY": ChangeClass, "STOP": ChangeClass, "BULK": ChangeClass,
	"DELETE": DeleteClass, "SIGN": AuthClass, "LOGIN": AuthClass,
	"EXECUTE": QueryClass, "GENERATE": QueryClass, "CANCEL": QueryClass, "SUMMARIZE": QueryClass, "INFER": QueryClass,
	"ISSUE": QueryClass, "DOWNLOAD": ExportClass, "TEST": TestClass, "SEND": TestClass, "COMPUTE": TestClass,
}

// ClassOf returns the class of an action, from its name without the prefix PUBLIC_API_.
func ClassOf(action string) Class {
	action = strings.TrimPrefix(action, "PUBLIC_API_")
	if rest, ok := strings.CutPrefix(action, "BULK_"); ok && strings.HasPrefix(rest, "DELETE") {
		return DeleteClass
	}
	verb, rest, _ := strings.Cut(action, "_")
	if verb == "SEND" && !strings.HasPrefix(rest, "TEST") {
		return ChangeClass
	}
	return verbs[verb]
}

// Flags say at a glance what is special about a row.
type Flags uint16

// The flags of a row.
const (
	FlagReject     Flags = 1 << iota // the line is not a JSON object: there is no event, only bytes and a reason
	FlagError                        // at least one problem of severity error
	FlagWarning                      // at least one problem of severity warning
	FlagSuspicious                   // hidden text or duplicate keys
	FlagErrors                       // errors holds at least one entry
	FlagNoTime                       // no usable time; the row has the time of the row before it
	FlagCut                          // the line ends inside a value, as one that is still being written does
	FlagEscapes                      // a string holds an escape such as \u0041, or letters that are not composed: a search of the bytes may miss its text
	FlagGap                          // a reject whose bytes cannot be read; Log.Append sets it with every problem Unreadable or EndsEarly
	FlagRecovered                    // an event that stands whole on a line that holds more than it; its place is that of the object
	FlagQuoted                       // a recovered event that is the text of a JSON string: its bytes are the escaped ones, its line is the text
)

// Origin says where a row came from.
type Origin struct {
	Source SourceID
	Line   int64 // 1 for the first line of the source; 0 or less if unknown
	Offset int64 // of the first byte of the line, or of a recovered object in it, in the bytes of the source after decompression
	Length int64 // bytes of the line without its end, or of the object
}

// Actor is the person or token that acted (the schema, actor).
type Actor struct {
	ID, Type, Name, Email Text
}

// Label is the name to show: the actor's name, else e-mail address, else id.
func (a Actor) Label() Text {
	switch {
	case !a.Name.Empty():
		return a.Name
	case !a.Email.Empty():
		return a.Email
	}
	return a.ID
}

// Identity is the vendor's usual name for an actor: the e-mail address, else the id.
func (a Actor) Identity() Text {
	if a.Email.Empty() {
		return a.ID
	}
	return a.Email
}

// SystemID is the id of the deployment itself (the schema, the System user).
const SystemID = "00000000-0000-4000-8000-000000000000"

// System reports whether this is the deployment itself.
func (a Actor) System() bool { return a.ID.Raw() == SystemID }

// Event is a view of one row, made from the columns without any I/O. Of a reject only Row, Flags, Origin and Time mean
// anything.
type Event struct {
	Row     Row
	Flags   Flags
	Origin  Origin
	Nanos   int64 // Unix time in nanoseconds; of a row without a time, that of the row before it
	Action  Text
	Result  Result
	Outcome Text // actionResult as the source wrote it
	Actor   Actor
	IP      Text
	Agent   Text
	Version Text
}

// Time is when the event happened, in UTC.
func (e *Event) Time() time.Time { return time.Unix(0, e.Nanos).UTC() }

// Class is the kind of the action.
func (e *Event) Class() Class { return ClassOf(e.Action.Raw()) }

// Reject reports whether the row is a line that is not an event.
func (e *Event) Reject() bool { return e.Flags&FlagReject != 0 }

// Invalid reports whether the event breaks the schema.
func (e *Event) Invalid() bool { return e.Flags&FlagError != 0 }
