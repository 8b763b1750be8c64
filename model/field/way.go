package field

import (
	"slices"
	"strings"

	"pawprint/model"
)

// Step is a step on the way from an event to a value in it: a key or, if Index is not negative, an element of a list.
type Step struct {
	Key   string
	Index int // -1 for a key
}

// NameOf returns the shortest name that finds the value at the end of a way into a line; empty if there is none. The name may find
// further values, as elements of a list have no names of their own. If line is nil, parameters are named by their paths, which
// needs no search of the line.
func NameOf(line []byte, way []Step) string {
	keys, plain := keysOf(way)
	path := strings.Join(keys, ".")
	if len(keys) == 0 || strings.Contains(path, "[]") {
		return ""
	}
	f, inSchema := lookup(path)
	top, topInSchema := lookup(keys[0])
	switch {
	case inSchema && plain && f.String() == path && f != model.FieldActor:
		return f.Info().Short()
	case keys[0] == model.FieldActionParams.String() && len(keys) > 1:
		return paramName(line, keys[1:])
	case !inSchema && topInSchema && top.String() == keys[0], !inSchema && strings.HasPrefix(keys[0], "p_"):
		return path
	}
	return "." + path // this key has no other name
}

// keysOf returns the keys of a way. plain means that the schema can name the way by its keys.
func keysOf(way []Step) (keys []string, plain bool) {
	plain = true
	for i, s := range way {
		switch {
		case s.Index >= 0:
			plain = plain && i == 1 && (keys[0] == model.FieldErrors.String() || keys[0] == model.FieldXForwardedFor.String())
		default:
			plain = plain && s.Key != "" && strings.IndexByte(s.Key, '.') < 0
			keys = append(keys, s.Key)
		}
	}
	return keys, plain
}

// paramName returns the short name of a parameter, or its path if an earlier place has a parameter of that name.
func paramName(line []byte, keys []string) string {
	path := model.FieldActionParams.String() + "." + strings.Join(keys, ".")
	if line == nil {
		return path
	}
	for k, place := range places {
		if len(keys) <= len(place) || !slices.Equal(keys[:len(place)], place) {
			continue
		}
		name := strings.Join(keys[len(place):], ".")
		w := NewWalker()
		for _, before := range paramPaths(keyPath(name))[:k] {
			if w.At(line, before, func(_ []byte, i int) (int, bool, bool) { return i, true, true }) {
				return path
			}
		}
		return param + name
	}
	return path
}
