package panther

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"pawprint/loader/engine"
	"pawprint/model"
	"pawprint/model/condition"
)

var base = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

// newLake returns an instance whose data lake holds events at these seconds after base, and its engine.
func newLake(t *testing.T, limit int, seconds ...int) (*instance, *Engine) {
	in := newInstance(t)
	in.lake = &lake{limit: limit}
	for _, s := range seconds {
		in.lake.times = append(in.lake.times, base.Add(time.Duration(s)*time.Second))
	}
	c, _ := in.client(t)
	if limit > 0 {
		c.limit = int64(limit)
	}
	return in, &Engine{client: c, table: ownTable}
}

func every(n, step int) (out []int) {
	for i := range n {
		out = append(out, i*step)
	}
	return out
}

// load loads the newest rows since a while before base and returns how many there are.
func load(t *testing.T, e *Engine, rows int64, since time.Duration) (int64, string, error) {
	t.Helper()
	log := model.NewLog()
	var notice string
	src := engine.New("panther://example.com", e, engine.Options{Rows: rows, Span: engine.Span{From: base.Add(-since).UnixNano(), To: engine.Always.To}, Notice: func(s string) { notice = s }})
	err := src.Load(t.Context(), log)
	snap := log.Snapshot()
	b := snap.Books()
	if b.Lines != b.Events+b.Rejects+b.Blanks || b.Rejects > 0 {
		t.Errorf("books are %+v", b)
	}
	return b.Events, notice, err
}

func TestTheNewestRowsOfTheDataLakeAreASource(t *testing.T) {
	for name, c := range map[string]struct {
		limit   int
		seconds []int
		rows    int64
		want    int64
	}{
		"nothing": {0, nil, 10, 0}, "all": {0, every(50, 600), 0, 50}, "fewer than asked for": {0, every(50, 600), 100, 50}, "the newest": {0, every(5000, 60), 1234, 1234},
		"in halves": {20_000, every(3000, 5), 0, 3000}, "the newest in halves": {20_000, every(3000, 5), 1500, 1500},
	} {
		t.Run(name, func(t *testing.T) {
			in, e := newLake(t, c.limit, c.seconds...)
			n, notice, err := load(t, e, c.rows, 24*time.Hour)
			if n != c.want || err != nil || (notice != "") != (int(c.want) < len(c.seconds)) {
				t.Errorf("%d rows, notice %q, %v", n, notice, err)
			}
			for _, sql := range in.started {
				if !strings.HasPrefix(sql, "/* pawprint */ SELECT ") || !strings.Contains(sql, "p_event_time >= TO_TIMESTAMP_NTZ('") {
					t.Errorf("sent is %s", sql)
				}
			}
		})
	}
}

// A second that is too large for a result cannot be split: that is said, and the rows that came are no whole window.
func TestASpanThatCannotBeSplitIsAnError(t *testing.T) {
	_, e := newLake(t, 2_000, make([]int, 500)...)
	for _, rows := range []int64{0, 400} {
		if _, _, err := load(t, e, rows, time.Hour); err == nil || !strings.Contains(err.Error(), "100 MB") {
			t.Errorf("%d rows: %v", rows, err)
		}
	}
}

func TestTheDataLakeIsNotAskedWithoutAnEarliestTime(t *testing.T) {
	in, e := newLake(t, 0, 1, 2, 3)
	_, _, _, err := e.Bounds(t.Context(), engine.Always)
	if err == nil || !strings.Contains(err.Error(), "--since") {
		t.Errorf("bounds: %v", err)
	}
	if _, err := e.Lines(t.Context(), engine.Window{Span: engine.Always}); err == nil {
		t.Error("lines without an earliest time")
	}
	if len(in.requests) > 0 {
		t.Errorf("sent are %q", in.requests)
	}
}

func TestAWindowOfTheDataLakeEndsWithItsContext(t *testing.T) {
	_, e := newLake(t, 0, every(10, 1)...)
	ctx, cancel := context.WithCancel(t.Context())
	lines, err := e.Lines(ctx, engine.Window{Span: engine.Span{From: base.UnixNano(), To: engine.Always.To}})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := io.ReadAll(lines); !errors.Is(err, context.Canceled) {
		t.Errorf("read after the end: %v", err)
	}
}

func TestTimesOfTheAPIAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"2022-04-22 15:39:55.358": "2022-04-22T15:39:55.358Z", "2022-04-22 15:39:55": "2022-04-22T15:39:55Z", "2022-04-22T15:39:55.000001Z": "2022-04-22T15:39:55.000001Z",
		"2022-04-22": "", "yesterday": "",
	} {
		n, err := parseTime(text)
		got := ""
		if err == nil {
			got = time.Unix(0, n).UTC().Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	if got, want := moment(base.UnixNano()+5), fmt.Sprintf("TO_TIMESTAMP_NTZ('%s')", "2026-11-02 10:00:00.000000005"); got != want {
		t.Errorf("a time is written as %s", got)
	}
}

// A condition is asked for only where all columns of the table are of types that are known.
func TestAConditionIsAskedForInTheColumnsOfTheTable(t *testing.T) {
	const known = `{"name":"actionName","type":"string"},{"name":"actor","type":"variant"},{"name":"timestamp","type":"TIMESTAMP_NTZ(9)"},{"name":"p_any_size","type":"bigint"}`
	is := condition.In{Path: []string{"actionName"}, Values: []string{"it's"}}
	for name, c := range map[string]struct {
		columns, err string
		is           condition.Condition
		pushed       bool
	}{
		"known":        {`{"columns":[` + known + `]}`, "", is, true},
		"unknown type": {`{"columns":[` + known + `,{"name":"x","type":"geography"}]}`, "", is, false},
		"nothing":      {`{"columns":[` + known + `]}`, "", condition.Const(true), false},
		"no table":     {`null`, "the data lake has no such table", is, false},
	} {
		for _, newest := range []int64{0, 5} {
			in, e := newLake(t, 0, every(3, 1)...)
			in.columns = c.columns
			lines, err := e.Lines(t.Context(), engine.Window{Span: engine.Span{From: base.UnixNano(), To: engine.Always.To}, Is: c.is, Newest: newest})
			if err == nil {
				_, err = io.ReadAll(lines)
			}
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v", name, err)
			}
			sent := strings.Join(in.started, "\n")
			if strings.Contains(sent, `'it''s'`) != c.pushed || strings.Contains(sent, "EXCLUDE (x_all, x_low)") != c.pushed {
				t.Errorf("%s: sent is %s", name, sent)
			}
		}
	}
}

// Whatever stands in a query is sent as one statement that reads.
func TestHostileTextsAreSentAsTexts(t *testing.T) {
	for _, text := range []string{"'", "\\", "\\'", "'; DROP TABLE x; --", "*/ ; /*", "$$", "\n;", "é'", "//", "--", "\\\\'"} {
		in, e := newLake(t, 0, every(3, 1)...)
		in.columns = `{"columns":[{"name":"actionName","type":"string"}]}`
		is := condition.Or(condition.In{Path: []string{"actionName"}, Values: []string{text}}, condition.Holds{Text: text})
		if _, err := e.Lines(t.Context(), engine.Window{Span: engine.Span{From: base.UnixNano(), To: engine.Always.To}, Is: is, Newest: 5}); err != nil || len(in.started) != 1 {
			t.Errorf("%q: %v, sent %q", text, err, in.started)
		}
	}
}
