package tail

import (
	"os"
	"path/filepath"
	"testing"

	"pawprint/model"
)

func TestLoadFollowsRotation(t *testing.T) {
	t.Parallel()
	cases := map[string]func(r *rig){
		"rename and create": func(r *rig) {
			r.rotate(".1")
			r.write(r.lines(2))
		},
		"rename, a gap, create": func(r *rig) {
			r.rotate(".1")
			r.noted("the file does not exist")
			r.write(r.lines(2))
		},
		"unread data, then rename": func(r *rig) {
			r.write(r.lines(500))
			r.rotate(".1")
			r.write(r.lines(2))
		},
		"late writes": func(r *rig) {
			w := r.writer()
			r.rotate(".1")
			r.write(r.line())
			r.caughtUp()
			_, err := w.WriteString(r.lines(3))
			r.must(err)
			r.write(r.line())
			r.caughtUp()
		},
		"unlinked but still written": func(r *rig) {
			w := r.writer()
			r.must(os.Remove(r.path))
			r.noted("the file does not exist")
			_, err := w.WriteString(r.lines(3))
			r.must(err)
			r.caughtUp()
		},
		"atomic replace": func(r *rig) {
			for range 3 {
				r.must(os.WriteFile(r.path+".new", []byte(r.lines(2)), 0o600))
				r.must(os.Rename(r.path+".new", r.path))
				r.caughtUp()
			}
		},
		"delete and recreate": func(r *rig) {
			r.must(os.Remove(r.path))
			r.write(r.lines(2))
		},
		"delete and recreate with the same content": func(r *rig) {
			again := r.line()
			r.write(again)
			r.caughtUp()
			r.must(os.Remove(r.path))
			r.write(again)
			r.expect(again[:len(again)-1])
		},
		"twice within one look": func(r *rig) {
			r.write(r.line())
			r.rotate(".1")
			r.write(r.lines(2))
			r.must(os.Rename(r.path+".1", r.path+".2"))
			r.rotate(".1")
			r.write(r.lines(2))
		},
		"dated twice within one look": func(r *rig) {
			stem := r.path[:len(r.path)-len(".jsonl")]
			r.must(os.Rename(r.path, stem+"-2026-11-22T10-00-00.000.jsonl"))
			r.write(r.lines(2))
			r.must(os.Rename(r.path, stem+"-2026-11-22T10-00-01.000.jsonl"))
			r.write(r.lines(2))
		},
		"there and back": func(r *rig) {
			r.rotate(".aside")
			r.write(r.line())
			r.caughtUp()
			r.must(os.Rename(r.path+".aside", r.path))
			r.write(r.line())
		},
		"a copy beside it is not read": func(r *rig) {
			all, err := os.ReadFile(r.path)
			r.must(err)
			r.must(os.WriteFile(r.path+".bak", all, 0o600))
			r.rotate(".1")
			r.write(r.line())
		},
		"files of others beside it are not read": func(r *rig) {
			r.must(os.WriteFile(filepath.Join(filepath.Dir(r.path), "audit-eu.jsonl"), []byte("{}\n"), 0o600))
			r.must(os.WriteFile(r.path+".2", []byte("\x1f\x8b"), 0o600))
			r.rotate(".1")
			r.write(r.line())
		},
	}
	for name, run := range cases {
		t.Run(name, func(t *testing.T) {
			eachWay(t, func(r *rig) {
				r.T.Parallel()
				r.write(r.lines(3))
				r.must(os.WriteFile(r.path+".9", []byte("{}\n"), 0o600)) // rotated long ago
				r.start()
				r.caughtUp()
				run(r)
				r.caughtUp()
				r.end()
			})
		})
	}
}

// rotate renames the file at the path.
func (r *rig) rotate(suffix string) {
	r.Helper()
	r.must(os.Rename(r.path, r.path+suffix))
}

func TestLoadNamesEachFileAndCountsItsLines(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.lines(3))
	r.start()
	r.caughtUp()
	r.rotate(".1")
	second := r.lines(2)
	r.write(second)
	r.caughtUp()
	r.noted("rotated away")
	r.noted("the file was rotated")
	s := r.log.Snapshot()
	if name := s.Sources()[1].Name.Raw(); name != r.path+" (#2)" {
		t.Errorf("the second file is called %q", name)
	}
	want := model.Origin{Source: 1, Line: 2, Offset: int64(len(second) / 2), Length: int64(len(second)/2 - 1)}
	if got := s.Origin(4); got != want {
		t.Errorf("the second line of the second file has origin %+v, want %+v", got, want)
	}
	r.until("let go of the first file", func(s model.Snapshot) bool { return s.Sources()[0].Phase == model.Complete })
	r.end()
}

func TestLoadReadsALateLineEndOfARotatedFile(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	l := r.line()
	r.write(l[:30])
	r.start()
	r.noted("no end yet")
	w := r.writer()
	r.rotate(".1")
	r.write(r.line())
	r.noted("rotated away")
	_, err := w.WriteString(l[30:])
	r.must(err)
	r.caughtUp()
	r.end()
}

func TestLoadFollowsSymlinks(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		other := r.TempDir()
		link := func(target string) {
			r.must(os.Symlink(target, r.path+".link"))
			r.must(os.Rename(r.path+".link", r.path))
		}
		r.must(appendFile(other+"/a", r.lines(2)))
		link(other + "/a")
		r.start()
		r.caughtUp()
		r.must(appendFile(other+"/a", r.line()))
		r.must(appendFile(other+"/b", r.lines(2)))
		link(other + "/b")
		r.caughtUp()
		r.must(appendFile(other+"/b", r.line()))
		r.caughtUp()
		link(other + "/missing")
		r.noted("the file does not exist")
		link(other + "/b")
		r.end()
	})
}

// TestLoadFollowsASwitchedFolder has the file in a folder that is a link, as the volumes of Kubernetes have.
func TestLoadFollowsASwitchedFolder(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		folder := filepath.Dir(r.path)
		for _, version := range []string{"..v1", "..v2", "..v3"} {
			r.must(os.Mkdir(filepath.Join(folder, version), 0o700))
			r.must(appendFile(filepath.Join(folder, version, "log"), r.lines(2)))
			r.must(os.Symlink(version, filepath.Join(folder, "..new")))
			r.must(os.Rename(filepath.Join(folder, "..new"), filepath.Join(folder, "..data")))
			if version == "..v1" {
				r.must(os.Symlink("..data/log", r.path))
				r.start()
			}
			r.caughtUp()
		}
		r.end()
	})
}
