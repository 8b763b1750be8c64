package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/state"
	"pawprint/model/marks"
)

// startShell runs a shell in a folder with the shared log as audit.jsonl, a copy of it with a blank in its name, and a log of hostile names as
// evil.jsonl. Setup loads the completions of the program.
func startShell(t *testing.T, command, setup string) (x *terminal, folder string) {
	t.Helper()
	folder = t.TempDir()
	log, err := os.ReadFile(story)
	if err != nil {
		t.Fatal(err)
	}
	var evil strings.Builder
	for _, name := range []string{"$(touch ran)", "(touch ran)", "$(touch ran) too", "bob;touch ran", "bob`touch ran`", "bob", "bobby tables", "bobby table", "x:y z", `x\ttouch ran\u001b[2J`, `bob\ntouch ran\n`, "it's"} {
		evil.WriteString(`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"u","type":"USER","name":"` + name + `"},"timestamp":"2026-11-02T09:00:00Z","pantherVersion":"1.113.138"}` + "\n")
	}
	for name, content := range map[string]string{"audit.jsonl": string(log), "my log.jsonl": string(log), "evil.jsonl": evil.String(), "$(touch ran).jsonl": evil.String()} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	shell := []string{"sh", "-c", `PATH="$(dirname "$0"):$PATH"; cd "$1"; HOME=$1; export PS1='ready> ' PATH HOME; unset PROMPT_COMMAND; exec ` + command}
	x = startOn(t, terminalOptions{cols: 200, rows: 40, under: shell, env: []string{"INPUTRC=/dev/null", "HISTFILE="}}, nil, folder)
	x.waitForText("ready>")
	x.typeKeys(setup + "; clear; echo loa''ded\n")
	x.waitForText("loaded")
	x.waitFor("a prompt", func(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), "ready>") })
	return x, folder
}

// completes types lines, in which \t completes, and checks the words that the shell makes of each. No name of the log may have been run.
func completes(t *testing.T, x *terminal, folder string, lines []typedLine) {
	t.Helper()
	for _, c := range lines {
		if got := x.words(c.typed); got != c.want {
			t.Errorf("%q becomes %s, want %s\n%s", c.typed, got, c.want, x.screen())
		}
		if _, err := os.Lstat(filepath.Join(folder, "ran")); err == nil {
			t.Fatalf("completing %q ran what stands there", c.typed)
		}
	}
}

// typedLine is a line as it is typed, and the words that a shell should make of it.
type typedLine struct{ typed, want string }

// words returns the words of a line as bash sees them after the keys of typed, in which \t completes.
func (x *terminal) words(typed string) string {
	x.t.Helper()
	x.typeKeys("clear\n")
	x.waitFor("an empty screen", func(s string) bool { return strings.TrimSpace(s) == "ready>" })
	x.typeKeys(typed)
	x.typeKeys("\x01printf '<%s>' \x05; echo d''one\n")
	x.waitForText("done")
	_, after, _ := strings.Cut(strings.ReplaceAll(x.screen(), "\n", " "), "d''one")
	words, _, _ := strings.Cut(after, "done")
	return strings.TrimSpace(words)
}

func TestBashCompletesNamesAndValues(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		return // there is nothing to complete in
	}
	x, folder := startShell(t, "bash --norc --noprofile -i", "bind 'set enable-bracketed-paste off'; bind 'set bell-style none'; source <(pawprint completion bash)")
	completes(t, x, folder, []typedLine{
		{"pawprint aud\t", "<pawprint><audit.jsonl>"},
		{"pawprint my\t", "<pawprint><my log.jsonl>"},
		{"pawprint que\t", "<pawprint><query>"},
		{"pawprint query is:fai\t", "<pawprint><query><is:failed>"},
		{"pawprint query 'is:fai\t", "<pawprint><query><is:failed>"},
		{"pawprint query 'is:failed act\tor:x'", "<pawprint><query><is:failed actor:x>"},
		{"pawprint --tz Europe/Zu\t", "<pawprint><--tz><Europe/Zurich>"},
		{"pawprint --tz=Europe/Zu\t", "<pawprint><--tz=Europe/Zurich>"},
		{"pawprint --theme high-contrast-d\t", "<pawprint><--theme><high-contrast-dark>"},
		{"pawprint query -o js\tl\t", "<pawprint><query><-o><jsonl>"},
		{"pawprint stats --by actor,resu\t", "<pawprint><stats><--by><actor,result>"},
		{"pawprint --view detec\t", "<pawprint><--view><detections-deleted>"},
		{"pawprint check -o j\t aud\t", "<pawprint><check><-o><json><audit.jsonl>"},
		{"pawprint query 'actor:Elena\x1b[D\x1b[C' audit.jsonl" + strings.Repeat("\x1b[D", len("' audit.jsonl")) + "\t", `<pawprint><query><actor:"Elena Sorrel"><audit.jsonl>`},
		{"pawprint audit.jsonl -q actor:Elena\t", `<pawprint><audit.jsonl><-q><actor:"Elena Sorrel">`},
		{"pawprint evil.jsonl -q actor:bobby\t\t", `<pawprint><evil.jsonl><-q><actor:"bobby table>`},
		{"pawprint evil.jsonl -q 'actor:$\t\t'", "<pawprint><evil.jsonl><-q><actor:$>"},
		{"pawprint evil.jsonl -q 'actor:bob\t", "<pawprint><evil.jsonl><-q><actor:bob>"},
		{"pawprint query '$(touch ran)' \x1b[D\x1b[D\t", "<pawprint><query><$(touch ran)>"},
	})
}

// Tags come from files that others may have written: none of them is more than a word to a shell.
func TestTagsOfKeptMarksAreCompleted(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	tags := []string{"exfil", "$(touch ran)", "`touch ran`", "x;touch ran", "a\x1b[2J", "--no-state", "T-1"}
	change := marks.Change{Mark: marks.Mark{Sum: marks.Sum{1}, Length: 1}, After: &marks.Words{Tags: tags, Verdict: marks.Malicious}}
	if _, err := state.UserMarks().Change(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ typed, want string }{{"tag:", "tag:T-1 tag:exfil"}, {"is:read tag:EX", "is:read tag:exfil"}, {"verdict:", "verdict:malicious verdict:benign verdict:suspicious"}} {
		s := new(settings)
		if got, _ := s.completeQuery(new(cobra.Command), nil, c.typed); strings.Join(strings.Fields(strings.Join(got, " ")), " ") != c.want {
			t.Errorf("%q is completed to %q, want %q", c.typed, got, c.want)
		}
		s.noState = true
		if got, _ := s.completeQuery(new(cobra.Command), nil, c.typed); strings.Contains(strings.Join(got, " "), "exfil") {
			t.Errorf("with --no-state %q is completed to %q", c.typed, got)
		}
	}
}
