package model

import "strings"

// Field names an attribute of the audit log schema.
type Field uint8

// The attributes that the schema names. FieldNone stands for the whole line, or a key that the schema does not know.
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

// timeExample is a time as the schema has it.
const timeExample = "2026-11-22T10:00:00Z"

// allowed says in words which values have the type.
var allowed = [...]string{TypeAny: "", TypeString: "a string", TypeObject: "an object", TypeBool: "true or false", TypeTime: "a date and time such as " + timeExample,
	TypeIP: "a string with an IP address", TypeStrings: "a list of strings", TypeErrors: "a list of objects with a message", TypeEnumeration: ""}

// Nested reports whether values of the type are objects or lists.
func (t Type) Nested() bool { return t == TypeObject || t == TypeStrings || t == TypeErrors }

// String names the type in words.
func (t Type) String() string { return typeNames[t] }

// Column names a dictionary column of the log. NoColumn means that there is no column.
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

// Comparison is how a query compares the values of an attribute. The zero value is for attributes without values.
type Comparison uint8

// The comparisons.
const (
	NotCompared Comparison = iota
	AsText
	AsID      // by the beginning
	AsWord    // one of FieldInfo.Values, which a query may shorten
	AsAddress // also with blocks of addresses
	AsVersion // number by number
	AsTime    // the time of the event
	AsMoment  // another time, which only the raw line holds
	AsErrors  // the list of errors, which can be counted
	AsMessage // the messages in it
)

// Section is the part of an event's detail in which an attribute stands.
type Section uint8

// The sections. UnknownSection is for keys that the schema does not name.
const (
	UnknownSection Section = iota
	ActorSection
	ParamsSection
	DetailsSection
	NetworkSection
	LakeSection
	ErrorsSection
	NumSections
)

// FacetInfo says whether and where the facets beside the list show the values of an attribute.
type FacetInfo struct {
	Place  int    // from 1 on, in the order from top to bottom; NoFacet if they are not counted
	Title  string // the heading
	Name   string // the attribute's name in a filter by one of the values; empty for FieldInfo.Short
	Folded bool   // at first only the heading is shown
}

// NoFacet is the place of an attribute whose values are not counted.
const NoFacet = -1

var notCounted = FacetInfo{Place: NoFacet}

// FieldInfo is a row of the schema: an attribute's names, its type and values, where the log keeps it, and how it is shown.
// Everything that lists attributes reads this table.
type FieldInfo struct {
	Field    Field
	Name     string // the path, with dots, as the schema writes it
	Type     Type
	Required bool     // an event without it, or with null, has an error
	Nullable bool     // null counts as absent
	Open     bool     // an object whose keys the schema names only as seen: neither other keys nor other types of these are a problem
	Values   []string // of an enumeration
	Aliases  []string // short names for the query language
	Column   Column   // NoColumn if only the raw line holds it
	Doc      string   // one line for help and docs

	Comparison Comparison
	Width      int     // cells of its column in a table
	Section    Section // an attribute within another one has the other one's section
	Order      int     // in its section, from 1 on; within another attribute, the order is that of the schema
	Facet      FacetInfo
	Term       string   // a name that also finds its values but is not an alias
	Samples    []string // values for invented logs; nil if loader/demo makes up its own
}

// Short is the name of the attribute in filters.
func (f *FieldInfo) Short() string {
	switch {
	case f.Term != "":
		return f.Term
	case len(f.Aliases) == 0 || f.Type == TypeObject:
		return f.Name
	}
	return f.Aliases[0]
}

// Key is the last element of the path: the key that holds the value.
func (f *FieldInfo) Key() string { return f.Name[strings.LastIndexByte(f.Name, '.')+1:] }

// Allowed says in words which values the attribute may have; empty if any.
func (f *FieldInfo) Allowed() string {
	n := len(f.Values)
	if n == 0 {
		return allowed[f.Type]
	}
	return strings.Join(f.Values[:n-1], ", ") + " or " + f.Values[n-1]
}

// Top reports whether the attribute stands in the event itself, and not within another attribute.
func (f *FieldInfo) Top() bool { return f.Field != FieldLake && !strings.Contains(f.Name, ".") }

// schema is the table behind validation, field names, help and docs, by Field.
//
// Source: the public schema of Panther.Audit, with the quirks of real rows (null errors, null userAgent).
var schema = [numFields]FieldInfo{
	{Column: NoColumn, Nullable: true, Doc: "the whole line"},
	{Field: FieldActionName, Name: "actionName", Type: TypeString, Required: true, Aliases: []string{"action"}, Column: ColAction,
		Doc: "the action attempted", Comparison: AsText, Width: 30, Section: DetailsSection, Order: 1,
		Facet: FacetInfo{Place: 3, Title: "Action"}},
	{Field: FieldActionDescription, Name: "actionDescription", Type: TypeString, Nullable: true, Aliases: []string{"desc"},
		Column: NoColumn, Doc: "one sentence about the action", Comparison: AsText, Width: 30, Section: DetailsSection, Order: 2, Facet: notCounted},
	{Field: FieldActionResult, Name: "actionResult", Type: TypeEnumeration, Required: true,
		Values: []string{Succeeded.word(), Failed.word(), PartiallyFailed.word()}, Aliases: []string{"result"}, Column: ColResult,
		Doc: "how it ended", Comparison: AsWord, Width: 16, Section: DetailsSection, Order: 3,
		Facet: FacetInfo{Place: 1, Title: "Result"}},
	{Field: FieldActionParams, Name: "actionParams", Type: TypeObject, Nullable: true, Aliases: []string{"params"}, Column: NoColumn,
		Doc: "what was asked for; differs for each action", Comparison: AsText, Width: 30, Section: ParamsSection, Order: 1,
		Facet: notCounted},
	{Field: FieldActionDetails, Name: "actionDetails", Type: TypeObject, Nullable: true, Aliases: []string{"details"}, Column: NoColumn,
		Doc: "more about the action", Comparison: AsText, Width: 30, Section: DetailsSection, Order: 6, Facet: notCounted},
	{Field: FieldActor, Name: "actor", Type: TypeObject, Required: true, Column: NoColumn,
		Doc: "who did it; if it is not an object, it counts as the actor's id", Comparison: AsText, Width: 30, Section: ActorSection, Order: 1, Facet: FacetInfo{Place: 2, Title: "Actor"}},
	{Field: FieldActorID, Name: "actor.id", Type: TypeString, Required: true, Column: ColActorID,
		Doc: "the actor's id", Comparison: AsID, Width: 36, Section: ActorSection, Facet: notCounted},
	{Field: FieldActorType, Name: "actor.type", Type: TypeEnumeration, Required: true, Values: []string{"USER", "TOKEN"},
		Column: ColActorType, Doc: "a user or an API token", Comparison: AsWord, Width: 10, Section: ActorSection,
		Facet: FacetInfo{Place: 5, Title: "Actor type"}},
	{Field: FieldActorName, Name: "actor.name", Type: TypeString, Nullable: true, Column: ColActorName,
		Doc: "the actor's display name, e-mail or token name", Comparison: AsText, Width: 26, Section: ActorSection, Facet: notCounted},
	{Field: FieldActorAttributes, Name: "actor.attributes", Type: TypeObject, Nullable: true, Open: true, Column: NoColumn,
		Doc: "more about the actor", Comparison: AsText, Width: 30, Section: ActorSection, Facet: notCounted},
	{Field: FieldActorEmail, Name: "actor.attributes.email", Type: TypeString, Nullable: true, Aliases: []string{"email"},
		Column: ColActorEmail, Doc: "the actor's e-mail address", Comparison: AsText, Width: 26, Section: ActorSection, Facet: notCounted},
	{Field: FieldActorEmailVerified, Name: "actor.attributes.emailVerified", Type: TypeBool, Nullable: true, Column: NoColumn,
		Doc: "whether the address was verified", Comparison: AsText, Width: 30, Section: ActorSection, Facet: notCounted},
	{Field: FieldActorRoleID, Name: "actor.attributes.roleId", Type: TypeString, Nullable: true, Column: NoColumn,
		Doc: "the id of the actor's role", Comparison: AsID, Width: 30, Section: ActorSection, Facet: notCounted},
	{Field: FieldActorRoleName, Name: "actor.attributes.roleName", Type: TypeString, Nullable: true, Aliases: []string{"role"},
		Column: NoColumn, Doc: "the name of the actor's role", Comparison: AsText, Width: 30, Section: ActorSection, Facet: notCounted},
	{Field: FieldErrors, Name: "errors", Type: TypeErrors, Nullable: true, Column: NoColumn,
		Doc: "what went wrong", Comparison: AsErrors, Width: 30, Section: ErrorsSection, Order: 1, Facet: notCounted},
	{Field: FieldErrorsMessage, Name: "errors.message", Type: TypeString, Nullable: true, Aliases: []string{"error"}, Column: NoColumn,
		Doc: "the message of an error", Comparison: AsMessage, Width: 30, Section: ErrorsSection, Facet: notCounted},
	{Field: FieldSourceIP, Name: "sourceIP", Type: TypeIP, Nullable: true, Aliases: []string{"ip"}, Column: ColSourceIP,
		Doc: "the address that the request came from", Comparison: AsAddress, Width: 16, Section: NetworkSection, Order: 1,
		Facet: FacetInfo{Place: 4, Title: "IP", Name: "sourceIP"}},
	{Field: FieldXForwardedFor, Name: "XForwardedFor", Type: TypeStrings, Nullable: true, Column: NoColumn,
		Doc: "the addresses that forwarded it, client first", Comparison: AsAddress, Width: 30, Section: NetworkSection, Order: 2,
		Facet: notCounted, Term: "ip"},
	{Field: FieldUserAgent, Name: "userAgent", Type: TypeString, Nullable: true, Aliases: []string{"ua"}, Column: ColUserAgent,
		Doc: "the client program", Comparison: AsText, Width: 30, Section: NetworkSection, Order: 3,
		Facet: FacetInfo{Place: 6, Title: "User agent", Folded: true}},
	{Field: FieldTimestamp, Name: "timestamp", Type: TypeTime, Required: true, Aliases: []string{"time"}, Column: NoColumn,
		Doc: "when it happened; without a zone it is UTC", Comparison: AsTime, Width: 29, Section: DetailsSection, Order: 4,
		Facet: notCounted},
	{Field: FieldPantherVersion, Name: "pantherVersion", Type: TypeString, Required: true, Aliases: []string{"version"},
		Column: ColVersion, Doc: "the version of Panther", Comparison: AsVersion, Width: 12, Section: DetailsSection, Order: 5,
		Facet: FacetInfo{Place: 7, Title: "Version", Folded: true}},
	{Field: FieldEventTime, Name: "p_event_time", Type: TypeTime, Nullable: true, Column: NoColumn,
		Doc: "the data lake's time of the event", Comparison: AsMoment, Width: 30, Section: LakeSection, Facet: notCounted},
	{Field: FieldRowID, Name: "p_row_id", Type: TypeString, Nullable: true, Column: NoColumn,
		Doc: "the data lake's id of the row", Comparison: AsID, Width: 30, Section: LakeSection, Facet: notCounted},
	{Field: FieldLake, Name: "p_*", Nullable: true, Column: NoColumn,
		Doc: "what the data lake or a rule match adds", Section: LakeSection, Facet: notCounted},
}

// Untyped reports whether the attribute stands in an open object, so that its value may have any type.
func (f *FieldInfo) Untyped() bool {
	above := strings.TrimSuffix(f.Name, "."+f.Key())
	for i := range schema {
		if schema[i].Open && schema[i].Name == above {
			return true
		}
	}
	return false
}

// Schema lists the attributes in the order of the schema. The caller must not change the slices in it.
func Schema() []FieldInfo { return schema[FieldNone+1:] }

// Info returns the row of the schema for f.
func (f Field) Info() *FieldInfo { return &schema[f] }

// String is the path of the attribute, such as actor.id, and empty for FieldNone.
func (f Field) String() string { return schema[f].Name }
