package main

import (
	"errors"
	"fmt"
	"strings"

	"pawprint/model/field"
	"pawprint/tui/termsafe"
)

// askedField is a field under the name that a flag gave it.
type askedField struct {
	field.Field
	name string
}

// newFields reads a list of names with commas between them; flag is what they were given with. None gives nil.
func newFields(flag string, names []string) ([]askedField, error) {
	var out []askedField
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
		out = append(out, askedField{f, name})
	}
	return out, nil
}
