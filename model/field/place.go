package field

import (
	"strings"

	"pawprint/model"
)

// places are the paths below actionParams that may hold a parameter, in the order in which they count.
//
// Source: the shapes of actionParams that are documented or occur in logs.
var places = [...][]string{{"dynamic", "input"}, {"static", "input"}, {"input"}, {}}

// Places lists the paths below actionParams that may hold a parameter, as keys, in the order in which they count. The last one is
// empty: actionParams itself. The caller must not change them.
func Places() [][]string { return places[:] }

// PlaceRank orders the keys below actionParams: those that lead to a place come first, in the order of the places. All other keys
// have the same rank, the last.
func PlaceRank(key string) int {
	for i, place := range places {
		if len(place) == 0 || place[0] == key {
			return i
		}
	}
	return len(places)
}

// paramPaths lists the paths of a parameter.
func paramPaths(name string) []string {
	out := make([]string, 0, len(places))
	for _, place := range places {
		out = append(out, strings.Join(append(append([]string{model.FieldActionParams.String()}, place...), name), "."))
	}
	return out
}

// ParamName returns the short name of the parameter at a path below actionParams: param.id for dynamic.input.id. That name finds
// the parameter at the first place that has it; place is the index of the place in the path.
func ParamName(path string) (name string, place int) {
	for i, keys := range places {
		prefix := strings.Join(keys, ".") + "."
		if len(keys) > 0 && len(path) > len(prefix) && HasPrefix(path, prefix) {
			return param + path[len(prefix):], i
		}
	}
	return param + path, len(places) - 1
}
