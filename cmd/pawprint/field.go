package main

import (
	"fmt"
	"strings"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// field is something that rows have a value of, under the name that a flag gave it.
type field struct {
	name  string
	kind  fieldKind
	col   model.Column // of fieldColumn
	path  path         // of fieldPath
	cells int          // width in a table
}

type fieldKind uint8

const (
	fieldColumn fieldKind = iota
	fieldPath
	fieldTime
	fieldActor
	fieldClass
	fieldTarget
	fieldSource
	fieldLine
	fieldOffset
	fieldReject
)

// virtualFields are the names that no key of a line has, or that mean more than one.
var virtualFields = []struct {
	name  string
	kind  fieldKind
	cells int
	doc   string
}{
	{"time", fieldTime, 29, "when it happened, in the zone of --tz"},
	{"actor", fieldActor, 26, "the actor's name, else e-mail address, else id"},
	{"class", fieldClass, 14, "the class of the action: read, create, change, delete, authentication, query, export, test or other"},
	{"target", fieldTarget, 30, "what the action touched"},
	{"source", fieldSource, 24, "the name of the source"},
	{"line", fieldLine, 8, "the number of the line in its source"},
	{"offset", fieldOffset, 10, "where the line begins, in bytes of its source"},
	{"reject", fieldReject, 30, "why the line is no event; absent of events"},
}

// conditions are the names of the query language that say something about a row and are no value of it.
var conditions = []string{"is", "has", "since", "until", "on", "around"}

// newField finds what a name stands for: the names are those of the query language.
func newField(name string) (field, error) {
	lower := strings.ToLower(name)
	for _, v := range virtualFields {
		if v.name == lower {
			return field{name: name, kind: v.kind, cells: v.cells}, nil
		}
	}
	for _, c := range conditions {
		if c == lower {
			return field{}, fmt.Errorf("%s is a condition and not a value", lower)
		}
	}
	switch {
	case lower == "actor.email":
		lower = "email"
	case lower == "actor.role":
		lower = "role"
	case lower == "param":
		lower = "params"
	}
	if f, ok := model.Lookup(lower); ok && f != model.FieldLake {
		return schemaField(name, f.Info()), nil
	}
	if path, ok := newPath(name); ok {
		return field{name: name, kind: fieldPath, path: path, cells: 30}, nil
	}
	return field{}, unknownField(name)
}

func schemaField(name string, info *model.FieldInfo) field {
	switch {
	case info.Field == model.FieldTimestamp:
		return field{name: name, kind: fieldTime, cells: info.Width}
	case info.Column != model.NoColumn:
		return field{name: name, kind: fieldColumn, col: info.Column, cells: info.Width}
	}
	return field{name: name, kind: fieldPath, path: path{places: []string{info.Name}}, cells: info.Width}
}

// unknownField says that a name stands for nothing, and what may have been meant.
func unknownField(name string) error {
	shown := termsafe.Escaped(name).String()
	for _, hint := range query.Hints(query.Has(name)) {
		if _, meant, ok := strings.Cut(hint, "; did you mean "); ok {
			return fmt.Errorf("no field is called %s; did you mean %s", shown, meant)
		}
	}
	return fmt.Errorf("no field is called %s; pawprint fields lists them, and .%s is the key of that name in the line", shown, shown)
}

// newFields reads a list of names with commas between them; flag is what they were given with. None gives nil.
func newFields(flag string, names []string) ([]field, error) {
	var out []field
	known := map[string]bool{}
	for _, name := range names {
		name = strings.TrimSpace(name)
		f, err := newField(name)
		if err == nil && known[strings.ToLower(name)] {
			err = fmt.Errorf("%s stands there twice", termsafe.Escaped(name))
		}
		if err != nil {
			return nil, fmt.Errorf("reading --%s: %w", flag, err)
		}
		known[strings.ToLower(name)] = true
		out = append(out, f)
	}
	return out, nil
}

// key is what events are counted by.
func (f *field) key() (count.Key, error) {
	switch f.kind {
	case fieldColumn:
		return count.ByColumn(f.col), nil
	case fieldActor:
		return count.ByActor(), nil
	case fieldClass:
		return count.ByClass(), nil
	case fieldSource:
		return count.BySource(), nil
	case fieldPath:
		return count.ByLine(f.path.lineValue), nil
	case fieldTarget:
		return count.ByLine(targetValue), nil
	case fieldTime:
		return count.Key{}, fmt.Errorf("%s is counted with --every", f.name)
	}
	return count.Key{}, fmt.Errorf("%s cannot be counted", f.name)
}
