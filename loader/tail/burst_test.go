package tail

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/sourcetest"
	"pawprint/model"
)

// numbered is an event of about 300 bytes that tells its number.
func numbered(b []byte, n int) []byte {
	b = append(b, `{"actionName":"UPDATE_RULE","actionResult":"SUCCEEDED","actionDescription":"a rule was updated by a person","actor":{"id":"a1","type":"USER","name":"Ada","attributes":{"email":"ada@example.com"}},"sourceIP":"192.0.2.17","timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.112.0","actionParams":{"n":`...)
	return append(strconv.AppendInt(b, int64(n), 10), "}}\n"...)
}

// TestLoadKeepsUpWithAFastWriter writes 100,000 lines a second, rotates now and then, and looks for each line.
func TestLoadKeepsUpWithAFastWriter(t *testing.T) {
	const perSecond, batch = 100_000, 1000
	for name, paths := range map[string]string{"a file": "", "a folder": "."} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			if paths != "" {
				r.set.Paths = []string{r.at(paths)}
			}
			// Rows cost memory beside the bytes of the lines, which must stay compressed.
			budget := loader.NewBudget(8 << 30)
			r.set.Limits.Memory = budget
			r.start()
			out := r.writer()
			lines := sourcetest.BurstSeconds(t) * perSecond
			began, written := time.Now(), int64(0)
			var buf []byte
			sourcetest.Paced(lines/batch, batch*time.Second/perSecond, func(i int) {
				n := i * batch
				buf = buf[:0]
				for k := range batch {
					buf = numbered(buf, n+k)
				}
				_, err := out.Write(buf)
				r.must(err)
				written += int64(len(buf))
				if n%(perSecond*3/2) == perSecond {
					r.rotate(fmt.Sprintf(".%d", n))
					r.must(out.Close())
					out = r.writer()
				}
			})
			wrote := time.Since(began)
			r.until("all read", func(s model.Snapshot) bool { return s.Rows() >= lines })
			took := time.Since(began)
			t.Logf("%d lines, %d MB: written in %v, read %v later, %.0f lines/s, %d MB of memory accounted for",
				lines, written>>20, wrote, took-wrote, float64(lines)/took.Seconds(), budget.Used()>>20)
			r.quit()
			checkNumbers(t, r.log.Snapshot(), lines)
			if used := budget.Used(); used > written/4+100*int64(lines) {
				t.Errorf("%d bytes of memory are used for %d bytes of %d lines", used, written, lines)
			}
		})
	}
}

// checkNumbers checks that each number was read once.
func checkNumbers(t *testing.T, s model.Snapshot, lines int) {
	t.Helper()
	if s.Rows() != lines {
		t.Fatalf("%d rows, want %d", s.Rows(), lines)
	}
	seen := make([]bool, lines)
	raws := model.NewRawReader(&s)
	for i := range lines {
		raw, err := raws.Line(model.Row(i))
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		at := strings.LastIndex(text, `"n":`)
		n, err := strconv.Atoi(strings.TrimSuffix(text[at+4:], "}}"))
		if err != nil || n < 0 || n >= lines || seen[n] {
			t.Fatalf("row %d is %.400q: no number, or one that was there before", i, text)
		}
		seen[n] = true
	}
}

// TestLoadReadsALongLine reads a line of 64 MB that is written in pieces.
func TestLoadReadsALongLine(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.set.Limits.LineBytes = 80 << 20
	r.start()
	out := r.writer()
	const size = 64 << 20
	piece := strings.Repeat("long ", 1<<20/5)
	length := int64(0)
	put := func(s string) {
		n, err := out.WriteString(s)
		r.must(err)
		length += int64(n)
	}
	put(`{"actionName":"LIST_RULES","actionDescription":"`)
	for length < size {
		put(piece)
	}
	put(`"}` + "\n")
	_, err := out.WriteString(`{"actionName":"LIST_RULES"}` + "\n")
	r.must(err)
	r.until("read", func(s model.Snapshot) bool { return s.Rows() == 2 })
	s := r.log.Snapshot()
	if o := s.Origin(0); o.Length != length-1 || s.Flags(0)&model.FlagReject != 0 {
		t.Errorf("the line has origin %+v and flags %v, want an event of %d bytes", o, s.Flags(0), length-1)
	}
	if o := s.Origin(1); o.Offset != length || o.Line != 2 {
		t.Errorf("the line behind it has origin %+v, want line 2 at byte %d", o, length)
	}
	r.live()
	r.stop()
	r.must(<-r.ended)
}

// TestLoadStopsAtTheMemoryLimit follows with a budget that is too small.
func TestLoadStopsAtTheMemoryLimit(t *testing.T) {
	t.Parallel()
	for name, paths := range map[string]string{"a file": "", "a set": "."} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			if paths != "" {
				r.set.Paths = []string{r.at(paths)}
			}
			r.set.Limits.Memory = loader.NewBudget(300_000)
			r.write(r.lines(100))
			r.start()
			r.caughtUp()
			for !strings.Contains(describeErr(r), "memory limit") {
				select {
				case err := <-r.ended:
					if err == nil || !strings.Contains(err.Error(), "the memory limit of") {
						t.Fatalf("Load = %v, want it to name the memory limit", err)
					}
					if s := r.log.Snapshot(); s.Sources()[0].Phase != model.Broken || s.Rows() < 100 || !strings.Contains(describeErr(r), "memory limit") {
						t.Fatalf("the source ended as %v with %v", s.Sources()[0].Phase, s.Sources()[0].Err)
					}
					return
				default:
					r.write(r.lines(1000))
				}
			}
			if err := <-r.ended; err == nil || !strings.Contains(err.Error(), "the memory limit of") {
				t.Fatalf("Load = %v, want it to name the memory limit", err)
			}
		})
	}
}

func describeErr(r *rig) string {
	s := r.log.Snapshot()
	return s.Sources()[0].Err.Raw()
}
