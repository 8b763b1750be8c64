package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/itchyny/gojq"

	"pawprint/loader"
	forms "pawprint/loader/format"
	"pawprint/model"
	"pawprint/model/line"
	"pawprint/tui/snippet"
)

// Snippets are run by real shells. In place of jq they call a script that records its arguments and input, which a jq in Go then
// evaluates; in place of pawprint they call the test binary. .ci/snippets runs the same tests with the real jq and pawprint.
const (
	realJQ       = "SNIPPETS_JQ"       // path of the jq to run
	realPawprint = "SNIPPETS_PAWPRINT" // path of the pawprint to run
)

// bench is a folder with files and the tools that snippets call.
type bench struct {
	t      *testing.T
	folder string
	path   string // PATH
	realJQ bool
	damage bool // the source that was loaded last is damaged: pawprint says so by its exit code, whatever it prints
}

const jqMark = "\x01jq was called\x01"

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, folder: t.TempDir(), realJQ: os.Getenv(realJQ) != ""}
	tools := t.TempDir()
	b.path = tools + string(filepath.ListSeparator) + os.Getenv("PATH")
	if b.realJQ {
		b.link(os.Getenv(realJQ), filepath.Join(tools, "jq"))
	} else {
		b.script(filepath.Join(tools, "jq"), `printf '\001jq was called\001%s\0' "$#"; for a; do printf '%s\0' "$a"; done; cat`)
	}
	if file := os.Getenv(realPawprint); file != "" {
		b.link(file, filepath.Join(tools, "pawprint"))
	}
	for _, name := range []string{"touch", "id", "rm", "curl", "halt"} {
		b.script(filepath.Join(tools, name), `: > "`+filepath.Join(b.folder, "ran")+`"`)
	}
	return b
}

func (b *bench) link(file, as string) {
	if err := os.Symlink(file, as); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) script(path, body string) {
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
		b.t.Fatal(err)
	}
}

// file writes a file in the folder.
func (b *bench) file(name string, content []byte) {
	b.t.Helper()
	path := filepath.Join(b.folder, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600)); err != nil {
		b.t.Fatal(err)
	}
}

// output returns what a shell prints after a command was pasted into it. It fails if anything but the command ran.
func (b *bench) output(t *testing.T, shell, command string) []byte {
	t.Helper()
	for i := range len(command) {
		if command[i] < ' ' || command[i] > '~' {
			t.Fatalf("the command holds byte %#x: %q", command[i], command)
		}
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(shell, "-c", command)
	cmd.Dir, cmd.Stdout, cmd.Stderr = b.folder, &out, &errs
	cmd.Env = append(os.Environ(), "PATH="+b.path)
	err := cmd.Run()
	var exited *exec.ExitError
	if b.damage && strings.HasPrefix(command, "pawprint ") && errors.As(err, &exited) && exited.ExitCode() == exitError {
		err = nil
	}
	if err != nil {
		t.Errorf("%s: %v\n%s", command, err, errs.String())
	}
	if _, err := os.Lstat(filepath.Join(b.folder, "ran")); err == nil {
		t.Fatalf("%s runs something else", command)
	}
	return out.Bytes()
}

// values returns the values that a jq command prints.
func (b *bench) values(t *testing.T, shell, command string) []any {
	t.Helper()
	out := b.output(t, shell, command)
	if b.realJQ {
		for _, c := range out {
			if c >= 0x7f || c < ' ' && c != '\n' {
				t.Errorf("%s prints byte %#x, which may steer a terminal", command, c)
			}
		}
		return decodeAll(t, out)
	}
	rest, ok := bytes.CutPrefix(out, []byte(jqMark))
	if !ok {
		t.Fatalf("%s does not call jq, but prints %.200q", command, out)
	}
	args := strings.SplitN(string(rest), "\x00", 4)
	if len(args) != 4 || args[0] != "2" || args[1] != "-ac" {
		t.Fatalf("%s calls jq with other arguments than an option and a filter: %.200q", command, args)
	}
	filter, err := gojq.Parse(args[2])
	if err != nil {
		t.Fatalf("%s has the filter %q: %v", command, args[2], err)
	}
	var printed []any
	for _, v := range decodeAll(t, []byte(args[3])) {
		for results := filter.Run(v); ; {
			v, more := results.Next()
			if !more {
				break
			}
			if err, failed := v.(error); failed {
				t.Errorf("%s fails: %v", command, err)
			}
			printed = append(printed, v)
		}
	}
	return printed
}

// decodeAll decodes JSON values as jq does: numbers as 64-bit floats, and U+FFFD for bytes that are not UTF-8.
func decodeAll(t *testing.T, text []byte) (values []any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	for {
		var v any
		if err := d.Decode(&v); errors.Is(err, io.EOF) {
			return values
		} else if err != nil {
			t.Errorf("what is printed is not JSON: %v: %.200q", err, text)
			return values
		}
		values = append(values, rounded(v))
	}
}

func rounded(v any) any {
	switch v := v.(type) {
	case json.Number:
		f, _ := strconv.ParseFloat(string(v), 64) // too large numbers become infinite
		return max(-math.MaxFloat64, min(f, math.MaxFloat64))
	case string: // decoders disagree on how many bytes one U+FFFD replaces
		for strings.Contains(v, "\ufffd\ufffd") {
			v = strings.ReplaceAll(v, "\ufffd\ufffd", "\ufffd")
		}
		return v
	case []any:
		for i := range v {
			v[i] = rounded(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = rounded(v[key])
		}
	}
	return v
}

// loaded is a log with what its snippets need to know.
type loaded struct {
	snap model.Snapshot
	rows []snippet.Row
	raw  []string
}

// load reads a source that is named as on the command line, with the folder as current folder.
func (b *bench) load(t *testing.T, arg string) *loaded {
	t.Helper()
	t.Chdir(b.folder)
	log := model.NewLog()
	_ = loader.Load(context.Background(), log, localSource(arg, loader.Limits{})) // damage is part of the test
	l := rowsOf(t, log)
	b.damage = l.snap.Sources()[0].Damaged
	return l
}

func rowsOf(t *testing.T, log *model.Log) *loaded {
	t.Helper()
	l := &loaded{snap: log.Snapshot()}
	reader := model.NewRawReader(&l.snap)
	for i := range l.snap.Rows() {
		r := model.Row(i)
		text, err := reader.Line(r)
		if errors.Is(err, model.ErrUnreadable) {
			continue // there are no bytes to find
		}
		if err != nil {
			t.Fatal(err)
		}
		raw := model.NewText(string(text))
		row := snippet.Row{Origin: l.snap.Origin(r), Source: &l.snap.Sources()[l.snap.Origin(r).Source]}
		if l.snap.Flags(r)&model.FlagReject == 0 {
			if row.Event, err = line.Parse(raw); err != nil {
				t.Fatal(err)
			}
			row.RowID, row.Line = snippet.RowID(row.Event), raw.Raw()
		}
		for _, p := range l.snap.Problems(r) {
			row.TooLong = row.TooLong || p.Code == model.LineTooLong
		}
		l.rows, l.raw = append(l.rows, row), append(l.raw, raw.Raw())
	}
	return l
}

// mustFind runs every command for every row, and fails the test if one prints anything but the row. Commands that start the program run for
// only some of the rows.
func (l *loaded) mustFind(t *testing.T, b *bench, shell string) {
	t.Helper()
	for i := range l.rows {
		r := &l.rows[i]
		if r.Event != nil {
			l.mustFindEvent(t, b, shell, i)
		} else if command, err := r.Shell(snippet.Program{}); err != nil {
			t.Errorf("there is no shell command for row %d: %v", i, err)
		} else if got, want := visible(b.output(t, shell, command)), visible(catV(l.raw[i])); got != want && got != want+"\n" {
			t.Errorf("%s prints %.200q, want %.200q", command, got, want)
		}
		if i != 0 && i != len(l.rows)/2 && i != len(l.rows)-1 {
			continue
		}
		command, err := r.Pawprint(snippet.Program{})
		if err != nil {
			t.Errorf("there is no pawprint command for row %d: %v", i, err)
			continue
		}
		if got, want := string(b.output(t, shell, command)), l.raw[i]+"\n"; got != want {
			t.Errorf("%s prints %.200q, want %.200q", command, got, want)
		}
	}
}

func (l *loaded) mustFindEvent(t *testing.T, b *bench, shell string, i int) {
	t.Helper()
	command, err := l.rows[i].JQ(snippet.Program{})
	if errors.Is(err, snippet.ErrTooDeep) && strings.Count(l.raw[i], "[") >= 255 || errors.Is(err, snippet.ErrHalf) && strings.Contains(l.raw[i], `\ud800`) {
		return
	}
	if err != nil {
		t.Errorf("there is no jq command for row %d: %v", i, err)
		return
	}
	got, want := b.values(t, shell, command), decodeAll(t, []byte(l.raw[i]))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\nprints %d values %.300v\nwant %.300v", command, len(got), got, want)
	}
}

// catV returns a text as cat -v prints it.
func catV(text string) []byte {
	var out []byte
	for i := range len(text) {
		c := text[i]
		if c >= 0x80 {
			out, c = append(out, "M-"...), c-0x80
		} else if c == '\t' || c == '\n' {
			out = append(out, c)
			continue
		}
		switch {
		case c < ' ':
			out = append(out, '^', c+'@')
		case c == 0x7f:
			out = append(out, "^?"...)
		default:
			out = append(out, c)
		}
	}
	return out
}

// visible replaces line ends as the loader does within a record.
func visible(b []byte) string {
	b = bytes.ReplaceAll(bytes.Clone(b), []byte("^M"), []byte{'\r'})
	forms.Flatten(b)
	return strings.TrimRight(string(b), "\t")
}

// hostileIDs are row ids that try to break out of the quotes of a shell or of jq.
var hostileIDs = []string{
	"plain-1", "'; touch ran; '", "$(touch ran)", "`touch ran`", `"; halt #`, `") or true or ("`, `\u0027`, `\`, `\\"`, "it's", "a\nb", "x\x1b[2Jy\u009b", "\u202ereversed", "日本 🦫", "\x00", "--", "-n", "", " ",
	strings.Repeat("x'$(touch ran)", 3000), "twice", "twice", ".", "a/b", "*", "!!",
}

// hostileEvents returns distinct events that hold the texts.
func hostileEvents() []string {
	event := func(n int, members string) string {
		return fmt.Sprintf(`{"actionName":"A%d","actionResult":"FAILED","actionParams":{},"actor":{"id":"u","type":"USER","name":"x"},"sourceIP":"192.0.2.1","timestamp":"2026-11-22T18:%02d:11Z","pantherVersion":"1.2.3"%s}`, n, n, members)
	}
	var events []string
	for i, id := range hostileIDs {
		text, err := json.Marshal(id)
		if err != nil {
			panic(err)
		}
		events = append(events, event(i, `,"p_row_id":`+string(text)+`,"userAgent":`+string(text)))
	}
	for i, members := range []string{
		``, `,"p_row_id":7`, `,"p_row_id":null`, `,"p_row_id":"one","p_row_id":"two"`, `,"p_row_id":"one","p_\u0072ow_id":"two"`, `,"P_ROW_ID":"upper"`, `,"x":"\ud800 \udc00"`, `,"x":"\ud83e\uddab \udc00 \\ud800 \\\\ud83e \uDBFF\uDFFF"`, ",\"x\":\"\xff\xc3\x28\"", `,"n":9007199254740993,"m":-0,"h":1e400`,
		`,"x":` + strings.Repeat("[", 250) + strings.Repeat("]", 250), `,"x":` + strings.Repeat("[", 255) + strings.Repeat("]", 255), `,"x":"} ] , { [ \" "`,
	} {
		events = append(events, event(len(hostileIDs)+i, members))
	}
	return events
}

// wholeUTF8 drops invalid UTF-8, which a program that writes tables or pretty JSON could not have written.
func wholeUTF8(events []string) (kept []string) {
	for _, e := range events {
		if utf8.ValidString(e) {
			kept = append(kept, e)
		}
	}
	return kept
}
