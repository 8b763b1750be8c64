package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"pawprint/loader"
	"pawprint/loader/sourcetest"
	"pawprint/model"
	"pawprint/model/condition"
	"pawprint/model/condition/conditiontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is an engine over lines in memory. It knows the times of lines as pawprint does.
type memory struct {
	lines  []string
	nanos  []int64
	timed  []bool
	margin time.Duration

	mu     sync.Mutex
	asked  []Window
	bounds int
	listed []string // the paths of dictionaries
	values func(path []string) ([]string, bool, error)
	closed int
	fault  func(asked int, w Window) (io.ReadCloser, error) // may answer instead

	forgets bool // it does not look at negations in what it is asked for
}

func newMemory(t *testing.T, text []byte) *memory {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "plain", From: bytes.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
	m := &memory{}
	snap := log.Snapshot()
	raw := model.NewRawReader(&snap)
	for r := range model.Row(snap.Rows()) {
		line, err := raw.Line(r)
		if err != nil {
			t.Fatal(err)
		}
		e := snap.Event(r)
		m.lines = append(m.lines, string(line)+"\n")
		m.nanos, m.timed = append(m.nanos, e.Nanos), append(m.timed, e.Flags&model.FlagNoTime == 0)
	}
	return m
}

func (m *memory) Margin() time.Duration { return m.margin }

func (m *memory) Close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed++
}

func (m *memory) Bounds(ctx context.Context, of Span) (oldest, newest int64, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.bounds++
	for i, at := range m.nanos {
		if !m.timed[i] || at < of.From || at >= of.To {
			continue
		}
		if !ok || at < oldest {
			oldest = at
		}
		if !ok || at > newest {
			newest = at
		}
		ok = true
	}
	return oldest, newest, ok, ctx.Err()
}

func (m *memory) Lines(ctx context.Context, w Window) (io.ReadCloser, error) {
	m.mu.Lock()
	m.asked = append(m.asked, w)
	n := len(m.asked)
	m.mu.Unlock()
	if m.fault != nil {
		if r, err := m.fault(n, w); r != nil || err != nil {
			return r, err
		}
	}
	return io.NopCloser(strings.NewReader(m.text(w))), ctx.Err()
}

// has reports whether a condition is true of a row.
func (m *memory) has(i int, is condition.Condition) bool {
	if _, not := is.(condition.Not); not && m.forgets {
		return true
	}
	if parts, all := is.(condition.All); all && m.forgets {
		return !slices.ContainsFunc(parts, func(part condition.Condition) bool { return !m.has(i, part) })
	}
	return conditiontest.Engine{}.True(is, []byte(strings.TrimSuffix(m.lines[i], "\n")))
}

func (m *memory) inside(i int, of Span) bool {
	return !m.timed[i] || m.nanos[i] >= of.From && m.nanos[i] < of.To
}

func (m *memory) Count(ctx context.Context, of Span, is condition.Condition) (n int64, err error) {
	for i := range m.lines {
		if m.inside(i, of) && m.has(i, is) {
			n++
		}
	}
	return n, ctx.Err()
}

func (m *memory) Values(ctx context.Context, of Span, path []string, most, mostBytes int) (values []string, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.listed = append(m.listed, strings.Join(path, "."))
	if m.values == nil {
		return nil, false, ctx.Err()
	}
	return m.values(path)
}

// text returns the lines of a window.
func (m *memory) text(w Window) string {
	var rows []int
	for i := range m.lines {
		if (w.Both || m.timed[i] != w.Unclear) && (w.Unclear || m.inside(i, w.Span)) && (w.Is == nil || m.has(i, w.Is)) {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return int(m.nanos[a]/1000 - m.nanos[b]/1000) })
	if n := int64(len(rows)); w.Newest > 0 && n > w.Newest {
		rows = rows[n-w.Newest:]
	}
	var b strings.Builder
	for _, i := range rows {
		b.WriteString(m.lines[i])
	}
	return b.String()
}

// at returns an event at a time after the start of a day.
func at(after time.Duration, id int) string {
	stamp := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC).Add(after).Format(time.RFC3339Nano)
	return fmt.Sprintf(`{"timestamp":%q,"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"%d"}}`+"\n", stamp, id)
}

// atOnce is time.After without the wait.
func atOnce(time.Duration) <-chan time.Time {
	c := make(chan time.Time, 1)
	c <- time.Time{}
	return c
}

func loaded(t *testing.T, s *Source) (*model.Snapshot, error) {
	t.Helper()
	s.o.After = atOnce
	log := model.NewLog()
	err := loader.Load(t.Context(), log, s)
	snap := log.Snapshot()
	return &snap, err
}

func TestAnEngineIsASourceLikeAllOthers(t *testing.T) {
	open := func(o Options) func(*testing.T, string, []byte) loader.Source {
		return func(t *testing.T, _ string, text []byte) loader.Source {
			return New("clickhouse://example.com/audit", newMemory(t, text), o)
		}
	}
	sourcetest.Check(t,
		sourcetest.Kind{Name: "all rows", Open: open(Options{}), Break: func(t *testing.T, _ string, text []byte) (loader.Source, string) {
			m := newMemory(t, text)
			m.fault = func(n int, _ Window) (io.ReadCloser, error) {
				if n == 2 {
					return nil, &Error{Op: "reading", Name: "clickhouse://example.com/audit", What: "the query took too long"}
				}
				return nil, nil
			}
			return New("clickhouse://example.com/audit", m, Options{}), "the query took too long"
		}},
		sourcetest.Kind{Name: "more rows than there are", Open: open(Options{Rows: 1 << 40})},
	)
}

func TestWindowsGoFromTheNewestBackAndGrow(t *testing.T) {
	var text strings.Builder
	for i := range 60 * 24 {
		text.WriteString(at(-time.Duration(i)*time.Hour, i))
	}
	text.WriteString("no event\n")
	m := newMemory(t, []byte(text.String()))
	snap, err := loaded(t, New("x://", m, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if snap.Rows() != 60*24+1 {
		t.Errorf("%d rows", snap.Rows())
	}
	var widths []time.Duration
	for i, w := range m.asked {
		if i > 0 && !w.Unclear && w.To > m.asked[i-1].From {
			t.Errorf("window %d ends at %d, the one before begins at %d", i, w.To, m.asked[i-1].From)
		}
		widths = append(widths, time.Duration(w.To-w.From).Round(time.Hour))
	}
	want := []time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, 28 * 24 * time.Hour}
	if len(m.asked) != 6 || !slices.Equal(widths[:4], want) || !m.asked[5].Unclear {
		t.Errorf("windows of %v", widths)
	}
	if m.closed != 1 {
		t.Errorf("closed %d times", m.closed)
	}
}

func TestTheNewestRowsAreReadAndItIsSaidThatThereMayBeMore(t *testing.T) {
	var text strings.Builder
	for i := range 1000 {
		text.WriteString(at(time.Duration(i*7919%1000)*time.Minute, i*7919%1000))
	}
	for _, rows := range []int64{1, 10, 61, 999, 1000, 1001} {
		var notes []string
		m := newMemory(t, []byte(text.String()))
		snap, err := loaded(t, New("x://", m, Options{Rows: rows, Notice: func(s string) { notes = append(notes, s) }}))
		if err != nil {
			t.Fatal(err)
		}
		if want := min(rows, 1000); int64(snap.Rows()) != want {
			t.Errorf("%d rows of --rows %d, want %d", snap.Rows(), rows, want)
		}
		for r := range model.Row(snap.Rows()) {
			e := snap.Event(r)
			if when := e.Time(); when.Before(time.Date(2026, 11, 21, 0, 1000-int(rows), 0, 0, time.UTC)) {
				t.Errorf("with --rows %d there is an event of %v", rows, when)
			}
		}
		if said := len(notes) == 1 && strings.Contains(notes[0], "older ones were not read"); said != (rows <= 1000) {
			t.Errorf("with --rows %d it says %q", rows, notes)
		}
	}
}

func TestWhatIsLeftOfAQueryIsCounted(t *testing.T) {
	var text strings.Builder
	for i := range 100 {
		text.WriteString(at(time.Duration(i)*time.Minute, i))
	}
	broken := &Error{Op: "counting rows of", Name: "x://", What: "it has had enough"}
	for _, c := range []struct {
		rows        int64
		least, most int64
		err         error
		want        model.Total
		newest      bool
	}{
		{10, 90, 100, nil, model.Total{Least: 90, Most: 100}, true},
		{10, 5, 100, nil, model.Total{Least: 5, Most: 100}, true}, // not all that is read matches
		{10, 0, 0, broken, model.Total{}, true},
		{101, 1, 1, nil, model.Total{}, false},
	} {
		asked := 0
		snap, err := loaded(t, New("x://", newMemory(t, []byte(text.String())), Options{Rows: c.rows, Total: func(context.Context, Span, condition.Condition, condition.Condition) (int64, int64, error) {
			asked++
			return c.least, c.most, c.err
		}}))
		if !errors.Is(err, c.err) || snap.Total() != c.want || (asked > 0) != c.newest || snap.OnlyNewest() != c.newest {
			t.Errorf("of %d rows there are %+v, want %+v; %v", c.rows, snap.Total(), c.want, err)
		}
		if b := snap.Books(); b.Events != min(c.rows, 100) {
			t.Errorf("%+v", b)
		}
	}
}

func TestAnIntervalBecomesANumberIfFewRowsDecide(t *testing.T) {
	text := []byte(at(0, 1) + at(time.Minute, 2))
	broken := errors.New("it has had enough")
	for _, c := range []struct {
		least, most int64
		err         error
		want        model.Total
		asked       int
	}{
		{2, 2, nil, model.Total{Least: 2, Most: 2}, 0},
		{1, 2, nil, model.Total{Least: 7, Most: 7}, 1},
		{1, 2, broken, model.Total{Least: 1, Most: 2}, 1},
		{0, MostUndecided, nil, model.Total{Least: 7, Most: 7}, 1},
		{0, MostUndecided + 1, nil, model.Total{Most: MostUndecided + 1}, 0},
	} {
		asked := 0
		snap, err := loaded(t, New("x://", newMemory(t, text), Options{Rows: 1, Total: func(context.Context, Span, condition.Condition, condition.Condition) (int64, int64, error) {
			return c.least, c.most, nil
		}, Exact: func(context.Context) (int64, error) {
			asked++
			return 7, c.err
		}}))
		if err != nil || snap.Total() != c.want || asked != c.asked {
			t.Errorf("%d to %d becomes %+v by %d questions, want %+v; %v", c.least, c.most, snap.Total(), asked, c.want, err)
		}
	}
}

func TestAGapBetweenRowsIsSkipped(t *testing.T) {
	m := newMemory(t, []byte(at(0, 1)+at(-5*365*24*time.Hour, 2)))
	snap, err := loaded(t, New("x://", m, Options{}))
	if err != nil || snap.Rows() != 2 || len(m.asked) != 4 || m.bounds != 2 {
		t.Errorf("%d rows by %d windows, %v", snap.Rows(), len(m.asked), err)
	}
}

func TestOnlyTheTimeThatIsAskedForIsRead(t *testing.T) {
	var text strings.Builder
	for i := range 100 {
		text.WriteString(at(time.Duration(i)*time.Hour, i))
	}
	text.WriteString(`{"actionName":"GET_RULE"}` + "\n")
	day := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	for margin, want := range map[time.Duration]int{0: 24 + 1, time.Hour: 26 + 1} {
		m := newMemory(t, []byte(text.String()))
		m.margin = margin
		snap, err := loaded(t, New("x://", m, Options{Span: SpanOf(day.Add(24*time.Hour), day.Add(48*time.Hour))}))
		if err != nil || snap.Rows() != want {
			t.Errorf("with a margin of %v there are %d rows, want %d; %v", margin, snap.Rows(), want, err)
		}
	}
}

// cut ends with an error after a text.
type cut struct {
	io.Reader
	err error
}

func (c cut) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err != nil {
		return n, c.err
	}
	return n, nil
}

func TestWhatBreaksOffIsAskedForAgainAndNoRowIsThereTwice(t *testing.T) {
	var text strings.Builder
	for i := range 50 {
		text.WriteString(at(time.Duration(i)*time.Minute, i))
	}
	m := newMemory(t, []byte(text.String()))
	m.fault = func(n int, w Window) (io.ReadCloser, error) {
		switch n {
		case 1:
			return nil, &Error{Kind: Unavailable, What: "it is not available", After: time.Hour}
		case 2:
			return io.NopCloser(cut{strings.NewReader(m.text(w)[:3000]), &Error{Kind: Cut, What: "the answer broke off"}}), nil
		}
		return nil, nil
	}
	snap, err := loaded(t, New("x://", m, Options{}))
	if err != nil || snap.Rows() != 50 {
		t.Errorf("%d rows, %v", snap.Rows(), err)
	}
	if note := snap.Sources()[0].Note.Raw(); !strings.Contains(note, "2 retries") {
		t.Errorf("note %s", note)
	}
}

func TestAWindowThatFailsIsABrokenSourceAndTheLoadEnds(t *testing.T) {
	for _, kind := range []Kind{Other, Forbidden, TooMuch, Unavailable, Cut} {
		m := newMemory(t, []byte(at(0, 1)+at(-10*time.Hour, 2)+at(-1000*time.Hour, 3)))
		m.fault = func(n int, _ Window) (io.ReadCloser, error) {
			if n == 1 {
				return nil, nil
			}
			return nil, &Error{Op: "reading", Name: "x://", Kind: kind, What: "it has had enough"}
		}
		snap, err := loaded(t, New("x://", m, Options{Rows: 10}))
		if err == nil || !strings.Contains(err.Error(), "it has had enough") || snap.Rows() != 1 {
			t.Fatalf("%d rows, %v", snap.Rows(), err)
		}
		broken := 0
		for _, s := range snap.Sources() {
			if s.Phase == model.Broken && strings.Contains(s.Err.Raw(), "it has had enough") {
				broken++
			}
		}
		if tries := len(m.asked) - 1; broken != 2 || (tries == 5) != (kind == Unavailable || kind == Cut) {
			t.Errorf("%d sources are broken after %d tries", broken, tries)
		}
	}
}

func TestACancellationWhileItWaitsEndsALoadAtOnce(t *testing.T) {
	m := newMemory(t, []byte(at(0, 1)))
	ctx, cancel := context.WithCancel(t.Context())
	m.fault = func(int, Window) (io.ReadCloser, error) {
		cancel()
		return nil, &Error{Kind: Unavailable}
	}
	log := model.NewLog()
	if err := New("x://", m, Options{}).Load(ctx, log); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	snap := log.Snapshot()
	for _, s := range snap.Sources() {
		if s.Phase != model.Cancelled {
			t.Errorf("%s is %v", s.Name.Raw(), s.Phase)
		}
	}
}

func TestLinesAreLinesWhateverTheyLookLike(t *testing.T) {
	text := "[1,2\ntimestamp,actionName\na,b\n\x1f\x8b\x08\n" + at(0, 1)
	m := newMemory(t, []byte(at(0, 1)+"[1,2\n"))
	m.fault = func(n int, w Window) (io.ReadCloser, error) {
		if w.Unclear {
			return io.NopCloser(strings.NewReader(text)), nil
		}
		return nil, nil
	}
	snap, err := loaded(t, New("x://", m, Options{}))
	if b := snap.Books(); err != nil || b.Lines != 6 || b.Events != 2 || b.Rejects != 4 {
		t.Errorf("%+v, %v", b, err)
	}
}
