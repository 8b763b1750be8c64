package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// house lists which packages of the project and which modules of others each package may import; see ARCHITECTURE.md. A package that
// is not listed fails the test.
var house = map[string]struct{ ours, others []string }{
	"model/rawjson":      {nil, nil},
	"model/fault":        {nil, nil},
	"model/amount":       {nil, nil},
	"model/suspicion":    {nil, []string{"golang.org/x/text"}},
	"model/clock":        {nil, nil},
	"model/form":         {nil, nil},
	"model/near":         {nil, nil},
	"model/letters":      {nil, []string{"golang.org/x/text"}},
	"model/condition":    {nil, nil},
	playedEngines:        {[]string{"model/condition"}, nil},
	"model/intern":       {nil, nil},
	"model":              {[]string{"model/amount", "model/clock", "model/fault", "model/intern", "model/ipaddr", "model/rawjson", "model/suspicion"}, nil},
	"model/ipaddr":       {[]string{"model/rawjson"}, nil},
	"model/tally":        {[]string{"model"}, nil},
	"model/compare":      {[]string{"model/amount", "model/clock", "model/count"}, nil},
	"model/count":        {[]string{"model", "model/clock", "model/fault", "model/intern", "model/ipaddr"}, nil},
	inventedLogs:         {[]string{"model"}, nil},
	"model/line":         {[]string{"model", "model/rawjson"}, nil},
	"model/diff":         {[]string{"model/line"}, nil},
	"model/shape":        {[]string{"model/field", "model/line"}, nil},
	"model/field":        {[]string{"model", "model/count", "model/marks", "model/rawjson", "model/near"}, nil},
	"model/query":        {[]string{"model", "model/condition", "model/amount", "model/ipaddr", "model/clock", "model/field", "model/letters", "model/marks", "model/near"}, nil},
	"model/marks":        {[]string{"model", "model/line"}, nil},
	"model/redact":       {[]string{"model/rawjson"}, nil},
	"loader":             {[]string{"loader/decode", "loader/format", "loader/glob", "model", "model/amount", "model/fault", "model/letters", "model/rawjson", "model/near"}, []string{"github.com/klauspost/compress", "golang.org/x/sys"}},
	"loader/salvage":     {[]string{"model", "model/rawjson"}, nil},
	"loader/decode":      {[]string{"loader/salvage", "model", "model/clock", "model/ipaddr", "model/letters", "model/rawjson", "model/suspicion"}, nil},
	"loader/format":      {[]string{"loader/salvage", "model", "model/rawjson"}, nil},
	"loader/glob":        {nil, nil},
	"loader/tail":        {[]string{"loader", "loader/format", "loader/glob", "model", "model/fault"}, []string{"github.com/fsnotify/fsnotify", "golang.org/x/sys"}},
	"loader/s3":          {[]string{"loader", "loader/glob", "model", "model/amount", "model/fault"}, []string{"github.com/aws/aws-sdk-go-v2", "github.com/aws/smithy-go"}},
	"loader/engine":      {[]string{"loader", "model", "model/amount", "model/condition"}, nil},
	"loader/engine/sql":  {[]string{"model/condition"}, nil},
	clickhouseRoom:       {[]string{"loader/engine", "model/condition"}, nil},
	pantherRoom:          {[]string{"loader/engine", "loader/engine/sql", "model", "model/condition"}, nil},
	athenaRoom:           {[]string{"loader/engine", "loader/engine/sql", "loader/s3", "model/amount", "model/condition"}, []string{"github.com/aws/aws-sdk-go-v2", "github.com/aws/smithy-go"}},
	playedDatabases:      {[]string{"loader/demo/damaged", "loader/engine/sql", "model/clock", fixedQueries}, nil},
	"loader/demo":        {[]string{"loader", "model", "model/rawjson"}, nil},
	"loader/demo/shapes": {[]string{"loader/demo"}, nil},
	"loader/sourcetest":  {[]string{"loader", "loader/demo", "model"}, nil},
	"tui/termsafe":       {[]string{"model/amount", "model/rawjson"}, []string{"github.com/charmbracelet/x/ansi"}},
	hostileTexts:         {nil, nil},
	fieldShapes:          {nil, nil},
	fixedQueries:         {nil, nil},
	damagedLines:         {[]string{"model/rawjson"}, nil},
	"tui/ptytest":        {nil, []string{"github.com/charmbracelet/x/ansi", "github.com/charmbracelet/x/vt", "github.com/creack/pty"}},
	"tui/keyguard":       {nil, []string{"golang.org/x/sys"}},
	"tui/paint":          {[]string{"tui/termsafe"}, charm},
	"tui/snippet":        {[]string{"model", "model/line", "model/query"}, nil},
	"tui": {[]string{"model", "model/clock", "model/count", "model/fault", "model/query", "model/tally", "tui/detail", "tui/filter", "tui/keyguard", "tui/kit", "tui/list",
		"tui/modal", "tui/page", "tui/paint", "tui/side", "tui/snippet", "tui/termsafe"}, charm},
	"tui/kit":             {[]string{"model", "model/amount", "model/clock", "model/count", "model/fault", "model/marks", "model/query", "model/rawjson", "model/redact", "model/tally", "tui/paint", "tui/termsafe"}, charm},
	"tui/detail":          {[]string{"model", "model/diff", "model/field", "model/ipaddr", "model/line", "model/marks", "model/query", "model/shape", "model/suspicion", "tui/detail/verbatim", "tui/kit", "tui/paint", "tui/termsafe"}, charm},
	"tui/detail/verbatim": {[]string{"tui/kit", "tui/termsafe"}, nil},
	"tui/side":            {[]string{"model", "model/clock", "model/count", "model/field", "model/marks", "model/query", "tui/kit", "tui/paint", "tui/termsafe"}, charm},
	"tui/list":            {[]string{"model", "model/clock", "model/count", "model/field", "model/ipaddr", "model/marks", "model/query", "model/tally", "tui/kit", "tui/paint", "tui/termsafe"}, charm},
	"tui/filter":          {[]string{"model", "model/count", "model/field", "model/marks", "model/query", "tui/kit", "tui/paint", "tui/termsafe"}, charm},
	"tui/page":            {[]string{"model", "model/amount", "model/clock", "model/compare", "model/count", "model/field", "model/form", "model/ipaddr", "model/marks", "model/query", "tui/kit", "tui/paint", "tui/termsafe"}, charm},
	"tui/modal":           {[]string{"model", "model/amount", "model/count", "model/line", "model/marks", "model/query", "model/tally", "tui/kit", "tui/paint", "tui/snippet", "tui/termsafe"}, charm},
	paneRigs:              {[]string{"loader", "loader/demo", "model", "model/field", "model/marks", "model/query", "tui/kit", "tui/paint", "tui/termsafe"}, append([]string{"github.com/google/go-cmp"}, charm...)},
	"cmd/pawprint":        {[]string{"*"}, append([]string{"github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/sys", "golang.org/x/term"}, charm...)},
	"cmd/internal/tty":    {[]string{"model/fault"}, []string{"golang.org/x/sys"}},
	"cmd/pawbench":        {[]string{"loader/demo", "loader/demo/shapes", "tui/ptytest"}, []string{"github.com/spf13/cobra"}},
	"cmd/pawshot": {[]string{"tui/ptytest"}, []string{"github.com/spf13/cobra", "github.com/charmbracelet/x/vt",
		"github.com/charmbracelet/ultraviolet", "golang.org/x/image"}},
	"cmd/internal/disk":       {[]string{"model/amount"}, []string{"golang.org/x/sys"}},
	"cmd/internal/config":     {[]string{"cmd/internal/disk", "model/field", "model/near"}, []string{"github.com/pelletier/go-toml/v2"}},
	"cmd/internal/state":      {[]string{"cmd/internal/disk", "model/marks", "tui"}, nil},
	"cmd/internal/rows":       {[]string{"cmd/internal/disk", "cmd/internal/output", "model", "model/clock", "model/field", "model/marks", "model/redact", "tui/termsafe"}, nil},
	"cmd/internal/export":     {[]string{"cmd/internal/disk", "cmd/internal/output", "cmd/internal/rows", "model", "model/fault", "model/redact", "tui", "tui/termsafe"}, nil},
	"cmd/internal/statistics": {[]string{"loader", "model/rawjson", "model/amount", "model/compare", "model/tally", "cmd/internal/output", "cmd/internal/rows", "model", "model/clock", "model/count", "model/field", "model/marks", "model/redact"}, nil},
	"cmd/internal/problems":   {[]string{"cmd/internal/output", "model", "model/amount", "model/tally", "model/redact", "tui/paint", "tui/termsafe"}, nil},
	"cmd/internal/completion": {[]string{"loader", "model", "model/count", "model/query"}, nil},
	"cmd/internal/seal":       {[]string{"loader", "model", "model/amount", "model/fault", "model/rawjson", "tui/termsafe"}, nil},
	"cmd/internal/report":     {[]string{"cmd/internal/output", "cmd/internal/seal", "model", "model/amount", "model/field", "model/line", "model/redact", "model/tally", "tui/snippet", "tui/termsafe"}, nil},
	"cmd/internal/output":     {[]string{"model/rawjson", "tui/paint", "tui/termsafe"}, nil},
}

// The rooms of engines.
const (
	clickhouseRoom = "loader/engine/clickhouse"
	pantherRoom    = "loader/engine/panther"
	athenaRoom     = "loader/engine/athena"
)

// Packages that only tests may import.
const (
	hostileTexts    = "tui/termsafe/hostile"
	playedDatabases = "loader/engine/enginetest"
	fieldShapes     = "model/field/fieldtest"
	fixedQueries    = "model/query/querytest"
	inventedLogs    = "model/logtest"
	playedEngines   = "model/condition/conditiontest"
	damagedLines    = "loader/demo/damaged"
	paneRigs        = "tui/kit/kittest"
)

// forTests lists the packages that only tests, and each other, may import.
var forTests = []string{hostileTexts, fieldShapes, fixedQueries, inventedLogs, playedEngines, damagedLines, paneRigs, playedDatabases}

// interfaceRooms lists the packages that make up what is shown.
var interfaceRooms = []string{"tui", "tui/kit", "tui/detail", "tui/detail/verbatim", "tui/side", "tui/list", "tui/filter", "tui/modal", "tui/page"}

var charm = []string{"charm.land/bubbletea/v2", "charm.land/lipgloss/v2", "charm.land/bubbles/v2", "github.com/charmbracelet/x/ansi", "github.com/charmbracelet/colorprofile"}

// closed lists standard packages that only the named packages may import.
var closed = map[string][]string{
	"os":       {"cmd/internal/completion", "cmd/internal/config", "cmd/internal/disk", "cmd/internal/state", "cmd/internal/tty", "loader", "loader/glob", "loader/tail", "loader/s3", "loader/sourcetest", "cmd/pawprint", "cmd/pawbench", "cmd/pawshot", "tui/ptytest", paneRigs},
	"net":      {"loader/s3", clickhouseRoom, pantherRoom, athenaRoom},
	"net/http": {"loader/s3", clickhouseRoom, pantherRoom, athenaRoom, playedDatabases},
	"os/exec":  {playedDatabases, "cmd/internal/tty", "cmd/pawbench", "cmd/pawshot", "loader/s3", "tui/ptytest"},
	"log":      {},
	"log/slog": {},
	"unsafe":   {"model/query"}, // the byte search passes pointers to assembly
	"syscall":  {"cmd/internal/config", "cmd/internal/disk", "cmd/internal/tty", "loader", "loader/glob", "loader/tail", "loader/s3", clickhouseRoom, "cmd/pawprint", "cmd/pawbench", "cmd/pawshot", "tui/ptytest"},
}

const module = "pawprint/"

// eachFile calls visit for every Go file of the program itself, with its package's folder.
func eachFile(t *testing.T, mode parser.Mode, visit func(folder, path string, f *ast.File)) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, mode)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		files++
		visit(filepath.ToSlash(folder), path, f)
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("looked at %d files: %v", files, err)
	}
}

func TestPackagesImportOnlyWhatTheHousePlans(t *testing.T) {
	eachFile(t, parser.ImportsOnly, func(folder, path string, f *ast.File) {
		room, planned := house[folder]
		if !planned {
			t.Errorf("%s: the house has no room %q", path, folder)
			return
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if !allowed(name, folder, room.ours, room.others) {
				t.Errorf("%s imports %s", path, name)
			}
		}
	})
}

func allowed(name, folder string, ours, others []string) bool {
	if own, ok := strings.CutPrefix(name, module); ok {
		if slices.Contains(forTests, own) && !slices.Contains(forTests, folder) {
			return false
		}
		return slices.Contains(ours, own) || slices.Contains(ours, "*")
	}
	if only, ok := closed[name]; ok {
		return slices.Contains(only, folder)
	}
	if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(others, func(m string) bool { return name == m || strings.HasPrefix(name, m+"/") })
}

// TestTheScreenHasOneDoor checks that only a painted frame becomes the screen. Frames accept only text of a type that package termsafe
// makes.
func TestTheScreenHasOneDoor(t *testing.T) {
	contents, sent := 0, map[string]int{}
	eachFile(t, 0, func(folder, path string, f *ast.File) {
		if !slices.Contains(interfaceRooms, folder) {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				switch {
				case !ok || !forbidden(x.Name, n.Sel.Name):
				case (n.Sel.Name == "SetClipboard" || n.Sel.Name == "Raw") && sideDoors[filepath.Base(path)] > 0:
					sent[filepath.Base(path)]++
				default:
					t.Errorf("%s uses %s.%s", path, x.Name, n.Sel.Name)
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if s, ok := left.(*ast.SelectorExpr); ok && s.Sel.Name == "Content" && len(n.Rhs) > i {
						contents++
						if !isFrame(n.Rhs[i]) {
							t.Errorf("%s: the content of the screen is not a painted frame", path)
						}
					}
				}
			}
			return true
		})
	})
	for file, want := range sideDoors {
		if sent[file] != want {
			t.Errorf("%s sends the terminal something besides frames in %d places, want %d", file, sent[file], want)
		}
	}
	if contents == 0 {
		t.Error("nothing sets the content of the screen: the test looks at the wrong place")
	}
}

// sideDoors are the only files that send the terminal something besides frames, with the number of places there. The clipboard's makes
// text printable, unless the user wants the bytes, and sends it plainly, wrapped for tmux or wrapped for screen. The alarm's sends words
// of ours and numbers.
var sideDoors = map[string]int{"clipboard.go": 3, "alarm.go": 1}

// forbidden lists the ways to draw that bypass the frame.
func forbidden(pkg, name string) bool {
	switch pkg {
	case "fmt":
		return strings.HasPrefix(name, "Print") || strings.HasPrefix(name, "Fprint")
	case "tea":
		return slices.Contains([]string{"Printf", "Println", "Raw", "NewView", "SetClipboard", "SetPrimaryClipboard", "ReadClipboard", "ReadPrimaryClipboard", "ExecProcess"}, name)
	case "os":
		return true
	}
	return false
}

// isFrame reports whether an expression is the text of a frame, or the empty text.
func isFrame(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Value == `""`
	case *ast.CallExpr:
		s, ok := e.Fun.(*ast.SelectorExpr)
		if !ok || s.Sel.Name != "String" {
			return false
		}
		x, ok := s.X.(*ast.SelectorExpr)
		return ok && x.Sel.Name == "frame"
	}
	return false
}

// TestStandardOutputHasOneDoor checks that commands print only through an outlet: nothing else uses the files behind it.
func TestStandardOutputHasOneDoor(t *testing.T) {
	doors := map[string]int{}
	eachFile(t, 0, func(folder, path string, f *ast.File) {
		if folder != "cmd/pawprint" && !strings.HasPrefix(folder, "cmd/internal/") {
			return
		}
		base := filepath.Base(path)
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.Ident); ok && (name.Name == "print" || name.Name == "println") {
					t.Errorf("%s uses %s", path, name.Name)
				}
			case *ast.SelectorExpr:
				x, _ := n.X.(*ast.Ident)
				door := n.Sel.Name
				switch {
				case x != nil && (x.Name == "os" || x.Name == "fmt" || x.Name == "syscall"):
					door = x.Name + "." + door
				case door == "file" && isOutlet(n.X):
					t.Errorf("%s uses the file behind an outlet", path)
				}
				if only, closed := outletDoors[door]; closed {
					if doors[door]++; base != only {
						t.Errorf("%s uses %s", path, door)
					}
				}
			}
			return true
		})
	})
	for door, file := range outletDoors {
		if file != "" && doors[door] != 1 {
			t.Errorf("%s is used %d times, want once, in %s", door, doors[door], file)
		}
	}
}

// isOutlet reports whether an expression is one of the streams that a run writes to.
func isOutlet(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && (s.Sel.Name == "out" || s.Sel.Name == "err")
}

// outletDoors lists the ways past the outlet, each with the only file that may use it, once. Without a file, no file may.
var outletDoors = map[string]string{
	"os.Stdout": "main.go", "os.Stderr": "main.go", // made into outlets there
	"device":    "interface.go",                               // frames have a tripwire of their own
	"unguarded": "query_raw.go",                               // the user asked for it
	"ring":      "query_alert.go", "unring": "query_alert.go", // words of ours and numbers
	"CallTitled": "outlet.go", "EndTitle": "outlet.go",
	"fmt.Print": "", "fmt.Printf": "", "fmt.Println": "", "os.NewFile": "", "syscall.Write": "",
}

// diskDoors lists the files outside of the package that writes files whole or not at all which change files, with how they do it.
var diskDoors = map[string][]string{
	"cmd/pawprint/crash.go":                {"os.Remove"}, // the oldest reports
	"cmd/pawprint/manual.go":               {"os.MkdirAll", "os.Chmod", "os.Rename", "os.Remove"},
	"cmd/internal/state/folder.go":         {"os.MkdirAll"},
	"cmd/internal/tty/keeper_unix.go":      {"os.OpenFile"}, // the null device
	"cmd/internal/tty/lend_unix.go":        {"os.OpenFile"}, // the terminal
	"cmd/internal/tty/terminal_windows.go": {"os.OpenFile"}, // the console
	"loader/tail/open_other.go":            {"os.OpenFile"}, // for reading
	"loader/tail/open_windows.go":          {"os.OpenRoot"},
	"loader/s3/folder.go":                  {"os.MkdirAll", "os.OpenRoot"},
}

// TestFilesAreWrittenInOneWay checks that whatever the program writes is written by package disk. The cache of objects checks what it
// reads, so that half a file does no harm there.
func TestFilesAreWrittenInOneWay(t *testing.T) {
	changes := []string{"Chmod", "Create", "CreateTemp", "Link", "Mkdir", "MkdirAll", "MkdirTemp", "OpenFile", "OpenRoot", "Remove", "RemoveAll", "Rename", "Symlink",
		"Truncate", "WriteFile", "CopyFS"}
	seen := map[string][]string{}
	eachFile(t, 0, func(folder, path string, f *ast.File) {
		if slices.Contains([]string{"cmd/internal/disk", "cmd/pawbench", "cmd/pawshot", "loader/sourcetest", "tui/ptytest", paneRigs}, folder) {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(changes, s.Sel.Name) {
				if x, ok := s.X.(*ast.Ident); ok && (x.Name == "os" || x.Name == "syscall" || x.Name == "unix") {
					at := folder + "/" + filepath.Base(path)
					seen[at] = append(seen[at], x.Name+"."+s.Sel.Name)
				}
			}
			return true
		})
	})
	if !maps.EqualFunc(seen, diskDoors, slices.Equal) {
		t.Errorf("files are changed in\n%v, want\n%v", seen, diskDoors)
	}
}

// ownGoroutines lists the packages that may use the go statement: the one that starts goroutines for all others, and those that are
// not part of the program.
var ownGoroutines = []string{"model/fault", "loader/sourcetest", playedDatabases, "tui/ptytest", "cmd/pawbench", "cmd/pawshot"}

// TestGoroutinesAreStartedInOneWay checks that no goroutine of the program can end the process by a panic and leave the terminal
// raw.
func TestGoroutinesAreStartedInOneWay(t *testing.T) {
	started := 0
	eachFile(t, 0, func(folder, path string, f *ast.File) {
		if slices.Contains(ownGoroutines, folder) {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s has a go statement; use fault.Go or a fault.Group", path)
			case *ast.CallExpr:
				if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Go" {
					started++
					if !imports(f, "pawprint/model/fault") {
						t.Errorf("%s starts goroutines without package fault", path)
					}
				}
			}
			return true
		})
	})
	if started < 10 {
		t.Errorf("%d goroutines are started: the test looks at the wrong place", started)
	}
}

// TestCommandsContainTheirPanics checks that each command of the interface is made by kit.Safely: Bubble Tea runs it on a goroutine of
// its own, where nothing else would contain a panic.
func TestCommandsContainTheirPanics(t *testing.T) {
	safe := 0
	eachFile(t, 0, func(folder, path string, f *ast.File) {
		if !slices.Contains(interfaceRooms, folder) {
			return
		}
		contained := map[ast.Node]bool{}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "Safely" { // the function that it returns recovers panics of its argument
					return false
				}
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.SelectorExpr); ok && name.Sel.Name == "Safely" && len(n.Args) == 1 {
					contained[n.Args[0]] = true
					safe++
				}
			case *ast.FuncLit:
				if len(n.Type.Params.List) == 0 && returnsMessage(n.Type) && !contained[n] {
					t.Errorf("%s makes a command without kit.Safely", path)
				}
			}
			return true
		})
	})
	if safe < 10 {
		t.Errorf("%d commands are made: the test looks at the wrong place", safe)
	}
}

// returnsMessage reports whether a function returns only a tea.Msg.
func returnsMessage(f *ast.FuncType) bool {
	if f.Results == nil || len(f.Results.List) != 1 {
		return false
	}
	s, ok := f.Results.List[0].Type.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Msg"
}

// imports reports whether a file imports a package.
func imports(f *ast.File, name string) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == strconv.Quote(name) })
}

func TestOnlyTheFoldersOfTheHouseStandAtTheTop(t *testing.T) {
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || !e.IsDir() {
			continue
		}
		if !slices.Contains([]string{"tui", "loader", "model", "cmd", "testdata"}, e.Name()) {
			t.Errorf("a folder %s stands at the top", e.Name())
		}
	}
}

// TestNoFileIsTooLongToRead limits the length of files. A longer file holds more than its name says.
func TestNoFileIsTooLongToRead(t *testing.T) {
	const most = 450
	eachFile(t, parser.PackageClauseOnly, func(_, path string, _ *ast.File) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(text, []byte("\n")); lines > most {
			t.Errorf("%s has %d lines; split it by what it knows (at most %d)", path, lines, most)
		}
	})
}

// TestNoRoomOfTheInterfaceIsAHall limits what one package of the interface holds, and what the App, which knows all of them, does by
// itself.
func TestNoRoomOfTheInterfaceIsAHall(t *testing.T) {
	const mostLines, mostFields, mostMethods = 5000, 25, 60
	lines, fields, methods := map[string]int{}, 0, 0
	eachFile(t, 0, func(folder, path string, f *ast.File) {
		if !slices.Contains(interfaceRooms, folder) {
			return
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines[folder] += bytes.Count(text, []byte("\n"))
		if folder == "tui" {
			n, m := appOf(f)
			fields, methods = fields+n, methods+m
		}
	})
	for _, folder := range interfaceRooms {
		if n := lines[folder]; n == 0 || n > mostLines {
			t.Errorf("%s has %d lines (at most %d)", folder, n, mostLines)
		}
	}
	if fields == 0 || fields > mostFields || methods == 0 || methods > mostMethods {
		t.Errorf("App has %d fields (at most %d) and %d methods (at most %d)", fields, mostFields, methods, mostMethods)
	}
}

// appOf counts the fields and methods of App in a file.
func appOf(f *ast.File) (fields, methods int) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			if s, ok := n.Type.(*ast.StructType); ok && n.Name.Name == "App" {
				fields = s.Fields.NumFields()
			}
		case *ast.FuncDecl:
			if n.Recv == nil {
				break
			}
			if p, ok := n.Recv.List[0].Type.(*ast.StarExpr); ok {
				if name, ok := p.X.(*ast.Ident); ok && name.Name == "App" {
					methods++
				}
			}
		}
		return true
	})
	return fields, methods
}
