package snippet

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/tui/termsafe/hostile"
)

// hostileWords try to leave the quotes of a shell, of jq and of SQL, or to be something else than a name.
var hostileWords = []string{
	"audit.jsonl", "a b", "-", "-n", "-rf", "--", "--help", "it's", `say "hi"`, "'; touch ran; '", "$(touch ran)", "`touch ran`", "${IFS}", "$HOME", "~", "*", "a?[b]{c,d}", "!!", "#x", "a;touch ran",
	"a&touch ran", "a|touch ran", "a\nb", "a\n", "\n\n", "\n", " ", "a\rb", "a\tb", "x\x1b[2Jy", "\u202ereversed", "日本 🦫", "\xff\xfe", `\`, `a\`, `\n\033\\`, "%s%d%%", `"; halt #`, `\u0027`, `") or true or ("`, "=x",
	"<(touch ran)", ">ran", "\x7f", "\u009b2J", strings.Repeat("'$(touch ran)", 15), "stdin", "FILE", "{f}", "%c", "\\c", "0123", "é7",
}

// shells are the shells of this machine that a command may be pasted into. sh is always among them.
func shells(t *testing.T) []string {
	t.Helper()
	found := []string{"sh"}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bash", "dash", "zsh", "ksh", "busybox"} {
		if _, err := exec.LookPath(name); err == nil {
			found = append(found, name)
		}
	}
	return found
}

// shell has a shell run a command in a folder, and fails the test if anything ran that was not meant to.
func shell(t *testing.T, name, folder, command string) string {
	t.Helper()
	args := []string{"-c", command}
	if name == "busybox" {
		args = append([]string{"sh"}, args...)
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%s: %s: %v", name, command, err)
	}
	if _, err := os.Lstat(filepath.Join(folder, "ran")); err == nil {
		t.Fatalf("%s: %s runs something", name, command)
	}
	return string(out)
}

func TestAShellTakesAQuotedTextAsOneWord(t *testing.T) {
	for _, name := range shells(t) {
		folder := t.TempDir()
		for _, w := range hostileWords {
			if strings.HasSuffix(w, "\n") {
				continue // a name of a file may be such: Row.named
			}
			mustBePrintable(t, quote(w))
			if got := shell(t, name, folder, "printf '<%s>' "+quote(w)); got != "<"+w+">" {
				t.Errorf("%s takes %s for %q, want %q", name, quote(w), got, w)
			}
			if got := shell(t, name, folder, "printf '<%s>' "+simple(w)); got != "<"+w+">" {
				t.Errorf("%s takes %s for %q, want %q", name, simple(w), got, w)
			}
		}
	}
}

func TestAShellTakesEachHostileTextAsOneWord(t *testing.T) {
	for _, name := range shells(t) {
		var script, want strings.Builder
		for _, text := range hostile.Texts() {
			w := strings.ReplaceAll(text.Raw, "\x00", "")
			if strings.HasSuffix(w, "\n") || len(w) > 10_000 {
				continue
			}
			mustBePrintable(t, quote(w))
			script.WriteString("printf '<%s>' " + quote(w) + "\n")
			want.WriteString("<" + w + ">")
		}
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "script"), []byte(script.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := shell(t, name, folder, ". ./script"); got != want.String() {
			t.Errorf("%s takes the texts for %d bytes, want %d", name, len(got), want.Len())
		}
	}
}

func TestACommandReadsTheFileWhateverItsName(t *testing.T) {
	for _, name := range shells(t) {
		folder := t.TempDir()
		for i, w := range hostileWords {
			if strings.Contains(w, "/") || len(w) > 255 {
				continue
			}
			content := "the file " + decimal(int64(i)) + "\n"
			if err := os.WriteFile(filepath.Join(folder, w), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			row := Row{Source: &model.SourceState{Place: model.NewText(w)}}
			for _, command := range []string{"cat " + placeholder, "cat < " + placeholder, "cat < " + placeholder + " | cat"} {
				command = row.named(command)
				mustBePrintable(t, command)
				if got := shell(t, name, folder, command); got != content {
					t.Errorf("%s: %s prints %q, want %q", name, command, got, content)
				}
			}
		}
	}
}

func mustBePrintable(t *testing.T, s string) {
	t.Helper()
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			t.Fatalf("a snippet holds byte %#x: %q", s[i], s)
		}
	}
}

// FuzzQuotedTextsAreOneWord asks what a shell would do without running one so often: it reads the words by the rules of
// POSIX for the few signs that may stand in them.
func FuzzQuotedTextsAreOneWord(f *testing.F) {
	for _, w := range hostileWords {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := quote(text)
		mustBePrintable(t, q)
		body, plain := strings.CutPrefix(q, "'")
		if !plain {
			if body, plain = strings.CutPrefix(q, `"$(printf '`); !plain {
				t.Fatalf("%q is quoted as %s", text, q)
			}
			body = strings.TrimSuffix(body, `')"`)
			if strings.HasPrefix(body, "-") || strings.ContainsAny(body, "'\"%$`!") {
				t.Fatalf("%q leaves its quotes: %s", text, q)
			}
			body = octal(body)
		} else if body = strings.TrimSuffix(body, "'"); strings.ContainsAny(body, `'\!`) {
			t.Fatalf("%q leaves its quotes: %s", text, q)
		}
		if body != text {
			t.Fatalf("%q reads back as %q", text, body)
		}
	})
}

// octal reads the escapes of printf that have three digits.
func octal(format string) string {
	var out strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '\\' {
			out.WriteByte(format[i])
			continue
		}
		out.WriteByte((format[i+1]-'0')<<6 | (format[i+2]-'0')<<3 | (format[i+3] - '0'))
		i += 3
	}
	return out.String()
}
