package termsafe

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestOnlyUntypedConstantsBecomeConst(t *testing.T) {
	check := newChecker(t)
	for _, tt := range []struct {
		name, expr string
		ok         bool
	}{
		{"literal", `termsafe.Const("x")`, true},
		{"constant", `termsafe.Const(untyped)`, true},
		{"typed constant", `termsafe.Const(typed)`, false},
		{"variable", `termsafe.Const(variable)`, false},
		{"conversion", `termsafe.Const(string("x"))`, false},
		{"built", `termsafe.Const("x" + variable)`, false},
		{"repeated variable", `termsafe.Repeat(variable, 2)`, false},
		{"layout in a variable", `termsafe.Time(time.Time{}, variable)`, false},
		{"composite", `termsafe.Safe{text: "x"}`, false},
		{"conversion to Safe", `termsafe.Safe("x")`, false},
		{"the type by name", `termsafe.Const(termsafe.constant(variable))`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := "package p\nimport (\"pawprint/tui/termsafe\"; \"time\")\nconst untyped = \"x\"\nconst typed string = \"x\"\n" +
				"var variable = \"x\"\nvar _ time.Time\nvar _ termsafe.Safe = " + tt.expr + "\n"
			if err := check(src); (err == nil) != tt.ok {
				t.Errorf("type-checking %s: %v, want success %v", tt.expr, err, tt.ok)
			}
		})
	}
}

// newChecker returns a function that type-checks a file which may import this package and those that it imports.
func newChecker(t *testing.T) func(src string) error {
	t.Helper()
	fset := token.NewFileSet()
	std := importer.ForCompiler(fset, "source", nil)
	parse := func(name string, src any) *ast.File {
		f, err := parser.ParseFile(fset, name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	// Widther is left out: it lives beside the width library, which the importer would have to find.
	files := []*ast.File{parse("safe.go", nil), parse("span.go", nil), parse("clean.go", nil), parse("jsonline.go", nil), parse("rune.go", nil)}
	conf := types.Config{Importer: std, IgnoreFuncBodies: true}
	own, err := conf.Check("pawprint/tui/termsafe", fset, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return func(src string) error {
		conf := types.Config{Importer: importerFunc(func(path string) (*types.Package, error) {
			if path == own.Path() {
				return own, nil
			}
			return std.Import(path)
		})}
		_, err := conf.Check("p", fset, []*ast.File{parse("p.go", src)}, nil)
		return err
	}
}

type importerFunc func(string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

func TestNumbersAndTimesRead(t *testing.T) {
	for _, tt := range []struct {
		got  Safe
		want string
	}{
		{Safe{}, ""},
		{Int(0), "0"}, {Int(999), "999"}, {Int(1000), "1,000"}, {Int(1204331), "1,204,331"}, {Int(-100), "-100"},
		{Int(-1000), "-1,000"}, {Int(-1 << 63), "-9,223,372,036,854,775,808"},
		{Count(1, "event", "events"), "1 event"}, {Count(1204331, "event", "events"), "1,204,331 events"},
		{Decimal(6.14, 1), "6.1"}, {Decimal(2, 0), "2"},
		{Time(time.Date(2026, 11, 22, 18, 4, 11, 203e6, time.UTC), "01-02 15:04:05.000 MST"), "11-22 18:04:11.203 UTC"},
		{Time(time.Date(2026, 11, 22, 0, 0, 0, 0, time.FixedZone("\x1b[2J", 0)), "MST"), "␛[2J"},
		{Repeat("─", 3), "───"}, {Repeat(" ", 2), "  "}, {Repeat("x", -1), ""}, {Repeat(" ", 1001), strings.Repeat(" ", 1001)},
		{Join(Const(", "), Const("a"), Const("b")), "a, b"}, {Join(Const(", ")), ""}, {Concat(), ""},
		{Const("│ ⚿ ▸"), "│ ⚿ ▸"},
	} {
		if tt.got.String() != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestJoinKeepsMarks(t *testing.T) {
	part := Clean("a\x1bb\u202ec", Options{})
	s := Join(Const("·"), part.Sub(Span{1, 6}), part)
	if want := "␛b<U+202E>·a␛b<U+202E>c"; s.String() != want {
		t.Fatalf("Join = %q, want %q", s, want)
	}
	if diff := cmp.Diff([]Span{{0, 3}, {4, 12}, {15, 18}, {19, 27}}, s.Marks()); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
	if w := (Widther{}).Width(s); w != 23 {
		t.Errorf("width %d, want 23", w)
	}
}
