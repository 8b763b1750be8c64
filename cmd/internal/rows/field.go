package rows

import (
	"errors"
	"fmt"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/tui/termsafe"
)

// Field is a field with the name that the user gave it.
type Field struct {
	field.Field
	Name string // as written in the flag
}

// IsColumn reports whether the values are those of one column of the log.
func (f *Field) IsColumn(c model.Column) bool { return f.Kind == field.Column && f.Columns[0] == c }

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
			err = fmt.Errorf("%s stands there twice", termsafe.Escaped(name))
		}
		if err != nil {
			return nil, fmt.Errorf("reading --%s: %w", flag, err)
		}
		known[strings.ToLower(name)] = true
		out = append(out, Field{f, name})
	}
	return out, nil
}
