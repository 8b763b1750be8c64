package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The marks around the table of cases in ARCHITECTURE.md.
const (
	casesBegin = "<!-- cases: made by go test ./cmd/pawprint -run TestCasesOfSafety -update -->\n"
	casesEnd   = "<!-- end of cases -->\n"
)

// coverage is what tries a case: functions of a package, or a script with the heading of one of its steps.
type coverage struct {
	place   string
	tests   []string
	heading string
}

func (c coverage) script() bool { return strings.HasPrefix(c.place, ".ci/") }

// coverages parses what covers a case.
func (c safetyCase) coverages() (all []coverage) {
	for part := range strings.SplitSeq(c.covers, "; ") {
		place, what, _ := strings.Cut(part, ": ")
		switch cover := (coverage{place: place}); {
		case part == "":
		case cover.script():
			cover.heading = what
			all = append(all, cover)
		default:
			cover.tests = strings.Split(what, ", ")
			all = append(all, cover)
		}
	}
	return all
}

// runs returns the command that tries a case.
func (c safetyCase) runs() string {
	var places []string
	all := c.coverages()
	if slices.ContainsFunc(all, func(c coverage) bool { return !c.script() }) {
		places = append(places, "`go test`")
	}
	if slices.ContainsFunc(all, coverage.script) {
		places = append(places, "`.ci/run`")
	}
	if len(places) == 0 {
		return "nowhere"
	}
	return strings.Join(places, ", ")
}

// row formats a case as a row of a Markdown table.
func (c safetyCase) row() string {
	var covers []string
	for _, cover := range c.coverages() {
		covers = append(covers, strings.TrimSpace("`"+cover.place+"` "+strings.Join(cover.tests, ", ")+cover.heading))
	}
	if c.without != "" {
		covers = append(covers, "not tried: "+c.without)
	}
	return fmt.Sprintf("| %s | %s | %s | %s |\n", c.what, c.outcome, strings.Join(covers, "; "), c.runs())
}

// casesMarkdown formats all cases as Markdown tables.
func casesMarkdown() string {
	var b strings.Builder
	for _, group := range safetyCases {
		fmt.Fprintf(&b, "\n### %s\n\n| what happens | what must come out | what tries it | in |\n|---|---|---|---|\n", group.area)
		for _, c := range group.cases {
			b.WriteString(c.row())
		}
	}
	return b.String() + "\n"
}

func TestCasesOfSafetyAreListedInTheArchitecture(t *testing.T) {
	const path = "../../ARCHITECTURE.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := bytes.Cut(text, []byte(casesBegin))
	listed, after, ended := bytes.Cut(rest, []byte(casesEnd))
	if !ok || !ended {
		t.Fatal("ARCHITECTURE.md has no place for the cases")
	}
	want := casesMarkdown()
	if *update {
		out := string(before) + casesBegin + want + casesEnd + string(after)
		if err := os.WriteFile(path, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(listed) != want {
		t.Error("ARCHITECTURE.md lists other cases: run go test ./cmd/pawprint -run TestCasesOfSafety -update")
	}
}

func TestCasesOfSafetyNameTestsThatAreThere(t *testing.T) {
	seen, tests := map[string]bool{}, suites{}
	for _, group := range safetyCases {
		for _, c := range group.cases {
			if c.what == "" || c.outcome == "" || strings.ContainsAny(c.what+c.outcome+c.without, "|\n") || seen[c.what] {
				t.Errorf("%s: the case %q has no words, or those of another", group.area, c.what)
			}
			seen[c.what] = true
			if c.covers == "" && c.without == "" {
				t.Errorf("%s: nothing covers %q, and nothing says why", group.area, c.what)
			}
			for _, cover := range c.coverages() {
				if fault := cover.fault(t, tests); fault != "" {
					t.Errorf("%s, %q: %s", group.area, c.what, fault)
				}
			}
		}
	}
}

// fault says what is wrong with a name in a coverage, or returns "".
func (c coverage) fault(t *testing.T, tests suites) string {
	t.Helper()
	if c.script() {
		return c.scriptFault(t)
	}
	there := tests.of(t, c.place)
	for _, name := range c.tests {
		body, ok := there[name]
		switch {
		case !ok:
			return fmt.Sprintf("%s has no %s", c.place, name)
		case skips(body):
			return fmt.Sprintf("%s of %s may be skipped", name, c.place)
		}
	}
	return ""
}

func (c coverage) scriptFault(t *testing.T) string {
	t.Helper()
	const all = ".ci/run"
	called := regexp.MustCompile(`(?m)(^\s+|\{ )` + regexp.QuoteMeta(c.place) + `\b`)
	if c.place != all && !called.MatchString(readScript(t, all)) {
		return fmt.Sprintf("%s does not call %s", all, c.place)
	}
	heading := regexp.MustCompile(`(?m)^(echo|step \w+) "` + regexp.QuoteMeta(c.heading))
	if heading.MatchString(readScript(t, c.place)) || c.heading == "" && c.place != all {
		return ""
	}
	return fmt.Sprintf("%s has no step %q", c.place, c.heading)
}

func readScript(t *testing.T, path string) string {
	t.Helper()
	path = filepath.Join("..", "..", path)
	info, err := os.Stat(path)
	if err != nil || info.Mode()&0o111 == 0 {
		t.Fatalf("%s cannot be run: %v", path, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// suites caches the tests and fuzz targets of packages, by folder and name.
type suites map[string]map[string]*ast.BlockStmt

// of returns the tests and fuzz targets of a package. It reads each package once.
func (s suites) of(t *testing.T, folder string) map[string]*ast.BlockStmt {
	t.Helper()
	if s[folder] != nil {
		return s[folder]
	}
	paths, err := filepath.Glob(filepath.Join("..", "..", folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*ast.BlockStmt{}
	for _, path := range paths {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && (strings.HasPrefix(fn.Name.Name, "Test") || strings.HasPrefix(fn.Name.Name, "Fuzz")) {
				found[fn.Name.Name] = fn.Body
			}
		}
	}
	s[folder] = found
	return found
}

// skips reports whether a test can be skipped.
func skips(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, s.Sel.Name) {
			found = true
		}
		return !found
	})
	return found
}
