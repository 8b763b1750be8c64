package sql

import (
	"math"
	"strings"
	"testing"

	"pawprint/model/condition"
)

var (
	action = condition.In{Path: []string{"actionName"}, Values: []string{"GET_RULE", "it's", `a\b`}}
	actor  = condition.Unsettled{Path: []string{"actor", "id"}, Text: true}
	lines  = Trino{Paths: TrinoPaths([][]string{{"actionName"}, {"actor", "id"}, {"errors"}})}
	table  = Snowflake{Columns: []Column{{"actionName", Text}, {"actor", Variant}, {"errors", Variant}, {"timestamp", Time}, {"p_schema_version", Other}}}
)

func TestConditionsInBothDialects(t *testing.T) {
	const second = 1_000_000_000
	for _, test := range []struct {
		c                condition.Condition
		trino, snowflake string
	}{
		{condition.Const(true), "TRUE", "TRUE"},
		{condition.Not{Part: action}, `(NOT coalesce((x_text_actionName IN ('GET_RULE', 'it''s', 'a\b')), FALSE))`,
			`(NOT coalesce((actionName IN ('GET_RULE', 'it''s', ('a' || CHR(92) || 'b'))), FALSE))`},
		{condition.All{condition.Const(false), condition.Any{condition.Const(true), action}}, `(FALSE AND (TRUE OR (x_text_actionName IN ('GET_RULE', 'it''s', 'a\b'))))`,
			`(FALSE AND (TRUE OR (actionName IN ('GET_RULE', 'it''s', ('a' || CHR(92) || 'b')))))`},
		{condition.Time{From: 0, To: second}, "(x_time BETWEEN '1970-01-01T00:00:00.000000000' AND '1970-01-01T00:00:00.999999999')",
			"(timestamp IS NOT NULL AND timestamp >= TO_TIMESTAMP_NTZ('1970-01-01 00:00:00.000') AND timestamp < TO_TIMESTAMP_NTZ('1970-01-01 00:00:01.000'))"},
		{condition.Time{From: 1, To: math.MaxInt64}, "(x_time >= '1970-01-01T00:00:00.000000001')", "(timestamp IS NOT NULL AND timestamp >= TO_TIMESTAMP_NTZ('1970-01-01 00:00:00.001'))"},
		{condition.Time{From: math.MinInt64, To: math.MaxInt64}, "(x_time IS NOT NULL)", "(timestamp IS NOT NULL)"},
		{condition.Untimed{}, "(x_time IS NULL)", "(timestamp IS NULL)"},
		{condition.Holds{Text: "Crown"}, "(strpos(x_low, 'crown') > 0)", "(CONTAINS(x_low, 'crown'))"},
		{condition.Holds{Text: "ſ"}, "(strpos(line, 'ſ') > 0)", "(CONTAINS(x_all, 'ſ'))"},
		{condition.Holds{Text: `\u`}, `(strpos(x_low, '\u') > 0)`, "(CONTAINS(x_low, (CHR(92) || 'u')))"},
		{condition.Holds{Text: `\t`}, `(strpos(x_low, '\t') > 0)`, "(CONTAINS(x_low, (CHR(92) || 't')) OR CONTAINS(x_all, CHR(9)))"},
		{condition.Holds{Text: `\u001b`}, `(strpos(x_low, '\u001b') > 0)`, "(CONTAINS(x_low, (CHR(92) || 'u001b')) OR CONTAINS(x_all, CHR(27)))"},
		{condition.Holds{Text: `errors"`}, `(strpos(x_low, 'errors"') > 0)`, `(CONTAINS(x_low, 'errors"') OR (errors IS NOT NULL))`},
		{condition.Holds{Text: "error"}, "(strpos(x_low, 'error') > 0)", "TRUE"},
		{condition.Holds{Text: "2026-11-12T10"}, "(strpos(x_low, '2026-11-12t10') > 0)", "TRUE"},
		{condition.Holds{Text: "192.0.2."}, "(strpos(x_low, '192.0.2.') > 0)", "(CONTAINS(x_low, '192.0.2.'))"},
		{condition.Present{Path: []string{"actionName"}}, "(x_json_actionName <> 'null')", "(actionName IS NOT NULL)"},
		{condition.Present{Path: []string{"actor", "id"}}, "(x_json_actor_id <> 'null')", "(GET_PATH(TO_VARIANT(actor), 'id') IS NOT NULL AND NOT IS_NULL_VALUE(GET_PATH(TO_VARIANT(actor), 'id')))"},
		{condition.Filled{Path: []string{"errors"}}, "(x_json_errors NOT IN ('null', '[]'))",
			"((TO_VARIANT(errors) IS NOT NULL AND NOT IS_NULL_VALUE(TO_VARIANT(errors))) AND coalesce(ARRAY_SIZE(TO_VARIANT(errors)), 1) > 0)"},
		{condition.Unsettled{}, "(NOT x_sound)", "FALSE"},
		{actor, `(NOT x_sound OR x_twice_actor OR substr(x_json_actor, 1, 1) NOT IN ('{', 'n') OR x_twice_actor_id OR substr(x_json_actor_id, 1, 1) NOT IN ('"', 'n'))`,
			"((TO_VARIANT(actor) IS NOT NULL AND NOT IS_NULL_VALUE(TO_VARIANT(actor)) AND NOT IS_OBJECT(TO_VARIANT(actor))) OR " +
				"(GET_PATH(TO_VARIANT(actor), 'id') IS NOT NULL AND NOT IS_NULL_VALUE(GET_PATH(TO_VARIANT(actor), 'id')) AND NOT IS_VARCHAR(GET_PATH(TO_VARIANT(actor), 'id'))))"},
		{condition.In{Path: []string{"userAgent"}, Values: []string{"x"}}, "FALSE", "FALSE"},
		{condition.Unsettled{Path: []string{"userAgent"}, Text: true}, "TRUE", "FALSE"},
		{condition.In{Path: []string{"actor'--"}, Values: []string{"x"}}, "FALSE", "FALSE"},
		{condition.In{Path: []string{"actionName"}, Values: []string{"\xff"}}, "FALSE", "FALSE"},
	} {
		if got := lines.Where(test.c); got != test.trino {
			t.Errorf("Trino, %s:\n%s, want\n%s", test.c, got, test.trino)
		}
		if got := table.Where(test.c); got != test.snowflake {
			t.Errorf("Snowflake, %s:\n%s, want\n%s", test.c, got, test.snowflake)
		}
	}
}

func TestNamesThatAreNotWordsAreNotWritten(t *testing.T) {
	const hostile = `x" OR TRUE --`
	s := Snowflake{Columns: []Column{{hostile, Text}, {"actionName", Text}}}
	tr := Trino{Paths: TrinoPaths([][]string{{"actionName"}, {"actor", hostile}})}
	for _, c := range []condition.Condition{
		condition.Present{Path: []string{hostile}}, condition.Unsettled{Path: []string{"actor", hostile}, Text: true}, condition.Filled{Path: []string{hostile}},
		condition.In{Path: []string{"actor", hostile}, Values: []string{"x"}}, condition.Holds{Text: "crown"}, condition.Holds{Text: `\t`}, condition.Holds{Text: `id"`},
	} {
		for _, text := range []string{s.Where(c), tr.Where(c), s.From("t"), tr.From("t", "line"), s.Text([]string{hostile}), tr.Text([]string{"actor", hostile})} {
			if strings.Contains(text, "--") {
				t.Errorf("%s is written as %s", c, text)
			}
		}
	}
	if got := s.Where(condition.Holds{Text: "crown"}); got != yes {
		t.Errorf("a column that cannot be searched is left out: %s", got)
	}
}

// unquote reads an expression of literals, CHR and ||, as a database does; backslashes says that one begins an escape.
func unquote(text string, backslashes bool) (out string, ok bool) {
	for rest := text; rest != ""; {
		switch {
		case rest[0] == '(' || rest[0] == ')':
			rest = rest[1:]
		case strings.HasPrefix(rest, " || "):
			rest = rest[len(" || "):]
		case strings.HasPrefix(rest, "CHR("):
			n := 0
			for rest = rest[len("CHR("):]; rest != "" && rest[0] != ')'; rest = rest[1:] {
				n = n*10 + int(rest[0]-'0')
			}
			out += string(rune(n))
		case rest[0] == '\'':
			for rest = rest[1:]; ; rest = rest[1:] {
				if rest == "" || backslashes && rest[0] == '\\' || rest[0] < ' ' {
					return out, false
				}
				if rest[0] == '\'' {
					if rest = rest[1:]; !strings.HasPrefix(rest, "'") {
						break
					}
				}
				out += rest[:1]
			}
		default:
			return out, false
		}
	}
	return out, true
}

func FuzzQuote(f *testing.F) {
	for _, text := range []string{"", "'", "''", `\`, `\'`, `a\nb`, "a\nb", "\x00", "\x7f", "é", "\u202e", "p_occurs_since('1 d')", "p_occurs_p_occurs_", "' || CHR(39) || '", "--", "/*", "$$"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, quote := range map[string]func(string) (string, bool){"Trino": quoteTrino, "Snowflake": quoteSnowflake} {
			literal, ok := quote(text)
			if !ok {
				if strings.ToValidUTF8(text, "") == text {
					t.Errorf("%s: %q is not written", name, text)
				}
				continue
			}
			if got, ok := unquote(literal, name == "Snowflake"); !ok || got != text {
				t.Errorf("%s: %q is written as %s, which is %q", name, text, literal, got)
			}
			if name == "Snowflake" && strings.Contains(literal, macro) {
				t.Errorf("%q is written as %s, which names a macro", text, literal)
			}
		}
	})
}
