package tui

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"pawprint/model"
)

// hostileWords try to leave the quotes of a shell, of jq and of SQL.
var hostileWords = []string{
	`'; touch /tmp/never; '`, "$(id)", "`id`", `"; halt #`, `\u0027`, "a\nb", "x\x1b[2Jy", "\u202ereversed", "日本 🦫", `") or true or ("`, "it's", "\\", "\x00", "",
}

func TestSnippetsAreOnePrintableLineWhateverTheEvent(t *testing.T) {
	for _, w := range hostileWords {
		e := model.Event{Action: model.NewText(w), Actor: model.Actor{ID: model.NewText(w)}}
		text := model.NewText(w)
		source := &model.SourceState{Name: text}
		for _, s := range []string{jqSnippet(&e, text, text, source), jqSnippet(&e, model.Text{}, text, source), sqlSnippet(text), lineSnippet(model.Origin{Line: 3}, source)} {
			for i := range len(s) {
				if s[i] < ' ' || s[i] > '~' {
					t.Fatalf("the snippet for %q holds byte %#x: %q", w, s[i], s)
				}
			}
			if n := strings.Count(s, "'"); n%2 != 0 || n > 4 {
				t.Errorf("the snippet for %q leaves its quotes: %s", w, s)
			}
		}
	}
}

// What a shell makes of the snippet is one argument that holds the text as JSON.
func TestSnippetGivesTheShellOneArgument(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range hostileWords {
		if w == "" || strings.Contains(w, "\x00") {
			continue
		}
		snippet := jqSnippet(&model.Event{}, model.NewText(w), model.Text{}, &model.SourceState{Name: model.NewText("audit.jsonl")})
		command := strings.Replace(snippet, "jq -c", `printf '%s\n'`, 1)
		out, err := exec.Command(sh, "-c", command).Output()
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		if len(lines) != 2 || lines[1] != "audit.jsonl" {
			t.Fatalf("%s gives %q", command, lines)
		}
		literal := strings.TrimSuffix(strings.TrimPrefix(lines[0], "select(.p_row_id == "), ")")
		var got string
		if err := json.Unmarshal([]byte(literal), &got); err != nil || got != strings.ToValidUTF8(w, "\ufffd") {
			t.Errorf("the snippet for %q selects %q, %v", w, got, err)
		}
	}
}

func TestUnusualFileNamesAreLeftToTheUser(t *testing.T) {
	for name, want := range map[string]string{"a b.jsonl": "'a b.jsonl'", "-rf": "FILE", "a'b": "FILE", "a\x1b": "FILE", "s3://b/k": "FILE", "stdin": "FILE", "": "FILE"} {
		if got := shellName(name); got != want {
			t.Errorf("shellName(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestPackedSourcesAreUnpackedFirst(t *testing.T) {
	for form, want := range map[string]string{"": "sed -n 3p 'a'", "JSON lines, gzip": "gzip -dc 'a' | sed -n 3p", "JSON list, zstd": "zstd -dc 'a' | sed -n 3p"} {
		if got := lineSnippet(model.Origin{Line: 3}, &model.SourceState{Name: model.NewText("a"), Form: form}); got != want {
			t.Errorf("the line of a source in the form %q is printed by %s, want %s", form, got, want)
		}
	}
}
