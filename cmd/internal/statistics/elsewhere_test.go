package statistics

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/compare"
	"pawprint/model/count"
	"pawprint/model/query"
)

// counting is a Statistic or a Comparison.
type counting interface {
	Asked() (lists [][]model.Field, why string)
}

// counted prints what is counted in the lines of a text.
func counted(t *testing.T, what counting, text string) (csv string, events int) {
	t.Helper()
	chosen := func(q string) *model.Selection {
		e, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		sel, err := model.Select(t.Context(), loaded(t, text), query.Compile(e, query.Env{}), nil)
		if err != nil {
			t.Fatal(err)
		}
		return sel
	}
	var g *output.Grid
	var err error
	switch what := what.(type) {
	case *Statistic:
		g, events, err = what.Grid(t.Context(), chosen(""))
	case *Comparison:
		both, errBoth := what.Compare(t.Context(), chosen(periods[0]), chosen(periods[1]))
		g, events, err = both.Grid, both.Before+both.After, errBoth
	}
	if err != nil {
		t.Fatal(err)
	}
	format, err := output.Grids.Find("csv")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := format.WriteGrid(output.Options{Out: &out}, g); err != nil {
		t.Fatal(err)
	}
	return out.String(), events
}

// periods are the queries for two periods.
var periods = [2]string{"until:2026-11-13", "since:2026-11-14"}

// countsOfLines counts the texts of lines that match a query, as a source that counts them itself would.
func countsOfLines(t *testing.T, of []model.Field, step clock.Step, q, text string) (counts []count.Count) {
	t.Helper()
	e, err := query.Parse(q)
	if err != nil {
		t.Fatal(err)
	}
	snap := loaded(t, text)
	sel, err := model.Select(t.Context(), snap, query.Compile(e, query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sel.Len() {
		event := snap.Event(sel.At(i))
		n := count.Count{Events: 1, First: event.Nanos, Last: event.Nanos, Timed: true}
		if event.Result != model.Succeeded {
			n.Failed = 1
		}
		if step.Length > 0 {
			start, _ := step.Bounds(event.Nanos)
			n.Values = append(n.Values, count.StepValue(start))
		}
		line, err := snap.Raw(sel.At(i))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range of {
			n.Values = append(n.Values, textAt(t, line.Raw(), f))
		}
		counts = append(counts, n)
	}
	return counts
}

// textAt returns the string at an attribute of a line.
func textAt(t *testing.T, line string, f model.Field) count.Value {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(line), &value); err != nil {
		t.Fatal(err)
	}
	for _, key := range strings.Split(f.String(), ".") {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	text, there := value.(string)
	return count.Value{Text: model.NewText(text), Absent: !there}
}

func elsewhereOf(t *testing.T, what counting, step clock.Step, q, text string) (all []*Elsewhere) {
	t.Helper()
	lists, why := what.Asked()
	if why != "" {
		t.Fatalf("%s cannot be counted elsewhere", why)
	}
	for _, list := range lists {
		e, err := NewElsewhere(t.Context(), list, step.Length > 0, countsOfLines(t, list, step, q, text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

func TestCountsFromElsewhereMakeNoDifference(t *testing.T) {
	var lines []string
	for i := range 200 {
		lines = append(lines, fmt.Sprintf(`{"timestamp":"2026-11-%02dT%02d:00:00Z","actionName":"%s_A%d","actionResult":%q,"sourceIP":%q,"actor":{"id":"u-%d"%s}}`,
			1+i*7%28, i*5%24, []string{"GET", "DELETE"}[i%2], i%5, []string{"SUCCEEDED", "FAILED", "PARTIALLY_FAILED"}[i%3],
			[]string{"192.0.2.7", "", "192.0.2.7, 198.51.100.1", "2001:DB8::1", "2001:db8:0::1", `a \"b\" <c>`}[i%6], i%4,
			[]string{"", `,"name":"x"`, `,"name":"","attributes":{"email":"ann@example.com"}`, `,"attributes":{"email":""}`}[i%4]))
	}
	rest := append(lines[:40:40], `{"actionName":"GET_A1","actor":{"id":"u-9"}}`, "no event")
	there := strings.Join(lines[40:], "\n") + "\n"
	here := strings.Join(rest, "\n") + "\n"
	for _, by := range []string{"", "action", "actor.name", "action,result", "actor.id,actor.name,result", "actor", "identity", "ip", "class", "ip,class,actor", "email,actor.type"} {
		for _, distinct := range []string{"", "ip", "actor,class"} {
			for _, length := range []time.Duration{0, 6 * time.Hour, 24 * time.Hour} {
				for _, top := range []int{0, 2} {
					if distinct != "" && by == "" && length == 0 && top == 0 {
						continue // one row
					}
					make := func() *Statistic { return statistic(t, by, distinct, length, top) }
					want, events := counted(t, make(), here+there)
					s := make()
					s.Elsewhere = elsewhereOf(t, s, s.Step, "", there)
					got, n := counted(t, s, here)
					if by == "" && distinct == "" && length == 0 { // the books of all lines are not known
						want = withoutBooks(want)
					}
					if got != want || n != events {
						t.Errorf("by %q, distinct %q, every %v, top %d: %d events\n%s, want %d\n%s", by, distinct, length, top, n, got, events, want)
					}
				}
			}
		}
		c := &Comparison{What: statistic(t, by, "", 0, 0), Sort: compare.Order{}}
		want, events := counted(t, c, here+there)
		c.Before, c.After = elsewhereOf(t, c, clock.Step{}, periods[0], there), elsewhereOf(t, c, clock.Step{}, periods[1], there)
		if got, n := counted(t, c, here); got != want || n != events {
			t.Errorf("by %q in two periods: %d events\n%s, want %d\n%s", by, n, got, events, want)
		}
	}
}

func statistic(t *testing.T, by, distinct string, length time.Duration, top int) *Statistic {
	t.Helper()
	names := func(text string) []string {
		return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
	}
	s, err := New("by", names(by), nil)
	if err == nil && distinct != "" {
		err = s.Distinct("distinct", names(distinct))
	}
	if err != nil {
		t.Fatal(err)
	}
	s.Zone, s.Top, s.Step = time.UTC, top, clock.Step{Length: length, Zone: time.UTC}
	return s
}

// withoutBooks leaves the lines of an overview out that are about all lines.
func withoutBooks(overview string) string {
	var kept strings.Builder
	for line := range strings.Lines(overview) {
		if !strings.HasPrefix(line, "all ") && !strings.HasPrefix(line, "sources,") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

func TestWhatTakesMoreThanTextsIsNamed(t *testing.T) {
	for by, want := range map[string]string{"action,target": "target", "param.id": "param.id", "tag": "tag", "error": "error", "source": "source", "action,ip,actor,class,identity,version,ua": ""} {
		s, err := New("by", strings.Split(by, ","), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, why := s.Asked(); why != want {
			t.Errorf("by %s: %q cannot be asked, want %q", by, why, want)
		}
	}
}
