package field

import (
	"errors"
	"fmt"
	"strings"
)

// UnknownError says that a name stands for nothing. Its texts come from whoever gave the name.
type UnknownError struct {
	Name string
	Like string // a name that may have been meant; empty if none is near
}

func (e *UnknownError) Error() string {
	if e.Like != "" {
		return fmt.Sprintf("no field is called %s; did you mean %s?", e.Name, e.Like)
	}
	return fmt.Sprintf("no field is called %s; pawprint fields lists them, and .%s is the key of that name in the line", e.Name, e.Name)
}

// Resolve returns the field that a name stands for, where a value is wanted. The error of a name that nobody knows and that does
// not look like a path is an *UnknownError.
func Resolve(name string) (Field, error) {
	f := Of(name)
	switch {
	case f.Kind == Condition:
		return Field{}, fmt.Errorf("%s is a condition and not a value", f.Name)
	case strings.Trim(name, ".[]") == "":
		return Field{}, errNoName
	case !Known(name) && !strings.Contains(name, "."):
		return Field{}, &UnknownError{Name: name, Like: Suggest(name)}
	}
	return f, nil
}

var errNoName = errors.New("a name is missing")

// Suggest returns a known name that a name may be a slip of, or the start of; empty if none is near.
func Suggest(name string) string {
	names := Names()
	words := make([]string, len(names))
	for i := range names {
		words[i] = names[i].Name
	}
	return Nearest(name, words)
}
