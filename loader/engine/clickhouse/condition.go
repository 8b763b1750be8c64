package clickhouse

import (
	"fmt"
	"strings"

	"pawprint/loader/engine"
	"pawprint/model/condition"
)

// write writes a condition about line and moment in ClickHouse's SQL. Each part is a number that is never NULL, so that NOT means what
// it says.
func (t *table) write(c condition.Condition) string {
	switch c := c.(type) {
	case condition.Const:
		if c {
			return "1"
		}
		return "0"
	case condition.All:
		return t.joined(c, " AND ", "1")
	case condition.Any:
		return t.joined(c, " OR ", "0")
	case condition.Not:
		return "NOT " + enclose(t.write(c.Part))
	case condition.Time:
		inside := between(t.stamp(), engine.Span{From: c.From, To: c.To}, decimal)
		if inside == "" {
			inside = t.stamp() + " IS NOT NULL"
		}
		return "ifNull(" + inside + ", 0)"
	case condition.Untimed:
		return t.stamp() + " IS NULL"
	case condition.Holds:
		return holds(c.Text)
	case condition.In:
		return in(c)
	case condition.Present:
		return present(c.Path)
	case condition.Filled:
		return present(c.Path) + " AND NOT (" + kindOf(c.Path) + " = 'Array' AND JSONLength(" + at(c.Path) + ") = 0)"
	case condition.Unsettled:
		return unsettled(c)
	}
	panic("clickhouse: a condition of another type: " + c.String())
}

func (t *table) joined(parts []condition.Condition, with, empty string) string {
	if len(parts) == 0 {
		return empty
	}
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = enclose(t.write(p))
	}
	return strings.Join(texts, with)
}

func enclose(text string) string { return "(" + text + ")" }

// stamp is the time in the line. It is the one that windows are cut by, unless a column is.
func (t *table) stamp() string {
	if t.clock == "" {
		return "moment"
	}
	return stamp
}

// at is the value at a path, as the arguments of a JSON function.
func at(path []string) string {
	out := "line"
	for _, key := range path {
		out += ", " + quote(key)
	}
	return out
}

func kindOf(path []string) string { return "JSONType(" + at(path) + ")" }

// holds searches in any case of ASCII letters. A letter beyond ASCII is searched as it is.
func holds(text string) string {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return "position(line, " + quote(text) + ") > 0"
		}
	}
	return "positionCaseInsensitive(line, " + quote(text) + ") > 0"
}

// in also looks at the kind of the value: the JSON functions read numbers and missing values as texts, too.
func in(c condition.In) string {
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = quote(v)
	}
	if len(values) == 0 {
		return "0"
	}
	return fmt.Sprintf("JSONExtractString(%s) IN (%s) AND %s = 'String'", at(c.Path), strings.Join(values, ", "), kindOf(c.Path))
}

func present(path []string) string { return kindOf(path) + " != 'Null'" }

// unsettled says which lines the server may read otherwise than pawprint. Of several equal keys the JSON functions take the first.
func unsettled(c condition.Unsettled) string {
	parts := []string{`position(line, '\\u') > 0`, "NOT isValidUTF8(line)", "NOT isValidJSON(line)", "JSONType(line) != 'Object'"}
	for i, key := range c.Path {
		parts = append(parts, doubled(c.Path[:i], key))
		if c.Text && i > 0 {
			parts = append(parts, kindOf(c.Path[:i])+" NOT IN ('Object', 'Null')")
		}
	}
	if c.Text && len(c.Path) > 0 {
		parts = append(parts, kindOf(c.Path)+" NOT IN ('String', 'Null')")
	}
	return strings.Join(parts, " OR ")
}

// doubled says that a key is in an object more than once. Keys without escapes are counted as text first, which is much faster.
func doubled(object []string, key string) string {
	exact := fmt.Sprintf("countEqual(JSONExtractKeys(%s), %s) > 1", at(object), quote(key))
	if strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' || r == '\\' || r == '"' || r == '/' }) {
		return enclose(exact)
	}
	return fmt.Sprintf("(countSubstrings(line, %s) > 1 AND %s)", quote(`"`+key+`"`), exact)
}
