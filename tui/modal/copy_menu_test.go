package modal

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/snippet"
	"pawprint/tui/termsafe/hostile"
)

// copyRig copies from the first row of a log.
type copyRig struct {
	*kittest.ModalRig
	copier Copier
	scene  kit.Scene
	focus  cellFocus
	view   CopiedView
}

// cellFocus is the value under the cursor.
type cellFocus kit.Value

func (f cellFocus) Focused() (kit.Value, bool) { return kit.Value(f), f.Name != "" }

func newCopyRig(t *testing.T, log kittest.StillLog, redact kit.Masking) *copyRig {
	t.Helper()
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &copyRig{ModalRig: kittest.NewModalRig(t)}
	r.Display.Redact = redact
	r.copier.Display = r.Display
	if r.scene = (kit.Scene{Sel: sel}); sel.Len() > 0 {
		r.scene.Cursor, r.scene.Ok = sel.At(0), true
		if e := sel.Snapshot().Event(r.scene.Cursor); !e.Reject() {
			r.focus = cellFocus{Name: "action", Text: e.Action}
		}
	}
	return r
}

// copy opens the menu, types a part of a choice, and takes it.
func (r *copyRig) copy(typed string) []string {
	r.T.Helper()
	r.Copied = nil
	r.Obey(r.copier.Menu(r.T.Context(), &r.scene, r.focus, r.view))
	r.Write(typed)
	r.Press("enter")
	return r.Copied
}

// copyEvent is an event with signs in it that mean something to shells, to SQL and to terminals.
const copyEvent = `{"actionName":"IT'S_$(id)","actionResult":"FAILED","actionParams":{},"actor":{"id":"u'1","type":"USER","name":"Zo\u00eb 家 \u202e\u001b]52;c;QQ==\u0007"},` +
	`"errors":[{"message":"a\\b"}],"sourceIP":"203.0.113.9","userAgent":"x","timestamp":"2026-11-22T18:04:11.203Z","pantherVersion":"1.113.160","p_row_id":"abc123"}`

// loadPlaced is LoadText for a text that stands in a file of the name.
func loadPlaced(t *testing.T, name, text string) kittest.StillLog {
	t.Helper()
	log := kittest.LoadText(t, name, text)
	log.UpdateSource(0, func(s *model.SourceState) { s.Place = s.Name })
	return log
}

func TestWhatIsCopied(t *testing.T) {
	for _, c := range []struct{ of, typed, want string }{
		{"action", "value of", "IT'S_$(id)"},
		{"action", "filter", query.Is("action", "IT'S_$(id)").String()},
		{"actor", "value of", `Zo\u00eb \u5bb6 \u202e\u001b]52;c;QQ==\u0007`},
		{"action", "the event", strings.NewReplacer("家", `\u5bb6`).Replace(copyEvent)},
		{"action", "where", "it.jsonl, line 2, byte 1"},
		{"action", "jq", fmt.Sprintf(`tail -c +2 < 'it.jsonl' | head -c %d | jq -ac 'select(.p_row_id == "abc123")'`, len(copyEvent))},
		{"action", "pawprint", `pawprint query -o jsonl --sort none 'offset=1 .p_row_id=abc123' 'it.jsonl'`},
		{"action", "sql", "SELECT * FROM panther_logs.public.panther_audit WHERE p_row_id = 'abc123'"},
		{"action", "raw", copyEvent},
	} {
		r := newCopyRig(t, loadPlaced(t, "it.jsonl", "\n"+copyEvent+"\n"), false)
		if e := r.scene.Sel.Snapshot().Event(r.scene.Cursor); c.of == "actor" {
			r.focus = cellFocus{Name: c.of, Text: e.Actor.Label()}
		}
		got := r.copy(c.typed)
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s %q copies\n%q, want\n%q", c.of, c.typed, got, c.want)
		}
		r.MustShow("sent ", " to the terminal's clipboard")
	}
}

func TestOfARejectTheLineIsCopied(t *testing.T) {
	const line = "no event \x1b[2J \u202e\xff"
	for typed, want := range map[string]string{
		"escaped": `no event \u001b[2J \u202e\xff`, "raw": line, "shell command": "tail -c +1 < 'it.jsonl' | head -c 18 | cat -v", "pawprint": "pawprint query -o jsonl --sort none 'offset=0' 'it.jsonl'", "where": "it.jsonl, line 1, byte 0",
	} {
		r := newCopyRig(t, loadPlaced(t, "it.jsonl", line+"\n"), false)
		if got := r.copy(typed); len(got) != 1 || got[0] != want {
			t.Errorf("%q copies %q, want %q", typed, got, want)
		}
	}
}

func TestWhatIsCopiedIsMaskedWhileSecretsAre(t *testing.T) {
	const secret = "AKIAIOSFODNN7EXAMPLE"
	line := strings.ReplaceAll(copyEvent, "203.0.113.9", secret)
	for _, typed := range []string{"value of", "filter", "the event", "raw", "where", "jq", "pawprint", "sql"} {
		r := newCopyRig(t, loadPlaced(t, "it.jsonl", strings.ReplaceAll(line, "IT'S_$(id)", secret)+"\n"), true)
		for _, got := range r.copy(typed) {
			if strings.Contains(got, secret) {
				t.Errorf("%q copies the secret: %s", typed, got)
			}
		}
	}
}

func TestWhatIsTooLongForTerminalsIsNotCopied(t *testing.T) {
	long := strings.Replace(kittest.FailedEvent, "curl/8", strings.Repeat("x", 74_994), 1)
	r := newCopyRig(t, loadPlaced(t, "it.jsonl", long+"\n"), false)
	if got := r.copy("raw"); len(got) != 0 {
		t.Errorf("%d texts are copied", len(got))
	}
	r.MustShow("not copied: the bytes of the line has ", "bytes, and terminals take 74,994; o writes files")
}

func TestAnEventWhoseRowIDCannotBeQuotedHasNoSQL(t *testing.T) {
	r := newCopyRig(t, loadPlaced(t, "it.jsonl", strings.Replace(copyEvent, "abc123", "x'; DROP TABLE t", 1)+"\n"), false)
	if got := r.copy("sql"); len(got) != 0 {
		t.Errorf("copied %q", got)
	}
	r.MustShow("not copied: the event has no p_row_id")
}

func TestThereIsNoCommandForWhatCannotBeReadAgain(t *testing.T) {
	moved := func(*model.SourceState, int64, []byte) error {
		return errors.New("the file at this path has changed since it was read")
	}
	deep := strings.Replace(copyEvent, `"x"`, strings.Repeat("[", 255)+strings.Repeat("]", 255), 1)
	for _, c := range []struct {
		typed, want string
		log         kittest.StillLog
		stands      Stands
	}{
		{"jq", "not copied: its source cannot be read again: write it to a file first", kittest.LoadText(t, "stdin", copyEvent), nil},
		{"pawprint", "not copied: its source cannot be read again: write it to a file first", kittest.LoadText(t, "stdin", copyEvent), nil},
		{"shell command", "not copied: its source cannot be read again: write it to a file first", kittest.LoadText(t, "stdin", "junk"), nil},
		{"jq", "not copied: the file at this path has changed since it was read", loadPlaced(t, "it.jsonl", copyEvent), moved},
		{"pawprint", "not copied: the file at this path has changed since it was read", loadPlaced(t, "it.jsonl", copyEvent), moved},
		{"jq", "not copied: jq reads no more than 255 levels; copy the pawprint command", loadPlaced(t, "it.jsonl", deep), nil},
	} {
		r := newCopyRig(t, c.log, false)
		r.copier.Stands = c.stands
		if got := r.copy(c.typed); len(got) != 0 {
			t.Errorf("%q copies %q", c.typed, got)
		}
		r.MustShow(c.want)
	}
}

// A command that would quote a row id that is masked does without it.
func TestAMaskedRowIDIsNotInACommand(t *testing.T) {
	const secret = "AKIAIOSFODNN7EXAMPLE"
	line := strings.ReplaceAll(copyEvent, "abc123", secret)
	r := newCopyRig(t, loadPlaced(t, "it.jsonl", line), true)
	if got, want := r.copy("jq"), fmt.Sprintf("tail -c +1 < 'it.jsonl' | head -c %d | jq -ac .", len(line)); len(got) != 1 || got[0] != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	if got := r.copy("sql"); len(got) != 0 {
		t.Errorf("copied %q", got)
	}
	r.MustShow("the value is masked")
}

func TestWithoutRowsOnlyTheViewCanBeCopied(t *testing.T) {
	r := newCopyRig(t, kittest.LoadText(t, "x", ""), false)
	r.view.Saved = func() (kit.SavedView, error) { return kit.SavedView{Query: "is:failed"}, nil }
	if got := r.copy("as a line"); len(got) != 1 || got[0] != `pawprint-view:1 {"name":"shared","query":"is:failed"}` {
		t.Errorf("copied %q", got)
	}
}

// Secrets in the filter do not leave the program while they are masked, whatever quotes they would stand in.
func TestWhatIsCopiedOfAViewHasNoMaskedSecrets(t *testing.T) {
	for _, masked := range []kit.Masking{false, true} {
		const secret = `param.token:"ghp_0123456789abcdefghijABCDEFGHIJ012345"`
		r := newCopyRig(t, kittest.LoadText(t, "x", ""), masked)
		r.view.Saved = func() (kit.SavedView, error) { return kit.SavedView{Query: secret}, nil }
		r.view.Rows = func() (snippet.Rows, error) {
			return snippet.Rows{Query: secret, Sources: []string{"a.jsonl"}, Zone: "UTC", Masked: bool(masked)}, nil
		}
		for _, what := range []string{"command", "as a line"} {
			if got := r.copy(what); len(got) == 0 != bool(masked) {
				t.Errorf("with masking %v copied is %q", masked, got)
			}
		}
	}
}

func TestACopyThatIsChosenLaterCancelsTheOneBefore(t *testing.T) {
	r := newCopyRig(t, loadPlaced(t, "it.jsonl", copyEvent+"\n"), false)
	m := copyMenu{Copier: &r.copier, ctx: t.Context(), snap: r.scene.Sel.Snapshot(), row: r.scene.Cursor}
	first, second := m.ofEvent()[0].Take(), m.ofEvent()[1].Take()
	r.Run(first.Cmd)
	r.Run(second.Cmd)
	if want := "it.jsonl, line 1, byte 0"; len(r.Copied) != 1 || r.Copied[0] != want {
		t.Errorf("copied %q, want %q", r.Copied, want)
	}
}

func TestWhatIsCopiedOfHostileTextIsOnePrintableLine(t *testing.T) {
	for name, log := range map[string][]byte{"events": hostile.Events(), "rejects": hostile.Rejects()} {
		r := newCopyRig(t, kittest.LoadText(t, "\x1b]2;owned\a\u202e.jsonl", string(log)), false)
		sel, texts := r.scene.Sel, 0
		for k := range sel.Len() {
			c := copyMenu{Copier: &r.copier, ctx: t.Context(), snap: sel.Snapshot(), row: sel.At(k)}
			event := sel.Snapshot().Event(c.row)
			choices := append(c.ofEvent(), c.ofValue(kit.Value{Name: "action", Text: event.Action})...)
			for _, choice := range choices {
				if strings.Contains(choice.Name.String(), "raw bytes") {
					continue // they are what was asked for
				}
				r.Copied = nil
				r.Obey(choice.Take())
				text := strings.Join(r.Copied, "")
				texts += min(len(text), 1)
				if leaks := hostile.Leaks([]byte(text), hostile.Allowed{}); leaks != nil || strings.Contains(text, "\n") {
					t.Errorf("row %d of the %s: %s copies %q", k, name, choice.Name, leaks)
				}
			}
		}
		if texts < 3*sel.Len() {
			t.Errorf("of %d %s only %d texts are copied", sel.Len(), name, texts)
		}
	}
}
