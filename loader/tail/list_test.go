package tail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/loader"
	"pawprint/model"
)

// TestListFindsWhatTheLoaderFinds compares the files that are followed with those that are loaded.
func TestListFindsWhatTheLoaderFinds(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{
		"a.jsonl", "B.JSONL", "a.jsonl.1", "a.jsonl.gz", "a.tsv.zst", "notes.txt", ".hidden.log", "[x].log", "x/a.log", "x/y/b.csv", "x/y/z/c.ndjson",
		"x/.git/d.json", "y/a.log", "y/b2.log", "y/b10.log", "json", ".json",
		"z/]1.jsonl", "z/a]b.jsonl", "z/x-1.jsonl", "z/xa1.jsonl",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, arg := range []string{
		".", "x", "./x/", "*.jsonl", "**", "**/*", "**/*.log", "x/**/c.*", "**/y/*", "{x,y}/*.log", "y/b[0-9].log", "y/[!b]*", "?/a.{log,csv}", "*/**/*.csv",
		"a.{jsonl,jsonl.1}", ".*", "**/**/b*", "[x].log", "\\[x\\].log*", "{x/{a,y/b}.*,*.tsv*}", "none/*.log",
		"z/[]a]*.jsonl", "z/a[]]b.jsonl", "z/x[0-]1.jsonl", "z/[^]a]*", "z/{[]}]*,x[-a]*}", "{x,y}", "{a.jsonl,x,none}", "x/../*.tsv.zst", "x/./a.log*", "*/", "y/*/",
	} {
		t.Run(arg, func(t *testing.T) {
			want, got := map[string]bool{}, map[string]bool{}
			for _, path := range loaded(t, arg) {
				want[filepath.Clean(path)] = true
			}
			l := newLister([]string{arg}, func(string) {})
			for range 2 { // the second time from memory
				for _, f := range l.list() {
					if _, err := os.Stat(f.path); err == nil {
						got[f.path] = true // and not a path that is waited for
					}
				}
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("following %s finds other files than loading it (-loaded +followed):\n%s", arg, d)
				}
			}
			for path := range got {
				if !l.matches(path) {
					t.Errorf("%s is found but said not to match", path)
				}
			}
		})
	}
}

// loaded are the files that are read of an argument.
func loaded(t *testing.T, arg string) []string {
	t.Helper()
	var source loader.Source = &loader.Folder{Path: arg}
	if info, err := os.Stat(arg); err == nil && !info.IsDir() {
		return []string{arg}
	} else if err != nil {
		source = &loader.Glob{Pattern: arg}
	}
	log := model.NewLog()
	_ = loader.Load(t.Context(), log, source) // an argument that names nothing is an error, and names nothing here too
	var paths []string
	snap := log.Snapshot()
	for i := range snap.Sources() {
		path := snap.Sources()[i].Name.Raw()
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			paths = append(paths, path)
		}
	}
	return paths
}

func TestSetRefusesAWrongGlob(t *testing.T) {
	t.Parallel()
	log := model.NewLog()
	err := New(filepath.Join(t.TempDir(), "[a.log")).Load(t.Context(), log)
	if err == nil || !strings.Contains(err.Error(), "bracket") {
		t.Errorf("Load = %v, want it to say what is wrong with the pattern", err)
	}
	if s := log.Snapshot(); len(s.Sources()) != 1 || s.Sources()[0].Phase != model.Broken {
		t.Errorf("the sources are %v, want one that is broken", s.Sources())
	}
}

// TestLoadFollowsAnOpenFile follows a file by a descriptor, as one that is standard input.
func TestLoadFollowsAnOpenFile(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.lines(2))
	f, err := os.Open(r.path)
	r.must(err)
	defer f.Close()
	r.set.Paths[0] = fmt.Sprintf("/dev/fd/%d", f.Fd())
	if _, err := os.Stat(r.set.Paths[0]); err != nil {
		r.set.Paths[0] = r.path // a system without such paths
	}
	r.start()
	r.caughtUp()
	r.write(r.lines(2))
	r.end()
}

// TestReaderReadsAPipeWhileItIsWritten has standard input come line by line.
func TestReaderReadsAPipeWhileItIsWritten(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	in, out, err := os.Pipe()
	r.must(err)
	defer in.Close()
	ended := make(chan error, 1)
	go func() { ended <- (&loader.Reader{Label: "stdin", From: in}).Load(context.Background(), r.log) }()
	for range 5 {
		l := r.line()
		_, err = out.WriteString(l[:20])
		r.must(err)
		_, err = out.WriteString(l[20:])
		r.must(err)
		r.caughtUp()
	}
	r.must(out.Close())
	r.must(<-ended)
}

func TestAFollowedFolderCountsWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.folder("sub/.git")
	for _, name := range []string{"notes.txt", "sub/.hidden.jsonl", "sub/README", "a.jsonl.bz2"} {
		r.must(os.WriteFile(r.at(name), nil, 0o600))
	}
	r.set.Paths = []string{filepath.Dir(r.path)}
	r.start()
	says := func(want string) {
		t.Helper()
		r.until("left out: "+want, func(s model.Snapshot) bool { out := s.LeftOut(); return out.Words() == want })
	}
	says("hidden 2, .bz2 1, .txt 1, no ending 1")
	r.put("sub/b.jsonl.1", 3)
	r.caughtUp()
	r.must(os.WriteFile(r.at("more.txt"), nil, 0o600))
	says(".txt 2, hidden 2, .bz2 1, no ending 1")
	r.end()
}
