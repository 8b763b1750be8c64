package tui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// detailText is everything that the detail can show, top to bottom.
func (d *driver) detailText() string {
	var out []string
	for s, ok := (spot{}), true; ok; s, ok = d.app.detail.next(s) {
		out = append(out, strings.TrimRight(d.app.detail.lines(s.block)[s.line].Plain(), " "))
	}
	return strings.Join(out, "\n")
}

func newDetail(t *testing.T, line string) *driver {
	t.Helper()
	d := newDriver(t, Options{Log: loadText(t, "dir/audit.jsonl", line+"\n")}, 100, 30)
	d.press("enter tab")
	return d
}

func TestDetailShowsEveryPartOfTheEvent(t *testing.T) {
	line := strings.Replace(failedEvent, `"sourceIP"`, `"XForwardedFor":["198.51.100.7","203.0.113.9"],"p_enrichment":{"ipinfo_asn":{"sourceIP":{"asn":"AS64500"}}},"unheardOf":[1.50,null],"sourceIP"`, 1)
	d := newDetail(t, line)
	d.app.detail.folds["#lake"], d.app.detail.folds["#raw"] = true, true
	d.app.detail.rebuild()
	text := d.detailText()
	for _, want := range []string{
		"ci-token failed to DELETE_RULE AWS.Root.Login from 203.0.113.9", "2026-11-22 18:04:11.203 UTC",
		"▾ Errors        cannot delete: the rule is part of a pack", `name  "ci-token"`, "Target        AWS.Root.Login",
		`id  "AWS.Root.Login"`, `0  "198.51.100.7"`, `userAgent      "curl/8"`, `asn  "AS64500"`, "unheardOf", "1.50", "null",
		"source  dir/audit.jsonl", "line    1", fmt.Sprintf("bytes   %d from 0", len(line)), "sha256  ",
		`{"actionName":"DELETE_RULE",`, "▸ Escaped", "warning  unheardOf: not in the schema",
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
		{`{` + rest, "Somebody without a name tried to an action without a name"},
		{`{"actionName":"A\u001b[2J","actionResult":"FAILED","actor":{"id":"u\n1","type":"USER"},` + rest, "u␊1 failed to A␛[2J"},
		{`[1]`, "This line is no event"},
	}
	for _, tt := range tests {
		if text := newDetail(t, tt.line).detailText(); !strings.Contains(text, tt.want) {
			t.Errorf("the detail of %s lacks %q:\n%s", tt.line, tt.want, text)
		}
	}
}

func TestErrorThatIsJSONBecomesATree(t *testing.T) {
	d := newDetail(t, strings.Replace(failedEvent, "cannot delete: the rule is part of a pack", `{\"code\":409,\"why\":\"pack\"}`, 1))
	if text := d.detailText(); !strings.Contains(text, "▾ Errors        code  409") || !strings.Contains(text, `why   "pack"`) {
		t.Errorf("the message is no tree:\n%s", text)
	}
}

func TestFoldingHidesAndShowsAndIsRemembered(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", failedEvent+"\n"+failedEvent+"\n")}, 100, 40)
	d.press("enter tab")
	seek := func(text string) {
		t.Helper()
		d.press("g")
		for range 100 {
			s := d.app.detail.at
			if strings.Contains(d.app.detail.lines(s.block)[s.line].Plain(), text) {
				return
			}
			d.press("j")
		}
		t.Fatalf("the detail has no line with %q", text)
	}
	seek("▾ dynamic")
	d.press("enter")
	if text := d.detailText(); strings.Contains(text, `"AWS.Root.Login"`) || !strings.Contains(text, "▸ dynamic  1 key") {
		t.Errorf("dynamic is not folded:\n%s", text)
	}
	d.press("esc k tab")
	if text := d.detailText(); !strings.Contains(text, "▸ dynamic") {
		t.Errorf("another event does not remember the fold:\n%s", text)
	}
	seek("▸ dynamic")
	d.press("right")
	if text := d.detailText(); !strings.Contains(text, "▾ dynamic") {
		t.Errorf("dynamic is not unfolded:\n%s", text)
	}
	seek("▾ Actor")
	d.press("left")
	if text := d.detailText(); !strings.Contains(text, "▸ Actor         3 keys") || strings.Contains(text, `"ci-token"`) {
		t.Errorf("the section is not folded:\n%s", text)
	}
}

func TestRejectShowsItsReasonAndTheFault(t *testing.T) {
	d := newDetail(t, `{"actionName":tru}`)
	text := d.detailText()
	for _, want := range []string{"This line is no event", "Reason        not JSON", `{"actionName":tru}`, "Escaped"} {
		if !strings.Contains(text, want) {
			t.Errorf("the detail lacks %q:\n%s", want, text)
		}
	}
	mark := d.app.look.line()
	mark.Add(d.app.look.style(fault), termsafe.Const("}"))
	if styled := strings.TrimSuffix(mark.Styled(), "\x1b[m"); !strings.Contains(d.frame(), styled) {
		t.Errorf("the byte at fault is not marked with %q", styled)
	}
	if text := newDetail(t, `{"actionName":"cut`).detailText(); !strings.Contains(text, "◂ the line ends here") {
		t.Errorf("the end of the cut line is not marked:\n%s", text)
	}
}

func TestChangedSourceIsNeverShownAsTheEvent(t *testing.T) {
	path := writeFile(t, failedEvent+"\n")
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(failedEvent, "DELETE", "CREATE")), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDriver(t, Options{Log: stillLog{log}}, 100, 40)
	d.press("enter tab")
	text := d.detailText()
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
	d := newDetail(t, strings.Replace(failedEvent, `"dynamic"`, keys.String()+`"huge":"`+huge+`","dynamic"`, 1))
	d.app.detail.folds["actionParams"] = true
	check := func(what string) {
		t.Helper()
		checkShape(t, d, 100, 30)
		if n := len(d.app.detail.drawn); n > 200 {
			t.Errorf("%s made the lines of %d blocks", what, n)
		}
	}
	check("opening")
	d.press("G pgup pgup")
	check("going to the end")
	d.press("g pgdown pgdown")
	check("going to the top")
	d.app.detail.folds["#raw"] = true
	d.app.detail.rebuild()
	d.press("G k k k pgup pgup pgdown")
	check("scrolling raw bytes")
	if n := len(d.app.detail.blocks); n < 10_000 {
		t.Errorf("the detail has %d blocks, want one for each key at least", n)
	}
}

func TestRawKeepsItsColorsAcrossChunks(t *testing.T) {
	text := `{"a":"` + strings.Repeat(`x\"y`, 3000) + `","b":{"c":12,"d":[true,null,-1.5e9]}}`
	chunks := lexChunks(text)
	if len(chunks) < 3 {
		t.Fatalf("%d chunks, want several", len(chunks))
	}
	whole, parts := map[int]role{}, map[int]role{}
	note := func(m map[int]role) func(token) {
		return func(tok token) {
			for i := tok.lo; i < tok.hi; i++ {
				m[i] = tok.role
			}
		}
	}
	lex(text, 0, len(text), outside, note(whole))
	for _, c := range chunks {
		lex(text, c.lo, c.hi, c.state, note(parts))
	}
	for i := range len(text) {
		if whole[i] != parts[i] {
			t.Fatalf("byte %d has role %d in chunks, %d as a whole", i, parts[i], whole[i])
		}
	}
	for substr, want := range map[string]role{`"a"`: jsonKey, `"d"`: jsonKey, `12`: jsonNumber, `true`: jsonWord, `-1.5e9`: jsonNumber} {
		if got := whole[strings.LastIndex(text, substr)]; got != want {
			t.Errorf("%s has role %d, want %d", substr, got, want)
		}
	}
}

func TestPanesAreOpenedFocusedAndLeft(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(50))}, 100, 30)
	steps := []struct {
		keys   string
		detail bool
		focus  pane
	}{
		{"enter", true, listPane}, {"j", true, listPane}, {"enter", true, detailPane}, {"esc", true, listPane}, {"tab", true, detailPane},
		{"tab", true, listPane}, {"esc", false, listPane}, {"tab", false, listPane},
	}
	for _, s := range steps {
		d.press(s.keys)
		if w := d.app.wish; w.detail != s.detail || w.focus != s.focus {
			t.Fatalf("after %q: detail %v, focus %d, want %v, %d", s.keys, w.detail, w.focus, s.detail, s.focus)
		}
	}
	d.send(tea.WindowSizeMsg{Width: 80, Height: 12})
	d.press("enter")
	if d.app.layout.detail.empty() || !d.app.layout.list.empty() {
		t.Error("on a small screen the detail does not cover the list")
	}
	d.press("esc")
	if d.app.wish.detail || d.app.layout.list.empty() {
		t.Error("esc does not bring the list back")
	}
}

func TestTimesFollowTheZone(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", failedEvent+"\n")}, 100, 30)
	d.app.zones[1] = fixedZone
	if row := d.lines()[3]; !strings.Contains(row, "11-22 18:04:11.203") {
		t.Errorf("in UTC the row is %q", row)
	}
	d.press("t")
	lines := d.lines()
	if !strings.Contains(lines[3], "11-22 21:34:11.203") || !strings.Contains(lines[0], "XST") {
		t.Errorf("in another zone:\n%s\n%s", lines[0], lines[3])
	}
	d.press("T")
	if row := d.lines()[3]; !strings.Contains(row, "2h 25m ago") {
		t.Errorf("relative, the row is %q", row)
	}
}

func TestSmuggledTextIsMadeReadable(t *testing.T) {
	tags := ""
	for _, r := range "ignore all" {
		tags += string(r + 0xe0000)
	}
	text := newDetail(t, strings.Replace(failedEvent, "ci-token", "ci-token"+tags, 1)).detailText()
	if !strings.Contains(text, "invisible text, made readable:") || !strings.Contains(text, "ignore all") {
		t.Errorf("the detail does not decode the tags:\n%s", text)
	}
}
