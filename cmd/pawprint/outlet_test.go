package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/term"

	"pawprint/tui/termsafe"
)

// printed holds the bytes that a run printed on two terminals, one for each of its outputs.
type printed struct {
	out, err []byte
	code     int
}

// program returns a path of the test binary under which it acts as pawprint.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "pawprint")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return name
}

// printOnTerminals runs pawprint with standard output and standard error on a terminal each, and nothing to read.
func printOnTerminals(t *testing.T, folder string, args ...string) printed {
	t.Helper()
	return printAt(t, 120, nil, folder, args...)
}

// printAt is printOnTerminals with terminals of a width and more in the environment.
func printAt(t *testing.T, cols int, env []string, folder string, args ...string) printed {
	t.Helper()
	c := exec.Command(program(t), args...)
	c.Dir = folder
	c.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "XDG_STATE_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	c.Env = append(c.Env, env...)
	stdout, outBytes := listenAt(t, cols)
	stderr, errBytes := listenAt(t, cols)
	c.Stdout, c.Stderr = stdout, stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	stdout.Close()
	stderr.Close()
	p := printed{out: <-outBytes, err: <-errBytes}
	_ = c.Wait() // the exit code is in the result
	p.code = c.ProcessState.ExitCode()
	return p
}

// listen makes a terminal that changes no bytes. It returns everything that was written to it once it is closed.
func listen(t *testing.T) (tty *os.File, written <-chan []byte) { return listenAt(t, 120) }

// listenAt is listen with a width.
func listenAt(t *testing.T, cols int) (tty *os.File, written <-chan []byte) {
	t.Helper()
	p, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(p, &pty.Winsize{Rows: 40, Cols: uint16(cols)}); err != nil {
		t.Fatal(err)
	}
	if _, err := term.MakeRaw(int(tty.Fd())); err != nil {
		t.Fatal(err)
	}
	all := make(chan []byte, 1)
	go func() {
		defer p.Close()
		b, err := io.ReadAll(p)
		if err != nil && !errors.Is(err, syscall.EIO) { // EIO means the end
			b = append(b, err.Error()...)
		}
		all <- b
	}()
	return tty, all
}

// deceptive are lines of a log that a terminal would obey: in rejects and in events, as bytes and as runes.
var deceptive = []string{
	"evil \x1b]52;c;ZWNobyBvd25lZA==\a not json",
	"title \x1b]2;owned\x1b\\ and \x1b[2J\x1b[H",
	"\x9b2J\x9d52;c;eA==\x9c bytes",
	"[\"\u202e\u009b2J\x1b[31m\"]",
	`"` + "\u009d52;c;eA==\u009c" + `"`,
	"{\"actionName\":\"a raw \x1b[2J in a string\"}",
	"{\"actionName\":\"\u009d52;c;ZWNobyBvd25lZA==\u009c\",\t\"x\u202e\":\"\u2066 \u200b \x7f\"}",
	"{\"actionName\":\"\x9d0;owned\x9c \xff \xed\xa0\x80\",\"n\":1.0}",
	"{\"actionName\":\"\\u001b]52;c;eA==\\u0007 \\\\ \\\"\U000e0041\\\"\"}",
	"{\"actionName\":\"אבג מ\", \"stack\":\"e" + strings.Repeat("\u0301", 9) + "\",\"日本\":\"語│\"}",
}

func writeLog(t *testing.T, lines []string) (folder, path string, log []byte) {
	t.Helper()
	folder, log = t.TempDir(), []byte(strings.Join(lines, "\n")+"\n")
	path = filepath.Join(folder, "log.jsonl")
	if err := os.WriteFile(path, log, 0o600); err != nil {
		t.Fatal(err)
	}
	return folder, path, log
}

func TestJSONLinesOnATerminalAreTheSameJSONWithNothingToObey(t *testing.T) {
	folder, path, _ := writeLog(t, deceptive)
	got := printOnTerminals(t, folder, "query", "-o", "jsonl", "--sort", "none", "", path)
	if books := "pawprint: 10 lines = 4 events + 6 rejects + 0 blanks\n"; got.code != 0 || string(got.err) != books {
		t.Fatalf("exit %d, %q, want %q", got.code, got.err, books)
	}
	checkShown(t, "standard output", got.out)
	lines := strings.Split(strings.TrimSuffix(string(got.out), "\n"), "\n")
	if len(lines) != len(deceptive) {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(deceptive), got.out)
	}
	for i, line := range lines {
		var want, is any
		if json.Unmarshal([]byte(deceptive[i]), &want) != nil || !strings.HasPrefix(deceptive[i], "{") {
			if shown := termsafe.Clean(deceptive[i], termsafe.Options{}).String(); line != shown {
				t.Errorf("the reject %q is shown as %q, want %q", deceptive[i], line, shown)
			}
			continue
		}
		if err := json.Unmarshal([]byte(line), &is); err != nil || !reflect.DeepEqual(is, want) {
			t.Errorf("%q is shown as %q, which is %v: %v", deceptive[i], line, is, err)
		}
	}
}

// checkShown checks that a terminal got only text: the tripwire did not have to step in, and would not step in now.
func checkShown(t *testing.T, what string, out []byte) {
	t.Helper()
	if clean, n := termsafe.Tripwire(string(out)); n > 0 || bytes.ContainsRune(out, '\ufffd') {
		at := strings.IndexRune(clean, '\ufffd')
		t.Errorf("%s: the tripwire stops %d, and stopped some before: %q", what, n, clean[max(0, at-60):min(len(clean), at+60)])
	}
}

func TestTheBytesOfTheSourceGoIntoAPipeAndWithRawToATerminal(t *testing.T) {
	folder, path, log := writeLog(t, deceptive)
	piped, err := exec.Command(program(t), "query", "-o", "jsonl", "--sort", "none", "", path).Output()
	if err != nil || !bytes.Equal(piped, log) {
		t.Errorf("into a pipe: %q, %v, want %q", piped, err, log)
	}
	for _, args := range [][]string{{"--raw"}, {"--raw", "-o", "jsonl"}} {
		got := printOnTerminals(t, folder, append(args, "query", "--sort", "none", "", path)...)
		if got.code != 2 { // only this command has the flag
			t.Errorf("pawprint %q: exit %d", args, got.code)
		}
		got = printOnTerminals(t, folder, append([]string{"query", "--sort", "none", "", path}, args...)...)
		if got.code != 0 || !bytes.Equal(got.out, log) {
			t.Errorf("%q on a terminal: exit %d, %q, want %q", args, got.code, got.out, log)
		}
	}
	for _, args := range [][]string{{"-o", "csv"}, {"-o", "table"}, {"--fields", "action"}} {
		got := printOnTerminals(t, folder, append([]string{"query", "--raw", "", path}, args...)...)
		if got.code != 2 || !bytes.HasPrefix(got.err, []byte("pawprint: reading --raw: ")) || len(got.out) > 0 {
			t.Errorf("--raw with %q: exit %d, %q, %q", args, got.code, got.out, got.err)
		}
	}
}

func TestAFollowedLogIsPrintedOnATerminalAsTextOnly(t *testing.T) {
	folder, path, _ := writeLog(t, deceptive)
	got := printOnTerminals(t, folder, "query", "-f", "-o", "jsonl", "-n", "10", "", path)
	checkShown(t, "standard output", got.out)
	if n := bytes.Count(got.out, []byte("\n")); got.code != 0 || n != len(deceptive) {
		t.Errorf("exit %d, %d lines, want %d", got.code, n, len(deceptive))
	}
}

// Arguments may have been pasted from anywhere, and errors quote them.
func TestErrorsShowArgumentsAsText(t *testing.T) {
	folder, path, _ := writeLog(t, deceptive)
	const evil = "\x1b]52;c;eA==\a\u202e\x9b2J"
	for _, args := range [][]string{
		{"--" + evil}, {"-" + evil}, {"query"}, {"query", "actor:(" + evil, path}, {"query", "--limit", evil, "", path}, {"query", "-o", evil, "", path},
		{"query", "--fields", evil, "", path}, {"stats", "--by", evil, path}, {"stats", "--every", evil, path}, {"check", "-o", evil, path}, {"check", evil},
		{"fields", evil}, {"demo", evil}, {"demo", "--write", folder + "/" + evil + "/x"}, {"help", evil}, {"completion", evil}, {"query", "--color", evil, "", evil}, {"query", "--tz", evil, "", path},
		{"query", "--since", evil, "", path}, {"query", "--max-memory", evil, "", path}, {"query", "--ascii=" + evil, "", path}, {"query", "", "s3://" + evil + "/" + evil}, {"query", "nothing:" + evil, path},
		{"__complete", "query", "--" + evil + "=", ""}, {"__complete", "--" + evil}, {"__completeNoDesc", "stats", "--" + evil, "x"},
		{"__bash", evil}, {"__bash", "9", evil, " ", "pawprint "}, {"__bash", "63", "99", " ", "pawprint --tz '" + evil}, {"__bash", "9", "99", " ", "pawprint --" + evil + " x"},
		{"__words", evil}, {"__words", "zsh", evil, "pawprint"}, {"__words", "zsh", "4", "pawprint", "query", "--" + evil, "'" + evil},
	} {
		got := printOnTerminals(t, folder, args...)
		checkShown(t, strings.Join(args, " ")+": standard output", got.out)
		checkShown(t, strings.Join(args, " ")+": standard error", got.err)
		if len(got.out)+len(got.err) == 0 {
			t.Errorf("%q prints nothing", args)
		}
	}
}

// Help, manual and completions are the program's own text, in which the outlet must find nothing to replace.
func TestTheOutletNeverStepsInForOurOwnText(t *testing.T) {
	for _, line := range []string{"--help", "query --help", "stats --help", "check --help", "demo --help", "fields --help", "--version", "man", "fields", "fields -o json", "fields -o csv",
		"completion bash", "completion zsh", "completion fish", "completion powershell", "help query", "completion --help"} {
		got := printOnTerminals(t, t.TempDir(), strings.Fields(line)...)
		checkShown(t, line, got.out)
		if got.code != 0 || len(got.out) == 0 || len(got.err) > 0 {
			t.Errorf("%s: exit %d, %d bytes, %q", line, got.code, len(got.out), got.err)
		}
	}
	if help := printOnTerminals(t, t.TempDir(), "--help"); !bytes.Contains(help.out, []byte("\x1b[")) {
		t.Error("the help has no colours on a terminal")
	}
}

func TestTheOutletStepsInWhereTextWasNotMadePrintable(t *testing.T) {
	tty, written := listen(t)
	o := newOutlet(tty)
	for _, piece := range []string{"a\x1b[1mb\x1b[m\n", "\x1b]52;c;", "eA==\a\xe6\x97", "\xa5\x1b", "[2J", "\x1b[3"} {
		if n, err := io.WriteString(o, piece); n != len(piece) || err != nil {
			t.Errorf("Write(%q) = %d, %v", piece, n, err)
		}
	}
	o.close()
	tty.Close()
	if got, want := string(<-written), "a\x1b[1mb\x1b[m\n\ufffd]52;c;eA==\ufffd日\ufffd[2J\ufffd[3"; got != want {
		t.Errorf("the terminal got %q, want %q", got, want)
	}
}
