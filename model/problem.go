package model

// Severity ranks a problem.
type Severity uint8

// The severities.
const (
	Warning Severity = iota
	Error
)

// String is "error" or "warning".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Code is the kind of a problem.
type Code uint8

// The kinds of problems: first those that make a line a reject, then those of events.
const (
	NotJSON     Code = iota // Detail says what is wrong
	NotObject               // valid JSON, but not an object
	CutLine                 // the line ends inside a value
	LineTooLong             // longer than the loader takes; its head is kept
	NestedTooDeep
	NulBytes     // a block of zero bytes
	Unreadable   // bytes of the source that could not be read; there is no line to show
	EndsEarly    // the source has, or had, more bytes than could be read; there is no line to show
	BehindPacked // bytes after the end of the packed data; the first of them are kept
	BadRow       // a row of a table does not fit its header; Detail says how
	Missing      // a required attribute is absent
	IsNull       // a required attribute is null
	WrongType    // Detail says what was found
	NotInEnumeration
	BadTime
	TimeOutOfRange
	UnknownField
	BadIP
	EmptyText // a required text is empty or blank
	TimeWithoutZone
	TimeFromLake
	LeapSecond
	UnusualTime         // Detail says how it was understood
	FailedWithoutErrors // Detail says what errors holds instead
	DuplicateKey
	HiddenText   // Detail says which kinds
	Surrounded   // other bytes stand around a recovered event; Detail says which, Offset where
	Shared       // a recovered event is not the only one on its line
	Enveloped    // a recovered event stands in the envelope of another program; Detail says which
	ObjectInside // a reject, but an object begins in it
	TooManyProblems
	numCodes
)

// codes describes the kinds of problems.
var codes = [numCodes]struct {
	severity Severity
	message  string
	reject   bool
}{
	NotJSON:             {Error, "not JSON", true},
	NotObject:           {Error, "not a JSON object", true},
	CutLine:             {Error, "cut: the line ends inside a value", true},
	LineTooLong:         {Error, "line too long: only its head is kept", true},
	NestedTooDeep:       {Error, "nested too deep", true},
	NulBytes:            {Error, "NUL bytes instead of text", true},
	Unreadable:          {Error, "could not be read: bytes are missing here", true},
	EndsEarly:           {Error, "cut: the source ends early, and what follows is missing", true},
	BehindPacked:        {Error, "bytes after the end of the compressed data: not read as lines, and only the first ones are kept", true},
	BadRow:              {Error, "not a row of the table", true},
	Missing:             {Error, "required, but absent", false},
	IsNull:              {Error, "required, but null", false},
	WrongType:           {Error, "wrong type", false},
	NotInEnumeration:    {Error, "not one of the values that the schema names", false},
	BadTime:             {Error, "not a date and time", false},
	TimeOutOfRange:      {Error, "time before 1678 or after 2261", false},
	UnknownField:        {Warning, "not in the schema", false},
	BadIP:               {Warning, "malformed IP address", false},
	EmptyText:           {Warning, "required, but empty or blank", false},
	TimeWithoutZone:     {Warning, "time without a zone, taken as UTC", false},
	TimeFromLake:        {Warning, "time taken from p_event_time", false},
	LeapSecond:          {Warning, "leap second, taken as the first second of the next minute", false},
	UnusualTime:         {Warning, "time not written as in the schema", false},
	FailedWithoutErrors: {Warning, "failed, but no errors given", false},
	DuplicateKey:        {Warning, "duplicate key", false},
	HiddenText:          {Warning, "hidden text", false},
	Surrounded:          {Warning, "recovered: its line holds other bytes too", false},
	Shared:              {Warning, "recovered: its line holds several events", false},
	Enveloped:           {Warning, "recovered from an envelope", false},
	ObjectInside:        {Warning, "an object begins here, beside other text", false},
	TooManyProblems:     {Warning, "more problems of this line are not listed", false},
}

// Severity is the severity of every problem of this kind.
func (c Code) Severity() Severity { return codes[c].severity }

// String says what is wrong, in fixed words.
func (c Code) String() string { return codes[c].message }

// Reject reports whether a line with this problem is not an event at all.
func (c Code) Reject() bool { return codes[c].reject }

// Reason says what is wrong, and with which attribute or key, such as "actor.type: wrong type". Besides fixed words it holds only the
// key. Problems of one reason are of one kind.
func Reason(c Code, f Field, key string) string {
	if about := About(f, key); about != "" {
		return about + ": " + c.String()
	}
	return c.String()
}

// About names the attribute or the key that a problem is about; empty for the whole line. The key is as the log has it.
func About(f Field, key string) string {
	name := f.String()
	switch {
	case key == "":
		return name
	case name == "" || f == FieldLake:
		return key
	}
	return name + "." + key
}

// gap reports whether a line with this problem has no bytes that could be shown.
func (c Code) gap() bool { return c == Unreadable || c == EndsEarly }

// Partial reports whether the bytes of a line with this problem are not those of the source, or not all of them.
func (c Code) Partial() bool { return c.gap() || c == LineTooLong || c == BehindPacked }

// Problem is something wrong with one line, and where.
type Problem struct {
	Row    Row
	Code   Code
	Field  Field
	Key    Text   // the name of a key that the schema does not know, or of a duplicate; else empty
	Detail string // a further explanation, in fixed words only; may be empty
	Origin Origin // of the line
	Offset int64  // of the byte at fault, in the source
}

// Severity ranks the problem.
func (p *Problem) Severity() Severity { return p.Code.Severity() }

// Message says what is wrong and what is allowed, in fixed words; it quotes nothing from the log.
func (p *Problem) Message() string {
	text, allowed := p.Code.String(), p.allowed()
	if p.Detail != "" {
		text += ": " + p.Detail
	}
	switch {
	case p.Code == NotInEnumeration:
		return "must be " + allowed
	case p.Code == FailedWithoutErrors && p.Detail != "":
		return p.Detail
	case allowed == "":
		return text
	case p.Code == BadTime:
		return text + " " + allowed
	}
	return text + ", must be " + allowed
}

// allowed says what the schema allows in the place of the value; empty if the message says it already.
func (p *Problem) allowed() string {
	switch p.Code {
	case BadIP:
		return "a single one such as 192.0.2.7 or 2001:db8::7"
	case BadTime:
		return "such as " + timeExample
	case NotInEnumeration, WrongType, IsNull:
		return p.Field.Info().Allowed()
	}
	return ""
}
