package detail

import (
	"fmt"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestComparedEventsAreShownAndLeft(t *testing.T) {
	log := kittest.LoadText(t, "a.jsonl", kittest.Event("LIST_RULES", "SUCCEEDED", 1)+strings.Replace(kittest.Event("LIST_RULES", "FAILED", 2), "homer", "marge", 1))
	d := newDetailRig(t, log, 100, 40)
	d.detail.compare(0, 1)
	d.Settle()
	text := d.text()
	for _, want := range []string{"Two events compared", "- homer did LIST_RULES", "+ marge failed to LIST_RULES", "a.jsonl:1", "a.jsonl:2",
		"3 changes (n N: next, previous)", "actor.name    homer → marge", "actionResult  SUCCEEDED → FAILED", "6 unchanged, A shows them"} {
		if !strings.Contains(text, want) {
			t.Errorf("the comparison lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "= ") {
		t.Errorf("the comparison shows what is alike:\n%s", text)
	}
	d.seek("→ marge")
	if field, value, ok := d.detail.focusedField(); !ok || field != "actor.name" || value.Raw() != "marge" {
		t.Errorf("on a value the focus is %q, %v, %v", field, value, ok)
	}
	d.screen()
	d.press("A")
	if text := d.text(); !strings.Contains(text, "= 192.0.2.1") || !strings.Contains(text, "6 unchanged, A hides them") {
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
	for _, want := range []string{"What this changed", "1 event in between failed", "1 change", "1 unchanged, A shows it", `actionParams.dynamic.input`, `sql  "select 1 from x" → "select 2 from x"`} {
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

// The state of what was changed is part of the target on the screen, and no part of what has to be the same.
func TestChangesOfASwitchAreAgainstTheStateBefore(t *testing.T) {
	log := kittest.LoadText(t, "a.jsonl", kittest.ChangeEvent("UPDATE_SAML_SETTINGS", "SUCCEEDED", `{"enabled":true}`, 1)+
		kittest.ChangeEvent("UPDATE_SAML_SETTINGS", "SUCCEEDED", `{"enabled":false}`, 2))
	d := newDetailRig(t, log, 100, 20)
	if text := d.text(); !strings.Contains(text, "UPDATE_SAML_SETTINGS SAML: disabled") {
		t.Errorf("the sentence does not name the target:\n%s", text)
	}
	d.press("D")
	if text := d.text(); !strings.Contains(text, "enabled  true → false") {
		t.Errorf("the change is not shown:\n%s", text)
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

// changesText shows what D shows of an event whose parameters were the first ones before, at 80 cells.
func changesText(t *testing.T, before, after string) (*detailRig, string) {
	t.Helper()
	log := kittest.LoadText(t, "a.jsonl", kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", before, 1)+kittest.ChangeEvent("UPDATE_RULE", "SUCCEEDED", after, 2))
	d := newDetailRig(t, log, 80, 11)
	d.press("D")
	return d, d.text()
}

func TestAChangeIsALine(t *testing.T) {
	tests := []struct {
		name, before, after string
		want                []string
	}{
		{"a word", `"severity":"INFO"`, `"severity":"LOW"`, []string{"actionParams.severity  INFO → LOW", "1 change"}},
		{"a list that has other values", `"l":["INFO"]`, `"l":["LOW","HIGH"]`, []string{"actionParams.l  INFO → LOW HIGH"}},
		{"a list as a set", `"l":["LOW","INFO"]`, `"l":["INFO","MEDIUM","HIGH"]`, []string{"actionParams.l  +MEDIUM +HIGH -LOW  1 unchanged"}},
		{"the order of a list", `"l":["LOW","INFO"]`, `"l":["INFO","LOW"]`, []string{"actionParams.l  LOW INFO → INFO LOW  the same 2 values in another order"}},
		{"a list that was empty", `"l":[]`, `"l":["LOW"]`, []string{"actionParams.l  [] → LOW"}},
		{"a value that became a list", `"l":"LOW"`, `"l":["LOW"]`, []string{"actionParams.l  LOW → [LOW]"}},
		{"a number that became a string", `"n":5`, `"n":"5"`, []string{`actionParams.n  5 → "5"`}},
		{"a word that became a string", `"n":true,"m":null`, `"n":"true","m":""`, []string{`actionParams.n  true → "true"`, `actionParams.m  null → ""`}},
		{"what came and what went", `"old":1`, `"new":["a b","c"]`, []string{`actionParams.old  - 1`, `actionParams.new  + ["a b" c]`}},
		{"keys below two", `"x":{"y":{"a":1,"b":2},"z":1}`, `"x":{"y":{"a":2,"b":3},"z":2}`, []string{"actionParams.x\n        y.a  1 → 2\n        y.b  2 → 3\n        z    1 → 2"}},
		{"a key beside those below one", `"x":{"y":{"a":1,"b":2}},"z":1`, `"x":{"y":{"a":2,"b":3}},"z":2`, []string{"actionParams.x.y\n        a" + strings.Repeat(" ", 13) + "1 → 2", "\n      actionParams.z  1 → 2"}},
		{"keys below one", `"x":{"y":{"a":1,"b":[2]}}`, `"x":{"y":{"a":2,"b":[2,3]}}`, []string{"actionParams.x.y\n        a  1 → 2\n        b  +3  1 unchanged"}},
		{"a forged arrow", `"s":"a\" → \"b"`, `"s":"c"`, []string{"actionParams.s\n          - \"a\" → \"b\"\n          + \"c\""}},
		{"a sign in an element", `"l":["x","-y"]`, `"l":["x"]`, []string{`actionParams.l  -"-y"  1 unchanged`}},
		{"an address and digits", `"s":"192.0.2.1","n":"1e5"`, `"s":"2001:db8::1","n":"1.5"`, []string{"192.0.2.1 → 2001:db8::1", `"1e5" → "1.5"`}},
		{"a direction", `"s":"a"`, `"s":"b\u202ec"`, []string{`a → "b<U+202E>c"`}},
		{"nothing", `"a":1`, `"a":1`, []string{"no changes"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, text := changesText(t, `{"id":"A",`+tt.before+`}`, `{"id":"A",`+tt.after+`}`)
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("the changes from %s to %s lack %q:\n%s", tt.before, tt.after, want, text)
				}
			}
		})
	}
}

func TestLongChangesStandBelowTheirKey(t *testing.T) {
	long := strings.Repeat("select a from b ", 20)
	var before, after []string
	for i := range 600 {
		before = append(before, fmt.Sprintf(`"old%d"`, i))
		after = append(after, fmt.Sprintf(`"new%d"`, i))
	}
	_, text := changesText(t, `{"id":"A","sql":"`+long+`1","l":["x",`+strings.Join(before, ",")+`]}`, `{"id":"A","sql":"`+long+`2","l":["x",`+strings.Join(after, ",")+`]}`)
	for _, want := range []string{"2 changes", "actionParams.sql\n          - \"select", `b 1"`, "\n          + \"select", `b 2"`, "actionParams.l    1 unchanged\n          + \"new0\"", `- "old0"`, "+ 100 more are not listed", "- 100 more are not listed"} {
		if !strings.Contains(text, want) {
			t.Errorf("the changes lack %q:\n%s", want, text)
		}
	}
}

func TestNGoesFromChangeToChange(t *testing.T) {
	long := strings.Repeat("x ", 60)
	d, _ := changesText(t, `{"id":"A","a":1,"b":"`+long+`1","c":3,"d":4}`, `{"id":"A","a":2,"b":"`+long+`2","c":3,"d":5}`)
	for _, step := range []struct{ key, want string }{{"n", ".a "}, {"n", ".b"}, {"n", ".d "}, {"n", ".a "}, {"N", ".d "}, {"N", ".b"}} {
		d.press(step.key)
		if got := d.cursorLines(); !strings.Contains(got, "actionParams"+step.want) {
			t.Fatalf("after %s the cursor is on %q, want actionParams%s", step.key, got, step.want)
		}
	}
	if text := d.screen(); !strings.Contains(text, `x 1"`) || !strings.Contains(text, `x 2"`) {
		t.Errorf("the change under the cursor is not whole on the screen:\n%s", text)
	}
	d.find("another")
	d.press("n")
	if got := d.cursorLines(); !strings.Contains(got, "actionParams.b") {
		t.Errorf("with a search, n leaves the change for %q", got)
	}
	d.press("esc g A n")
	if got := d.cursorLines(); !strings.Contains(got, "actionParams.a ") {
		t.Errorf("with the unchanged fields shown, n goes to %q", got)
	}
}

func TestAnEventThatOnlyReadsChangedNothing(t *testing.T) {
	d := newDetailRig(t, kittest.LoadText(t, "a.jsonl", kittest.Event("GET_LOG_SOURCE", "SUCCEEDED", 1)), 80, 11)
	w, ok := d.detail.Command(kit.CmdChanges, d.Scene())
	if !ok || w.Open || w.Toast.String() != "GET_LOG_SOURCE only reads: nothing was changed" {
		t.Errorf("D on an event that only reads says %q, opens %v", w.Toast, w.Open)
	}
	d.Settle()
	if d.detail.page != nil {
		t.Error("D on an event that only reads opens a page")
	}
}

func TestAValueOfTheEarlierEventCanBeFilteredBy(t *testing.T) {
	d, _ := changesText(t, `{"id":"A","old":"was","same":1}`, `{"id":"A","same":1}`)
	d.press("n")
	if v, ok := d.detail.Focused(); !ok || v.Name != "param.old" || v.Text.Raw() != "was" {
		t.Errorf("on what went the focus is %q, %q, %v, want param.old, was", v.Name, v.Text.Raw(), ok)
	}
}
