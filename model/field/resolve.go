package field

import (
	"errors"
	"fmt"
	"strings"

	"pawprint/model/near"
)

// UnknownError means that no field has the name. It quotes the name as it was given, which is untrusted text.
type UnknownError struct {
	Name string
	Like string // a similar known name; empty if there is none
}

func (e *UnknownError) Error() string {
	if e.Like != "" {
		return fmt.Sprintf("no field is called %s; did you mean %s?", e.Name, e.Like)
	}
	return fmt.Sprintf("no field is called %s; pawprint fields lists them, and .%s is the key of that name in the line", e.Name, e.Name)
}

// Resolve returns the field of a name that must have a value. The error is an *UnknownError if the name is not known and does not
// look like a path.
func Resolve(name string) (Field, error) {
	f := Of(name)
	if before, _, whole := strings.Cut(name, ":"); whole && Of(before).Kind == Condition {
		f = Of(before) // a condition with its value, such as is:failed, has no value either
	}
	switch {
	case f.Kind == Condition:
		return Field{}, f.CheckValue()
	case strings.Trim(name, "[]") == "":
		return Field{}, errNoName
	case !Known(name) && !strings.Contains(name, "."):
		return Field{}, &UnknownError{Name: name, Like: Suggest(name)}
	}
	return f, nil
}

// conditions are examples of the conditions in a query, and the value to use instead, if there is one.
var conditions = map[string]string{
	"is": "is:failed; the field for the class of an action is class", "has": "has:problem", "view": "view:failed",
	"problem": `problem:"wrong type"; pawprint check counts problems, and reject is why a line is not an event`,
	"since":   "since:24h; the field for times is time", "until": "until:2026-11-21; the field for times is time",
	"on": "on:2026-11-21; the field for times is time", "around": "around:01:44; the field for times is time",
}

// CheckValue returns an error for a condition, which has no value.
func (f *Field) CheckValue() error {
	if f.Kind != Condition {
		return nil
	}
	return fmt.Errorf("%s is a condition and not a value: write it in a query, as in %s", f.Name, conditions[f.Name])
}

var errNoName = errors.New("a name is missing")

// Suggest returns the known name that name is most likely a misspelling or an abbreviation of; empty if none is near.
func Suggest(name string) string {
	names := Names()
	words := make([]string, len(names))
	for i := range names {
		words[i] = names[i].Name
	}
	return near.Word(name, words)
}
