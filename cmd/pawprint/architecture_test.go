package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readArchitecture returns the text of ARCHITECTURE.md.
func readArchitecture(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	quotedCode   = regexp.MustCompile("`([^`\n]+)`")
	pathOfOurs   = regexp.MustCompile(`^(\.ci|cmd|loader|model|testdata|tui)(/[\w.-]+)*/?$`)
	nameOfGoFile = regexp.MustCompile(`^[\w./-]+\.go$`)
)

func TestArchitectureNamesOnlyPathsThatExist(t *testing.T) {
	const madeByChecks = ".ci/bin"
	named := 0
	for _, m := range quotedCode.FindAllStringSubmatch(readArchitecture(t), -1) {
		name := m[1]
		if name == madeByChecks || !pathOfOurs.MatchString(name) && !nameOfGoFile.MatchString(name) {
			continue
		}
		named++
		if _, err := os.Stat(filepath.Join("../..", filepath.FromSlash(name))); err != nil {
			t.Errorf("ARCHITECTURE.md names `%s`, which does not exist; write whole paths", name)
		}
	}
	if named < 100 {
		t.Errorf("%d paths are named: the test looks at the wrong place", named)
	}
}

// step is a function of a walk through the code: its name, with its receiver, and its file.
var step = regexp.MustCompile(`((?:\w+\.)?\w+) \(([\w/]+\.go)\)`)

func TestArchitectureWalksThroughFunctionsThatExist(t *testing.T) {
	_, walk, _ := strings.Cut(readArchitecture(t), "### A walk through the code\n")
	walk, _, _ = strings.Cut(walk, "\n#")
	steps := step.FindAllStringSubmatch(walk, -1)
	for _, s := range steps {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../..", filepath.FromSlash(s[2])), nil, 0)
		if err != nil {
			t.Error(err)
			continue
		}
		if all := functionsOf(f); !slices.Contains(all, s[1]) {
			t.Errorf("the walk goes through %s, which %s does not have; it has %s", s[1], s[2], strings.Join(all, ", "))
		}
	}
	if len(steps) < 20 {
		t.Errorf("the walk has %d steps: the test looks at the wrong place", len(steps))
	}
}

// functionsOf lists the functions of a file and the methods of its types and interfaces, as in Type.Method.
func functionsOf(f *ast.File) (all []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			all = append(all, receiver(n)+n.Name.Name)
			return false
		case *ast.TypeSpec:
			if i, ok := n.Type.(*ast.InterfaceType); ok {
				for _, m := range i.Methods.List {
					for _, name := range m.Names {
						all = append(all, n.Name.Name+"."+name.Name)
					}
				}
			}
		}
		return true
	})
	return all
}

// receiver returns the type of a method with a dot, empty for a function.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	of := f.Recv.List[0].Type
	if p, ok := of.(*ast.StarExpr); ok {
		of = p.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}

// roomRow is a row of the table of packages: the package, what it is for, and what it imports.
var roomRow = regexp.MustCompile("(?m)^\\| `([\\w/]+)` \\| .+ \\| ([\\w, /]+) \\|$")

func TestArchitectureListsThePackagesOfTheHouse(t *testing.T) {
	table, _, _ := strings.Cut(readArchitecture(t), "\n## ")
	listed := map[string]bool{}
	for _, row := range roomRow.FindAllStringSubmatch(table, -1) {
		room, ok := house[row[1]]
		if listed[row[1]] = true; !ok {
			t.Errorf("ARCHITECTURE.md lists %s, which the house does not have", row[1])
			continue
		}
		want, got := importsInWords(room.ours), strings.Split(row[2], ", ")
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("ARCHITECTURE.md lists other imports of %s than the house: %q, want %q", row[1], got, want)
		}
	}
	for folder := range house {
		if !listed[folder] {
			t.Errorf("ARCHITECTURE.md does not list %s in its table of packages", folder)
		}
	}
}

// importsInWords lists the packages that a package may import by the names that the table has for them, sorted.
func importsInWords(ours []string) []string {
	switch {
	case len(ours) == 0:
		return []string{"none"}
	case slices.Equal(ours, []string{"*"}):
		return []string{"all"}
	}
	var names []string
	for _, own := range ours {
		names = append(names, path.Base(own))
	}
	slices.Sort(names)
	return names
}

// TestArchitectureUpdatesAllGoldenFrames checks that the command that writes golden frames anew names each package of the interface
// that has some.
func TestArchitectureUpdatesAllGoldenFrames(t *testing.T) {
	var want []string
	root := os.DirFS("../..")
	err := fs.WalkDir(root, "tui", func(at string, _ fs.DirEntry, err error) error {
		if folder := "./" + path.Dir(path.Dir(at)); path.Ext(at) == ".golden" && !slices.Contains(want, folder) {
			want = append(want, folder)
		}
		return err
	})
	if err != nil || len(want) < 2 {
		t.Fatalf("golden frames lie in %q: %v", want, err)
	}
	slices.Sort(want)
	if command := "`go test " + strings.Join(want, " ") + " -update`"; !strings.Contains(readArchitecture(t), command) {
		t.Errorf("ARCHITECTURE.md does not say how to write all golden frames anew: %s", command)
	}
}
