package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/condition"
	"pawprint/model/query"
)

// shelf is a log that is loaded from an engine piece by piece.
type shelf struct {
	t      *testing.T
	engine *memory
	loaded Loaded
	log    *model.Log
}

func newShelf(t *testing.T, m *memory) *shelf { return &shelf{t: t, engine: m, log: model.NewLog()} }

// ask loads rows that match a query.
func (s *shelf) ask(ctx context.Context, text string, rows int64, part Part) (Outcome, error) {
	s.t.Helper()
	e, err := query.Parse(text)
	if err != nil {
		s.t.Fatal(err)
	}
	source := New("x://", s.engine, Options{Rows: rows, Fold: folding(e), Loaded: &s.loaded, Part: part, After: atOnce, About: text,
		Total: func(ctx context.Context, of Span, cover, core condition.Condition) (int64, int64, error) {
			most, err := s.engine.Count(ctx, of, cover)
			return 0, most, err
		}})
	if s.loaded.Begun() {
		err = source.More(ctx)
	} else {
		err = loader.Load(ctx, s.log, source)
	}
	return s.loaded.Last(), err
}

// lines counts the lines that are loaded.
func (s *shelf) lines() map[string]int {
	s.t.Helper()
	snap, out := s.log.Snapshot(), map[string]int{}
	raw := model.NewRawReader(&snap)
	for r := range model.Row(snap.Rows()) {
		line, err := raw.Line(r)
		if err != nil {
			s.t.Fatal(err)
		}
		out[string(line)+"\n"]++
	}
	if b := snap.Books(); b.Lines != int64(snap.Rows()) || b.Lines != b.Events+b.Rejects {
		s.t.Errorf("the books do not balance: %+v of %d rows", b, snap.Rows())
	}
	return out
}

// excess returns a line that is loaded more often than it is there; empty if there is none.
func (s *shelf) excess() string {
	there := map[string]int{}
	for _, l := range s.engine.lines {
		there[l]++
	}
	for l, n := range s.lines() {
		if n > there[l] {
			return l
		}
	}
	return ""
}

// hour returns an event of one of a few times, actors and results, so that many are equal.
func hour(r *rand.Rand) string {
	stamp := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC).Add(-time.Duration(r.IntN(40)*r.IntN(40)) * 37 * time.Minute).Format(time.RFC3339Nano)
	result := []string{"SUCCEEDED", "FAILED"}[r.IntN(2)]
	return fmt.Sprintf(`{"timestamp":%q,"actionName":"GET_RULE","actionResult":%q,"actor":{"id":"%d"}}`+"\n", stamp, result, r.IntN(3))
}

// Whatever is asked for, in whatever order: no row is loaded twice, each question brings the newest rows that are missing, and once there
// are no more, all are there.
func TestNoRowIsLoadedTwiceAndNoneIsMissed(t *testing.T) {
	questions := []string{"", "is:failed", "actor:1", "-actor:1", "is:failed or actor:2", "RULE", "since:2026-11-20T06:00Z until:2026-11-20T20:00Z"}
	for seed := range uint64(24) {
		r := rand.New(rand.NewPCG(7, seed))
		var text strings.Builder
		for range 150 {
			text.WriteString(hour(r))
		}
		for range 5 {
			text.WriteString([]string{"no event\n", `{"actionName":"GET_RULE"}` + "\n"}[r.IntN(2)])
		}
		s := newShelf(t, newMemory(t, []byte(text.String())))
		s.engine.forgets = seed%3 == 0
		for range 8 {
			q, rows, part := questions[r.IntN(len(questions))], int64(1+r.IntN(30)), Part(r.IntN(3))
			before := s.lines()
			out, err := s.ask(t.Context(), q, rows, part)
			if err != nil {
				t.Fatal(err)
			}
			if extra := s.excess(); extra != "" {
				t.Fatalf("seed %d, %q: %s is there twice", seed, q, extra)
			}
			if part == Missing {
				s.checkNewest(q, before)
			}
			if more := total(s.lines()) - total(before); more != out.Rows || out.More && more < rows {
				t.Errorf("seed %d, %q: %d rows came, and it says %+v", seed, q, more, out)
			}
		}
		for _, q := range questions {
			s.readAll(q, int64(1+r.IntN(60)))
		}
		if n := total(s.lines()); n != int64(len(s.engine.lines)) {
			t.Errorf("seed %d: in the end %d lines are loaded, want %d", seed, n, len(s.engine.lines))
		}
	}
}

func (s *shelf) onlyNewest() bool {
	snap := s.log.Snapshot()
	return snap.OnlyNewest()
}

// readAll asks until there are no more rows, and compares what matches with the rows of the engine.
func (s *shelf) readAll(text string, rows int64) {
	s.t.Helper()
	for asked := 0; ; asked++ {
		out, err := s.ask(s.t.Context(), text, rows, Missing)
		if err != nil || asked > 200 {
			s.t.Fatalf("%q: %+v, %v", text, out, err)
		}
		if !out.More {
			break
		}
	}
	e, _ := query.Parse(text)
	whole := model.NewLog()
	if err := loader.ReadLines(s.t.Context(), whole, whole.AddSource(model.NewText("all")), strings.NewReader(strings.Join(s.engine.lines, "")), loader.Limits{}); err != nil {
		s.t.Fatal(err)
	}
	all, snap := whole.Snapshot(), s.log.Snapshot()
	if got, want := found(s.t, &snap, e), found(s.t, &all, e); got != want {
		s.t.Errorf("%q finds %d rows, want %d", text, got, want)
	}
}

// checkNewest looks for rows of a question that are missing though older ones have come.
func (s *shelf) checkNewest(text string, before map[string]int) {
	s.t.Helper()
	e, _ := query.Parse(text)
	cover, _, _ := query.Fold(e, env, nil)
	now, oldest := s.lines(), int64(1<<62)
	for i, l := range s.engine.lines {
		if s.engine.timed[i] && now[l] > before[l] {
			oldest = min(oldest, s.engine.nanos[i])
		}
	}
	for i, l := range s.engine.lines {
		if s.engine.timed[i] && s.engine.nanos[i] > oldest && s.engine.has(i, cover) && now[l] == 0 {
			s.t.Fatalf("%q: %s is missing, though older rows have come", text, l)
		}
	}
}

func total(lines map[string]int) (n int64) {
	for _, c := range lines {
		n += int64(c)
	}
	return n
}

func TestNewRowsAndLateOnesAreLoadedOnce(t *testing.T) {
	m := newMemory(t, []byte(at(0, 1)+at(time.Minute, 2)+at(-30*time.Hour, 3)))
	s := newShelf(t, m)
	if out, err := s.ask(t.Context(), "", 2, Missing); err != nil || out.Rows != 2 || !out.More {
		t.Fatalf("%+v, %v", out, err)
	}
	late := newMemory(t, []byte(at(30*time.Second, 4)+at(2*time.Hour, 5)+at(-10*time.Hour, 6)))
	m.lines, m.nanos, m.timed = append(m.lines, late.lines...), append(m.nanos, late.nanos...), append(m.timed, late.timed...)
	if out, err := s.ask(t.Context(), "", 10, Newer); err != nil || out.Rows != 2 || out.More {
		t.Errorf("of newer rows came %+v, %v", out, err)
	}
	if out, err := s.ask(t.Context(), "", 10, Older); err != nil || out.Rows != 2 {
		t.Errorf("of older rows came %+v, %v", out, err)
	}
	if len(s.lines()) != 6 || s.excess() != "" || s.onlyNewest() {
		t.Errorf("loaded %v", s.lines())
	}
}

// What could be read of a window that breaks off stays, and is not read again.
func TestAWindowThatBreaksOffIsReadOnFromThere(t *testing.T) {
	var text strings.Builder
	for i := range 1_100 {
		fmt.Fprintf(&text, `{"timestamp":"2026-11-21T00:00:%02d.%03dZ","actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"%d"},"fill":"%s"}`+"\n", i/1000, i%1000, i, strings.Repeat("x", 32_000))
	}
	m := newMemory(t, []byte(text.String()))
	s := newShelf(t, m)
	whole := m.text(Window{Span: Always})
	m.fault = func(n int, _ Window) (io.ReadCloser, error) {
		if n == 1 { // after more than can be held
			return io.NopCloser(cut{strings.NewReader(whole[:mostHeld+12345]), &Error{Op: "reading", Name: "x://", What: "it broke off"}}), nil
		}
		return nil, nil
	}
	_, err := s.ask(t.Context(), "", 50_000, Missing)
	snap := s.log.Snapshot()
	if err == nil || snap.Rows() < 500 || snap.Sources()[0].Phase != model.Broken || !strings.Contains(snap.Sources()[0].Err.Raw(), "broke off") {
		t.Fatalf("%d rows, %v", snap.Rows(), err)
	}
	if out, err := s.ask(t.Context(), "", 50_000, Missing); err != nil || out.More {
		t.Errorf("%+v, %v", out, err)
	}
	if extra := s.excess(); extra != "" || len(s.lines()) != 1_100 {
		t.Errorf("%d lines are loaded, %.80s twice", len(s.lines()), extra)
	}
	snap = s.log.Snapshot()
	if first := snap.Sources()[0]; first.Phase != model.Complete || !first.Err.Empty() {
		t.Errorf("afterwards the source is %v: %s", first.Phase, first.Err.Raw())
	}
}

func TestWhatIsKnownWhollyIsNotAskedForAgain(t *testing.T) {
	m := newMemory(t, []byte(at(0, 1)+at(-10*time.Minute, 2)))
	s := newShelf(t, m)
	if _, err := s.ask(t.Context(), "", 100, Missing); err != nil {
		t.Fatal(err)
	}
	asked := len(m.asked)
	if out, err := s.ask(t.Context(), "is:failed", 100, Missing); err != nil || out.Rows != 0 || out.More || len(m.asked) != asked {
		t.Errorf("%+v by %d questions, %v", out, len(m.asked)-asked, err)
	}
}

func TestAFurtherQuestionThatIsStoppedLeavesTheSourceAsItWas(t *testing.T) {
	m := newMemory(t, []byte(at(0, 1)+at(-30*time.Hour, 2)))
	s := newShelf(t, m)
	if _, err := s.ask(t.Context(), "", 1, Missing); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	m.fault = func(int, Window) (io.ReadCloser, error) {
		cancel()
		return nil, ctx.Err()
	}
	if _, err := s.ask(ctx, "", 1, Older); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	snap := s.log.Snapshot()
	phases := []model.Phase{}
	for _, source := range snap.Sources() {
		phases = append(phases, source.Phase)
	}
	if !slices.Equal(phases, []model.Phase{model.Complete, model.Complete, model.Cancelled}) || !snap.OnlyNewest() {
		t.Errorf("the sources are %v", phases)
	}
	if of := snap.Sources()[1].Of; of.Raw() != "x://" {
		t.Errorf("the window is a part of %q", of.Raw())
	}
}
