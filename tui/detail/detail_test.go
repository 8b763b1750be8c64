package detail

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/termsafe"
)

func TestDetailShowsEveryPartOfTheEvent(t *testing.T) {
	line := strings.Replace(kittest.FailedEvent, `"sourceIP"`, `"XForwardedFor":["198.51.100.7","203.0.113.9"],"p_enrichment":{"ipinfo_asn":{"sourceIP":{"asn":"AS64500"}}},"unheardOf":[1.50,null],"sourceIP"`, 1)
	d := newLineRig(t, line)
	d.detail.folds[lakeID], d.detail.folds[rawID] = true, true
	d.detail.rebuild()
	text := d.text()
	for _, want := range []string{
		"ci-token failed to DELETE_RULE AWS.Root.Login from 203.0.113.9", "2026-11-22 18:04:11.203 UTC",
		"1▾ Errors        cannot delete: the rule is part of a pack", `name  "ci-token"`, `type  "TOKEN"  ◇ an API token`, "3▾ Target        AWS.Root.Login",
		`4▾ Params        dynamic.input.detections[0].id  "AWS.Root.Login"`, `sourceIP       "203.0.113.9"  IPv4 for documentation`,
		`[0]  "198.51.100.7"  IPv4 for documentation, the claimed client`, `[1]  "203.0.113.9"  IPv4 for documentation, the source`,
		`userAgent      "curl/8"`, `ipinfo_asn.sourceIP.asn  "AS64500"`, "unheardOf", "1.50", "null",
		"source    dir/audit.jsonl", "line      1", "offset    byte 0", fmt.Sprintf("length    %d bytes", len(line)), "sha256  ",
		`{"actionName":"DELETE_RULE",`, "▸ Escaped", "▸ Hex", "warning  unheardOf: not in the schema",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the detail lacks %q:\n%s", want, text)
		}
	}
}

func TestSentencesSayWhatHappened(t *testing.T) {
	const rest = `"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.1.1"}`
	tests := []struct{ line, want string }{
		{`{"actionName":"SIGN_IN","actionResult":"SUCCEEDED","actor":{"id":"u1","type":"USER","name":"homer"},` + rest, "homer did SIGN_IN"},
		{`{"actionName":"SIGN_IN","actionResult":"PARTIALLY_FAILED","actor":{"id":"u1","type":"USER"},` + rest, "u1 partly failed to SIGN_IN"},
		{`{"actionName":"SIGN_IN","actionResult":"ODD","actor":{"id":"u1","type":"USER"},"sourceIP":"192.0.2.1",` + rest, "u1 tried to SIGN_IN from 192.0.2.1"},
		{`{` + rest, "Someone without a name tried to an action without a name"},
		{`{"actionName":"A\u001b[2J","actionResult":"FAILED","actor":{"id":"u\n1","type":"USER"},` + rest, "u␊1 failed to A␛[2J"},
		{`[1]`, "This line is not an event"},
	}
	for _, tt := range tests {
		if text := newLineRig(t, tt.line).text(); !strings.Contains(text, tt.want) {
			t.Errorf("the detail of %s lacks %q:\n%s", tt.line, tt.want, text)
		}
	}
}

func TestErrorThatIsJSONBecomesATree(t *testing.T) {
	d := newLineRig(t, strings.Replace(kittest.FailedEvent, "cannot delete: the rule is part of a pack", `{\"code\":409,\"why\":\"pack\"}`, 1))
	if text := d.text(); !strings.Contains(text, "▾ Errors      ▾ a string that holds JSON, 25 bytes") || !strings.Contains(text, "code  409") || !strings.Contains(text, `why   "pack"`) {
		t.Errorf("the message is no tree:\n%s", text)
	}
}

func TestFoldingHidesAndShowsAndIsRemembered(t *testing.T) {
	event := strings.Replace(kittest.FailedEvent, `"detections":[{"id":"AWS.Root.Login"}]`, `"name":"x","pageSize":25`, 1) + "\n"
	d := newDetailRig(t, kittest.LoadText(t, "x", event+event), 100, 40)
	d.seek("▾ dynamic.input")
	d.press("enter")
	if text := d.text(); strings.Contains(text, `pageSize  25`) || !strings.Contains(text, `▸ dynamic.input  2 keys  name "x", pageSize 25`) {
		t.Errorf("dynamic is not folded:\n%s", text)
	}
	d.goTo(0)
	if text := d.text(); !strings.Contains(text, "▸ dynamic.input") {
		t.Errorf("another event does not remember the fold:\n%s", text)
	}
	d.seek("▸ dynamic.input")
	d.press("right")
	if text := d.text(); !strings.Contains(text, "▾ dynamic.input") {
		t.Errorf("dynamic is not unfolded:\n%s", text)
	}
	d.seek("▾ Actor")
	d.press("enter")
	if text := d.text(); !strings.Contains(text, `▸ Actor         3 keys  id "c1", type "TOKEN", name "ci-token"`) {
		t.Errorf("the section is not folded:\n%s", text)
	}
}

func TestRejectShowsItsReasonAndTheFault(t *testing.T) {
	d := newLineRig(t, `{"actionName":tru}`)
	text := d.text()
	for _, want := range []string{"This line is not an event", "Reason        not JSON", `{"actionName":tru}`, "Escaped"} {
		if !strings.Contains(text, want) {
			t.Errorf("the detail lacks %q:\n%s", want, text)
		}
	}
	mark := d.Display.Line()
	mark.Add(d.Display.Style(kit.WrongByte), termsafe.Const("}"))
	if styled := strings.TrimSuffix(mark.Styled(), "\x1b[m"); !strings.Contains(d.Styled(100, 14), styled) {
		t.Errorf("the byte at fault is not marked with %q", styled)
	}
	if text := newLineRig(t, `{"actionName":"cut`).text(); !strings.Contains(text, "◂ the line ends here") {
		t.Errorf("the end of the cut line is not marked:\n%s", text)
	}
}

func TestChangedSourceIsNeverShownAsTheEvent(t *testing.T) {
	path := kittest.WriteFile(t, kittest.FailedEvent+"\n")
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(kittest.FailedEvent, "DELETE", "CREATE")), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDetailRig(t, kittest.StillLog{Log: log}, 100, 40)
	text := d.text()
	if !strings.Contains(text, "the source changed after it was loaded") || !strings.Contains(text, `"DELETE_RULE"`) || strings.Contains(text, "CREATE") {
		t.Errorf("the detail of a changed source is\n%s", text)
	}
}

func TestHugeValuesScrollWithoutBeingBuilt(t *testing.T) {
	var keys strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&keys, `"key%d":%d,`, i, i)
	}
	huge := strings.Repeat("lorem ipsum ", 1<<20)
	d := newLineRig(t, strings.Replace(kittest.FailedEvent, `"dynamic"`, keys.String()+`"huge":"`+huge+`","dynamic"`, 1))
	check := func(what string) {
		t.Helper()
		d.screen()
		if n := len(d.detail.drawn); n > 200 {
			t.Errorf("%s made the lines of %d parts", what, n)
		}
		if n := len(d.detail.blocks); n > 500 {
			t.Errorf("%s made %d blocks", what, n)
		}
	}
	check("opening")
	d.press("G pgup pgup")
	check("going to the end")
	d.press("g pgdown pgdown")
	check("going to the top")
	d.seek("10,000 to")
	d.press("right")
	d.seek(`"lorem ipsum`)
	if text := d.text(); !strings.Contains(text, "12,582,912 bytes") {
		t.Error("the size of the long value is not shown")
	}
	d.press("right pgdown pgdown j j k")
	check("reading the long value")
	d.detail.folds[rawID], d.detail.folds[hexID] = true, true
	d.detail.rebuild()
	d.press("G k k k pgup pgup pgdown")
	check("scrolling raw bytes")
}

func TestManyErrorsAndManyKeysAreShownInPages(t *testing.T) {
	messages := strings.Repeat(`{"message":"again"},`, 999) + `{"message":"the last one"}`
	var keys strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&keys, `"p_k%d":%d,"u%d":1,`, i, i, i)
	}
	line := strings.Replace(kittest.FailedEvent, `{"message":"cannot delete: the rule is part of a pack"}`, messages, 1)
	d := newLineRig(t, strings.Replace(line, `"sourceIP"`, keys.String()+`"sourceIP"`, 1))
	d.detail.folds[lakeID] = true
	d.detail.rebuild()
	if n := len(d.detail.blocks); n > 500 {
		t.Errorf("the detail has %d blocks", n)
	}
	for _, text := range []string{"the last one", "p_k999", "u999"} {
		d.find(text)
		if got := d.cursorLines(); !strings.Contains(got, text) {
			t.Errorf("the find for %q ends at\n%s", text, got)
		}
	}
}

func TestWhatStandsThereNowIsShownAsBytesOnly(t *testing.T) {
	path := kittest.WriteFile(t, kittest.FailedEvent+"\n")
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(kittest.FailedEvent, "DELETE", "CREATE")), 0o600); err != nil {
		t.Fatal(err)
	}
	d := paneOf(t, log, false, 100, 60)
	d.folds[presentID] = true
	d.rebuild()
	text := d.drawnText(t, 100, 60)
	for _, want := range []string{"these bytes are there now; they are not this event", `REATE_RULE","act`, `"DELETE_RULE"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the detail lacks %q:\n%s", want, text)
		}
	}
	d.seekBlock(t, joinNamed("#column", "action"))
	if field, value, ok := d.focusedField(); !ok || field != "action" || value.Raw() != "DELETE_RULE" {
		t.Errorf("the value of the column is %q, %v, %v", field, value, ok)
	}
}

func TestTheDetailShowsWhatStandsAroundARecoveredEvent(t *testing.T) {
	quoted, err := json.Marshal(kittest.FailedEvent)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		line string
		want []string
	}{
		"NUL bytes":    {"\x00\x00" + kittest.FailedEvent + "\f", []string{"before it, 2 bytes", `\u0000\u0000`, "behind it, 1 byte", `\f`, "NUL bytes", "2 bytes before it"}},
		"docker's log": {`{"log":` + string(quoted) + `,"stream":"stdout"}`, []string{`{"log":"`, `","stream":"stdout"}`, "with their escapes", "docker writes it"}},
		"a long page":  {`{"items":[` + strings.Repeat(kittest.FailedEvent+",", 9) + kittest.FailedEvent + `]}`, []string{"recovered from an envelope"}},
	} {
		d := paneOf(t, kittest.LoadText(t, "x.jsonl", c.line+"\n"+kittest.FailedEvent+"\n").Log, true, 160, 300)
		d.rebuild()
		text := d.drawnText(t, 160, 300)
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the detail lacks %q:\n%s", name, want, text)
			}
		}
	}
}

// seekBlock puts the cursor on a block.
func (d *Detail) seekBlock(t *testing.T, id string) {
	t.Helper()
	at, ok := d.blockOf(id)
	if !ok {
		t.Fatalf("there is no block %q", id)
	}
	d.at = at
	d.settle()
}

func TestSmuggledTextIsMadeReadable(t *testing.T) {
	tags := ""
	for _, r := range "ignore all" {
		tags += string(r + 0xe0000)
	}
	text := newLineRig(t, strings.Replace(kittest.FailedEvent, "ci-token", "ci-token"+tags, 1)).text()
	if !strings.Contains(text, "Hidden        actor.name: invisible character") || !strings.Contains(text, `it reads: "ignore all"`) {
		t.Errorf("the detail does not decode the tags:\n%s", text)
	}
}

// focused is what the query language calls the value under the cursor, and the value; ok is false if the line holds none, or
// one that no query can name.
func (d *Detail) focusedField() (field string, text model.Text, ok bool) {
	v, ok := d.Focused()
	return v.Name, v.Text, ok && !v.Absent
}
