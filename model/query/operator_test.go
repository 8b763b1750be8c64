package query

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// kindNames are names of each kind of field, and a value that each takes behind a colon.
var kindNames = [numKinds]struct{ name, value string }{
	kindText: {"action", "x"}, kindID: {"actor.id", "x"}, kindEnumeration: {"result", "failed"}, kindAddress: {"ip", "192.0.2.7"}, kindVersion: {"version", "1.110"},
	kindActionClass: {"class", "read"}, kindReject: {"reject", "x"}, kindClass: {"is", "failed"}, kindPresence: {"has", "problem"}, kindView: {"view", "failed"}, kindProblem: {"problem", "x"}, kindTime: {"time", "2026"}, kindSince: {"since", "2026"}, kindUntil: {"until", "2026"}, kindOn: {"on", "2026"},
	kindAround: {"around", "2026"}, kindLine: {"line", "3"}, kindOffset: {"offset", "3"}, kindSource: {"source", "x"}, kindNote: {"note", "x"}, kindTag: {"tag", "x"}, kindVerdict: {"verdict", "benign"}, kindTarget: {"target", "x"}, kindErrors: {"errors", "1"},
	kindMessage: {"error", "x"}, kindMoment: {"p_event_time", "2026"}, kindAny: {"param.count", "2026"},
}

func TestEveryOperatorDecidesOnEveryKindOfField(t *testing.T) {
	for i := range operators {
		o := &operators[i]
		if (o.compares == 0) == (o.test == nil) {
			t.Errorf("%s both compares and tests texts, or neither", o.text)
		}
		for k := range numKinds {
			sets := 0
			for _, set := range []kindSet{o.serves, o.takes, o.refuses} {
				if set.has(k) {
					sets++
				}
			}
			if sets != 1 {
				t.Errorf("%s serves, takes or refuses %s: %d of the three, want one", o.text, kindNames[k].name, sets)
			}
		}
	}
}

func TestAnOperatorIsAcceptedWhereItsRowSaysSo(t *testing.T) {
	for k, n := range kindNames {
		s := lookup(n.name)
		if s.operand() != kind(k) {
			t.Errorf("%s is of kind %d, want %d", n.name, s.operand(), k)
		}
		for i := range operators {
			o := &operators[i]
			for _, text := range []string{o.text, o.negated} {
				if text == "" {
					continue
				}
				e, err := Parse(n.name + text + n.value)
				if accepted := (o.serves | o.takes).has(kind(k)); accepted != (err == nil) {
					t.Errorf("Parse(%s%s%s) = %v, %v, want accepted %v", n.name, text, n.value, e, err, accepted)
				}
			}
		}
	}
}

// A row that says nothing about a kind of field refuses it, so that a new operator is never taken for another.
func TestAnOperatorThatSaysNothingIsRefused(t *testing.T) {
	fresh := operator{text: "^=", test: heldTest, many: true, serves: 1 << kindText}
	for k, n := range kindNames {
		fault := fresh.misplaced(n.name, kind(k), 1)
		if kind(k) == kindText {
			if fault != nil {
				t.Errorf("%s%s is refused: %s", n.name, fresh.text, fault.msg)
			}
			continue
		}
		if fault == nil {
			t.Errorf("%s%s is accepted", n.name, fresh.text)
		}
	}
}

func TestErrorsNameTheOperatorsThatServe(t *testing.T) {
	if got := offered(kindLine); !strings.HasPrefix(got, ":, =") || !strings.HasSuffix(got, " and <") {
		t.Errorf("the operators of a number of a line are %s", got)
	}
	for text, want := range map[string]string{
		"since>2026":      "since can be compared with : only",
		"is>failed":       "is can be compared with : only",
		"action>x":        "action can be compared with " + offered(kindText) + " only",
		"line>1,2":        "only one value can follow >",
		"version>=1,2":    "only one value can follow >=",
		"target<x":        "target can be compared with " + offered(kindTarget) + " only",
		"param.count<=xy": "a number or a time is needed after <=",
	} {
		_, err := Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q): %v, want %q", text, err, want)
		}
	}
}

func TestThePackageCommentListsTheOperators(t *testing.T) {
	var quoted []string
	for i := range operators {
		for _, text := range []string{operators[i].text, operators[i].negated} {
			if text != "" {
				quoted = append(quoted, fmt.Sprintf("%q", text))
			}
		}
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	if want := "//	operator  = " + strings.Join(quoted, " | ") + " .\n"; !strings.Contains(string(doc), want) {
		t.Errorf("doc.go does not have the line %s", want)
	}
	for i := range operators {
		if example := "//	name" + operators[i].text; !strings.Contains(string(doc), example) && operators[i].compares == 0 {
			t.Errorf("doc.go does not say what name%svalue means", operators[i].text)
		}
	}
}
