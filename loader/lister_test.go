package loader_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/logtest"
)

// treeOf makes files with nothing in them, and links, written "name -> target".
func treeOf(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		link, target, isLink := strings.Cut(name, " -> ")
		if !isLink {
			put(t, filepath.Join(dir, name), nil)
			continue
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, link)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// below gives paths as they are below a folder.
func below(t *testing.T, dir string, paths []string) []string {
	t.Helper()
	var out []string
	for _, p := range paths {
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, filepath.ToSlash(rel))
	}
	return out
}

func TestAFolderIsListedInNaturalOrderWithoutLoopsAndCopies(t *testing.T) {
	dir := treeOf(t, "b10.jsonl", "b9.jsonl", "b9/x.log", "b9/y/z.CSV.GZ", "a.txt", "README", ".hidden.jsonl", ".git/a.json", "a.tsv.zst", "c.ndjson", "d.json.bz2",
		"linked.jsonl -> b9.jsonl", "loop -> .", "b9/y/up -> ../..", "other.log -> README", "twice.json -> README", "gone.json -> nowhere", "way -> b9/y")
	l := loader.ListFolder(dir)
	for range 2 {
		paths, errs := l.List(t.Context())
		want := []string{"a.tsv.zst", "b9/x.log", "b9/y/z.CSV.GZ", "b9.jsonl", "b10.jsonl", "c.ndjson", "gone.json", "other.log"}
		if diff := cmp.Diff(want, below(t, dir, paths)); diff != "" || len(errs) > 0 {
			t.Errorf("List gives %v: %s", errs, diff)
		}
		if out := l.LeftOut.Words(); out != "hidden 2, .bz2 1, .txt 1, no ending 1" {
			t.Errorf("left out: %s", out)
		}
	}
	put(t, filepath.Join(dir, "new.json"), nil)
	if paths, _ := l.List(t.Context()); len(paths) != 9 {
		t.Errorf("a new file makes it %d, want 9", len(paths))
	}
}

func TestAGlobFindsWhatItSays(t *testing.T) {
	dir := treeOf(t, "a.json", "x/a.json", "x/b.json.gz", "x/y/a.json", "x/y/deep/c.log", ".h/a.json", "x/.i/a.json", "z[1]/a.json", "x/loop -> ../x")
	for pattern, want := range map[string][]string{
		"*.json":              {"a.json"},
		"**/*.json":           {"a.json", "x/a.json", "x/y/a.json", "z[1]/a.json"},
		"**":                  {"a.json", "x/a.json", "x/b.json.gz", "x/y/a.json", "x/y/deep/c.log", "z[1]/a.json"},
		"**/y/**":             {"x/y/a.json", "x/y/deep/c.log"},
		"x/**/**/a.json":      {"x/a.json", "x/y/a.json"},
		"x/*":                 {"x/a.json", "x/b.json.gz"},
		"x/{a,b}.json*":       {"x/a.json", "x/b.json.gz"},
		"{x,x}/a.json":        {"x/a.json"},
		"x/y":                 nil,
		"*/a.json":            {"x/a.json", "z[1]/a.json"},
		".h/*.json":           {".h/a.json"},
		"**/.i/*":             {"x/.i/a.json"},
		"x//./y/a.json":       {"x/y/a.json"},
		`z\[1\]/*`:            {"z[1]/a.json"},
		"z[[]1]/?.json":       {"z[1]/a.json"},
		"nowhere/*":           nil,
		"x/../a.json":         {"a.json"},
		"x/a.json/*":          nil,
		"**/*.log":            {"x/y/deep/c.log"},
		"x/loop/y/deep/*.log": {"x/loop/y/deep/c.log"},
	} {
		l, err := loader.ListGlob(dir + "/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths, errs := l.List(t.Context())
		if diff := cmp.Diff(want, below(t, dir, paths)); diff != "" || len(errs) > 0 {
			t.Errorf("%s gives %v: %s", pattern, errs, diff)
		}
	}
}

func TestAFileThatAPatternNamesAndThatCannotBeLookedUpIsAnError(t *testing.T) {
	dir := treeOf(t, "x/a.json", "y/a.json -> a.json", "z/b.json")
	l, err := loader.ListGlob(dir + "/*/a.json")
	if err != nil {
		t.Fatal(err)
	}
	paths, errs := l.List(t.Context())
	if diff := cmp.Diff([]string{"x/a.json"}, below(t, dir, paths)); diff != "" || len(errs) != 1 || !strings.Contains(errs[0].Error(), filepath.Join(dir, "y", "a.json")) {
		t.Errorf("List gives %v: %s", errs, diff)
	}
}

func TestAFileIsReadOnceByItsOwnPath(t *testing.T) {
	dir := treeOf(t, "b/x/1.json", "a -> b", "b/c -> x", "0.json -> b/x/1.json")
	for _, pattern := range []string{"**", "{a,b}/**/*.json", "{a/*,**}/1.json", "*/x/*", "{b/{c,x}/1,0,*/x/1}.json"} {
		l, err := loader.ListGlob(dir + "/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths, errs := l.List(t.Context())
		if len(paths) != 1 || errs != nil || strings.HasPrefix(pattern, "*") && below(t, dir, paths)[0] != "b/x/1.json" {
			t.Errorf("%s gives %q, %v", pattern, paths, errs)
		}
	}
	paths, errs := loader.ListFolder(dir).List(t.Context())
	if diff := cmp.Diff([]string{"b/x/1.json"}, below(t, dir, paths)); diff != "" || errs != nil {
		t.Errorf("the folder gives %v: %s", errs, diff)
	}
}

func TestAGlobMayBeRelative(t *testing.T) {
	t.Chdir(treeOf(t, "a.json", "x/a.json"))
	l, err := loader.ListGlob("**/a.json")
	if err != nil {
		t.Fatal(err)
	}
	if paths, errs := l.List(t.Context()); !slices.Equal(paths, []string{"a.json", filepath.Join("x", "a.json")}) || errs != nil {
		t.Errorf("%q, %v", paths, errs)
	}
}

func TestNothingToLoadIsAnError(t *testing.T) {
	empty, other := t.TempDir(), treeOf(t, "README", "x/y.txt")
	for want, source := range map[string]loader.Source{
		"listing " + empty + ": it has no files":                                                       &loader.Folder{Path: empty},
		"listing " + other + ": none of its 2 files":                                                   &loader.Folder{Path: other},
		"listing " + other + "/*.json: no file matches the pattern; * does not cross folders, ** does": &loader.Glob{Pattern: other + "/*.json"},
		"listing " + other + "/{a,b}.jsonl: no file matches the pattern":                               &loader.Glob{Pattern: other + "/{a,b}.jsonl"},
		"listing " + other + "/none/**/*.gz: no file matches the pattern":                              &loader.Glob{Pattern: other + "/none/**/*.gz"},
		"listing: pattern \"[\": the bracket in \"[\" is not closed":                                   &loader.Glob{Pattern: "["},
		"no such file": &loader.Folder{Path: filepath.Join(empty, "none")},
	} {
		l := model.NewLog()
		err := source.Load(t.Context(), l)
		s := l.Snapshot()
		if err == nil || !strings.Contains(err.Error(), want) || len(s.Sources()) != 1 || s.Sources()[0].Phase != model.Broken {
			t.Errorf("%v: %v, %+v, want %q", source.Name(), err, s.Sources(), want)
		}
	}
}

func TestAFolderThatCannotBeReadIsABrokenSourceBesideTheOthers(t *testing.T) {
	dir := treeOf(t, "x/a.json")
	put(t, filepath.Join(dir, "a.jsonl"), []byte(logtest.Event()))
	put(t, filepath.Join(dir, "notes.txt"), nil)
	l := model.NewLog()
	if err := (&loader.Folder{Path: dir}).Load(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	if n := s.Sources()[0].Remarks().Raw(); n != fmt.Sprintf("1 left out of %s (.txt 1)", dir) {
		t.Errorf("the note is %q", n)
	}
	if os.Geteuid() == 0 {
		return // may read everything
	}
	closed := filepath.Join(dir, "x")
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(closed, 0o700) })
	l = model.NewLog()
	err := (&loader.Folder{Path: dir}).Load(t.Context(), l)
	s = l.Snapshot()
	broken := s.Sources()[0]
	if err == nil || !strings.Contains(err.Error(), closed) || broken.Name.Raw() != closed || broken.Phase != model.Broken || s.Rows() != 1 {
		t.Errorf("%v, %+v", err, s.Sources())
	}
}
