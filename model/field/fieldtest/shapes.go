// Package fieldtest holds lines of many shapes with the values that a name finds in each. Tests check with it that all surfaces
// that read fields agree. Only tests import it.
package fieldtest

// Shape is the line of an event, with the values of a name in it.
type Shape struct {
	Name  string // describes the line
	Field string // the name
	Line  string
	Texts []string // the single values, as a query tests them; nil if there is none
	Value string   // as --fields and stats --by print it: the text, or JSON
}

// event is the line of an event with some parameters.
func event(params string) string {
	return `{"actionName":"UPDATE_RULE","actionResult":"SUCCEEDED","actor":{"id":"a1","type":"USER","name":"Ann"},` +
		`"timestamp":"2026-11-02T10:00:00Z","pantherVersion":"1.110.0","actionParams":` + params + `}`
}

// OneMember is a value that is not the value of its field, though it is the only one there. It is not among Shapes, as it is about
// what is filtered by in the interface.
var OneMember = Shape{Name: "an object with one member", Field: "param.a", Line: `{"actionParams":{"a":[{"b":"X"}]},"timestamp":"2026-11-02T10:00:00Z"}`,
	Texts: []string{"X"}, Value: `[{"b":"X"}]`}

// Shapes are the lines. The values follow the rules of the query language: keys match in any case of ASCII letters and may contain
// dots, paths go through lists, and a parameter counts at the first place that has it.
var Shapes = []Shape{
	{"nested objects", "param.a.b", event(`{"dynamic":{"input":{"a":{"b":"X"}}}}`), []string{"X"}, "X"},
	{"a key with a dot", "param.a.b", event(`{"dynamic":{"input":{"a.b":"X"}}}`), []string{"X"}, "X"},
	{"null above it at the first place", "param.a.b", event(`{"dynamic":{"input":{"a":null}},"static":{"input":{"a":{"b":"X"}}}}`), []string{"X"}, "X"},
	{"the first place has a but not b", "param.a.b", event(`{"dynamic":{"input":{"a":{"c":1}}},"static":{"input":{"a":{"b":"X"}}}}`), []string{"X"}, "X"},
	{"keys in another case", "param.a.b", event(`{"dynamic":{"input":{"A":{"B":"X"}}}}`), []string{"X"}, "X"},
	{"a list of objects", "param.a.b", event(`{"dynamic":{"input":{"a":[{"b":"X"}]}}}`), []string{"X"}, "X"},
	{"without a place", "param.a.b", event(`{"a":{"b":"X"}}`), []string{"X"}, "X"},
	{"the place in another case", "param.a.b", event(`{"Input":{"a":{"b":"X"}}}`), []string{"X"}, "X"},

	{"the first of two places", "param.a.b", event(`{"static":{"input":{"a":{"b":"no"}}},"dynamic":{"input":{"a":{"b":"X"}}}}`), []string{"X"}, "X"},
	{"null itself at the first place", "param.a.b", event(`{"dynamic":{"input":{"a":{"b":null}}},"static":{"input":{"a":{"b":"no"}}}}`), nil, ""},
	{"a duplicate key", "param.a.b", event(`{"input":{"a":{"b":"X","b":"Y"}}}`), []string{"X", "Y"}, `["X","Y"]`},
	{"an escaped key", "param.a.b", event(`{"input":{"\u0061":{"b":"X"}}}`), []string{"X"}, "X"},
	{"an escaped value", "param.a.b", event(`{"input":{"a":{"b":"x\u0021\n"}}}`), []string{"x!\n"}, "x!\n"},
	{"a number with its digits", "param.a.b", event(`{"input":{"a":{"b":-1.50}}}`), []string{"-1.50"}, "-1.50"},
	{"false", "param.a.b", event(`{"input":{"a":{"b":false}}}`), []string{"false"}, "false"},
	{"an empty text", "param.a.b", event(`{"input":{"a":{"b":""}}}`), []string{""}, ""},
	{"several elements", "param.a.b", event(`{"input":{"a":[{"b":"X"},{"b":null},{"c":1},{"b":2}]}}`), []string{"X", "2"}, `["X",2]`},
	{"a list of texts", "param.a.b", event(`{"input":{"a":{"b":["X","Y"]}}}`), []string{"X", "Y"}, `["X","Y"]`},
	{"an object", "param.a.b", event(`{"input":{"a":{"b":{"c":"X","d":[1]}}}}`), []string{"X", "1"}, `{"c":"X","d":[1]}`},
	{"lists in lists", "param.a.b", event(`{"input":{"a":[[[{"b":[["X"]]}]]]}}`), []string{"X"}, `[["X"]]`},
	{"no index into a list", "param.a.0", event(`{"input":{"a":["X"]}}`), nil, ""},
	{"brackets for a list", "param.a[].b", event(`{"input":{"a":[{"b":"X"}]}}`), []string{"X"}, "X"},
	{"a key with a bracket", "param.a[0].b", event(`{"input":{"a[0]":{"b":"X"}}}`), []string{"X"}, "X"},
	{"the Kelvin sign is no k", "param.k.b", event(`{"input":{"\u212a":{"b":"X"}}}`), nil, ""},
	{"the long s is no s", "param.s.b", event(`{"input":{"ſ":{"b":"X"}}}`), nil, ""},
	{"other letters have one case", "param.a.b", event(`{"input":{"á":{"b":"X"}}}`), nil, ""},
	{"deep", "param.a.b.c.d.e.f", event(`{"input":{"a":{"b":{"c":{"d":{"e":{"f":"X"}}}}}}}`), []string{"X"}, "X"},
	{"a longer key", "param.a.b", event(`{"input":{"a":{"bc":"X"},"ab":{"b":"Y"}}}`), nil, ""},
	{"nothing", "param.a.b", event(`{}`), nil, ""},
	{"parameters that are no object", "param.a.b", event(`"a.b"`), nil, ""},

	{"a key of the event", ".extra.key", `{"extra":{"Key":"X"},` + event(`{}`)[1:], []string{"X"}, "X"},
	{"a key called as a virtual name", ".target", `{"target":"X",` + event(`{"id":"no"}`)[1:], []string{"X"}, "X"},
	{"a path below the schema", "details.x", `{"actionDetails":{"x":"X"},` + event(`{}`)[1:], []string{"X"}, "X"},
	{"the messages of errors", "error", `{"errors":[{"message":"X"},{"message":"Y"}],` + event(`{}`)[1:], []string{"X", "Y"}, `["X","Y"]`},
	{"an error that is a text", "error", `{"errors":["X"],` + event(`{}`)[1:], []string{"X"}, "X"},
	{"the target", "target", event(`{"dynamic":{"input":{"id":"X"}}}`), []string{"X"}, "X"},
	{"the target of several", "target", event(`{"detections":[{"id":"X"},{"id":"Y"}]}`), []string{"X, Y"}, "X, Y"},
	{"a role that only the line has", "role", `{"actor":{"id":"a1","attributes":{"roleName":"X"}},"actionName":"GET_RULE"}`, []string{"X"}, "X"},
}
