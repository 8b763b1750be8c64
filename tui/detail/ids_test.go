package detail

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/query"
	"pawprint/tui/kit/kittest"
)

// openAll unfolds everything that the detail shows.
func openAll(d *Detail) {
	for again := true; again; {
		again = false
		for i := range d.blocks {
			b := &d.blocks[i]
			if b.fold != "" && !b.open {
				d.folds[b.fold], again = true, true
			}
			if b.sectionID != "" && !b.whole {
				d.folds[b.sectionID], again = true, true
			}
		}
		d.rebuild()
	}
}

// detailOf shows the only row of a log, with everything unfolded.
func detailOf(t *testing.T, log *model.Log) (*Detail, *model.Snapshot) {
	t.Helper()
	snap := log.Snapshot()
	d := New(kittest.RigLook(false, true, colorprofile.TrueColor))
	d.SetSize(100, 30)
	d.show(readDocument(t.Context(), &snap, 0, false))
	openAll(d)
	return d, &snap
}

// sampleLines are the lines of events of the shared logs in all their variety.
func sampleLines(t *testing.T) []string {
	t.Helper()
	var out []string
	for name, step := range map[string]int{"audit.jsonl": 37, "damaged.jsonl": 1} {
		snap := kittest.LoadFile(t, name).Snapshot()
		raw := model.NewRawReader(&snap)
		for r := 0; r < snap.Rows(); r += step {
			line, err := raw.Line(model.Row(r))
			if err != nil {
				t.Fatal(err)
			}
			if snap.Flags(model.Row(r))&model.FlagReject == 0 && len(line) < 1<<16 {
				out = append(out, string(line))
			}
		}
	}
	return out
}

func TestEveryValueUnderTheCursorFindsItsEvent(t *testing.T) {
	values := 0
	for _, line := range sampleLines(t) {
		log := kittest.LoadText(t, "x.jsonl", line+"\n")
		d, snap := detailOf(t, log.Log)
		if strings.Contains(line, `\ud`) {
			continue // half a pair is not a text that could be written in a query
		}
		if snap.Rows() > 1 {
			continue // a page, whose records are rows
		}
		twice := false
		for _, p := range snap.Problems(0) {
			twice = twice || p.Code == model.DuplicateKey
		}
		for i := range d.blocks {
			d.at = i
			v, ok := d.Focused()
			if !ok || twice {
				continue
			}
			values++
			sel, err := model.Select(t.Context(), *snap, query.Compile(v.Expr(), query.Env{Now: kittest.TestNow}), nil)
			if err != nil {
				t.Fatal(err)
			}
			if sel.Len() != 1 {
				t.Errorf("%s, at %q, does not find the event\n%s", v.Expr(), d.blocks[i].id, line)
			}
			if _, err := query.Parse(v.Expr().String()); err != nil {
				t.Errorf("parsing %s: %v", v.Expr(), err)
			}
		}
	}
	if values < 1000 {
		t.Errorf("only %d values were tried", values)
	}
}

func TestEveryScalarHasAName(t *testing.T) {
	d := newLineRig(t, kittest.FailedEvent)
	for text, want := range map[string]string{
		`"c1"`: "actor.id", `"TOKEN"`: "actor.type", `detections[0].id`: "param.detections.id", "actionName": "action", "sourceIP": "ip",
		"userAgent": "ua", "cannot delete": "error", "Target": "target", "timestamp": "time", "dir/audit.jsonl": "source", "line   ": "line",
	} {
		d.seek(text)
		if field, _, ok := d.detail.focusedField(); !ok || field != want {
			t.Errorf("the line with %s is called %q, %v, want %q", text, field, ok, want)
		}
	}
}

func TestParametersAreNamedByTheirPlace(t *testing.T) {
	const rest = `,"actionName":"X","actionResult":"SUCCEEDED","actor":{"id":"u","type":"USER"},"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.1.1"`
	tests := []struct{ params, text, want string }{
		{`{"id":"v"}`, "v", "param.id"},
		{`{"input":{"id":"v"}}`, "v", "param.id"},
		{`{"dynamic":{"input":{"id":"w"}},"input":{"id":"v"}}`, "v", "actionParams.input.id"},
		{`{"dynamic":{"input":{"id":"w"}},"static":{"id":"v"}}`, "v", "param.static.id"},
		{`{"a.b":{"c":["v"]}}`, "v", "param.a.b.c"},
	}
	for _, tt := range tests {
		log := kittest.LoadText(t, "x", `{"actionParams":`+tt.params+rest+"}\n")
		d, _ := detailOf(t, log.Log)
		found := false
		for i := range d.blocks {
			d.at = i
			if field, text, ok := d.focusedField(); ok && text.Raw() == tt.text && strings.HasPrefix(d.blocks[i].id, paramsID) {
				found = true
				if field != tt.want {
					t.Errorf("in %s the value is called %q, want %q", tt.params, field, tt.want)
				}
			}
		}
		if !found {
			t.Errorf("the detail of %s has no line for the value", tt.params)
		}
	}
}

func TestIDsAreUnique(t *testing.T) {
	lines := append(sampleLines(t), `{"a":{"\u0000\u0001\u0002\u0003":1,"\u0001":2,"0":3,"":4},"a":{"b":5},"a":{"b":[6,{"\u00010":7}]}}`)
	for _, line := range lines {
		log := kittest.LoadText(t, "x", line+"\n")
		d, _ := detailOf(t, log.Log)
		seen := map[string]bool{}
		for i := range d.blocks {
			id := d.blocks[i].id
			if seen[id] && id != "" {
				t.Fatalf("the id %q is there twice in the detail of\n%s", id, line)
			}
			seen[id] = true
		}
	}
}

func TestKeysSurviveTheirIDs(t *testing.T) {
	for _, key := range []string{"", "a", "a.b", "\x00", "\x01x", "\x03\x00\x02", "é"} {
		if got := unescapeKey(escapeKey(key)); got != key {
			t.Errorf("unescapeKey(escapeKey(%q)) = %q", key, got)
		}
		parent := &line.Node{Kind: line.ObjectKind, Nodes: []line.Node{{Key: model.NewText(key), Duplicate: true}}}
		if steps := stepsOf(joinKey("#x", parent, 0)); len(steps) != 1 || steps[0].Key != key || steps[0].Index != -1 {
			t.Errorf("stepsOf(joinKey(%q)) = %v", key, steps)
		}
	}
}
