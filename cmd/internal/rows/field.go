package rows

import (
	"errors"
	"fmt"
	"strings"

	"pawprint/model/field"
	"pawprint/tui/termsafe"
)

// Field is a field under the name that a flag gave it.
type Field struct {
	field.Field
	Name string // as the flag wrote it
}

// Fields reads a list of names with commas between them; flag is what they were given with. None gives nil.
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
