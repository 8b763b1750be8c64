package tail

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/loader/demo/damaged"
	"pawprint/model"
)

func TestLoadFollowsAppends(t *testing.T) {
	t.Parallel()
	cases := map[string]func(r *rig){
		"lines": func(r *rig) {
			for range 20 {
				r.write(r.line())
				r.caughtUp()
			}
		},
		"byte by byte": func(r *rig) {
			w := r.writer()
			for _, c := range []byte(r.lines(3)) {
				_, err := w.Write([]byte{c})
				r.must(err)
			}
		},
		"split CRLF": func(r *rig) {
			r.write(strings.TrimSuffix(r.line(), "\n") + "\r")
			r.noted("no end yet")
			r.write("\n" + r.line())
			r.expectCR()
		},
		"split rune": func(r *rig) {
			l := `{"actionName":"LIST_RULES","actor":{"name":"Zoë"}}`
			r.expect(l)
			cut := strings.Index(l, "ë") + 1
			r.write(l[:cut])
			r.noted("no end yet")
			r.write(l[cut:] + "\n")
		},
		"blank lines": func(r *rig) {
			r.write("\n" + r.line() + "\n  \n\r\n" + r.line() + "\n")
			r.caughtUp()
			if s := r.log.Snapshot(); s.Books().Blanks != 5 {
				r.Errorf("%d blank lines, want 5", s.Books().Blanks)
			}
		},
		"damaged lines": func(r *rig) {
			r.expect("no JSON")
			r.expect(`{"actionName":`)
			r.write("no JSON\n" + r.line() + `{"actionName":` + "\n")
		},
		"line over the limit": func(r *rig) {
			long := `{"actionName":"` + strings.Repeat("x", 1_500_000) + `"}`
			r.expect(long[:64<<10])
			r.write(long[:1000])
			r.write(long[1000:] + "\n" + r.line())
		},
	}
	for name, run := range cases {
		t.Run(name, func(t *testing.T) {
			eachWay(t, func(r *rig) {
				r.T.Parallel()
				r.set.Limits.LineBytes = 1_000_000
				r.write(r.lines(2))
				r.start()
				r.caughtUp()
				run(r)
				r.caughtUp()
				r.end()
			})
		})
	}
}

// expectCR adds a carriage return to the last expected row but one.
func (r *rig) expectCR() { r.wanted[len(r.wanted)-2] += "\r" }

func TestLoadNeverParsesAPartialLineEarly(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.start()
	l := r.line()
	r.write(l[:40])
	r.noted("no end yet (40 bytes)")
	s := r.log.Snapshot()
	if s.Rows() != 0 {
		t.Fatalf("%d rows before the line's end was written", s.Rows())
	}
	source := s.Sources()[0]
	if source.Behind() != 0 || source.Phase != model.Following {
		t.Errorf("the source is %v and %d bytes behind, want live and none", source.Phase, source.Behind())
	}
	r.write(l[40:])
	r.caughtUp()
	r.end()
}

func TestLoadEndsWithTheLastLine(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]struct {
		text string
		flag model.Flags
	}{
		"whole": {`{"actionName":"LIST_RULES"}`, 0},
		"cut":   {`{"actionName":"LIST_`, model.FlagCut},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.write(r.line())
			r.start()
			r.write(last.text)
			r.noted("no end yet")
			r.expect(last.text)
			r.halt()
			s := r.log.Snapshot()
			if got := s.Flags(1) & model.FlagCut; got != last.flag {
				t.Errorf("the last row has flag %v, want %v", got, last.flag)
			}
		})
	}
}

func TestLoadReadsABurst(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.start()
	w := r.writer()
	burst := r.lines(100_000)
	for rest := burst; rest != ""; {
		n := min(len(rest), 123_457)
		_, err := w.WriteString(rest[:n])
		r.must(err)
		rest = rest[n:]
	}
	r.until("caught up", func(s model.Snapshot) bool { return s.Rows() == len(r.wanted) })
	r.live()
	r.stop()
	r.must(<-r.ended)
	s := r.log.Snapshot()
	for i := range s.Rows() {
		raw, err := s.Raw(model.Row(i))
		r.must(err)
		o := s.Origin(model.Row(i))
		if raw.Raw() != r.wanted[i] || raw.Raw() != burst[o.Offset:o.Offset+o.Length] || o.Line != int64(i)+1 {
			t.Fatalf("row %d is %v from %+v, want %s", i, raw, o, r.wanted[i])
		}
	}
}

// TestLoadReadsTheSameAsFile compares a large file that is followed with one that is loaded.
func TestLoadReadsTheSameAsFile(t *testing.T) {
	t.Parallel()
	for name, workers := range map[string]int{"one worker": 1, "three workers": 3} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			var b bytes.Buffer
			if _, err := demo.New(demo.Options{Seed: 3, Events: 6_000}).WriteTo(&b); err != nil {
				t.Fatal(err)
			}
			b.Write(append(damaged.File(), '\n'))
			b.WriteString(`{"actionName":"` + strings.Repeat("long ", 300_000) + "\"}\n") // longer than two blocks
			b.WriteString(`{"actionName":"LIST_RULES"}`)
			r.write(b.String())
			plain := model.NewLog()
			r.must((&loader.File{Path: r.path}).Load(t.Context(), plain))
			r.set.Workers = workers
			r.start()
			r.noted("no end yet")
			r.stop()
			r.must(<-r.ended)
			want, got := plain.Snapshot(), r.log.Snapshot()
			if want.Books() != got.Books() || want.Rows() != got.Rows() {
				t.Fatalf("the books are %+v, want %+v", got.Books(), want.Books())
			}
			for i := range got.Rows() {
				row := model.Row(i)
				if want.Origin(row) != got.Origin(row) || want.Flags(row) != got.Flags(row) {
					t.Fatalf("row %d is from %+v, want %+v", i, got.Origin(row), want.Origin(row))
				}
				if i%41 > 0 && i < got.Rows()-3 {
					continue // reading the bytes again is slow
				}
				a, err := want.Raw(row)
				r.must(err)
				b, err := got.Raw(row)
				r.must(err)
				if a != b {
					t.Fatalf("row %d is %v, want %v", i, b, a)
				}
			}
		})
	}
}

func TestLoadCancelledAtFirstIsCancelled(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.line())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.set.Load(ctx, r.log); !errors.Is(err, context.Canceled) {
		t.Errorf("Load = %v, want %v", err, context.Canceled)
	}
	if s := r.log.Snapshot(); s.Sources()[0].Phase != model.Cancelled {
		t.Errorf("the source is %v, want cancelled", s.Sources()[0].Phase)
	}
}

func TestLoadReadsAppendsAtOnce(t *testing.T) {
	r := newRig(t)
	r.set.Poll = time.Hour // only a notification comes in time
	r.write(r.line())
	r.start()
	r.caughtUp()
	for range 20 {
		r.write(r.line())
		r.caughtUp()
	}
	r.end()
}
