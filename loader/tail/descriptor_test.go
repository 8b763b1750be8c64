package tail

import (
	"io"
	"os"
	"strings"
	"testing"

	"pawprint/model"
)

// pinned prepares to follow the file at the path of a rig by a descriptor.
func pinned(r *rig) *os.File {
	r.Helper()
	file := opened(r.T, r.path)
	r.source = &Descriptor{Label: "stdin", From: file}
	return file
}

func TestADescriptorIsFollowedWhereverItsFileIs(t *testing.T) {
	t.Parallel()
	cases := map[string]func(r *rig, out *os.File){
		"it grows": func(r *rig, out *os.File) { r.writeTo(out, r.lines(30)) },
		"a rune is split": func(r *rig, out *os.File) {
			r.writeTo(out, r.line()[:40], "\xc3")
			r.fixLast("\xc3\xab\"}")
			r.writeTo(out, "\xab\"}\n")
		},
		"it is renamed": func(r *rig, out *os.File) {
			r.rotate(".1")
			r.writeTo(out, r.lines(3))
			r.must(appendFile(r.path, "not of it\n"))
		},
		"it is replaced": func(r *rig, out *os.File) {
			r.must(appendFile(r.path+".new", "not of it\n"))
			r.must(os.Rename(r.path+".new", r.path))
			r.writeTo(out, r.lines(3))
		},
		"it is deleted": func(r *rig, out *os.File) { r.must(os.Remove(r.path)); r.writeTo(out, r.lines(3)) },
		"it is emptied": func(r *rig, out *os.File) {
			r.must(os.Truncate(r.path, 0))
			r.noted("truncated after byte")
			r.writeTo(out, r.lines(3))
		},
		"it is cut back": func(r *rig, out *os.File) {
			r.must(os.Truncate(r.path, r.half()))
			r.noted("truncated after byte")
			r.writeTo(out, r.lines(3))
		},
		"it is overtaken":  func(r *rig, out *os.File) { r.must(os.Truncate(r.path, 0)); r.writeTo(out, r.lines(60)) },
		"it grows by much": func(r *rig, out *os.File) { r.writeTo(out, r.lines(40_000)) },
	}
	for name, run := range cases {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			out := r.writer()
			r.writeTo(out, r.lines(40))
			pinned(r)
			r.start()
			r.caughtUp()
			run(r, out)
			r.caughtUp()
			r.halt()
			if s := r.log.Snapshot(); s.Sources()[0].Name != model.NewText("stdin") {
				t.Errorf("the source is called %v", s.Sources()[0].Name)
			}
		})
	}
}

// writeTo writes pieces one by one.
func (r *rig) writeTo(out *os.File, pieces ...string) {
	r.Helper()
	for _, p := range pieces {
		_, err := out.WriteString(p)
		r.must(err)
	}
}

// fixLast replaces the end of the last expected row, after its first 40 bytes.
func (r *rig) fixLast(end string) {
	last := len(r.wanted) - 1
	r.wanted[last] = r.wanted[last][:40] + end
}

func TestADescriptorIsReadFromWhereItStands(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]int{"near the begin": 2, "far behind it": 200} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			skipped := r.lines(before)
			r.wanted = nil
			out := r.writer()
			r.writeTo(out, skipped, r.lines(3))
			_, err := pinned(r).Seek(int64(len(skipped)), io.SeekStart)
			r.must(err)
			r.start()
			r.caughtUp()
			r.writeTo(out, r.lines(3))
			r.caughtUp()
			r.must(os.Truncate(r.path, 0))
			r.noted("truncated after byte")
			r.writeTo(out, r.lines(3))
			r.caughtUp()
			s := r.log.Snapshot()
			if o := s.Origin(0); o.Offset != int64(len(skipped)) || o.Line != 1 {
				t.Errorf("the first row stands at line %d, byte %d", o.Line, o.Offset)
			}
			r.halt()
		})
	}
}

func TestAPackedDescriptorIsLoadedOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(string(gzipped(t, r.lines(50))))
	pinned(r)
	r.start()
	r.until("complete", func(s model.Snapshot) bool {
		return len(s.Sources()) > 0 && s.Sources()[0].Phase == model.Complete
	})
	r.halt()
}

func TestADescriptorOfAPipeIsAnError(t *testing.T) {
	t.Parallel()
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	err = (&Descriptor{Label: "stdin", From: from}).Load(t.Context(), model.NewLog())
	if err == nil || !strings.Contains(err.Error(), "following stdin: it is not a regular file") {
		t.Errorf("Load = %v", err)
	}
}
