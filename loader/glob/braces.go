package glob

import "fmt"

// maxAlternatives bounds how many alternatives the braces of a glob may give.
const maxAlternatives = 1024

// expand writes out the braces of a glob.
func expand(glob string) ([]string, error) {
	if at := unclosed(glob); at >= 0 {
		return nil, fmt.Errorf("the brace at byte %d is not closed", at)
	}
	return alternatives(glob)
}

// eachSign calls visit for each brace and comma in a glob, until it returns false. It leaves out those in a class or after a
// backslash.
func eachSign(glob string, visit func(i int, sign byte) bool) {
	for i := 0; i < len(glob); i++ {
		switch c := glob[i]; c {
		case '\\':
			i++
		case '[':
			if end := classEnd(glob[i:]); end > 0 {
				i += end - 1
			}
		case '{', ',', '}':
			if !visit(i, c) {
				return
			}
		}
	}
}

// unclosed returns the offset of the outermost brace that is not closed, or -1.
func unclosed(glob string) int {
	var open []int
	eachSign(glob, func(i int, sign byte) bool {
		switch {
		case sign == '{':
			open = append(open, i)
		case sign == '}' && len(open) > 0:
			open = open[:len(open)-1]
		}
		return true
	})
	if len(open) == 0 {
		return -1
	}
	return open[0]
}

// alternatives expands the first braces of a glob and the braces within them, then those after them.
func alternatives(glob string) ([]string, error) {
	open, end, depth, from := -1, -1, 0, 0
	var options []string
	eachSign(glob, func(i int, sign byte) bool {
		switch {
		case sign == '{':
			if depth++; depth == 1 {
				open, from = i, i+1
			}
		case sign == ',' && depth == 1:
			options, from = append(options, glob[from:i]), i+1
		case sign == '}' && depth > 0:
			if depth--; depth == 0 {
				options, end = append(options, glob[from:i]), i
			}
		}
		return end < 0
	})
	if end < 0 {
		return []string{glob}, nil
	}
	return join(glob[:open], options, glob[end+1:])
}

// join puts each option between the text before the braces and the text after them.
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
