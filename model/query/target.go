package query

// target gives the text of the first of some parameters that has any, as model.Node.Param finds them, without building a tree. ok is
// false if it takes one: where that is a list or an object, or a key is escaped.
func (w *walker) target(line []byte, params int, keys []string) (text []byte, ok bool) {
	f := paramFinder{walker: w, line: line, keys: keys}
	f.found = f.room[:min(len(keys), len(f.room))]
	if len(keys) > len(f.room) || !f.find(params) {
		return nil, false
	}
	for _, i := range f.found {
		if i == 0 || line[i] == 'n' {
			continue
		}
		switch line[i] {
		case '{', '[':
			return nil, false
		case '"':
			end, info, ok := w.scanner.String(line, i+1)
			if !ok {
				return nil, false
			}
			if text := w.decode(line[i+1:end], info); len(text) > 0 {
				return text, true
			}
		default:
			return line[i:bareEnd(line, i)], true
		}
	}
	return nil, true
}

// paramFinder looks for parameters at all places where they may stand.
type paramFinder struct {
	*walker
	line  []byte
	keys  []string
	found []int // by key: the index of its value at the first place that has it; 0 for none
	room  [32]int
}

// find looks at the places in their order. It reports false where it cannot tell keys apart.
func (f *paramFinder) find(params int) bool {
	var roots, dynamic, static [3]int // of "dynamic", "static" and "input" in each
	if !f.inputs(params, &roots) || !f.inputs(roots[0], &dynamic) || !f.inputs(roots[1], &static) {
		return false
	}
	return f.members(dynamic[2]) && f.members(static[2]) && f.members(roots[2]) && f.members(params)
}

// inputs finds the objects that hold parameters among the members of the object at line[i]; 0 for none.
func (f *paramFinder) inputs(i int, at *[3]int) bool {
	return f.each(i, func(key []byte, i int) {
		for k, name := range [...]string{"dynamic", "static", "input"} {
			if at[k] == 0 && string(key) == name {
				at[k] = i
			}
		}
	})
}

// members notes the parameters among the members of the object at line[i] that were not found before.
func (f *paramFinder) members(i int) bool {
	return f.each(i, func(key []byte, i int) {
		for k, name := range f.keys {
			if f.found[k] == 0 && string(key) == name {
				f.found[k] = i
			}
		}
	})
}

// each calls visit for the members of the object at line[i], if there is one.
func (f *paramFinder) each(i int, visit func(key []byte, i int)) bool {
	if i == 0 || f.line[i] != '{' {
		return true
	}
	for i = f.scanner.Space(f.line, i+1); i < len(f.line) && f.line[i] == '"'; {
		end, info, ok := f.scanner.String(f.line, i+1)
		if !ok || info != 0 {
			return false
		}
		key := f.line[i+1 : end]
		if i, ok = f.scanner.Colon(f.line, end+1); !ok {
			return false
		}
		visit(key, i)
		if i, ok = f.scanner.Value(f.line, i); !ok {
			return false
		}
		if i = f.scanner.Space(f.line, i); i < len(f.line) && f.line[i] == ',' {
			i = f.scanner.Space(f.line, i+1)
		}
	}
	return true
}
