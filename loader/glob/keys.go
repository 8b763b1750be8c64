package glob

import (
	"fmt"
	"slices"
	"strings"
)

// HasSigns reports whether a text has a sign that only patterns need: a wildcard or a brace.
func HasSigns(text string) bool { return strings.ContainsAny(text, "*?[{") }

// Keys is a pattern of the keys of a store. Unlike paths, keys are texts: between slashes may be nothing, "." or "..". It is immutable.
type Keys struct {
	patterns []Pattern
}

// ParseKeys parses a pattern of keys, in the language of Parse. A pattern that ends with a slash matches all keys below. The error
// says what is wrong, and where.
func ParseKeys(glob string) (Keys, error) {
	texts, err := expand(glob)
	if err != nil {
		return Keys{}, fmt.Errorf("pattern %q: %w", glob, err)
	}
	k := Keys{make([]Pattern, len(texts))}
	for i, text := range texts {
		if strings.HasSuffix(text, "/") {
			text += anyFolders
		}
		for text := range strings.SplitSeq(text, "/") {
			n, err := parseName(text)
			if err != nil {
				return Keys{}, fmt.Errorf("pattern %q: %w", glob, err)
			}
			k.patterns[i].names = append(k.patterns[i].names, n)
		}
	}
	return k, nil
}

// Match reports whether a key matches. If it matches but for a name that begins with a dot, hidden is true.
func (k Keys) Match(key string) (ok, hidden bool) {
	names := strings.Split(key, "/")
	for i := range k.patterns {
		if k.patterns[i].Match(names) {
			return true, false
		}
		hidden = hidden || k.patterns[i].matches(names, (*name).matchAny)
	}
	return false, hidden
}

// Prefixes returns the prefixes that together contain all keys that match, none of which contains another. folders lists the folders whose
// keys begin with a prefix, each with a slash at its end; where it returns false the prefix is not narrowed further. If folders is nil, no
// prefix is.
func (k Keys) Prefixes(folders func(prefix string) ([]string, bool)) []string {
	var all []string
	for i := range k.patterns {
		all = append(all, below("", k.patterns[i].names, folders)...)
	}
	slices.Sort(all)
	last := -1 // of those that are kept
	for _, prefix := range all {
		if last < 0 || !strings.HasPrefix(prefix, all[last]) {
			last++
			all[last] = prefix
		}
	}
	return all[:last+1]
}

// below returns the prefixes of the keys in a folder that match names.
func below(folder string, names []name, folders func(prefix string) ([]string, bool)) (all []string) {
	for len(names) > 1 && names[0].exact {
		folder += names[0].literal + "/"
		names = names[1:]
	}
	n := &names[0]
	prefix := folder + n.start()
	if len(names) == 1 || n.pattern == anyFolders || folders == nil {
		return []string{prefix}
	}
	found, ok := folders(prefix)
	if !ok {
		return []string{prefix}
	}
	for _, f := range found {
		if n.match(strings.TrimSuffix(strings.TrimPrefix(f, folder), "/")) {
			all = append(all, below(f, names[1:], folders)...)
		}
	}
	return all
}
