package query

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
)

// sighting writes an event of an actor at a minute; a dash leaves a thing out.
func sighting(minute int, actor, address, action string) string {
	member := func(key, text string) string {
		if text == "-" {
			return ""
		}
		return fmt.Sprintf(`%q:%q,`, key, text)
	}
	at := member("sourceIP", address) + member("actionName", action)
	if actor != "-" {
		at += fmt.Sprintf(`"actor":{"id":%q},`, actor)
	}
	if minute >= 0 {
		at += fmt.Sprintf(`"timestamp":"2026-11-02T10:%02d:00Z",`, minute)
	}
	return "{" + strings.TrimSuffix(at, ",") + "}"
}

func TestFirstSeenGoesByTheOrderOfEvents(t *testing.T) {
	for _, c := range []struct {
		name    string
		lines   []string
		address []int
		action  []int
	}{
		{"in order", []string{sighting(1, "a", "192.0.2.1", "X"), sighting(2, "a", "192.0.2.1", "X"), sighting(3, "a", "192.0.2.2", "X")}, []int{0, 2}, []int{0}},
		{"backwards", []string{sighting(3, "a", "192.0.2.1", "X"), sighting(2, "a", "192.0.2.1", "Y"), sighting(1, "a", "192.0.2.1", "X")}, []int{2}, []int{1, 2}},
		{"the same time: the line before", []string{sighting(1, "a", "192.0.2.1", "X"), sighting(1, "a", "192.0.2.1", "X")}, []int{0}, []int{0}},
		{"several actors", []string{sighting(2, "a", "192.0.2.1", "X"), sighting(1, "b", "192.0.2.1", "X"), sighting(1, "a", "192.0.2.1", "Y")}, []int{1, 2}, []int{0, 1, 2}},
		{"without an actor", []string{sighting(1, "-", "192.0.2.1", "X"), sighting(2, "", "192.0.2.1", "X"), sighting(3, "a", "192.0.2.1", "X")}, []int{2}, []int{2}},
		{"without an address", []string{sighting(1, "a", "-", "X"), sighting(2, "a", "", "X"), sighting(3, "a", "192.0.2.1", "X")}, []int{2}, []int{0}},
		{"without an action", []string{sighting(2, "a", "192.0.2.1", "-"), sighting(3, "a", "192.0.2.1", "X")}, []int{0}, []int{1}},
		{"without a time: at that of the line before", []string{sighting(5, "a", "192.0.2.9", "X"), sighting(-1, "a", "192.0.2.1", "Y"), sighting(4, "a", "192.0.2.1", "X")}, []int{0, 2}, []int{1, 2}},
		{"an address with ports", []string{sighting(1, "a", "192.0.2.7:443", "X"), sighting(2, "a", "192.0.2.7:444", "X"), sighting(3, "a", "192.0.2.7", "X")}, []int{0}, []int{0}},
		{"an address in other spellings", []string{sighting(3, "a", "[2001:db8::1]", "X"), sighting(2, "a", "2001:db8:0::1", "X"), sighting(4, "a", "2001:DB8::1%eth0", "X"), sighting(5, "a", "[2001:db8::1]:443", "X")}, []int{1}, []int{1}},
		{"IPv4 within IPv6", []string{sighting(1, "a", "::ffff:192.0.2.7", "X"), sighting(2, "a", "192.0.2.7", "X"), sighting(3, "a", "[::FFFF:192.0.2.7]:80", "X")}, []int{0}, []int{0}},
		{"within other text", []string{sighting(1, "a", "192.0.2.7.", "X"), sighting(2, "a", "from 192.0.2.7", "X"), sighting(3, "a", "from 192.0.2.70", "X")}, []int{0, 2}, []int{0}},
		{"no address", []string{sighting(1, "a", "unknown", "X"), sighting(2, "a", "unknown", "X"), sighting(3, "a", "Unknown", "X"), sighting(4, "a", "10.0.1.300", "X"), sighting(5, "a", "10.0.1.30", "X")}, []int{0, 2, 3, 4}, []int{0}},
		{"several addresses: new if any is", []string{sighting(1, "a", "192.0.2.7", "X"), sighting(2, "a", "192.0.2.7, 192.0.2.8", "X"), sighting(3, "a", "192.0.2.8, 192.0.2.7:80", "X"), sighting(4, "a", "192.0.2.8", "X")}, []int{0, 1}, []int{0}},
		{"several addresses, one of which was seen earlier", []string{sighting(5, "a", "192.0.2.7, 192.0.2.8", "X"), sighting(4, "a", "192.0.2.8", "X"), sighting(6, "a", "192.0.2.7", "X")}, []int{0, 1}, []int{1}},
		{"several addresses, all of which were seen earlier", []string{sighting(5, "a", "192.0.2.7, 192.0.2.8 192.0.2.9", "X"), sighting(4, "a", "192.0.2.8", "X"), sighting(3, "a", "192.0.2.9,192.0.2.7", "X")}, []int{1, 2}, []int{2}},
		{"several actors at one address", []string{sighting(1, "a", "192.0.2.7:1", "X"), sighting(2, "b", "192.0.2.7:2", "X"), sighting(3, "b", "192.0.2.7:3", "X")}, []int{0, 1}, []int{0, 1}},
		{"rejects", []string{"no event", sighting(2, "a", "192.0.2.1", "X"), "[]"}, []int{1}, []int{1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := newLog(t, c.lines)
			for q, want := range map[string][]int{"is:new-address": c.address, "is:new-action": c.action, "is:first-seen": union2(c.address, c.action)} {
				if diff := cmp.Diff(want, selected(t, log, Compile(mustParse(t, q), Env{}))); diff != "" {
					t.Errorf("rows of %s (-want +got):\n%s", q, diff)
				}
			}
		})
	}
}

// union2 merges two ascending lists.
func union2(a, b []int) (out []int) {
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0] < a[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return out
}

// growing is a log that more lines are appended to.
type growing struct {
	*model.Log
	source model.SourceID
	lines  int
}

func newGrowing(lines ...string) *growing {
	l := model.NewLog()
	g := &growing{Log: l, source: l.AddSource(model.NewText("audit.jsonl"))}
	g.add(lines...)
	return g
}

func (g *growing) add(lines ...string) {
	appendLines(g.Log, g.source, g.lines, lines)
	g.lines += len(lines)
}

func listed(s *model.Selection) []int {
	out := []int{}
	for _, r := range s.Rows() {
		out = append(out, int(r))
	}
	return out
}

func mustSelect(t *testing.T, snap model.Snapshot, m model.Matcher, previous *model.Selection) *model.Selection {
	t.Helper()
	s, err := model.Select(context.Background(), snap, m, previous)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnEarlierEventThatComesLateChangesWhoIsFirst(t *testing.T) {
	for _, c := range []struct {
		query         string
		before, after []int
	}{
		{"is:new-address", []int{0}, []int{2}},
		{"-is:new-address", []int{1}, []int{0, 1}},
		{"is:new-address OR action:nothing", []int{0}, []int{2}},
		{"is:first-seen action:x", []int{0}, []int{2}},
		{"-(is:new-action action:x)", []int{1}, []int{0, 1}},
	} {
		g := newGrowing(sighting(5, "a", "192.0.2.1", "X"), sighting(6, "a", "192.0.2.1", "X"))
		m := Compile(mustParse(t, c.query), Env{})
		old := g.Snapshot()
		first := mustSelect(t, old, m, nil)
		g.add(sighting(4, "a", "192.0.2.1", "X"))
		second := mustSelect(t, g.Snapshot(), m, first)
		if diff := cmp.Diff([][]int{c.before, c.after}, [][]int{listed(first), listed(second)}); diff != "" {
			t.Errorf("%s: rows before and after (-want +got):\n%s", c.query, diff)
		}
		if first.Matcher() == second.Matcher() {
			t.Errorf("%s: the matcher seems to be the same, though an answer changed", c.query)
		}
		if again := mustSelect(t, old, m, nil); !cmp.Equal(listed(again), c.before) {
			t.Errorf("%s: the earlier snapshot has rows %v now, want %v", c.query, listed(again), c.before)
		}
		g.add(sighting(9, "a", "192.0.2.1", "X"))
		third := mustSelect(t, g.Snapshot(), m, second)
		if second.Matcher() != third.Matcher() {
			t.Errorf("%s: the matcher is another one, though no answer changed", c.query)
		}
	}
}

func TestANarrowedSelectionHasWhatAnEarlierEventChanged(t *testing.T) {
	g := newGrowing(sighting(5, "a", "192.0.2.1", "X"), sighting(6, "a", "192.0.2.1", "X"))
	outer := mustSelect(t, g.Snapshot(), Compile(mustParse(t, "-is:new-action"), Env{}), nil)
	g.add(sighting(4, "a", "192.0.2.1", "X"))
	inner, err := model.SelectWithin(context.Background(), g.Snapshot(), Compile(mustParse(t, "-is:new-action ip:192.0.2.1"), Env{}), outer)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{0, 1}, listed(inner)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestOnlyTermsOfFirstsRestOnThem(t *testing.T) {
	for q, want := range map[string]bool{"is:first-seen": true, "is:NEW-address": true, "-(a OR -is:failed,new-action)": true, "a b (is:new-address OR c)": true,
		"": false, "first-seen": false, "is:failed": false, `"is:new-address"`: false, "has:time": false} {
		if got := RestsOnFirsts(mustParse(t, q)); got != want {
			t.Errorf("RestsOnFirsts(%q) = %v, want %v", q, got, want)
		}
	}
}
