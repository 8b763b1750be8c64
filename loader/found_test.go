package loader_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"pawprint/loader"
	"pawprint/loader/glob"
	"pawprint/model"
	"pawprint/model/logtest"
)

// named makes the source of an argument.
func named(arg string) loader.Source {
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		return &loader.Folder{Path: arg}
	}
	if glob.Is(arg) {
		return &loader.Glob{Pattern: arg}
	}
	return &loader.File{Path: arg}
}

// said lists the sources of a log in their order, with how many lines each has and what is remarked on it. Paths are shown below dir.
func said(log *model.Log, dir string) (all []string) {
	snap := log.Snapshot()
	for _, s := range snap.Sources() {
		line := fmt.Sprintf("%s %d", s.Name.Raw(), s.Books.Lines)
		if remarks := s.Remarks().Raw(); remarks != "" {
			line += ": " + remarks
		}
		all = append(all, strings.ReplaceAll(line, dir+"/", ""))
	}
	return all
}

func TestAFileIsReadOnceHoweverItIsNamed(t *testing.T) {
	dir := treeOf(t, "linked -> logs", "link.jsonl -> logs/a.jsonl", "logs/again.jsonl -> a.jsonl", "logs/loop -> .")
	put(t, dir+"/logs/a.jsonl", []byte(strings.Repeat(logtest.Event()+"\n", 2)))
	put(t, dir+"/logs/sub/b.jsonl", []byte(strings.Repeat(logtest.Event()+"\n", 3)))
	put(t, dir+"/logs/notes.txt", nil)
	put(t, dir+"/other/c.jsonl", []byte(logtest.Event()+"\n"))
	for from, to := range map[string]string{"logs/a.jsonl": "hard.jsonl", "other/c.jsonl": "other/hard.jsonl"} {
		if err := os.Link(filepath.Join(dir, from), filepath.Join(dir, to)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	const out = "1 left out of logs (.txt 1)"
	for _, c := range []struct {
		args string
		want []string
	}{
		{"logs/a.jsonl logs/a.jsonl", []string{"logs/a.jsonl 2: named more than once, read once"}},
		{"logs/a.jsonl ./logs/a.jsonl", []string{"logs/a.jsonl 2: also reached as ./logs/a.jsonl, read once"}},
		{dir + "/logs/a.jsonl logs/a.jsonl", []string{"logs/a.jsonl 2: also reached as logs/a.jsonl, read once"}},
		{"link.jsonl logs/a.jsonl", []string{"link.jsonl 2: also reached as logs/a.jsonl, read once"}},
		{"logs/a.jsonl link.jsonl", []string{"logs/a.jsonl 2: also reached as link.jsonl, read once"}},
		{"hard.jsonl logs/a.jsonl", []string{"hard.jsonl 2: also reached as logs/a.jsonl, read once"}},
		{"linked/a.jsonl logs/a.jsonl", []string{"linked/a.jsonl 2: also reached as logs/a.jsonl, read once"}},
		{"logs/sub/b.jsonl logs", []string{"logs/sub/b.jsonl 3: named more than once, read once",
			"logs/a.jsonl 2: also reached as logs/again.jsonl, read once; " + out}},
		{"logs logs/sub/b.jsonl", []string{"logs/a.jsonl 2: also reached as logs/again.jsonl, read once; " + out, "logs/sub/b.jsonl 3: named more than once, read once"}},
		{"logs/*.jsonl logs/a*", []string{"logs/a.jsonl 2: also reached as logs/again.jsonl, read once"}},
		{"logs/**/b* logs/sub/*", []string{"logs/sub/b.jsonl 3: named more than once, read once"}},
		{"logs/sub/{b,[b]}.jsonl", []string{"logs/sub/b.jsonl 3"}},
		{"logs/sub/b.jsonl logs/a.jsonl logs linked", []string{"logs/sub/b.jsonl 3: also reached as linked/sub/b.jsonl, read once; " + out,
			"logs/a.jsonl 2: also reached as linked/a.jsonl, linked/again.jsonl, logs/again.jsonl, read once"}},
		{"logs/sub/b.jsonl logs/notes.txt logs", []string{"logs/sub/b.jsonl 3: named more than once, read once", "logs/a.jsonl 2: also reached as logs/again.jsonl, read once", "logs/notes.txt 0"}},
		{"other", []string{"other/c.jsonl 1: also reached as other/hard.jsonl, read once"}},
		{"other/hard.jsonl other", []string{"other/hard.jsonl 1: also reached as other/c.jsonl, read once"}},
		{"none.jsonl ./none.jsonl", []string{"none.jsonl 0: also reached as ./none.jsonl, read once"}},
	} {
		t.Run(c.args, func(t *testing.T) {
			var sources []loader.Source
			for arg := range strings.FieldsSeq(c.args) {
				sources = append(sources, named(arg))
			}
			log := model.NewLog()
			err := loader.Load(t.Context(), log, sources...)
			if missing := strings.Contains(c.args, "none"); (err != nil) != missing || missing && strings.Count(err.Error(), "none.jsonl") != 1 {
				t.Errorf("Load: %v", err)
			}
			if diff := cmp.Diff(slices.Sorted(slices.Values(c.want)), slices.Sorted(slices.Values(said(log, dir)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// packGzip packs bytes.
func packGzip(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

func packZstd(data []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(data, nil)
}

// While a rotated log is being packed, it stands beside a copy of itself.
func TestAPackedCopyBesideItsFileIsNotReadAgain(t *testing.T) {
	line := func(n int) []byte {
		return fmt.Appendf(nil, "%s\n", logtest.Event()[:1]+fmt.Sprintf(`"n":%d,`, n)+logtest.Event()[1:])
	}
	lines := func(from, to int) (all []byte) {
		for n := from; n < to; n++ {
			all = append(all, line(n)...)
		}
		return all
	}
	many := lines(0, 3000)
	cut := packGzip(many)
	cut = cut[:len(cut)/2]
	for _, c := range []struct {
		name          string
		plain, packed []byte
		ending        string
		want          []string
		fails         bool
	}{
		{"both complete", lines(0, 9), packGzip(lines(0, 9)), ".gz", []string{"a.jsonl.1 9: its bytes are also in a.jsonl.1.gz, read once"}, false},
		{"both complete, zstd", lines(0, 9), packZstd(lines(0, 9)), ".zst", []string{"a.jsonl.1 9: its bytes are also in a.jsonl.1.zst, read once"}, false},
		{"being packed", many, cut, ".gz", []string{"a.jsonl.1 3000: its bytes are also in a.jsonl.1.gz, read once"}, false},
		{"grown since", lines(0, 9), packGzip(lines(0, 7)), ".gz", []string{"a.jsonl.1 9: its bytes are also in a.jsonl.1.gz, read once"}, false},
		{"being unpacked", lines(0, 2), packGzip(lines(0, 9)), ".gz", []string{"a.jsonl.1.gz 9: its bytes are also in a.jsonl.1, read once"}, false},
		{"another log", lines(0, 9), packGzip(lines(1, 9)), ".gz", []string{"a.jsonl.1 9", "a.jsonl.1.gz 8"}, false},
		{"differs at the end", lines(0, 9), packGzip(append(lines(0, 8), line(99)...)), ".gz", []string{"a.jsonl.1 9", "a.jsonl.1.gz 9"}, false},
		{"an empty file", nil, packGzip(lines(0, 3)), ".gz", []string{"a.jsonl.1 0", "a.jsonl.1.gz 3"}, false},
		{"an empty copy", lines(0, 3), packGzip(nil), ".gz", []string{"a.jsonl.1 3", "a.jsonl.1.gz 0"}, false},
		{"too little of it", many, cut[:12], ".gz", []string{"a.jsonl.1 3000", "a.jsonl.1.gz 1"}, true},
		{"not packed", lines(0, 3), lines(5, 7), ".gz", []string{"a.jsonl.1 3", "a.jsonl.1.gz 2"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir+"/a.jsonl.1", c.plain)
			put(t, dir+"/a.jsonl.1"+c.ending, c.packed)
			put(t, dir+"/notes.txt", nil)
			for _, args := range [][]string{{dir}, {dir + "/a.*"}, {dir + "/a.jsonl.1", dir + "/a.jsonl.1" + c.ending}} {
				var sources []loader.Source
				for _, arg := range args {
					sources = append(sources, named(arg))
				}
				log := model.NewLog()
				if err := loader.Load(t.Context(), log, sources...); (err != nil) != c.fails {
					t.Errorf("Load: %v", err)
				}
				got := slices.Sorted(slices.Values(said(log, dir)))
				for i := range got {
					got[i] = strings.TrimSuffix(strings.TrimSuffix(got[i], "1 left out of "+dir+" (.txt 1)"), "; ")
					got[i] = strings.TrimSuffix(got[i], ": ")
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%q: %s", args, diff)
				}
				snap := log.Snapshot()
				if out := snap.LeftOut(); len(args) == 1 && args[0] == dir && out.Total != 1 {
					t.Errorf("%d are left out, want 1", out.Total)
				}
			}
		})
	}
}

// rotating is a log in whose folder the files are rotated when the first source is announced.
type rotating struct {
	*model.Log
	rotate func()
}

// AddRanked implements loader.Sink.
func (r *rotating) AddRanked(name model.Text, rank model.Rank) model.SourceID {
	if rotate := r.rotate; rotate != nil {
		r.rotate = nil
		rotate()
	}
	return r.Log.AddRanked(name, rank)
}

// AddSource implements loader.Sink.
func (r *rotating) AddSource(name model.Text) model.SourceID { return r.AddRanked(name, model.Rank{}) }

// A file that is rotated between listing and reading is never missing in silence.
func TestARotationWhileFilesAreListedIsAnError(t *testing.T) {
	for name, args := range map[string][]string{"a folder": {""}, "a pattern": {"a.*"}, "names": {"a.jsonl", "a.jsonl.1"}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, file := range []string{"a.jsonl", "a.jsonl.1"} {
				put(t, filepath.Join(dir, file), []byte(logtest.Event()+"\n"))
			}
			log := &rotating{Log: model.NewLog(), rotate: func() {
				for _, move := range [][2]string{{"a.jsonl.1", "a.jsonl.2"}, {"a.jsonl", "a.jsonl.1"}} {
					if err := os.Rename(filepath.Join(dir, move[0]), filepath.Join(dir, move[1])); err != nil {
						t.Error(err)
					}
				}
				put(t, filepath.Join(dir, "a.jsonl"), []byte(logtest.Event()+"\n"))
			}}
			var sources []loader.Source
			for _, arg := range args {
				sources = append(sources, named(filepath.Join(dir, arg)))
			}
			err := loader.Load(t.Context(), log, sources...)
			if err == nil || strings.Count(err.Error(), "another file took its place") != 2 {
				t.Errorf("Load: %v", err)
			}
			if snap := log.Snapshot(); snap.Rows() != 2 {
				t.Errorf("%d rows, want the 2 that were there", snap.Rows())
			}
		})
	}
}
