package detail

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// pairsOf lists what differs between two lines, as text.
func pairsOf(t *testing.T, a, b string) []string {
	t.Helper()
	nodes := [2]*line.Node{}
	for i, text := range []string{a, b} {
		n, err := line.Parse(model.NewText(text))
		if err != nil {
			t.Fatal(err)
		}
		nodes[i] = n
	}
	c := &comparison{}
	c.nodes(diffID, nodes[0], nodes[1])
	build := builder{display: &kit.Display{}}
	var out []string
	for i := range c.pairs {
		p := &c.pairs[i]
		if p.alike() {
			continue
		}
		text := build.pathText(stepsOf(p.id)).String()
		for _, side := range []struct {
			sign string
			n    *line.Node
			text string
		}{{"-", p.before, a}, {"+", p.after, b}} {
			if side.n != nil {
				text += " " + side.sign + side.text[side.n.Start:side.n.End]
			}
		}
		out = append(out, text)
	}
	return out
}

func TestComparisonShowsWhatDiffers(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       []string
	}{
		{"nothing", `{"a":1,"b":[1,{"c":2}]}`, `{"b":[1,{"c":2}],"a":1}`, nil},
		{"a value", `{"a":"x","b":1}`, `{"a":"y","b":1}`, []string{`a -"x" +"y"`}},
		{"a number as it is written", `{"a":1.0}`, `{"a":1}`, []string{`a -1.0 +1`}},
		{"a kind", `{"a":"1"}`, `{"a":1}`, []string{`a -"1" +1`}},
		{"a key that went and one that came", `{"a":1,"b":{"c":2}}`, `{"d":{"e":[3]}}`, []string{`a -1`, `b.c -2`, `d.e[0] +3`}},
		{"an element at the front", `{"l":["a","b","c"]}`, `{"l":["x","a","b","c"]}`, []string{`l[0] +"x"`}},
		{"elements in the middle", `{"l":[1,2,3,4,5]}`, `{"l":[1,3,9,4,5]}`, []string{`l[1] -2`, `l[2] +9`}},
		{"an element that changed", `{"l":[{"id":1,"on":true},{"id":2}]}`, `{"l":[{"id":1,"on":false},{"id":2}]}`, []string{`l[0].on -true +false`}},
		{"an empty list", `{"l":[]}`, `{"l":[1]}`, []string{`l[0] +1`}},
		{"a list for an object", `{"l":[1]}`, `{"l":{"a":1}}`, []string{`l[0] -1`, `l.a +1`}},
		{"null for a value", `{"a":null}`, `{"a":""}`, []string{`a -null +""`}},
		{"the same key twice", `{"a":1,"a":2}`, `{"a":1,"a":3}`, []string{`a -2 +3`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, pairsOf(t, tt.a, tt.b)); diff != "" {
				t.Errorf("comparing %s and %s (-want +got):\n%s", tt.a, tt.b, diff)
			}
		})
	}
}

func TestChangedSpansPointAtTheDifference(t *testing.T) {
	tests := []struct{ a, b, inA, inB string }{
		{"select * from a", "select * from b", "a", "b"}, {"abcdef", "abcxdef", "", "x"}, {"é1é", "é2é", "1", "2"}, {"aé", "aè", "é", "è"},
		{"quite another", "nothing alike", "", ""}, {"", "x", "", ""}, {"aaa", "aaaa", "", "a"},
	}
	for _, tt := range tests {
		a, b := changedSpans(tt.a, tt.b)
		if tt.a[a.Lo:a.Hi] != tt.inA || tt.b[b.Lo:b.Hi] != tt.inB {
			t.Errorf("changedSpans(%q, %q) = %q, %q, want %q, %q", tt.a, tt.b, tt.a[a.Lo:a.Hi], tt.b[b.Lo:b.Hi], tt.inA, tt.inB)
		}
	}
}

func TestComparedEventsAreShownAndLeft(t *testing.T) {
	log := kittest.LoadText(t, "a.jsonl", kittest.Event("LIST_RULES", "SUCCEEDED", 1)+strings.Replace(kittest.Event("LIST_RULES", "FAILED", 2), "homer", "marge", 1))
	d := newDetailRig(t, log, 100, 40)
	d.detail.compare(0, 1)
	d.Settle()
	text := d.text()
	for _, want := range []string{"Two events compared", "- homer did LIST_RULES", "+ marge failed to LIST_RULES", "a.jsonl:1", "a.jsonl:2",
		"3 differences, 6 alike", "actor.name", `- "homer"`, `+ "marge"`, `- "SUCCEEDED"`, `+ "FAILED"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the comparison lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "192.0.2.1\"") {
		t.Errorf("the comparison shows what is alike:\n%s", text)
	}
	d.seek(`+ "marge"`)
	if field, value, ok := d.detail.focusedField(); !ok || field != "actor.name" || value.Raw() != "marge" {
		t.Errorf("on a value the focus is %q, %v, %v", field, value, ok)
	}
	d.screen()
	d.detail.toggleAll()
	if text := d.text(); !strings.Contains(text, `= "192.0.2.1"`) {
		t.Errorf("all of the comparison lacks the address:\n%s", text)
	}
	if !d.detail.back() || !strings.Contains(d.text(), "Provenance") {
		t.Error("back does not bring the event back")
	}
}

func TestChangesAreAgainstTheEventBefore(t *testing.T) {
	params := func(id, sql string) string {
		return fmt.Sprintf(`{"dynamic":{"input":{"detections":[{"id":"%s"}],"sql":"%s"}}}`, id, sql)
	}
	log := kittest.LoadText(t, "a.jsonl", kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", params("A", "older"), 1)+
		kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", params("A", "select 1 from x"), 2)+
		kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", params("B", "other"), 3)+
		kittest.ChangeEvent("UPDATE_RULE", "FAILED", params("A", "failed"), 4)+
		kittest.ChangeEvent("DELETE_RULE", "SUCCEEDED", params("A", "deleted"), 5)+
		kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", params("A", "select 2 from x"), 6))
	snap := log.Snapshot()
	e, err := findEarlier(t.Context(), &snap, readDocument(t.Context(), &snap, 5, false))
	if err != nil || !e.ok || e.row != 1 || e.failed != 1 {
		t.Fatalf("the event before is %+v, %v, want row 1", e, err)
	}
	d := newDetailRig(t, log, 100, 40)
	d.detail.showChanges()
	d.Settle()
	text := d.text()
	for _, want := range []string{"What this changed", "1 event in between failed", "1 difference, 1 alike", "actionParams.dynamic.input.sql", `- "select 1 from x"`, `+ "select 2 from x"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the changes lack %q:\n%s", want, text)
		}
	}
	d.detail.back()
	d.goTo(0)
	d.detail.showChanges()
	d.Settle()
	if text := d.text(); !strings.Contains(text, "no earlier event with this action and target") {
		t.Errorf("the first event does not say that there is none before:\n%s", text)
	}
}

func TestEarlierIsByTimeNotByPlace(t *testing.T) {
	params := func(sql string) string { return `{"id":"A","sql":"` + sql + `"}` }
	log := kittest.LoadText(t, "a.jsonl", kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", params("last"), 9)+kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", params("first"), 1)+
		kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", params("second"), 5))
	snap := log.Snapshot()
	if e, err := findEarlier(t.Context(), &snap, readDocument(t.Context(), &snap, 0, false)); err != nil || e.row != 2 {
		t.Errorf("before the last event comes %+v, %v, want row 2", e, err)
	}
}
