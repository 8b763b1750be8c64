package model

import "strings"

// Field names an attribute of the audit log schema.
type Field uint8

// The attributes that the schema names. FieldNone is none of them: the whole line, or a key that the schema does not know.
const (
	FieldNone Field = iota
	FieldActionName
	FieldActionDescription
	FieldActionResult
	FieldActionParams
	FieldActionDetails
	FieldActor
	FieldActorID
	FieldActorType
	FieldActorName
	FieldActorAttributes
	FieldActorEmail
	FieldActorEmailVerified
	FieldActorRoleID
	FieldActorRoleName
	FieldErrors
	FieldErrorsMessage
	FieldSourceIP
	FieldXForwardedFor
	FieldUserAgent
	FieldTimestamp
	FieldPantherVersion
	FieldEventTime // p_event_time
	FieldRowID     // p_row_id
	FieldLake      // any other p_ attribute that the data lake adds
	numFields
)

// Type is the JSON type of an attribute, with the reading the schema gives it.
type Type uint8

// The types of the schema.
const (
	TypeAny Type = iota
	TypeString
	TypeObject
	TypeBool
	TypeTime        // a string that holds a date and time
	TypeIP          // a string that holds an address; may be empty
	TypeStrings     // a list of strings
	TypeErrors      // a list of {"message": string}, or null
	TypeEnumeration // a string out of FieldInfo.Values
)

var typeNames = [...]string{"any", "string", "object", "boolean", "date and time", "IP address", "list of strings", "list of errors", "enumeration"}

// String names the type in words.
func (t Type) String() string { return typeNames[t] }

// Column names a dictionary column of the log. NoColumn is none.
type Column int8

// The columns that are kept as dictionary ids.
const (
	NoColumn  Column = -1
	ColAction Column = iota - 1
	ColResult
	ColActorID
	ColActorName
	ColActorType
	ColActorEmail
	ColSourceIP
	ColUserAgent
	ColVersion
	NumColumns
)

// FieldInfo is a row of the schema: what an attribute is called, what it may hold, and where the log keeps it.
type FieldInfo struct {
	Field    Field
	Name     string // the path, with dots, as the schema writes it
	Type     Type
	Required bool     // an event without it, or with null, has an error
	Nullable bool     // null is as good as absent
	Values   []string // of an enumeration
	Aliases  []string // short names for the query language
	Column   Column   // NoColumn if only the raw line holds it
	Doc      string   // one line for help and docs
}

// schema is the table that validation, field names, help and docs come from, by Field.
//
// Source: the public schema of Panther.Audit, with the quirks of real rows (null errors, null userAgent).
var schema = [numFields]FieldInfo{
	{FieldNone, "", TypeAny, false, true, nil, nil, NoColumn, "the whole line"},
	{FieldActionName, "actionName", TypeString, true, false, nil, []string{"action"}, ColAction, "the action attempted"},
	{FieldActionDescription, "actionDescription", TypeString, false, true, nil, []string{"desc"}, NoColumn, "one sentence about the action"},
	{FieldActionResult, "actionResult", TypeEnumeration, true, false, []string{Succeeded.word(), Failed.word(), PartiallyFailed.word()}, []string{"result"}, ColResult, "how it ended"},
	{FieldActionParams, "actionParams", TypeObject, false, true, nil, []string{"params"}, NoColumn, "what was asked for; differs for each action"},
	{FieldActionDetails, "actionDetails", TypeObject, false, true, nil, []string{"details"}, NoColumn, "more about the action"},
	{FieldActor, "actor", TypeObject, true, false, nil, nil, NoColumn, "who did it"},
	{FieldActorID, "actor.id", TypeString, true, false, nil, nil, ColActorID, "the actor's id"},
	{FieldActorType, "actor.type", TypeEnumeration, true, false, []string{"USER", "TOKEN"}, nil, ColActorType, "a user or an API token"},
	{FieldActorName, "actor.name", TypeString, false, true, nil, nil, ColActorName, "the actor's display name, e-mail or token name"},
	{FieldActorAttributes, "actor.attributes", TypeObject, false, true, nil, nil, NoColumn, "more about the actor"},
	{FieldActorEmail, "actor.attributes.email", TypeString, false, true, nil, []string{"email"}, ColActorEmail, "the actor's e-mail address"},
	{FieldActorEmailVerified, "actor.attributes.emailVerified", TypeBool, false, true, nil, nil, NoColumn, "whether the address was verified"},
	{FieldActorRoleID, "actor.attributes.roleId", TypeString, false, true, nil, nil, NoColumn, "the id of the actor's role"},
	{FieldActorRoleName, "actor.attributes.roleName", TypeString, false, true, nil, []string{"role"}, NoColumn, "the name of the actor's role"},
	{FieldErrors, "errors", TypeErrors, false, true, nil, nil, NoColumn, "what went wrong"},
	{FieldErrorsMessage, "errors.message", TypeString, false, true, nil, []string{"error"}, NoColumn, "the message of an error"},
	{FieldSourceIP, "sourceIP", TypeIP, false, true, nil, []string{"ip"}, ColSourceIP, "the address that the request came from"},
	{FieldXForwardedFor, "XForwardedFor", TypeStrings, false, true, nil, nil, NoColumn, "the addresses that forwarded it, client first"},
	{FieldUserAgent, "userAgent", TypeString, false, true, nil, []string{"ua"}, ColUserAgent, "the client program"},
	{FieldTimestamp, "timestamp", TypeTime, true, false, nil, []string{"time"}, NoColumn, "when it happened; without a zone it is UTC"},
	{FieldPantherVersion, "pantherVersion", TypeString, true, false, nil, []string{"version"}, ColVersion, "the version of Panther"},
	{FieldEventTime, "p_event_time", TypeTime, false, true, nil, nil, NoColumn, "the data lake's time of the event"},
	{FieldRowID, "p_row_id", TypeString, false, true, nil, nil, NoColumn, "the data lake's id of the row"},
	{FieldLake, "p_*", TypeAny, false, true, nil, nil, NoColumn, "what the data lake or a rule match adds"},
}

// Schema lists the attributes in the order of the schema. The caller must not change the slices in it.
func Schema() []FieldInfo { return schema[FieldNone+1:] }

// Info gives the row of the schema for f.
func (f Field) Info() *FieldInfo { return &schema[f] }

// String is the path of the attribute, such as actor.id, and empty for FieldNone.
func (f Field) String() string { return schema[f].Name }

// Lookup finds an attribute by its path or by a short name, in any case.
func Lookup(name string) (Field, bool) {
	for i := range Schema() {
		f := &Schema()[i]
		if strings.EqualFold(f.Name, name) {
			return f.Field, true
		}
		for _, a := range f.Aliases {
			if strings.EqualFold(a, name) {
				return f.Field, true
			}
		}
	}
	return FieldNone, false
}
