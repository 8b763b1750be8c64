package tui

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"pawprint/model"
)

// jqSnippet is a shell command that prints just this event from its file with jq: by its row id, else by what tells it best. It is
// printable ASCII, and all that comes from the log stands inside of a JSON string inside of single quotes. It is empty if the
// event has nothing to be told by.
func jqSnippet(e *model.Event, rowID, timestamp model.Text, s *model.SourceState) string {
	terms := [][2]string{{".p_row_id", rowID.Raw()}}
	if rowID.Empty() {
		terms = [][2]string{{".timestamp", timestamp.Raw()}, {".actionName", e.Action.Raw()}, {".actor.id", e.Actor.ID.Raw()}}
	}
	var conditions []string
	for _, t := range terms {
		if t[1] != "" {
			conditions = append(conditions, t[0]+" == "+jqString(t[1]))
		}
	}
	if len(conditions) == 0 {
		return ""
	}
	return unpacking(s, "jq -c 'select("+strings.Join(conditions, " and ")+")'")
}

// lineSnippet is a shell command that prints the line of a row.
func lineSnippet(o model.Origin, s *model.SourceState) string {
	if o.Line <= 0 {
		return ""
	}
	return unpacking(s, fmt.Sprintf("sed -n %dp", o.Line))
}

// unpacking has a command read a source, unpacked first if it is packed.
func unpacking(s *model.SourceState, command string) string {
	name := shellName(s.Name.Raw())
	for _, tool := range []string{"gzip", "zstd"} {
		if strings.Contains(s.Form, tool) {
			return tool + " -dc " + name + " | " + command
		}
	}
	return command + " " + name
}

// jqString writes a text as a string of jq that may stand in single quotes of a shell: letters, digits and a few signs as they
// are, everything else as \uXXXX.
func jqString(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		switch {
		case harmless(r):
			out.WriteRune(r)
		default:
			out.WriteString(jsonEscape(r)) // a byte that is not UTF-8 is U+FFFD to jq as well
		}
	}
	out.WriteByte('"')
	return out.String()
}

// jsonEscape writes a rune as JSON may: \uXXXX, or two of them.
func jsonEscape(r rune) string {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// harmless reports whether a rune means nothing to a shell, to jq or to SQL in any quotes.
func harmless(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune(" ._-:/@+,", r)
}

// shellName is the name of a file as a shell takes it; a name with anything unusual in it, or of what is no file, is left to the
// user to write.
func shellName(name string) string {
	ok := name != "" && name != "stdin" && name[0] != '-' && utf8.ValidString(name) && !strings.Contains(name, "://")
	for _, r := range name {
		ok = ok && harmless(r)
	}
	if !ok {
		return "FILE"
	}
	return "'" + name + "'"
}

// sqlSnippet asks the data lake for the event. It is empty for an event without a row id, or with one that is no plain word.
func sqlSnippet(rowID model.Text) string {
	id := rowID.Raw()
	for _, r := range id {
		if r == ' ' || !harmless(r) {
			return ""
		}
	}
	if id == "" {
		return ""
	}
	return "SELECT * FROM panther_logs.public.panther_audit WHERE p_row_id = '" + id + "'"
}
