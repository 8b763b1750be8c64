package glob_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pawprint/loader/glob"
)

// match reports whether a path matches a glob that begins with a wildcard, or one without a folder.
func match(t *testing.T, text, path string) bool {
	t.Helper()
	patterns, err := glob.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range patterns {
		if p.Match(strings.Split(path, "/")) {
			return true
		}
	}
	return false
}

func TestPatternsMatchNames(t *testing.T) {
	for _, c := range []struct {
		pattern string
		yes, no []string
	}{
		{"*.json", []string{"a.json", "ä b.json"}, []string{"a.jsonl", ".json", ".a.json", ""}},
		{".*", []string{".a"}, []string{"a"}},
		{"a?c", []string{"abc", "aäc", "a*c"}, []string{"ac", "abbc"}},
		{"[a-c]x[!0-9^]", []string{"axz", "cx-"}, []string{"dxz", "ax5", "ax^", "ax"}},
		{"[]a]", []string{"]", "a"}, []string{"b"}},
		{"[^]a]", []string{"b"}, []string{"]", "a"}},
		{"[a-]", []string{"a", "-"}, []string{"b"}},
		{`\*\[\\`, []string{`*[\`}, []string{`a[\`}},
		{"a*b*c", []string{"abc", "aXbYc", "abbcc"}, []string{"acb", "ab"}},
		{"*a", []string{"a", "ba", "aaa"}, []string{"ab"}},
		{"*" + strings.Repeat("a*", 30) + "b", []string{strings.Repeat("a", 30) + "b"}, []string{strings.Repeat("a", 5000)}},
		{"{a,b}.x", []string{"a.x", "b.x"}, []string{"{a,b}.x", "c.x"}},
		{"a{,b{c,d}}", []string{"a", "abc", "abd"}, []string{"ab"}},
		{"{a}", []string{"a"}, nil},
		{"[{]a", []string{"{a"}, nil},
		{`\{a,b}`, []string{"{a,b}"}, []string{"a"}},
		{"**", []string{"a"}, []string{".a"}},
		{"a**b", []string{"ab", "axb"}, nil},
	} {
		for _, name := range c.yes {
			if !match(t, c.pattern, name) {
				t.Errorf("%q does not match %q", c.pattern, name)
			}
		}
		for _, name := range c.no {
			if match(t, c.pattern, name) {
				t.Errorf("%q matches %q", c.pattern, name)
			}
		}
	}
}

func TestPatternsMatchPaths(t *testing.T) {
	for _, c := range []struct {
		pattern string
		yes, no []string
	}{
		{"**/*.json", []string{"a.json", "x/a.json", "x/y/a.json"}, []string{"a.log", ".x/a.json", "x/.a.json", "x/.y/a.json"}},
		{"**", []string{"a", "x/y/a"}, []string{".a", "x/.y/a"}},
		{"*/**", []string{"x/a", "x/y/a"}, []string{"a", ".x/a"}},
		{"*/**/y/**/*.log", []string{"x/y/a.log", "x/1/2/y/3/4/a.log", "y/y/a.log"}, []string{"y/a.log", "x/a.log"}},
		{"?/**/.i/*", []string{"x/.i/a", "x/y/.i/a"}, []string{"x/i/a", "x/.y/.i/a"}},
		{"*//./a", []string{"x/a"}, []string{"a", "x"}},
		{"**/", nil, []string{"a", "x/a", ""}},
		{"*/.", nil, []string{"a", "x", "x/."}},
		{"[ab]/{c,d/e}", []string{"a/c", "b/d/e"}, []string{"a/d", "c/c"}},
		{strings.Repeat("**/a/", 20) + "b", []string{strings.Repeat("a/", 20) + "b"}, []string{strings.Repeat("a/", 200) + "c"}},
	} {
		for _, path := range c.yes {
			if !match(t, c.pattern, path) {
				t.Errorf("%q does not match %q", c.pattern, path)
			}
		}
		for _, path := range c.no {
			if match(t, c.pattern, path) {
				t.Errorf("%q matches %q", c.pattern, path)
			}
		}
	}
}

func TestAPatternIsLookedForInItsFolder(t *testing.T) {
	for text, want := range map[string]string{
		"*.json": ".", "a.json": ".", "a/b/*.json": "a/b", "/*": "/", "/a/./b//*": "/a/b", "../x/?": "../x", `a/\*/[b]`: "a/*", "**": ".", "a/../*": ".", "./*": ".",
		"/var/log/a.json": "/var/log",
	} {
		patterns, err := glob.Parse(text)
		if err != nil || len(patterns) != 1 || filepath.ToSlash(patterns[0].Base) != want {
			t.Errorf("Parse(%q) = %+v, %v, want the folder %q", text, patterns, err, want)
		}
	}
}

func TestAWrongPatternSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"a{b":                       `pattern "a{b": the brace at byte 1 is not closed`,
		"{aa,b}/{c":                 "the brace at byte 7 is not closed",
		"é{a,{b}":                   "the brace at byte 2 is not closed",
		"[":                         `pattern "[": the bracket in "[" is not closed`,
		"x/[a/b]":                   `the bracket in "[a" is not closed`,
		"a[!":                       `the bracket in "a[!" is not closed`,
		"a/[]":                      `the bracket in "[]" is not closed`,
		`a\`:                        "nothing follows the last backslash",
		`a\/b`:                      "nothing follows the last backslash",
		strings.Repeat("{a,b}", 12): "its braces make more than 1024 patterns",
		"{a,b" + strings.Repeat("{a,b}", 12) + "}": "its braces make more than 1024 patterns",
	} {
		if _, err := glob.Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) = %v, want %q", text, err, want)
		}
	}
}

func TestWhatIsThereIsNoPattern(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"[x].log", "{a}.log"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]bool{"[x].log": false, "{a}.log": false, "[y].log": true, "*.log": true, "?": true, "{b}": true, "none.log": false, "a]}.log": false} {
		if got := glob.Is(filepath.Join(dir, name)); got != want {
			t.Errorf("Is(%q) = %v", name, got)
		}
	}
}

// FuzzPatternsAreBounded tries any pattern on any path: it ends, and what is read as a pattern matches as its alternatives do.
func FuzzPatternsAreBounded(f *testing.F) {
	for _, text := range []string{"*.json", "[]a]*", "{a,b{c,d}}/**", `\[x\]`, "a/../[!b]", "{", "[a-", "\xff[\xff-]?"} {
		f.Add(text, "a/b.json")
	}
	f.Fuzz(func(t *testing.T, text, path string) {
		patterns, err := glob.Parse(text)
		if err != nil {
			return
		}
		names := strings.Split(path, "/")
		for _, p := range patterns {
			if p.Match(names) && !strings.ContainsAny(text, ".\\[") && slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, ".") && n != "." && n != ".." }) {
				t.Errorf("%q matches %q, which is hidden", text, path)
			}
		}
	})
}
