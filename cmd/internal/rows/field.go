package rows

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/tui/termsafe"
)

// Field is a field with the name that the user gave it.
type Field struct {
	field.Field
	Name string // as written in the flag
	seen bool   // stands for the column that Reader.Firsts fills; Field is unused
}

// seenName is the name of the column that says what is new. It compares events with each other, so it is not a field of any one event.
const seenName = "first-seen"

// IsColumn reports whether the values are those of one column of the log.
func (f *Field) IsColumn(c model.Column) bool { return f.Kind == field.Column && f.Columns[0] == c }

// WithMarks adds the fields of what the user said about events, unless they are there. Without names they follow DefaultFields.
func WithMarks(names []string) []string {
	if len(names) == 0 {
		names = DefaultFields
	}
	out := slices.Clone(names)
	for _, add := range []string{"note", "tags", "verdict"} {
		if kind := field.Of(add).Kind; !slices.ContainsFunc(out, func(name string) bool { return field.Of(strings.TrimSpace(name)).Kind == kind }) {
			out = append(out, add)
		}
	}
	return out
}

// ColumnFields is Fields for the names of the columns of the interface, which have one more. firsts says that it is among them.
func ColumnFields(names []string) (fields []Field, firsts bool, err error) {
	at := slices.IndexFunc(names, func(name string) bool { return strings.TrimSpace(name) == seenName })
	if at < 0 {
		fields, err = Fields("fields", names)
		return fields, false, err
	}
	if fields, err = Fields("fields", slices.Delete(slices.Clone(names), at, at+1)); err != nil {
		return nil, false, err
	}
	return slices.Insert(fields, at, Field{Field: field.Field{Kind: field.Condition}, Name: seenName, seen: true}), true, nil
}

// Fields resolves the names of fields; without names it returns nil. Errors name the flag that the names came from.
func Fields(flag string, names []string) ([]Field, error) {
	var out []Field
	known := map[string]bool{}
	for _, name := range names {
		name = strings.TrimSpace(name)
		f, err := field.Resolve(name)
		var unknown *field.UnknownError
		switch {
		case errors.As(err, &unknown):
			unknown.Name = termsafe.Escaped(name).String()
		case err == nil && known[strings.ToLower(name)]:
			err = fmt.Errorf("%s is listed twice: remove one", termsafe.Escaped(name))
		}
		if err != nil {
			return nil, fmt.Errorf("reading --%s: %w", flag, err)
		}
		known[strings.ToLower(name)] = true
		out = append(out, Field{Field: f, Name: name})
	}
	return out, nil
}
