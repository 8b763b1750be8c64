package panther

import "strings"

// reads reports whether a text is one statement that reads. The data lake would refuse most others; that they are not sent is this
// program's own promise.
func reads(sql string) bool {
	bare, ok := uncommented(sql)
	word := strings.FieldsFunc(bare, func(r rune) bool { return r <= ' ' || r == '(' })
	return ok && len(word) > 0 && (strings.EqualFold(word[0], "SELECT") || strings.EqualFold(word[0], "WITH"))
}

// uncommented returns a statement with its comments, names and texts in quotes as blanks. ok is false if one of them is not closed, or if
// anything stands behind the statement.
func uncommented(sql string) (bare string, ok bool) {
	var b strings.Builder
	for sql != "" {
		n := 1
		switch {
		case strings.HasPrefix(sql, "/*"):
			n = closed(sql, 2, "*/")
		case sql[0] == '"':
			n = closed(sql, 1, `"`)
		case sql[0] == '\'':
			n = textEnd(sql)
		case sql[0] == ';' || strings.HasPrefix(sql, "--") || strings.HasPrefix(sql, "//") || strings.HasPrefix(sql, "$$"):
			return "", false // none of ours has one
		}
		switch {
		case n < 0:
			return "", false
		case n == 1:
			b.WriteByte(sql[0])
		default:
			b.WriteByte(' ')
		}
		sql = sql[n:]
	}
	return b.String(), true
}

// closed returns the length of what end closes, -1 if it does not.
func closed(s string, from int, end string) int {
	i := strings.Index(s[from:], end)
	if i < 0 {
		return -1
	}
	return from + i + len(end)
}

// textEnd returns the length of the text in quotes that s begins with, -1 if it is not closed. A backslash escapes what follows.
func textEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '\'':
			return i + 1
		}
	}
	return -1
}
