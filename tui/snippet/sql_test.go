package snippet

import (
	"strings"
	"testing"

	"pawprint/tui/termsafe/hostile"
)

// dialect reads string literals of a data lake: a quote in them is doubled, and a backslash is one or begins an escape.
type dialect struct {
	name      string
	backslash bool
}

var dialects = []dialect{{"Athena", false}, {"Snowflake", true}}

// literal reads the literal that text begins with, and returns what follows it.
func (d dialect) literal(text string) (value, rest string, ok bool) {
	if !strings.HasPrefix(text, "'") {
		return "", "", false
	}
	var out strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\'' && strings.HasPrefix(text[i:], "''"):
			i++
		case text[i] == '\'':
			return out.String(), text[i+1:], true
		case text[i] == '\\' && d.backslash && i+1 < len(text):
			i++ // whatever it means, the text is not the value
		}
		out.WriteByte(text[i])
	}
	return "", "", false
}

const sqlHead = "SELECT * FROM panther_logs.public.panther_audit WHERE p_row_id = "

// mustReadBack fails the test if any lake reads something else than the id, or anything behind it.
func mustReadBack(t *testing.T, id, sql string) {
	t.Helper()
	mustBePrintable(t, sql)
	literal, ok := strings.CutPrefix(sql, sqlHead)
	if !ok {
		t.Fatalf("the SQL for %q is %s", id, sql)
	}
	for _, d := range dialects {
		if got, rest, ok := d.literal(literal); !ok || got != id || rest != "" {
			t.Errorf("%s reads %q and then %q in the SQL for %q: %s", d.name, got, rest, id, sql)
		}
	}
	if strings.Contains(literal, "--") || strings.Contains(literal, "/*") || strings.ContainsAny(literal, `;\`) {
		t.Errorf("what splits SQL without reading literals would split %s", sql)
	}
}

func TestSQLAsksForTheRowIDAlone(t *testing.T) {
	for _, id := range []string{"abc123", "0f9a-7b:1", "it's", "''", "' OR ''='", "'", "x' OR 'a'='a", `"quoted"`, "a b", "(x)", "#x", "!", "~"} {
		sql, err := (&Row{RowID: id}).SQL()
		if err != nil {
			t.Errorf("there is no SQL for %q: %v", id, err)
			continue
		}
		mustReadBack(t, id, sql)
	}
}

func TestAnIDThatLakesReadDifferentlyHasNoSQL(t *testing.T) {
	for _, id := range []string{"", `\`, `a\' OR 1=1`, "a\nb", "a\x00b", "é", "\u202e", "\xff", "x'; DROP TABLE t", "x' -- y", "x'/* y", "&name", "<% name %>", "{{ name }}", "$name", "?", "\x7f", strings.Repeat("x", 1025)} {
		if sql, err := (&Row{RowID: id}).SQL(); err != ErrNoRowID || sql != "" {
			t.Errorf("the SQL for %q is %s, %v", id, sql, err)
		}
	}
}

func TestSQLReadsBackWhateverTheID(t *testing.T) {
	quoted := 0
	for _, text := range hostile.Texts() {
		if sql, err := (&Row{RowID: text.Raw}).SQL(); err == nil {
			mustReadBack(t, text.Raw, sql)
			quoted++
		}
	}
	if quoted == 0 {
		t.Error("none of the texts can be asked for")
	}
}

func FuzzSQLReadsBack(f *testing.F) {
	for _, w := range hostileWords {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if sql, err := (&Row{RowID: id}).SQL(); err == nil {
			mustReadBack(t, id, sql)
		}
	})
}
