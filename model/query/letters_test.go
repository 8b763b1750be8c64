package query

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
)

// Each group is one text in several spellings: composed and decomposed, upper and lower case, other runes for the same letter.
var sameLetters = [][]string{
	{"josé", "jose\u0301", "JOSÉ", "JOSE\u0301", "José"}, {"ångström", "a\u030angstro\u0308m", "\u212bngström", "ÅNGSTRÖM"}, {"kelvin", "Kelvin", "\u212aelvin", "KELVIN"}, {"secret", "ſecret", "SECRET"},
	{"σίγμας", "ΣΊΓΜΑΣ", "σι\u0301γμασ"}, {"가나", "\u1100\u1161\u1102\u1161"}, {"x\u0323\u0307y", "x\u0307\u0323y"}, {"новый", "НОВЫЙ", "новыи\u0306"},
}

func TestLettersFindEachOtherHoweverTheyAreWritten(t *testing.T) {
	for _, group := range sameLetters {
		var lines []string
		for _, s := range group {
			lines = append(lines, fmt.Sprintf(`{"actionName":"A","actor":{"id":"u","name":%q},"actionParams":{"n":%q},"memo":%q}`, "x "+s+" y", s, "in "+s))
		}
		lines = append(lines, `{"actionName":"B","actor":{"id":"v","name":"other"}}`, "not json: "+group[0], "not json: "+group[1])
		log := newLog(t, lines)
		var all []int
		for i := range group {
			all = append(all, i)
		}
		for _, s := range []string{group[0], group[1]} {
			if smartFold(s) {
				check(t, log, s, append(append([]int{}, all...), len(group)+1, len(group)+2))
				check(t, log, `"`+s+`"`, append(append([]int{}, all...), len(group)+1, len(group)+2))
			}
			check(t, log, "/"+s+"/i", append(append([]int{}, all...), len(group)+1, len(group)+2))
			for _, q := range []string{"actor:%s", "actor~%s", "actor:*%s*", "actor:/%s/i", "param.n:%s", "param.n~%s", "param.n:*%s", "param.n:/^%s$/i", "memo:%s", "memo:in*%s", "memo=~(?i)%s"} {
				check(t, log, fmt.Sprintf(q, s), all)
			}
		}
		for i, s := range group { // = compares the bytes
			check(t, log, fmt.Sprintf("param.n=%q", s), []int{i})
		}
	}
}

func check(t *testing.T, log *model.Log, text string, want []int) {
	t.Helper()
	e, err := Parse(text)
	if err != nil {
		t.Errorf("Parse(%q): %v", text, err)
		return
	}
	if diff := cmp.Diff(want, selected(t, log, Compile(e, Env{}))); diff != "" {
		t.Errorf("rows of %q (-want +got):\n%s", text, diff)
	}
}

func TestAMarkAloneIsFound(t *testing.T) {
	log := newLog(t, []string{`{"actionName":"jose` + "\u0301" + `"}`, `{"actionName":"josé"}`, `{"actionName":"jose"}`})
	check(t, log, `"`+"\u0301"+`"`, []int{0})
	check(t, log, `/\p{M}/`, []int{0})
	check(t, log, `jose`, []int{2})
	check(t, log, `/jos.$/`, []int{0, 1, 2})
}
