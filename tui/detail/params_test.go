package detail

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/model/shape"
	"pawprint/tui/kit/kittest"
)

func TestParamsOfAnActionAreCounted(t *testing.T) {
	var text strings.Builder
	for i := range 30 {
		kind := []string{"LOW", "HIGH", "HIGH"}[i%3]
		text.WriteString(kittest.ChangeEvent("CREATE_RULE", "SUCCEEDED", fmt.Sprintf(`{"dynamic":{"input":{"id":"r%d","severity":"%s","tags":["a","b"],"on":true}}}`, i, kind), i))
		text.WriteString(kittest.ChangeEvent("DELETE_RULE", "SUCCEEDED", `{"gone":1}`, i))
	}
	text.WriteString(kittest.ChangeEvent("CREATE_RULE", "FAILED", `{"id":"flat","note":null,"long":"`+strings.Repeat("x", 500)+`"}`, 50))
	log := kittest.LoadText(t, "a.jsonl", text.String())
	d := newDetailRig(t, log, 100, 60)
	d.detail.browseParams()
	d.Settle()
	out := d.text()
	for _, want := range []string{"Parameters of CREATE_RULE", "of 31 events in the list", "▾ dynamic.input  30 events", "30 events  30 different values",
		`20  "HIGH"`, `10  "LOW"`, "25 more values", `30  "a"`, "30  true", "1 null", "1 long"} {
		if !strings.Contains(out, want) {
			t.Errorf("the parameters lack %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "gone") {
		t.Errorf("the parameters of another action are counted:\n%s", out)
	}
	d.screen()
	d.seek(`"LOW"`)
	field, value, ok := d.detail.focusedField()
	if !ok || field != "actionParams.dynamic.input.severity" || value.Raw() != "LOW" {
		t.Errorf("the focus is %q, %v, %v", field, value, ok)
	}
	d.seek("25 more values")
	d.press("enter")
	if out := d.text(); !strings.Contains(out, `"r17"`) || !strings.Contains(out, "fewer values") {
		t.Errorf("the rest of the values is not unfolded:\n%s", out)
	}
}

func TestCountsOfParamsAreWhatTheFilterFinds(t *testing.T) {
	log := kittest.LoadFile(t, "audit.jsonl")
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	values := 0
	for _, action := range []string{"LIST_ALERTS", "UPDATE_ALERT_STATUS", "CREATE_RULE", "SIGN_IN"} {
		p, err := readParams(t.Context(), sel, model.NewText(action), false)
		if err != nil {
			t.Fatal(err)
		}
		b := builder{display: kittest.RigLook(false, true, colorprofile.TrueColor), doc: &document{}, folds: map[string]bool{}}
		p.build(&b)
		for i := range b.blocks {
			at := &b.blocks[i]
			if at.value == nil || strings.Contains(at.id, string(idSep)+string(idIndex)) {
				continue // several elements of one list may have the value
			}
			values++
			m := query.Compile(query.And(query.Is("action", action), query.Is(at.value.Name, at.value.Text.Raw())), query.Env{})
			found, err := model.Select(t.Context(), log.Snapshot(), m, nil)
			if err != nil {
				t.Fatal(err)
			}
			if count := strings.TrimSpace(at.key.String()); count != fmt.Sprint(found.Len()) {
				t.Errorf("%s of %s is counted %s times, the filter finds %d", at.value.Name, action, count, found.Len())
			}
		}
	}
	if values < 20 {
		t.Errorf("only %d values were compared", values)
	}
}

func TestParamsAreBounded(t *testing.T) {
	var keys strings.Builder
	for i := range 2 * shape.MaxKeys {
		fmt.Fprintf(&keys, `"k%d":%d,`, i, i)
	}
	log := kittest.LoadText(t, "a.jsonl", kittest.ChangeEvent("X", "SUCCEEDED", `{`+keys.String()+`"last":1}`, 1))
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	made, err := readParams(t.Context(), sel, model.NewText("X"), false)
	if err != nil {
		t.Fatal(err)
	}
	p := made.(*paramsPage)
	if len(p.counted.Root.Members) != shape.MaxKeys || !p.counted.Full || !strings.Contains(p.extent().String(), "not all of their keys") {
		t.Errorf("%d keys are counted, full: %v: %s", len(p.counted.Root.Members), p.counted.Full, p.extent())
	}
}
