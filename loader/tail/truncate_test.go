package tail

import (
	"errors"
	"os"
	"strings"
	"testing"

	"pawprint/model"
)

func TestLoadFollowsTruncation(t *testing.T) {
	t.Parallel()
	cases := map[string]func(r *rig){
		"copytruncate": func(r *rig) {
			for range 3 {
				r.write(r.lines(5))
				r.copyTruncate(".1")
				r.write(r.line())
				r.caughtUp()
			}
			r.noted("truncated after byte")
		},
		"copytruncate with unread data": func(r *rig) {
			// What is written last is read from the copy, whether it was read before or not.
			r.write(r.lines(700))
			r.copyTruncate(".1")
			r.write(r.line())
		},
		"truncated, then longer": func(r *rig) {
			r.must(os.WriteFile(r.path, []byte(r.lines(40)), 0o600))
		},
		"truncated, then as long": func(r *rig) {
			old := r.read()
			fresh := strings.ReplaceAll(old, `"LIST_`, `"DROP_`)
			r.must(os.WriteFile(r.path, []byte(fresh), 0o600))
			for _, l := range strings.Split(strings.TrimSuffix(fresh, "\n"), "\n") {
				r.expect(l)
			}
		},
		"only the begin rewritten": func(r *rig) {
			old := r.read()
			fresh := strings.Replace(old, `"LIST_`, `"DROP_`, 1)
			f, err := os.OpenFile(r.path, os.O_WRONLY, 0)
			r.must(err)
			_, err = f.WriteAt([]byte(fresh), 0)
			r.must(errors.Join(err, f.Close()))
			for _, l := range strings.Split(strings.TrimSuffix(fresh, "\n"), "\n") {
				r.expect(l)
			}
		},
		"emptied": func(r *rig) {
			r.must(os.Truncate(r.path, 0))
			r.noted("truncated after byte")
			r.write(r.lines(2))
		},
		"cut back to half": func(r *rig) {
			half := r.half()
			r.must(os.Truncate(r.path, half))
			r.noted("truncated after byte")
			r.write(r.lines(2))
		},
		"cut back to half and written at once": func(r *rig) {
			r.must(os.Truncate(r.path, r.half()))
			r.write(r.lines(50))
		},
		"cut back within a line": func(r *rig) {
			r.must(os.Truncate(r.path, r.half()+30))
			r.expect(r.read()[r.half():] + strings.TrimSuffix(r.line(), "\n"))
			r.write(r.wanted[len(r.wanted)-2] + "\n")
			r.wanted = append(r.wanted[:len(r.wanted)-2], r.wanted[len(r.wanted)-1])
		},
		"cut back twice": func(r *rig) {
			half := r.half()
			r.must(os.Truncate(r.path, half))
			r.noted("truncated after byte")
			r.write(r.lines(3))
			r.caughtUp()
			r.must(os.Truncate(r.path, r.startOf(12)))
			r.write(r.line())
		},
	}
	for name, run := range cases {
		t.Run(name, func(t *testing.T) {
			eachWay(t, func(r *rig) {
				r.T.Parallel()
				for range 40 {
					r.write(r.line())
				}
				r.start()
				r.caughtUp()
				run(r)
				r.caughtUp()
				r.end()
			})
		})
	}
}

// half is where a line begins in the middle of the file.
func (r *rig) half() int64 { return r.startOf(20) }

// startOf is where a line of the file begins, counted from 0.
func (r *rig) startOf(line int) int64 {
	lines := strings.SplitAfter(r.read(), "\n")
	return int64(len(strings.Join(lines[:line], "")))
}

func (r *rig) read() string {
	r.Helper()
	b, err := os.ReadFile(r.path)
	r.must(err)
	return string(b)
}

// copyTruncate copies the file at the path and empties it.
func (r *rig) copyTruncate(suffix string) {
	r.Helper()
	r.must(os.WriteFile(r.path+suffix, []byte(r.read()), 0o600))
	r.must(os.Truncate(r.path, 0))
}

func TestLoadKeepsOffsetsOfAShortenedFile(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.lines(40))
	r.start()
	r.caughtUp()
	half := r.half()
	r.must(os.Truncate(r.path, half))
	r.write(r.line())
	r.caughtUp()
	s := r.log.Snapshot()
	if o := s.Origin(40); o.Source != 1 || o.Line != 21 || o.Offset != half {
		t.Errorf("the line after the cut has origin %+v, want line 21 of the second source at byte %d", o, half)
	}
	r.noted("read again from byte")
	r.end()
}

func TestLoadEndsThePendingLineOfATruncatedFile(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.line() + `{"actionName":`)
	r.expect(`{"actionName":`)
	r.start()
	r.noted("no end yet")
	r.must(os.Truncate(r.path, 0))
	r.caughtUp()
	if s := r.log.Snapshot(); s.Flags(1)&model.FlagCut == 0 {
		t.Errorf("the line that lost its end is not marked as cut")
	}
	r.end()
}

func TestLoadLeavesNULsAtTheEnd(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		const size = 3 << 20
		r.must(os.WriteFile(r.path, nil, 0o600))
		r.must(os.Truncate(r.path, size))
		r.start()
		f, err := os.OpenFile(r.path, os.O_WRONLY, 0)
		r.must(err)
		defer f.Close()
		at := int64(0)
		for range 5 {
			l := r.line()
			_, err := f.WriteAt([]byte(l), at)
			r.must(err)
			at += int64(len(l))
			r.caughtUp()
		}
		big := r.lines(20_000)
		_, err = f.WriteAt([]byte(big), at)
		r.must(err)
		r.caughtUp()
		s := r.log.Snapshot()
		if source := s.Sources()[0]; source.Behind() != 0 {
			r.Errorf("%d bytes behind, want none", source.Behind())
		}
		r.must(os.Truncate(r.path, at+int64(len(big)))) // as a writer does that closes its file
		r.end()
	})
}

// TestLoadReadsOnBehindAHole has a writer that keeps its place in a file that is emptied.
func TestLoadReadsOnBehindAHole(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]int64{"small": 4_000, "large": 1 << 20} {
		t.Run(name, func(t *testing.T) {
			eachWay(t, func(r *rig) {
				f, err := os.Create(r.path)
				r.must(err)
				defer f.Close()
				for sum := int64(0); sum < size; {
					n, err := f.WriteString(r.lines(100))
					r.must(err)
					sum += int64(n)
				}
				r.start()
				r.caughtUp()
				at, err := f.Seek(0, 1)
				r.must(err)
				r.must(os.Truncate(r.path, 0))
				r.expect(strings.Repeat("\x00", int(at)))
				_, err = f.WriteString(r.line())
				r.must(err)
				r.caughtUp()
				s := r.log.Snapshot()
				row := model.Row(s.Rows() - 1)
				if o := s.Origin(row); o.Offset != at || o.Line != 1 {
					r.Errorf("the line behind the hole has origin %+v, want line 1 at byte %d", o, at)
				}
				if s.Flags(row-1)&model.FlagReject == 0 {
					r.Errorf("the hole is no reject")
				}
				r.end()
			})
		})
	}
}

func TestLoadReadsNULsInTheMiddle(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.line() + strings.Repeat("\x00", 2<<20))
	r.start()
	r.caughtUp()
	r.expect(strings.Repeat("\x00", 2<<20))
	r.write("\n" + r.line())
	r.caughtUp()
	r.end()
}
