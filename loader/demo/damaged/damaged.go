// Package damaged holds every kind of damaged or unusual line of an audit log, with the result that a reader should produce. Only
// tests import it.
package damaged

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"pawprint/model/rawjson"
)

// Kind is the result that a reader should produce for a line.
type Kind uint8

const (
	Event     Kind = iota // a JSON object: an event, whatever its problems
	Reject                // not a JSON object
	Blank                 // only white space
	Recovered             // events that stand whole on a line or in a document that holds more
)

// String returns the kind in lower case.
func (k Kind) String() string {
	return [...]string{"event", "reject", "blank", "recovered"}[k]
}

// Case is one line of the damaged file.
type Case struct {
	Name string
	Line []byte // without the newline, but with a carriage return or byte order mark that belongs to the case
	Kind Kind
	// Want is the expected problems, each a severity, a field and a reason in words: "error actionResult missing", "warning
	// sourceIP malformed". The field is a path of the schema or, in a reject, "line". Want is empty for a line without problems.
	Want []string
	// Found is the events of a line that is Recovered, in their order.
	Found []Found
}

// Found is an event within a line.
type Found struct {
	Text []byte // the object
	Want []string
}

// The reasons used in Case.Want.
const (
	reasonMissing   = "missing"
	reasonType      = "wrong type"
	reasonValue     = "unknown value"
	reasonMalformed = "malformed"
	reasonRange     = "out of range"
	reasonNoZone    = "no zone"
	reasonFallback  = "from p_event_time"
	reasonLeap      = "leap second"
	reasonForm      = "other form"
	reasonNoErrors  = "failed without errors"
	reasonUnknown   = "unknown field"
	reasonDuplicate = "duplicate key"
	reasonHidden    = "hidden text"
	reasonAround    = "recovered"
	reasonObject    = "object inside"
	reasonEmpty     = "empty"
)

// Cases returns every kind of damaged or unusual line, one case each, in the order of File. Names are unique.
// The byte order mark is in the first case, as it begins a file, and the last one is cut: no newline follows it.
func Cases() []Case {
	d := &damager{}
	d.marked()
	d.shapes()
	d.grammar()
	d.numbers()
	d.nested()
	d.duplicates()
	d.folded()
	d.bytes()
	d.required()
	d.types()
	d.attributes()
	d.empty()
	d.enumerations()
	d.times()
	d.addresses()
	d.failures()
	d.unknown()
	d.controls()
	d.letters()
	d.frames()
	d.surrounded()
	d.headed()
	d.enveloped()
	d.unknownAround()
	d.notOpened()
	d.last()
	return d.cases
}

// File returns the lines of Cases as the bytes of a file.
func File() []byte {
	var lines [][]byte
	for _, c := range Cases() {
		lines = append(lines, c.Line)
	}
	return bytes.Join(lines, []byte{'\n'})
}

// damager collects cases.
type damager struct{ cases []Case }

func (d *damager) add(kind Kind, name, line string, want ...string) {
	d.cases = append(d.cases, Case{Name: name, Line: []byte(line), Kind: kind, Want: want})
}

// event adds an event: the usual one with some edits.
func (d *damager) event(name string, want []string, edits ...edit) {
	d.cases = append(d.cases, Case{Name: name, Line: []byte(d.line(name, edits...)), Kind: Event, Want: want})
}

// fine adds an event without problems.
func (d *damager) fine(name string, edits ...edit) { d.event(name, nil, edits...) }

// reject adds a line that is not an object, for the given reason.
func (d *damager) reject(name, line, reason string) {
	d.add(Reject, name, line, "error line "+reason)
}

// holding adds a reject in which an object begins.
func (d *damager) holding(name, line, reason string) {
	d.add(Reject, name, line, "error line "+reason, "warning line "+reasonObject)
}

// found adds a line that holds whole events, each with n things around it.
func (d *damager) found(name, line string, n int, events ...string) {
	c := Case{Name: name, Line: []byte(line), Kind: Recovered}
	for _, e := range events {
		c.Found = append(c.Found, Found{[]byte(e), slices.Repeat([]string{"warning line " + reasonAround}, n)})
	}
	d.cases = append(d.cases, c)
}

// field is a member of an object, as text.
type field struct{ key, value string }

// edit changes the members of a line.
type edit func([]field) []field

// line returns the usual event with some edits, as one line. The name of the case is its description, so that the file
// can be read on its own, and its time gives its place.
func (d *damager) line(name string, edits ...edit) string {
	n := len(d.cases)
	fields := []field{
		{"actionName", `"GET_ALERT"`},
		{"actionDescription", string(rawjson.AppendString(nil, name))},
		{"actionResult", `"SUCCEEDED"`},
		{"actionParams", `{}`},
		{"actor", `{"id":"OktaSSO_aiko.tanabe@example.com","type":"USER","name":"Aiko Tanabe"}`},
		{"errors", `null`},
		{"sourceIP", `"192.0.2.20"`},
		{"userAgent", `"curl/8.16.0"`},
		{"timestamp", fmt.Sprintf(`"2026-11-22T09:%02d:%02d.000Z"`, n/60, n%60)},
		{"pantherVersion", `"1.113.160"`},
	}
	for _, e := range edits {
		fields = e(fields)
	}
	var b strings.Builder
	for i, f := range fields {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(`"` + f.key + `":` + f.value)
	}
	return b.String() + "}"
}

// set changes the value of a member, or adds the member at the end.
func set(key, value string) edit {
	return func(fields []field) []field {
		i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
		if i < 0 {
			return append(fields, field{key, value})
		}
		fields[i].value = value
		return fields
	}
}

// text sets a member to a string, escaped for JSON, or adds the member at the end.
func text(key, value string) edit { return set(key, string(rawjson.AppendString(nil, value))) }

// also adds a member at the end, even if its key is there already.
func also(key, value string) edit {
	return func(fields []field) []field { return append(fields, field{key, value}) }
}

// drop removes a member.
func drop(key string) edit {
	return func(fields []field) []field {
		return slices.DeleteFunc(fields, func(f field) bool { return f.key == key })
	}
}

// rename changes the key of a member.
func rename(key, to string) edit {
	return func(fields []field) []field {
		for i := range fields {
			if fields[i].key == key {
				fields[i].key = to
			}
		}
		return fields
	}
}

// warn and fail write an entry of Want, as a list of one.
func warn(field, reason string) []string { return []string{"warning " + field + " " + reason} }
func fail(field, reason string) []string { return []string{"error " + field + " " + reason} }
