package completion

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// breaks are those of bash.
const breaks = " \t\n\"'><=;|&(:"

func TestALineIsTakenApartAsBashDoes(t *testing.T) {
	for _, c := range []struct {
		line  string // with the cursor at ^
		words []string
		word  string
		after []string
	}{
		{"pawprint ^", []string{"pawprint"}, "", nil},
		{"pawprint qu^", []string{"pawprint"}, "qu", nil},
		{"pawprint query 'actor:^", []string{"pawprint", "query"}, "actor:", nil},
		{"pawprint query 'actor:^' 'my log.jsonl' x", []string{"pawprint", "query"}, "actor:", []string{"my log.jsonl", "x"}},
		{"pawprint query actor:^ audit.jsonl", []string{"pawprint", "query"}, "actor:", []string{"audit.jsonl"}},
		{"pawprint query actor:^ < audit.jsonl", []string{"pawprint", "query"}, "actor:", []string{"audit.jsonl"}},
		{"pawprint query actor:^ | sort x", []string{"pawprint", "query"}, "actor:", nil},
		{"pawprint query actor:^ > out", []string{"pawprint", "query"}, "actor:", nil},
		{`pawprint query "is:failed actor:\"Ai^`, []string{"pawprint", "query"}, `is:failed actor:"Ai`, nil},
		{`pawprint query actor:\"Aiko\ Ta^`, []string{"pawprint", "query"}, `actor:"Aiko Ta`, nil},
		{`cd x; pawprint --tz Eu^`, []string{"pawprint", "--tz"}, "Eu", nil},
		{`pawprint query $(rm\ x) '' ^`, []string{}, "", nil}, // not a line that is understood: nothing of it is run
		{`pawprint -q is:failed a\`, []string{"pawprint", "-q", "is:failed"}, `a\`, nil},
		{"^", nil, "", nil},
	} {
		cursor := len(c.line)
		line := c.line
		for i := range line {
			if line[i] == '^' {
				line, cursor = line[:i]+line[i+1:], i
				break
			}
		}
		l := ParseLine(line, cursor)
		if c.words != nil && len(c.words) == 0 {
			continue
		}
		if !slices.Equal(l.Words, c.words) || l.Word != c.word || !slices.Equal(l.After, c.after) {
			t.Errorf("ParseLine(%q, %d) = %s", line, cursor, cmp.Diff([]any{c.words, c.word, c.after}, []any{l.Words, l.Word, l.After}))
		}
	}
}

func TestWhatIsInsertedIsOneWord(t *testing.T) {
	for _, c := range []struct{ line, text, want string }{
		{"pawprint query act", "actor:", "actor:"},
		{"pawprint query actor:", "actor:bob", "bob"},
		{"pawprint query actor:", `actor:"Aiko Tanabe"`, `\"Aiko\ Tanabe\"`},
		{`pawprint query actor:\"Ai`, `actor:"Aiko Tanabe"`, `\"Aiko\ Tanabe\"`},
		{"pawprint query 'actor:", `actor:"Aiko Tanabe"`, `actor:"Aiko Tanabe"`},
		{"pawprint query 'actor:", "actor:O'Neil", ""},
		{`pawprint query "actor:`, `actor:"a$b"`, `actor:\"a\$b\"`},
		{`pawprint query "actor:`, "actor:a!b", ""},
		{"pawprint query is:failed' actor:", "is:failed actor:bob", " actor:bob"},
		{"pawprint --tz=Eu", "--tz=Europe/Zurich", "Europe/Zurich"},
		{"pawprint --tz Eu", "Europe/Zurich", "Europe/Zurich"},
		{"pawprint query actor:x", "actor:$(reboot);x&", `\$\(reboot\)\;x\&`},
		{`pawprint query a"c"tor:`, "actor:bob", ""},
	} {
		got, ok := ParseLine(c.line, len(c.line)).Insert(c.text, breaks)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s: Insert(%q) = %q, %v, want %q", c.line, c.text, got, ok, c.want)
		}
	}
}

func TestNothingReplacesWhatIsTypedByLess(t *testing.T) {
	for _, c := range []struct {
		typed string
		words []string
		want  []string
	}{
		{"act", []string{"action:", "actor:", "is:x"}, []string{"action:", "actor:"}},
		{"actor:Ai", []string{`actor:"Aiko Tanabe"`}, []string{`actor:"Aiko Tanabe"`}},
		{"actor:ai", []string{`actor:"Aiko Tanabe"`, `actor:"Aida X"`}, []string{`actor:"Aiko Tanabe"`, `actor:"Aida X"`}},
		{"actor:ai", []string{`actor:"Aiko Tanabe"`, `actor:Aida`}, nil},
		{"actor:Ai", []string{`actor:"Aiko Tanabe"`, `actor:Aida`}, []string{"actor:Aida"}},
		{"actor:El", []string{`actor:"Elena Sorrel"`, "actor:elena@example.com"}, []string{`actor:"Elena Sorrel"`}},
		{"actor:nab", []string{`actor:"Aiko Tanabe"`}, nil},
	} {
		if got := Fits(c.typed, c.words); !slices.Equal(got, c.want) {
			t.Errorf("Fits(%q, %q) = %q, want %q", c.typed, c.words, got, c.want)
		}
	}
}

func TestWordsThatBeginOtherwiseThanWhatIsTypedHaveACommonStart(t *testing.T) {
	for _, c := range []struct {
		typed string
		fit   []string
		want  string
	}{
		{"act", []string{"action:", "actor:"}, ""},
		{"actor:bo", []string{`actor:"bo b"`}, ""},
		{"actor:bo", []string{`actor:"bo b"`, `actor:"bo c"`}, `actor:"bo `},
		{"AC", []string{"action:", "actor:"}, "act"},
		{"x", nil, ""},
	} {
		if got := Start(c.typed, c.fit); got != c.want {
			t.Errorf("Start(%q, %q) = %q, want %q", c.typed, c.fit, got, c.want)
		}
	}
}

func FuzzLine(f *testing.F) {
	f.Add("pawprint query 'actor:' x", 20, "actor:x y")
	f.Add(`pawprint "a\"`, 13, `a"b`)
	f.Add(`pawprint a`, 10, "a$(x)`y`;&|~#")
	f.Fuzz(func(t *testing.T, line string, cursor int, text string) {
		l := ParseLine(line, cursor)
		insert, ok := l.Insert(text, breaks)
		if !ok || !utf8.ValidString(text) {
			return
		}
		typed := l.raw[:l.kept(breaks)] + insert
		if l.Quoted() {
			typed += string(l.last.open)
		}
		if back := readWord(typed); back.text != text || back.length != len(typed) || back.open != 0 {
			t.Errorf("%q becomes %q, which reads as %q, want %q", l.raw, typed, back.text, text)
		}
	})
}
