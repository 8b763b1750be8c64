package query

import (
	"fmt"
	"slices"
	"sync"

	"pawprint/model"
)

// fileAfter cuts @ and the path of a file, which may stand in quotes.
func (l *lexer) fileAfter() (token, *SyntaxError) {
	t := token{kind: tokenWord, at: l.pos}
	l.pos++
	rest := l.text[l.pos:]
	if quoteAt(rest) > 0 {
		quoted, err := l.enclosed(l.quoted, "closing quote")
		if err != nil {
			return quoted, err
		}
		t.end, t.value = l.pos, value{fromFile, quoted.value.text}
	} else {
		n := wordEnd(rest, true)
		l.pos += n
		t.end, t.value = l.pos, value{fromFile, rest[:n]}
	}
	if t.value.text == "" {
		return t, &SyntaxError{Offset: t.at, Msg: `the name of a file is missing after @; put a text that begins with @ in quotes`}
	}
	return t, nil
}

// file returns the index of the first value that is a file, or -1.
func (e attribute) file() int {
	return slices.IndexFunc(e.values, func(v value) bool { return v.kind == fromFile })
}

// Files lists the paths of the files that a query takes values from, each once.
func Files(e Expr) []string {
	var out []string
	walk(e, func(e Expr) {
		a, ok := e.(attribute)
		if !ok {
			return
		}
		for _, v := range a.values {
			if v.kind == fromFile && !slices.Contains(out, v.text) {
				out = append(out, v.text)
			}
		}
	})
	return out
}

// planFiles plans a term that takes values from files, the first of which is value i.
func planFiles(e attribute, s subject, i int) (plan, *fault) {
	if noFiles.has(s.kind) || e.op != opHas && e.op != opEqual {
		return nil, &fault{i, fmt.Sprintf("%s%s takes no values from a file; put a text that begins with @ in quotes", e.name, e.op.text())}
	}
	var own, files []value
	for _, v := range e.values {
		if v.kind == fromFile {
			files = append(files, v)
		} else {
			own = append(own, v)
		}
	}
	ts, f := e.tests(s, own)
	if f != nil {
		return nil, f
	}
	return func(env *Env) predicate {
		return &fileTest{subject: s, op: e.op, own: ts, files: files, sets: env.Sets}
	}, nil
}

// noFiles are the kinds whose values are not texts.
const noFiles = wordKinds | periodKinds | 1<<kindTime | 1<<kindMoment | 1<<kindLine | 1<<kindOffset

// fileTest matches the rows where the subject has a value of one of the files, or passes one of its own tests. It asks for the files
// when it is first used, so that making it reads nothing.
type fileTest struct {
	subject subject
	op      op
	own     tests
	files   []value
	sets    func(path string) (*Set, error)

	once  sync.Once
	found predicate
	err   error
}

func (f *fileTest) cost() int {
	if len(f.subject.Columns) > 0 {
		return costColumn
	}
	return costParse
}

func (f *fileTest) narrow(w *worker, rows *model.Bitmap) error {
	f.once.Do(f.read)
	if f.err != nil {
		return f.err
	}
	return f.found.narrow(w, rows)
}

func (f *fileTest) read() {
	ts := slices.Clone(f.own)
	for _, v := range f.files {
		set, err := f.set(v.text)
		if err != nil {
			f.err = err
			return
		}
		ts = append(ts, set.test(&f.subject, f.op))
	}
	f.found = f.subject.predicate(ts)
}

func (f *fileTest) set(path string) (*Set, error) {
	if f.sets == nil {
		return nil, fmt.Errorf("reading @%s: no files are read here", path)
	}
	return f.sets(path)
}
