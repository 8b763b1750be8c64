package querytest

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pawprint/model/query"
)

func TestEveryKindHasQueriesThatAreValid(t *testing.T) {
	kinds, known := map[Kind]int{}, map[string]bool{}
	for _, q := range Queries() {
		kinds[q.Kind]++
		if known[q.Text] {
			t.Errorf("%s is there twice", q.Text)
		}
		known[q.Text] = true
		if _, err := query.Parse(q.Text); err != nil {
			t.Errorf("Parse(%q): %v", q.Text, err)
		}
	}
	for k := Times; k <= Mixed; k++ {
		if kinds[k] < 9 {
			t.Errorf("there are %d queries of %s", kinds[k], k)
		}
	}
	if len(known) < 100 {
		t.Errorf("there are %d queries, want at least 100", len(known))
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		text := Random(r)
		if _, err := query.Parse(text); err != nil {
			t.Fatalf("Parse(%q): %v", text, err)
		}
	}
}

func TestLinesAreSingleLines(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := Lines()
	for range 1000 {
		all = append(all, RandomLine(r))
	}
	for _, l := range all {
		if strings.Contains(l, "\n") {
			t.Errorf("%q holds a newline", l)
		}
	}
}
