package logtest

import "strings"

// goodEvent has the members of an event without problems.
var goodEvent = []string{
	`"actionName":"GET_RULE"`, `"actionResult":"SUCCEEDED"`, `"actor":{"id":"u1","type":"USER","name":"Ann","attributes":{"email":"ann@example.com"}}`,
	`"errors":null`, `"sourceIP":"192.0.2.7"`, `"userAgent":"cli"`, `"timestamp":"2026-11-02T10:00:00.5Z"`, `"pantherVersion":"1.113.138"`,
}

// Event returns the line of an event without problems, with changes: a member such as `"sourceIP":""` replaces the one of its name
// or is added; a name alone removes its member.
func Event(changes ...string) string {
	parts := append([]string(nil), goodEvent...)
	for _, c := range changes {
		key, _, _ := strings.Cut(c, ":")
		at := -1
		for i, p := range parts {
			if strings.HasPrefix(p, key+":") || p == key {
				at = i
			}
		}
		switch {
		case at >= 0 && strings.Contains(c, ":"):
			parts[at] = c
		case at >= 0:
			parts = append(parts[:at], parts[at+1:]...)
		default:
			parts = append(parts, c)
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}
