package query

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader/decode"
	"pawprint/loader/demo/damaged"
	"pawprint/model"
	"pawprint/model/condition"
	"pawprint/model/condition/conditiontest"
	"pawprint/model/query/querytest"
)

// foldedLog is a log with its lines as the played engines read them.
type foldedLog struct {
	*model.Log
	lines  []string
	read   [][]*conditiontest.Line // by engine
	events []int                   // rows of each line
}

func newFoldedLog(t *testing.T, lines []string) *foldedLog {
	t.Helper()
	raw := []byte(strings.Join(lines, "\n") + "\n")
	l := &foldedLog{Log: model.NewLog(), lines: lines, events: make([]int, len(lines))}
	b := &model.Batch{Source: l.AddSource(model.NewText("audit.jsonl")), Raw: bytes.NewReader(raw), Length: int64(len(raw)), Line: 1}
	decode.New().Lines(b, raw)
	l.Append(b)
	snap := l.Snapshot()
	for r := range snap.Rows() {
		l.events[snap.Event(model.Row(r)).Origin.Line-1]++
	}
	for _, e := range conditiontest.Engines {
		var read []*conditiontest.Line
		for _, line := range lines {
			read = append(read, e.Read([]byte(line)))
		}
		l.read = append(l.read, read)
	}
	return l
}

// matching counts the rows of each line that match.
func (l *foldedLog) matching(t *testing.T, m model.Matcher) []int {
	t.Helper()
	snap := l.Snapshot()
	s, err := model.Select(context.Background(), snap, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]int, len(l.lines))
	for k := range s.Len() {
		out[snap.Event(s.At(k)).Origin.Line-1]++
	}
	return out
}

// engineValues are the dictionaries of a played engine. Every third column has too many values if sparse.
type engineValues struct {
	read   []*conditiontest.Line
	sparse int
	known  map[string][]string
}

func (d *engineValues) Values(path []string) ([]string, bool) {
	key := strings.Join(path, ".")
	if d.sparse > 0 && (len(key)+d.sparse)%3 == 0 {
		return nil, false
	}
	if _, ok := d.known[key]; !ok {
		seen := map[string]bool{}
		d.known[key] = []string{}
		for _, l := range d.read {
			if text, is := l.Text(path); is && !seen[text] {
				seen[text] = true
				d.known[key] = append(d.known[key], text)
			}
		}
	}
	return d.known[key], true
}

// wrong describes the first line that a fold loses or counts by mistake, for one engine; empty if there is none.
func (l *foldedLog) wrong(engine int, cover, core condition.Condition, matching []int) string {
	for i, line := range l.read[engine] {
		switch n := matching[i]; {
		case n > 0 && !line.True(cover):
			return fmt.Sprintf("line %.400q matches, and is not in the cover %s", l.lines[i], cover)
		case line.True(core) && (n != 1 || l.events[i] != 1):
			return fmt.Sprintf("%d of the %d rows of line %.400q match, and it is in the core %s", n, l.events[i], l.lines[i], core)
		}
	}
	return ""
}

// foldedLines are lines of events, damaged ones, and those that engines read in different ways.
func foldedLines(v inventor, n int) (lines []string) {
	lines = querytest.Lines()
	for _, c := range damaged.Cases() {
		if !bytes.ContainsRune(c.Line, '\n') {
			lines = append(lines, string(c.Line))
		}
	}
	for len(lines) < n {
		lines = append(lines, v.line(), querytest.RandomLine(v.Rand))
	}
	return lines
}

var foldEnv = Env{Now: time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC), Marks: naiveMarks}

// TestCoreMatchingAndCoverAreWithinEachOther holds of every query, engine and dictionary.
func TestCoreMatchingAndCoverAreWithinEachOther(t *testing.T) {
	v := inventor{rand.New(rand.NewPCG(*seed, 9))}
	log := newFoldedLog(t, foldedLines(v, 600))
	env := foldEnv
	env.Sets = setsOf(t, naiveFiles)
	values := make([]*engineValues, len(log.read))
	for i, read := range log.read {
		values[i] = &engineValues{read: read, known: map[string][]string{}}
	}
	pairs, narrowed, decided, failed := 0, 0, 0, 0
	try := func(text string, n int) {
		e := mustParse(t, text)
		matching := log.matching(t, Compile(e, env))
		for k := range 3 {
			engine := (n + k) % len(log.read)
			d := Dictionaries(values[engine])
			if values[engine].sparse = n % 4; n%5 == 0 {
				d = nil
			}
			cover, core, _ := Fold(e, env, d)
			pairs += len(log.lines)
			if msg := log.wrong(engine, cover, core, matching); msg != "" {
				t.Errorf("seed %d: %s: engine %+v, dictionaries %v: %s", *seed, text, conditiontest.Engines[engine], d != nil, msg)
				failed++
			}
			if cover != condition.Condition(condition.Const(true)) {
				narrowed++
			}
			if core != condition.Condition(condition.Const(false)) {
				decided++
			}
		}
	}
	n := 0
	for _, q := range querytest.Queries() {
		for range 5 { // with and without dictionaries
			n++
			try(q.Text, n)
		}
	}
	for ; pairs < 1_000_000 && failed < 10; n++ {
		text := v.query(0)
		if n%3 == 0 {
			text = querytest.Random(v.Rand)
		}
		try(text, n)
	}
	t.Logf("%d queries × lines; %d of %d covers leave lines out, %d cores have lines", pairs, narrowed, 3*n, decided)
	if narrowed < n || decided < n {
		t.Errorf("of %d folds, only %d covers leave lines out, and %d cores have lines", 3*n, narrowed, decided)
	}
}

// rewrite replaces the conditions within one, from the inside out.
func rewrite(c condition.Condition, by func(condition.Condition) condition.Condition) condition.Condition {
	var parts []condition.Condition
	switch c := c.(type) {
	case condition.All:
		for _, p := range c {
			parts = append(parts, rewrite(p, by))
		}
		return by(condition.And(parts...))
	case condition.Any:
		for _, p := range c {
			parts = append(parts, rewrite(p, by))
		}
		return by(condition.Or(parts...))
	case condition.Not:
		return by(condition.Negate(rewrite(c.Part, by)))
	}
	return by(c)
}

// faults are mistakes that a fold could make, each as the conditions that it would result in.
var faults = map[string]func(c condition.Condition) condition.Condition{
	"lines that are read in two ways are trusted": func(c condition.Condition) condition.Condition {
		if _, is := c.(condition.Unsettled); is {
			return condition.Const(false)
		}
		return c
	},
	"values of another type are trusted": func(c condition.Condition) condition.Condition {
		if u, is := c.(condition.Unsettled); is {
			u.Text = false
			return u
		}
		return c
	},
	"keys that are there twice are trusted": func(c condition.Condition) condition.Condition {
		if _, is := c.(condition.Unsettled); is {
			return condition.Unsettled{}
		}
		return c
	},
	"times that an engine does not read are taken as read": func(c condition.Condition) condition.Condition {
		if _, is := c.(condition.Untimed); is {
			return condition.Const(false)
		}
		return c
	},
	"the end of a time is left out": func(c condition.Condition) condition.Condition {
		if s, is := c.(condition.Time); is && s.To != math.MaxInt64 {
			s.To -= 1_000_000_000
			return s
		}
		return c
	},
	"a value is left out": func(c condition.Condition) condition.Condition {
		if in, is := c.(condition.In); is {
			in.Values = in.Values[1:]
			return in
		}
		return c
	},
	"a value is added": func(c condition.Condition) condition.Condition {
		if in, is := c.(condition.In); is {
			in.Values = append(slices.Clone(in.Values), "GET_RULE", "SUCCEEDED")
			return in
		}
		return c
	},
	"escapes are forgotten":               hides(`\u`),
	"the Kelvin sign is forgotten":        hides("\u212a"),
	"the long s is forgotten":             hides("ſ"),
	"short escapes are forgotten":         hides(`\t`),
	"events in strings are forgotten":     hides(`name\`, `id\`, `param\`),
	"events within others are forgotten":  replaces(condition.Negate(event), condition.Const(false)),
	"lines that are no event are counted": replaces(event, condition.Const(true)),
	"absent is the same as empty": func(c condition.Condition) condition.Condition {
		if in, is := c.(condition.In); is && slices.Contains(in.Values, "") {
			return condition.Or(in, condition.Negate(condition.Present{Path: in.Path}))
		}
		return c
	},
	"a list without elements is not empty": fills(),
}

func hides(texts ...string) func(condition.Condition) condition.Condition {
	return func(c condition.Condition) condition.Condition {
		if h, is := c.(condition.Holds); is && slices.Contains(texts, h.Text) {
			return condition.Const(false)
		}
		return c
	}
}

func replaces(from, to condition.Condition) func(condition.Condition) condition.Condition {
	return func(c condition.Condition) condition.Condition {
		if c.String() == from.String() {
			return to
		}
		return c
	}
}

func fills() func(condition.Condition) condition.Condition {
	return func(c condition.Condition) condition.Condition {
		if f, is := c.(condition.Filled); is {
			return condition.Present(f)
		}
		return c
	}
}

// TestAWrongFoldIsFound checks that the property above could fail.
func TestAWrongFoldIsFound(t *testing.T) {
	v := inventor{rand.New(rand.NewPCG(*seed, 9))}
	log := newFoldedLog(t, foldedLines(v, 400))
	values := &engineValues{read: log.read[0], known: map[string][]string{}}
	found := map[string]string{}
	check := func(fault, text string, cover, core condition.Condition, matching []int) {
		for engine := range log.read {
			if log.wrong(engine, cover, core, matching) != "" {
				found[fault] = text
				return
			}
		}
	}
	for _, q := range querytest.Queries() {
		e := mustParse(t, q.Text)
		matching := log.matching(t, Compile(e, foldEnv))
		for _, d := range []Dictionaries{values, nil} {
			cover, core, _ := Fold(e, foldEnv, d)
			for fault, by := range faults {
				if found[fault] == "" {
					check(fault, q.Text, rewrite(cover, by), rewrite(core, by), matching)
				}
			}
			if inner, is := Negated(e); is && found["a negation does not swap"] == "" {
				cover, core, _ := Fold(inner, foldEnv, d)
				check("a negation does not swap", q.Text, condition.Negate(cover), condition.Negate(core), matching)
			}
			if found["the cover is the core"] == "" {
				check("the cover is the core", q.Text, core, core, matching)
			}
			if found["the core is the cover"] == "" {
				check("the core is the cover", q.Text, cover, cover, matching)
			}
		}
	}
	for _, fault := range append(slices.Collect(maps.Keys(faults)), "a negation does not swap", "the cover is the core", "the core is the cover") {
		if found[fault] == "" {
			t.Errorf("no query finds it if %s", fault)
		}
	}
}
