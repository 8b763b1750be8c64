package query

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// acting writes an event of an actor with a name and an e-mail address.
func acting(name, email string) string {
	text := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			panic(err)
		}
		return string(b)
	}
	return fmt.Sprintf(`{"actionName":"X","actor":{"id":"1","name":%s,"attributes":{"email":%s}}}`, text(name), text(email))
}

func TestActorsThatLookAlikeAreSuspicious(t *testing.T) {
	for _, c := range []struct {
		what  string
		lines []string
		want  []int
	}{
		{"letters of another alphabet", []string{acting("anna", "a@example.com"), acting("аnna", "b@example.com"), acting("bob", "c@example.com")}, []int{0, 1}},
		{"the other column", []string{acting("a", "root@example.com"), acting("b", "r00t@example.com")}, []int{0, 1}},
		{"composed and decomposed", []string{acting("Zoë", ""), acting("Zoe\u0308", ""), acting("Zoe", "")}, []int{0, 1}},
		{"an invisible letter", []string{acting("ann", ""), acting("a\u200bnn", "")}, []int{0, 1}},
		{"a capital I and a small l", []string{acting("soar-l", ""), acting("soar-I", "")}, []int{0, 1}},
		{"three of a kind", []string{acting("ann", ""), acting("аnn", ""), acting("annа", ""), acting("aпп", "")}, []int{0, 1, 3}},
		{"only case", []string{acting("Ann", "ANN@example.com"), acting("ann", "ann@example.com")}, []int{}},
		{"case, and then a twin", []string{acting("Ann", ""), acting("ann", ""), acting("аnn", "")}, []int{0, 1, 2}},
		{"one text, two actors", []string{acting("ann", "a@example.com"), acting("ann", "b@example.com")}, []int{}},
		{"a name like an address", []string{acting("ann@example.com", "x@example.com"), acting("bob", "аnn@example.com")}, []int{}},
		{"no names", []string{`{"actionName":"X"}`, acting("", ""), `no event`}, []int{}},
	} {
		log := newLog(t, c.lines)
		for _, text := range []string{"is:twin", "is:suspicious", "-(-is:twin)"} {
			if got := selected(t, log, Compile(mustParse(t, text), Env{})); !slices.Equal(got, c.want) {
				t.Errorf("%s: %s finds %v, want %v", c.what, text, got, c.want)
			}
		}
	}
}

// A name that is read later makes a twin of one that was read before, in the rows that were selected already.
func TestATwinThatComesLaterIsFound(t *testing.T) {
	for _, c := range []struct {
		query         string
		before, after []int
	}{
		{"is:twin", []int{}, []int{0, 2}}, {"is:suspicious", []int{}, []int{0, 2}}, {"-is:twin", []int{0, 1}, []int{1}}, {"is:twin OR actor:bob", []int{1}, []int{0, 1, 2}},
	} {
		g := newGrowing(acting("ann", ""), acting("bob", ""))
		m := Compile(mustParse(t, c.query), Env{})
		old := g.Snapshot()
		first := mustSelect(t, old, m, nil)
		g.add(acting("аnn", ""))
		second := mustSelect(t, g.Snapshot(), m, first)
		if diff := cmp.Diff([][]int{c.before, c.after}, [][]int{listed(first), listed(second)}); diff != "" {
			t.Errorf("%s: rows before and after (-want +got):\n%s", c.query, diff)
		}
		if again := mustSelect(t, old, m, nil); !slices.Equal(listed(again), c.before) {
			t.Errorf("%s: the earlier snapshot has rows %v now, want %v", c.query, listed(again), c.before)
		}
		g.add(acting("carl", ""), acting("аnn", ""))
		third := mustSelect(t, g.Snapshot(), m, second)
		if second.Matcher() != third.Matcher() {
			t.Errorf("%s: the matcher is another one, though no answer changed", c.query)
		}
		fresh := mustSelect(t, g.Snapshot(), Compile(mustParse(t, c.query), Env{}), nil)
		if diff := cmp.Diff(listed(fresh), listed(third)); diff != "" {
			t.Errorf("%s: grown and fresh differ (-fresh +grown):\n%s", c.query, diff)
		}
	}
}

// The names of ten thousand actors are read once.
func BenchmarkTwins(b *testing.B) {
	var lines []string
	for i := range 10_000 {
		lines = append(lines, acting(fmt.Sprintf("user %d", i), fmt.Sprintf("user.%d@example.com", i)))
	}
	for b.Loop() {
		b.StopTimer()
		log := newLog(b, lines)
		b.StartTimer()
		selected(b, log, Compile(mustParse(b, "is:twin"), Env{}))
	}
}
