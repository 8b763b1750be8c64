package tui

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
	"pawprint/tui/termsafe/hostile"
)

// clipboard drives the App with keys, and gives what they put on the clipboard.
func (d *driver) clipboard(keys, typed string) (texts []string) {
	d.t.Helper()
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				run(c)
			}
		default:
			if reflect.TypeOf(msg) == reflect.TypeOf(tea.SetClipboard("")()) {
				texts = append(texts, fmt.Sprint(msg))
			}
			_, next := d.app.Update(msg)
			run(next)
		}
	}
	for _, name := range strings.Fields(keys) {
		_, cmd := d.app.Update(keyMsg(name))
		run(cmd)
	}
	for _, r := range typed {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	_, cmd := d.app.Update(keyMsg("enter"))
	run(cmd)
	return texts
}

// copyEvent is an event with signs in it that mean something to shells, to SQL and to terminals.
const copyEvent = `{"actionName":"IT'S_$(id)","actionResult":"FAILED","actionParams":{},"actor":{"id":"u'1","type":"USER","name":"Zo\u00eb 家 \u202e\u001b]52;c;QQ==\u0007"},` +
	`"errors":[{"message":"a\\b"}],"sourceIP":"203.0.113.9","userAgent":"x","timestamp":"2026-11-22T18:04:11.203Z","pantherVersion":"1.113.160","p_row_id":"abc123"}`

// loadPlaced is loadText for a text that stands in a file of the name.
func loadPlaced(t *testing.T, name, text string) stillLog {
	t.Helper()
	log := loadText(t, name, text)
	log.UpdateSource(0, func(s *model.SourceState) { s.Place = s.Name })
	return log
}

func TestWhatIsCopied(t *testing.T) {
	for _, c := range []struct{ keys, typed, want string }{
		{"y", "value of", "IT'S_$(id)"},
		{"y", "filter", query.Is("action", "IT'S_$(id)").String()},
		{"l y", "value of", `Zo\u00eb \u5bb6 \u202e\u001b]52;c;QQ==\u0007`},
		{"y", "the event", strings.NewReplacer("家", `\u5bb6`).Replace(copyEvent)},
		{"y", "where", "it.jsonl, line 2, byte 1"},
		{"y", "jq", fmt.Sprintf(`tail -c +2 < 'it.jsonl' | head -c %d | jq -ac 'select(.p_row_id == "abc123")'`, len(copyEvent))},
		{"y", "pawprint", `pawprint query -o jsonl --sort none 'offset=1 .p_row_id=abc123' 'it.jsonl'`},
		{"y", "sql", "SELECT * FROM panther_logs.public.panther_audit WHERE p_row_id = 'abc123'"},
		{"y", "raw", copyEvent},
	} {
		d := newDriver(t, Options{Log: loadPlaced(t, "it.jsonl", "\n"+copyEvent+"\n")}, 160, 40)
		got := d.clipboard(c.keys, c.typed)
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s %q copies\n%q, want\n%q", c.keys, c.typed, got, c.want)
		}
		d.mustShow("copied ")
	}
}

func TestOfARejectTheLineIsCopied(t *testing.T) {
	const line = "no event \x1b[2J \u202e\xff"
	for typed, want := range map[string]string{
		"escaped": `no event \u001b[2J \u202e\xff`, "raw": line, "shell command": "tail -c +1 < 'it.jsonl' | head -c 18 | cat -v", "pawprint": "pawprint query -o jsonl --sort none 'offset=0' 'it.jsonl'", "where": "it.jsonl, line 1, byte 0",
	} {
		d := newDriver(t, Options{Log: loadPlaced(t, "it.jsonl", line+"\n")}, 160, 40)
		if got := d.clipboard("y", typed); len(got) != 1 || got[0] != want {
			t.Errorf("%q copies %q, want %q", typed, got, want)
		}
	}
}

func TestWhatIsCopiedIsMaskedWhileSecretsAre(t *testing.T) {
	const secret = "AKIAIOSFODNN7EXAMPLE"
	line := strings.ReplaceAll(copyEvent, "203.0.113.9", secret)
	for _, typed := range []string{"value of", "filter", "the event", "raw", "where", "jq", "pawprint", "sql"} {
		d := newDriver(t, Options{Log: loadPlaced(t, "it.jsonl", strings.ReplaceAll(line, "IT'S_$(id)", secret)+"\n"), Redact: true}, 160, 40)
		for _, got := range d.clipboard("y", typed) {
			if strings.Contains(got, secret) {
				t.Errorf("%q copies the secret: %s", typed, got)
			}
		}
	}
}

func TestWhatIsTooLongForTerminalsIsNotCopied(t *testing.T) {
	long := strings.Replace(failedEvent, "curl/8", strings.Repeat("x", mostCopied), 1)
	d := newDriver(t, Options{Log: loadPlaced(t, "it.jsonl", long+"\n")}, 160, 40)
	if got := d.clipboard("y", "raw"); len(got) != 0 {
		t.Errorf("%d texts are copied", len(got))
	}
	d.mustShow("not copied: the bytes of the line has ", "bytes, and terminals take 74,994; o writes files")
	if a := copyText(termsafe.Const("it"), termsafe.Repeat("x", mostCopied)); a.cmd == nil {
		t.Error("what has the most bytes that terminals take is not copied")
	}
}

func TestAnEventWhoseRowIDCannotBeQuotedHasNoSQL(t *testing.T) {
	d := newDriver(t, Options{Log: loadPlaced(t, "it.jsonl", strings.Replace(copyEvent, "abc123", "x'; DROP TABLE t", 1)+"\n")}, 160, 40)
	if got := d.clipboard("y", "sql"); len(got) != 0 {
		t.Errorf("copied %q", got)
	}
	d.mustShow("not copied: the event has no p_row_id")
}

// A filter that is copied means the value again where it is pasted, also where it was escaped to be seen.
func TestACopiedFilterMeansTheValue(t *testing.T) {
	for _, text := range hostile.Texts() {
		want := query.Is("action", text.Raw)
		pasted := copyFilter(want).String()
		if got, err := query.Parse(pasted); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the filter %s is copied as %s, which means %v, %v", text.Name, want, pasted, got, err)
		}
	}
}

func TestThereIsNoCommandForWhatCannotBeReadAgain(t *testing.T) {
	moved := func(*model.SourceState, int64, []byte) error {
		return errors.New("the file at this path holds something else now")
	}
	deep := strings.Replace(copyEvent, `"x"`, strings.Repeat("[", 255)+strings.Repeat("]", 255), 1)
	for _, c := range []struct {
		typed, want string
		options     Options
	}{
		{"jq", "not copied: what it was read from cannot be read again", Options{Log: loadText(t, "stdin", copyEvent)}},
		{"pawprint", "not copied: what it was read from cannot be read again", Options{Log: loadText(t, "stdin", copyEvent)}},
		{"shell command", "not copied: what it was read from cannot be read again", Options{Log: loadText(t, "stdin", "junk")}},
		{"jq", "not copied: the file at this path holds something else now", Options{Log: loadPlaced(t, "it.jsonl", copyEvent), Stands: moved}},
		{"pawprint", "not copied: the file at this path holds something else now", Options{Log: loadPlaced(t, "it.jsonl", copyEvent), Stands: moved}},
		{"jq", "not copied: jq reads no more than 255 levels; take the pawprint command", Options{Log: loadPlaced(t, "it.jsonl", deep)}},
	} {
		d := newDriver(t, c.options, 160, 40)
		if got := d.clipboard("y", c.typed); len(got) != 0 {
			t.Errorf("%q copies %q", c.typed, got)
		}
		d.mustShow(c.want)
	}
}

// A command that would quote a row id that is masked does without it.
func TestAMaskedRowIDIsNotInACommand(t *testing.T) {
	const secret = "AKIAIOSFODNN7EXAMPLE"
	line := strings.ReplaceAll(copyEvent, "abc123", secret)
	d := newDriver(t, Options{Log: loadPlaced(t, "it.jsonl", line), Redact: true}, 160, 40)
	if got, want := d.clipboard("y", "jq"), fmt.Sprintf("tail -c +1 < 'it.jsonl' | head -c %d | jq -ac .", len(line)); len(got) != 1 || got[0] != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	if got := d.clipboard("y", "sql"); len(got) != 0 {
		t.Errorf("copied %q", got)
	}
	d.mustShow("the value is masked")
}

func FuzzCopiedTextsAreOneLine(f *testing.F) {
	for _, w := range []string{
		`'; touch /tmp/never; '`, "$(id)", "`id`", `"; halt #`, `\u0027`, "a\nb", "x\x1b[2Jy", "\u202ereversed", "日本 🦫", `") or true or ("`, "it's", "\\", "\x00", "",
	} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range []termsafe.Safe{copyForm(text), asciiJSON(text)} {
			if _, n := termsafe.Tripwire(s.String()); n != 0 || strings.ContainsAny(s.String(), "\n\r\x1b") {
				t.Fatalf("%q is copied as %q", text, s.String())
			}
		}
		line, err := json.Marshal(map[string]string{"a": text})
		if err != nil {
			t.Fatal(err)
		}
		var before, after map[string]string
		if json.Unmarshal(line, &before) != nil || json.Unmarshal([]byte(asciiJSON(string(line)).String()), &after) != nil || !reflect.DeepEqual(before, after) {
			t.Fatalf("%q means %q when it is copied", line, after)
		}
	})
}
