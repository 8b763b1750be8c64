package query

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
)

func mustParse(tb testing.TB, text string) Expr {
	tb.Helper()
	e, err := Parse(text)
	if err != nil {
		tb.Fatalf("Parse(%q): %v", text, err)
	}
	return e
}

func TestMatcherServesAGrowingLog(t *testing.T) {
	v := inventor{rand.New(rand.NewPCG(7, 7))}
	log := model.NewLog()
	source := log.AddSource(model.NewText("audit.jsonl"))
	var lines []string
	matchers := map[string]model.Matcher{}
	before := map[string]*model.Selection{}
	queries := []string{"rule", "is:failed", "actor:alice -is:read", "is:first-seen", "is:new-address", "-is:new-action rule OR is:failed", "is:duplicate", "-is:duplicate rule", "actor.name=new0 OR actor.name=new3", "errors>1", "time:2026-11-02", "param.name:* OR line>5"}
	for _, q := range queries {
		matchers[q] = Compile(mustParse(t, q), Env{})
	}
	for round := range 5 {
		fresh := []string{fmt.Sprintf(`{"actor":{"id":"x","name":"new%d"}}`, round)}
		for range 40 {
			fresh = append(fresh, v.line())
		}
		appendLines(log, source, len(lines), fresh)
		lines = append(lines, fresh...)
		oracle := newNaive(Env{}, lines)
		for _, q := range queries {
			s, err := model.Select(context.Background(), log.Snapshot(), matchers[q], before[q])
			if err != nil {
				t.Fatal(err)
			}
			before[q] = s
			var got []int
			for r := range lines {
				if s.Has(model.Row(r)) {
					got = append(got, r)
				}
			}
			want := selected(t, log, Compile(mustParse(t, q), Env{}))
			if q != "time:2026-11-02" {
				want, _ = oracle.rows(mustParse(t, q))
			}
			if diff := cmp.Diff(want, append([]int{}, got...)); diff != "" {
				t.Fatalf("round %d: rows of %q (-want +got):\n%s", round, q, diff)
			}
		}
	}
}

// manyLines make a log of two segments, one of which is full.
func manyLines() []string {
	lines := make([]string, model.SegmentRows+100)
	for i := range lines {
		lines[i] = fmt.Sprintf(`{"actionName":"GET_%d","actionResult":"%s","actor":{"id":"a%d"},"sourceIP":"192.0.2.%d"}`, i%300, []string{"SUCCEEDED", "FAILED"}[i%2], i%7, i%50)
	}
	return lines
}

func TestMatcherServesManyGoroutines(t *testing.T) {
	log := newLog(t, manyLines())
	m := Compile(mustParse(t, `is:failed (is:first-seen OR "get_29" OR ip:192.0.2.0/30)`), Env{})
	want := selected(t, log, Compile(mustParse(t, `is:failed (is:first-seen OR "get_29" OR ip:192.0.2.0/30)`), Env{}))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if diff := cmp.Diff(want, selected(t, log, m)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
	wg.Wait()
	if len(want) == 0 {
		t.Error("no row matches")
	}
}

func TestNarrowStopsWhenCancelled(t *testing.T) {
	log := newLog(t, manyLines()[:5000])
	snap := log.Snapshot()
	for _, q := range []string{"nothing", "line:3", "is:first-seen", "is:offhours", "/x.y/", "target:x", "-(a OR b)"} {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		var rows model.Bitmap
		rows.SetRange(0, snap.Segment(0).Rows())
		if err := Compile(mustParse(t, q), Env{}).Narrow(ctx, &snap, snap.Segment(0), &rows); !errors.Is(err, context.Canceled) {
			t.Errorf("Narrow of %q = %v, want %v", q, err, context.Canceled)
		}
	}
}

// broken is a source whose bytes cannot be read from an offset on.
type broken struct {
	bytes.Reader
	from int64
}

func (b *broken) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > b.from {
		return 0, errors.New("input/output error")
	}
	return b.Reader.ReadAt(p, off)
}

func TestRowsThatCannotBeReadHoldNoText(t *testing.T) {
	line := `{"actionName":"GET_RULE","memo":"here"}`
	raw := []byte(line + "\n" + line + "\n")
	source := &broken{from: int64(len(line) + 1)}
	source.Reset(raw)
	log := model.NewLog()
	v := model.NewVocabulary()
	for i := range 2 {
		b := &model.Batch{Source: log.AddSource(model.NewText("x")), Raw: source, Base: int64(i * (len(line) + 1)), Length: int64(len(line) + 1), Vocabulary: v}
		r := record(v, line)
		r.Length = uint32(len(line))
		b.AddRow(r)
		log.Append(b)
	}
	var mu sync.Mutex
	var told []model.Row
	env := Env{Unread: func(from, to model.Row, err error) {
		mu.Lock()
		defer mu.Unlock()
		for r := from; r < to && err != nil; r++ {
			told = append(told, r)
		}
	}}
	if got := selected(t, log, Compile(mustParse(t, "here"), env)); !cmp.Equal(got, []int{0}) {
		t.Errorf("rows = %v, want the one that can be read", got)
	}
	if !cmp.Equal(told, []model.Row{1}) {
		t.Errorf("told of %v, want row 1", told)
	}
	if got := selected(t, log, Compile(mustParse(t, "action:get"), env)); len(got) != 2 {
		t.Errorf("rows by column = %v, want both", got)
	}
}

func TestGapsHoldNoTextAndAreNoNews(t *testing.T) {
	line := `{"actionName":"GET_RULE","memo":"here"}`
	raw := []byte(strings.Repeat(line+"\n", 3))
	source := &broken{from: int64(2 * (len(line) + 1))}
	source.Reset(raw)
	log, v := model.NewLog(), model.NewVocabulary()
	b := &model.Batch{Source: log.AddSource(model.NewText("x")), Raw: source, Lines: 3, Length: int64(len(raw)), Vocabulary: v}
	for i := range 3 {
		r := record(v, line)
		r.Offset, r.Length = uint32(i*(len(line)+1)), uint32(len(line))
		if i == 2 {
			r = &model.RowRecord{Offset: r.Offset, Length: r.Length, Flags: model.FlagReject | model.FlagError | model.FlagNoTime}
			b.AddProblem(model.Unreadable, model.FieldNone, 0, 0, 0)
		}
		b.AddRow(r)
	}
	log.Append(b)
	env := Env{Unread: func(from, to model.Row, err error) { t.Errorf("told of rows %d to %d: %v", from, to, err) }}
	for query, want := range map[string][]int{
		"here": {0, 1}, "/he.e/": {0, 1}, "/^/": {0, 1}, "get": {0, 1}, "memo:here": {0, 1}, "-here": {2}, "-memo:*": {2}, "is:reject": {2}, "has:problem -here": {2},
		"get_rule memo": {0, 1}, "target:x": {},
	} {
		if got := selected(t, log, Compile(mustParse(t, query), env)); !cmp.Equal(got, want) {
			t.Errorf("rows of %q = %v, want %v", query, got, want)
		}
	}
}

func TestEverythingHasNoMatcher(t *testing.T) {
	if m := Compile(Everything(), Env{}); m != nil {
		t.Errorf("Compile(everything) = %v, want nil", m)
	}
}

func TestExpressionHintsLoseNoMatch(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	pieces := []string{"token", "TOKEN", "to\u212Aen", "a", "ab", "aab", "x/y", "é", "É", "ſ", "s", "\n", " ", "rule", "ule", "R", ""}
	for _, text := range []string{`token`, `(?i)token`, `(?i)s`, `ab+`, `a{2}b`, `(rule|token)s?`, `(rule|)x`, `^a.*b$`, `x\/y`, `[ab]+é`, `(?i)é|rule`, `(?:ab)?rule`, `a|b|c|d|e|f|g|h|i|j`, `.`, `$`, `(?s)a.b`} {
		re, mine := regexp.MustCompile(text), expressionTest(text)
		for range 2000 {
			s := ""
			for range rng.IntN(4) {
				s += pieces[rng.IntN(len(pieces))]
			}
			if got, want := mine.match([]byte(s)), re.MatchString(s); got != want {
				t.Fatalf("/%s/ on %q: %v, want %v", text, s, got, want)
			}
			if re.MatchString(s) && len(mine.hints) > 0 && !anyIn(mine.hints, []byte(s)) {
				t.Fatalf("/%s/ matches %q, which has none of its hints", text, s)
			}
		}
	}
}

func TestOddQueriesStayQuick(t *testing.T) {
	repeat := func(s string, n int) string { return string(bytes.Repeat([]byte(s), n)) }
	for _, text := range []string{
		repeat("since:1 s ", 3000), repeat("a:b,", 9000) + "c", repeat("/a|b/ ", 9000), repeat("since:1 AND (day OR ", 190) + "day" + repeat(")", 190), repeat("last ", 20_000),
		"since:" + repeat("1h", 50_000), repeat(`\`, 100_000), `"` + repeat(`\`, 100_000) + `"`, repeat("xy:z ", 10_000), repeat("-", 100_000), repeat("(", 100_000), "a" + repeat(" OR a", 9_999),
	} {
		start := time.Now()
		if e, err := Parse(text); err == nil {
			Hints(e)
			Compile(e, Env{})
			if again, err := Parse(e.String()); err != nil || again.String() != e.String() {
				t.Errorf("%s… does not print back: %v", cut(text), err)
			}
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s… takes %v", cut(text), took)
		}
	}
}

// Dictionary ids, first rows and marks mean something in one log alone.
func TestAMatcherIsRefusedOnAnotherLog(t *testing.T) {
	mine, other := newLog(t, []string{`{"actionName":"GET_RULE"}`, `{"actionName":"SIGN_IN"}`}), newLog(t, []string{`{"actionName":"SIGN_IN"}`, `{"actionName":"GET_RULE"}`})
	ctx := context.Background()
	for _, text := range []string{"action:get", "rule", "target:x", "is:first-seen", "time:2026", "-is:failed", "line:1"} {
		e, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		m := Compile(e, Env{})
		if _, err := model.Select(ctx, model.Snapshot{}, m, nil); err != nil {
			t.Errorf("%s on no log: %v", text, err)
		}
		first, err2 := model.Select(ctx, mine.Snapshot(), m, nil)
		if err2 != nil {
			t.Fatal(err2)
		}
		if _, err := model.Select(ctx, other.Snapshot(), m, nil); !errors.Is(err, model.ErrOtherLog) {
			t.Errorf("%s on another log: %v, want ErrOtherLog", text, err)
		}
		if _, err := model.Select(ctx, other.Snapshot(), Compile(e, Env{}), first); !errors.Is(err, model.ErrOtherLog) {
			t.Errorf("%s extending a selection of another log: %v, want ErrOtherLog", text, err)
		}
		if _, err := model.SelectWithin(ctx, other.Snapshot(), Compile(e, Env{}), first); !errors.Is(err, model.ErrOtherLog) {
			t.Errorf("%s within a selection of another log: %v, want ErrOtherLog", text, err)
		}
		appendLines(mine, 0, first.Snapshot().Rows(), []string{`{"actionName":"SIGN_IN"}`})
		if _, err := model.Select(ctx, mine.Snapshot(), m, first); err != nil {
			t.Errorf("%s on its own log, which grew: %v", text, err)
		}
	}
}
