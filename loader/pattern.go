package loader

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// pattern is one alternative of a glob, as the names between its slashes. "**" alone stands for any number of folders, none
// included.
type pattern []string

// anyFolders is the segment that crosses folders.
const anyFolders = "**"

// maxAlternatives bounds what the braces of a glob make.
const maxAlternatives = 1024

// parsePatterns takes a glob apart: {a,b} makes alternatives, nested ones too; the rest is left to matchName. A backslash
// takes the meaning from what follows it.
func parsePatterns(glob string) ([]pattern, error) {
	texts, err := alternatives(glob)
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", glob, err)
	}
	var all []pattern
	for _, text := range texts {
		var p pattern
		for name := range strings.SplitSeq(text, "/") {
			if name == anyFolders && len(p) > 0 && p[len(p)-1] == anyFolders {
				continue
			}
			if err := checkName(name); err != nil {
				return nil, fmt.Errorf("pattern %q: %w", glob, err)
			}
			p = append(p, name)
		}
		all = append(all, p)
	}
	return all, nil
}

// alternatives writes out the braces of a glob.
func alternatives(glob string) ([]string, error) {
	open, depth, from := -1, 0, 0
	var options []string
	for i := 0; i < len(glob); i++ {
		switch c := glob[i]; {
		case c == '\\':
			i++
		case c == '[':
			if end := classEnd(glob[i:]); end > 0 {
				i += end - 1
			}
		case c == '{':
			if depth == 0 {
				open, from = i, i+1
			}
			depth++
		case c == ',' && depth == 1:
			options = append(options, glob[from:i])
			from = i + 1
		case c == '}' && depth > 0:
			if depth--; depth > 0 {
				continue
			}
			return join(glob[:open], append(options, glob[from:i]), glob[i+1:])
		}
	}
	if depth > 0 {
		return nil, fmt.Errorf("the brace at byte %d is not closed", open)
	}
	return []string{glob}, nil
}

// join writes out what stands behind the braces, too, and what stands in them.
func join(before string, options []string, behind string) ([]string, error) {
	var all []string
	for _, o := range options {
		more, err := alternatives(before + o + behind)
		if err != nil {
			return nil, err
		}
		if all = append(all, more...); len(all) > maxAlternatives {
			return nil, fmt.Errorf("its braces make more than %d patterns", maxAlternatives)
		}
	}
	return all, nil
}

// classEnd is the length of the class [...] that p begins with, or 0 if it is not closed. A bracket right behind the begin is
// one of its members.
func classEnd(p string) int {
	i := 1
	if i < len(p) && (p[i] == '!' || p[i] == '^') {
		i++
	}
	for first := true; i < len(p); first = false {
		switch {
		case p[i] == '\\':
			i++
		case p[i] == ']' && !first:
			return i + 1
		case p[i] == '/':
			return 0
		}
		i++
	}
	return 0
}

// checkName reports what is wrong with the pattern of a name.
func checkName(p string) error {
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '\\':
			if i++; i == len(p) {
				return fmt.Errorf("nothing follows the last backslash")
			}
		case '[':
			n := classEnd(p[i:])
			if n == 0 {
				return fmt.Errorf("the bracket in %q is not closed", p)
			}
			i += n - 1
		}
	}
	return nil
}

// literal gives the name that a pattern stands for if it has no wildcard.
func literal(p string) (name string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '*', '?', '[':
			return "", false
		case '\\':
			i++
		}
		b.WriteByte(p[i])
	}
	return b.String(), true
}

// matchName reports whether a name matches: * is any text, ? any character, [a-z] one of a class and [!a-z] none of it. A
// name that begins with a dot is matched only by a pattern that does.
func matchName(p, name string) bool {
	if strings.HasPrefix(name, ".") && !strings.HasPrefix(p, ".") && !strings.HasPrefix(p, `\.`) {
		return false
	}
	star, retry := -1, 0 // where to go on if the rest does not match
	i, k := 0, 0
	for k < len(name) || i < len(p) {
		if i < len(p) && p[i] == '*' {
			star, retry = i, k
			i++
			continue
		}
		if k < len(name) && i < len(p) {
			if pn, n := matchOne(p[i:], name[k:]); pn > 0 {
				i, k = i+pn, k+n
				continue
			}
		}
		if star < 0 || retry >= len(name) {
			return false
		}
		_, n := utf8.DecodeRuneInString(name[retry:])
		retry += n
		i, k = star+1, retry
	}
	return true
}

// matchOne matches the first character of a name and gives how long it and its pattern are; 0, 0 is no match.
func matchOne(p, name string) (pattern, n int) {
	r, n := utf8.DecodeRuneInString(name)
	switch p[0] {
	case '?':
		return 1, n
	case '[':
		end := classEnd(p)
		if inClass(p[1:end-1], r) {
			return end, n
		}
		return 0, 0
	case '\\':
		if strings.HasPrefix(name, p[1:1+min(n, len(p)-1)]) {
			return 1 + n, n
		}
		return 0, 0
	}
	if strings.HasPrefix(p, name[:n]) {
		return n, n
	}
	return 0, 0
}

// inClass reports whether a class, without its brackets, has r.
func inClass(class string, r rune) bool {
	not := class != "" && (class[0] == '!' || class[0] == '^')
	if not {
		class = class[1:]
	}
	for class != "" {
		lo, rest := classRune(class)
		hi := lo
		if strings.HasPrefix(rest, "-") && len(rest) > 1 {
			hi, rest = classRune(rest[1:])
		}
		if lo <= r && r <= hi {
			return !not
		}
		class = rest
	}
	return not
}

func classRune(class string) (r rune, rest string) {
	if class[0] == '\\' && len(class) > 1 {
		class = class[1:]
	}
	r, n := utf8.DecodeRuneInString(class)
	return r, class[n:]
}
