package field

import (
	"cmp"
	"strings"

	"pawprint/model"
)

// Name is a known name, with its documentation.
type Name struct {
	Name   string
	Doc    string      // one line
	Shown  string      // which value is shown, if Doc lists several; else empty
	Schema model.Field // FieldNone if it is not in the schema
	Kind   Kind

	Virtual bool // the schema does not have the name, or gives it another value
}

// virtual are the names that are not attributes of the schema, or cover several of them.
var virtual = []struct {
	name, doc string
	field     Field
}{
	{"actor", "the actor's id, name or e-mail address", Field{Kind: Actor, Schema: model.FieldActor, Columns: []model.Column{model.ColActorID, model.ColActorName, model.ColActorEmail}, Width: 26}},
	{"identity", "the actor's e-mail address, else id: tells apart people with the same name", Field{Kind: Identity, Columns: []model.Column{model.ColActorEmail, model.ColActorID}, Width: 30}},
	{"ip", "sourceIP and XForwardedFor; takes blocks such as 192.0.2.0/24", Field{Kind: Column, Schema: model.FieldSourceIP, Columns: []model.Column{model.ColSourceIP}, Places: []string{"XForwardedFor"}}},
	{"is", "a class of events", Field{Kind: Condition}},
	{"has", "problem, errors, or the name of what is present", Field{Kind: Condition}},
	{"view", "a ready view, such as failed; pawprint views lists them", Field{Kind: Condition}},
	{"problem", "what is wrong with the line, such as actor.type: wrong type", Field{Kind: Condition}},
	{"since", "from a time on", Field{Kind: Condition}},
	{"until", "up to and including a time", Field{Kind: Condition}},
	{"on", "a day, month or hour", Field{Kind: Condition}},
	{"around", "15 minutes before and after a time, or as in T±1h", Field{Kind: Condition}},
	{"line", "the number of the line in its source", Field{Kind: Line, Width: 8}},
	{"offset", "where the line begins, in bytes of its source", Field{Kind: Offset, Width: 10}},
	{"source", "the name of the source", Field{Kind: Source, Width: 24}},
	{"target", "what the action touched", Field{Kind: Target, Width: 30}},
	{"param", "the parameters; param.X is dynamic.input.X, static.input.X, input.X or X of actionParams", Field{Name: "params", Places: []string{"actionParams"}}},
	{"actor.email", "the actor's e-mail address", Field{Name: "email", Kind: Column, Schema: model.FieldActorEmail, Columns: []model.Column{model.ColActorEmail}}},
	{"actor.role", "the name of the actor's role", Field{Name: "role", Schema: model.FieldActorRoleName, Places: []string{"actor.attributes.roleName"}}},
	{"class", "the class of the action: read, create, change, delete, authentication, query, export, test or other", Field{Kind: Class, Width: 14}},
	{"reject", "why the line is not an event; events have none", Field{Kind: Reject, Width: 30}},
	{"note", "your note on a marked event", Field{Kind: Note, Width: 30}},
	{"tag", "the tags of a marked event", Field{Kind: Tags, Width: 16}},
	{"tags", "the same as tag", Field{Name: "tag", Kind: Tags, Width: 16}},
	{"verdict", "your verdict on a marked event: benign, suspicious or malicious", Field{Kind: Verdict, Width: 10}},
}

// shownActor describes the value that is shown for an actor.
const shownActor = "the actor's name, else e-mail address, else id"

// ofVirtual returns the field of a virtual name.
func ofVirtual(name string) (f Field, ok bool) {
	for i := range virtual {
		if Same(virtual[i].name, name) {
			f = virtual[i].field
			f.Name, f.Width = cmp.Or(f.Name, virtual[i].name), cmp.Or(f.Width, f.Schema.Info().Width, pathWidth)
			return f, true
		}
	}
	return Field{}, false
}

// Known reports whether a name is virtual, in the schema, or explicitly a key (a leading dot or p_). Any other name only finds
// keys that happen to be spelled the same.
func Known(name string) bool {
	if _, ok := ofVirtual(name); ok {
		return true
	}
	_, ok := lookup(name)
	return ok || strings.HasPrefix(name, ".") || HasPrefix(name, "p_")
}

// Names lists the known names: first the virtual ones, then the aliases of the schema, then its own names.
func Names() []Name {
	var out []Name
	for i := range virtual {
		v := &virtual[i]
		n := Name{Name: v.name, Doc: v.doc, Schema: v.field.Schema, Kind: v.field.Kind}
		if n.Kind == Actor {
			n.Shown = shownActor
		}
		_, ofSchema := lookup(v.name)
		n.Virtual = !ofSchema || n.Kind == Actor
		out = append(out, n)
	}
	schema := model.Schema()
	for i := range schema {
		for _, a := range schema[i].Aliases {
			if _, other := ofVirtual(a); !other {
				out = append(out, Name{Name: a, Doc: schema[i].Doc, Schema: schema[i].Field, Kind: ofSchema(schema[i].Field).Kind})
			}
		}
	}
	for i := range schema {
		if f := schema[i].Field; f != model.FieldLake && f != model.FieldActor {
			out = append(out, Name{Name: schema[i].Name, Doc: schema[i].Doc, Schema: f, Kind: ofSchema(f).Kind})
		}
	}
	return out
}
