package field

import (
	"strings"

	"pawprint/model"
)

// Field is the meaning of a name: where its values are and how to show them.
type Field struct {
	Name    string         // the shortest name with the same meaning; for a path, the name as given
	Kind    Kind           // where its value comes from
	Schema  model.Field    // FieldNone if the schema does not have it
	Columns []model.Column // the columns that hold it; Value reads the first
	Places  []string       // paths in the line, in the order in which they count
	First   bool           // only the first of Places that exists counts
	Width   int            // cells of its column in a table
}

// Kind says where the value of a field comes from.
type Kind uint8

// The kinds of fields.
const (
	Path      Kind = iota // the line, at Places
	Column                // the first of Columns
	Time                  // when it happened
	Actor                 // the label of the actor; any of Columns may match
	Identity              // the identity of the actor: the first of Columns that is not empty
	Message               // the messages of the errors
	Target                // what the action touched
	Class                 // the class of the action
	Source                // the name of the source
	Line                  // the number of the line in its source
	Offset                // where the line begins, in bytes of its source
	Reject                // why the line is not an event
	Note                  // the note of the user on a marked event …
	Tags                  // … its tags, a list if there are several …
	Verdict               // … and whether it is benign, suspicious or malicious
	Condition             // no value: the name is only for queries, such as is:
)

// OfMark reports whether the value is what the user said about the event.
func (f *Field) OfMark() bool { return f.Kind == Note || f.Kind == Tags || f.Kind == Verdict }

// Of returns the field of a name. An unknown name is a path, and one that begins with a dot always is.
func Of(name string) Field {
	if path, ok := strings.CutPrefix(name, "."); ok {
		return Field{Name: name, Places: []string{keyPath(path)}, Width: pathWidth}
	}
	if f, ok := ofVirtual(name); ok {
		return f
	}
	if f, ok := lookup(name); ok && f != model.FieldLake {
		return ofSchema(f)
	}
	if HasPrefix(name, param) {
		return Field{Name: name, Places: paramPaths(keyPath(name[len(param):])), First: true, Width: pathWidth}
	}
	path := keyPath(name)
	return Field{Name: name, Places: []string{below(path)}, Width: pathWidth}
}

// param is the prefix of the name of a parameter.
const param = "param."

// pathWidth is the width of the column of a path.
const pathWidth = 30

// ofSchema returns the field of an attribute of the schema.
func ofSchema(f model.Field) Field {
	info := f.Info()
	out := Field{Name: short(info), Schema: f, Places: []string{info.Name}, Width: info.Width}
	switch {
	case f == model.FieldTimestamp:
		out.Kind = Time
	case f == model.FieldErrorsMessage:
		out.Kind = Message
	case info.Column != model.NoColumn:
		out.Kind, out.Columns, out.Places = Column, []model.Column{info.Column}, nil
	}
	return out
}

// below replaces a name at the start of a path by the schema's own name.
func below(path string) string {
	for i := len(path) - 1; i > 0; i-- {
		if path[i] != '.' && path[i] != '[' {
			continue
		}
		if f, ok := lookup(path[:i]); ok {
			return f.String() + path[i:]
		}
	}
	return path
}

// lookup finds an attribute of the schema by its path or an alias.
func lookup(name string) (model.Field, bool) {
	schema := model.Schema()
	for i := range schema {
		f := &schema[i]
		if Same(f.Name, name) {
			return f.Field, true
		}
		for _, a := range f.Aliases {
			if Same(a, name) {
				return f.Field, true
			}
		}
	}
	return model.FieldNone, false
}

// short returns the usual name of an attribute: its alias, unless the alias covers more than the attribute.
func short(info *model.FieldInfo) string {
	for _, a := range info.Aliases {
		if _, other := ofVirtual(a); !other {
			return a
		}
	}
	return info.Name
}
