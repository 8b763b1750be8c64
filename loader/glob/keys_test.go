package glob_test

import (
	"slices"
	"strings"
	"testing"

	"pawprint/loader/glob"
)

func keysOf(t *testing.T, text string) glob.Keys {
	t.Helper()
	k, err := glob.ParseKeys(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestPatternsMatchKeys(t *testing.T) {
	for _, c := range []struct {
		pattern         string
		yes, no, hidden []string
	}{
		{"logs/*.json", []string{"logs/a.json"}, []string{"logs/a/b.json", "log/a.json", "logs/a.json/"}, []string{"logs/.a.json"}},
		{"logs/**/*.json", []string{"logs/a.json", "logs/x//y/a.json", "logs//a.json", "logs/./a.json", "logs/../a.json"}, []string{"x/a.json"}, []string{"logs/.x/a.json", "logs/./.a.json"}},
		{"pre*/fix-*.gz", []string{"pre/fix-.gz", "prefix/fix-1.gz"}, []string{"pre/x/fix-1.gz", "fix-1.gz"}, nil},
		{"logs//*", []string{"logs//a", "logs//"}, []string{"logs/a"}, nil},
		{"logs/./?", []string{"logs/./a"}, []string{"logs/a"}, nil},
		{"logs/../{a,b}", []string{"logs/../a", "logs/../b"}, []string{"a"}, nil},
		{"{a,b/c}/x?", []string{"a/x1", "b/c/x1"}, []string{"b/x1"}, nil},
		{"*/", []string{"a/b", "a/b/c", "a/"}, []string{"a"}, []string{".a/b", "a/.b"}},
		{"**", []string{"a", "a/b", "a/", "a\nb", "\xff", "a ", "%2F"}, nil, []string{".a", "a/.b"}},
		{`a\*[0-9]`, []string{"a*1"}, []string{"ab1"}, nil},
	} {
		k := keysOf(t, c.pattern)
		for _, key := range c.yes {
			if ok, hidden := k.Match(key); !ok || hidden {
				t.Errorf("%q does not match %q (hidden: %t)", c.pattern, key, hidden)
			}
		}
		for _, key := range c.no {
			if ok, hidden := k.Match(key); ok || hidden {
				t.Errorf("%q matches %q (hidden: %t)", c.pattern, key, hidden)
			}
		}
		for _, key := range c.hidden {
			if ok, hidden := k.Match(key); ok || !hidden {
				t.Errorf("%q does not find %q hidden", c.pattern, key)
			}
		}
	}
}

func TestPrefixesOfAPatternContainItsKeys(t *testing.T) {
	tree := []string{"logs/eu-1/", "logs/eu-2/", "logs/us-1/", "logs/eu-1/x/", "logs/eu-2/y/", "logs/eu-2/x/", "other/"}
	folders := func(prefix string) (found []string, ok bool) {
		for _, f := range tree {
			if rest, below := strings.CutPrefix(f, prefix); below && strings.Count(rest, "/") == 1 {
				found = append(found, f)
			}
		}
		return found, prefix != "many/"
	}
	for pattern, want := range map[string][2][]string{
		"logs/*.json":         {{"logs/"}, {"logs/"}},
		"logs/a-*[0-9]":       {{"logs/a-"}, {"logs/a-"}},
		"*":                   {{""}, {""}},
		"**/a":                {{""}, {""}},
		"logs/**/a*":          {{"logs/"}, {"logs/"}},
		"logs/eu-*/x/*":       {{"logs/eu-"}, {"logs/eu-1/x/", "logs/eu-2/x/"}},
		"logs/*/?/a*":         {{"logs/"}, {"logs/eu-1/x/a", "logs/eu-2/x/a", "logs/eu-2/y/a"}},
		"logs/none*/a":        {{"logs/none"}, nil},
		"many/*/a":            {{"many/"}, {"many/"}},
		"{a,b}/x*":            {{"a/x", "b/x"}, {"a/x", "b/x"}},
		"{logs,logs/eu-1}/x*": {{"logs/eu-1/x", "logs/x"}, {"logs/eu-1/x", "logs/x"}},
		"{logs/a*,logs/ab*}":  {{"logs/a"}, {"logs/a"}},
		`a\*b/c\?*`:           {{"a*b/c?"}, {"a*b/c?"}},
		`[ab]`:                {{""}, {""}},
		"{logs,other}/*/":     {{"logs/", "other/"}, {"logs/eu-1/", "logs/eu-2/", "logs/us-1/"}},
	} {
		k := keysOf(t, pattern)
		if got := k.Prefixes(nil); !slices.Equal(got, want[0]) {
			t.Errorf("%q is below %q, want %q", pattern, got, want[0])
		}
		if got := k.Prefixes(folders); !slices.Equal(got, want[1]) {
			t.Errorf("%q is below the folders %q, want %q", pattern, got, want[1])
		}
	}
}

func TestAWrongPatternOfKeysSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"a{b":     `pattern "a{b": the brace at byte 1 is not closed`,
		"x/[a/b]": `the bracket in "[a" is not closed`,
		`*\`:      "nothing follows the last backslash",
	} {
		if _, err := glob.ParseKeys(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseKeys(%q) = %v, want %q", text, err, want)
		}
	}
}
