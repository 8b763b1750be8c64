package main

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pawprint/cmd/internal/export"
	"pawprint/tui"
	"pawprint/tui/termsafe/hostile"
)

// hostileFolder returns a folder with logs of hostile texts.
func hostileFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string][]byte{"events.jsonl": hostile.Events(), "albums.jsonl": hostile.Albums(), "rejects.jsonl": hostile.Rejects()} {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// checkHarmless checks what a run printed, and that no tripwire had to step in.
func checkHarmless(t *testing.T, what string, got printed) {
	t.Helper()
	for name, out := range map[string][]byte{"standard output": got.out, "standard error": got.err} {
		progress := name == "standard error" // where only the outlet itself writes carriage returns
		if leaks := hostile.Leaks(out, hostile.Allowed{Return: progress, Styles: strings.Contains(what, "--color always")}); leaks != nil {
			t.Errorf("%.200s: %s leaks %q", what, name, leaks)
		}
		if at := bytes.IndexRune(out, '\ufffd'); at >= 0 {
			t.Errorf("%.200s: %s: the tripwire stepped in: %q", what, name, out[max(0, at-60):min(len(out), at+60)])
		}
	}
}

// textFields lists every field of an event that holds text.
const textFields = "action,desc,actor,actor.id,actor.name,email,actor.attributes.roleId,role,ip,ua,version,target,error,param.id,actionParams,XForwardedFor,source,line,reject"

func TestNoCommandLetsHostileTextThrough(t *testing.T) {
	t.Parallel()
	folder := hostileFolder(t)
	all := []string{"events.jsonl", "albums.jsonl", "rejects.jsonl"}
	for _, line := range []string{
		"query -o table ''", "query -o jsonl ''", "query -o json ''", "query -o csv ''", "query -o md ''", "query -o table --ascii ''", "query -o jsonl --ascii ''", "query -o jsonl --redact ''",
		"query -o table --fields F ''", "query -o jsonl --fields F ''", "query -o json --fields F ''", "query -o csv --fields F ''", "query -o md --fields F ''",
		"stats", "stats -o json", "stats -o csv", "stats --by B", "stats --by B -o json", "stats --by B -o csv", "check", "check -o json", "query -c ''", "query -o table --color always ''", "stats --by B --color always",
	} {
		if !strings.Contains(line, "--color") {
			line += " --color never"
		}
		line = strings.NewReplacer("F", textFields, "B", strings.ReplaceAll(textFields, ",source,line,reject", "")).Replace(line)
		args := strings.Fields(strings.ReplaceAll(line, "''", "EMPTY"))
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "EMPTY", "")
		}
		got := printOnTerminals(t, folder, append(args, all...)...)
		checkHarmless(t, line, got)
		if got.code != 0 && !(got.code == 1 && args[0] == "check") || len(got.out) == 0 {
			t.Errorf("%s: exit %d, %d bytes, %.300q", line, got.code, len(got.out), got.err)
		}
	}
}

// A text with a line end that imitates the next row stays within its own row.
func TestNoRowOfATableCanBeForged(t *testing.T) {
	t.Parallel()
	folder := hostileFolder(t)
	for log, text := range map[string][]byte{"events.jsonl": hostile.Events(), "rejects.jsonl": hostile.Rejects()} {
		rows := 0
		for line := range bytes.Lines(text) {
			if len(bytes.Trim(line, " \t\r\n")) > 0 {
				rows++
			}
		}
		for format, head := range map[string]int{"table": 1, "md": 2} {
			got := printOnTerminals(t, folder, "query", "-o", format, "--fields", textFields, "", log)
			lines, want := bytes.Count(got.out, []byte("\n")), rows+head
			if format == "table" && bytes.Contains(got.out, []byte("\nnot shown: ")) {
				want++ // the line below the table
			}
			if lines != want {
				t.Errorf("%s of %s has %d lines, want %d", format, log, lines, want)
			}
		}
	}
}

func TestHostileEventsArePrintedOnATerminalAsTheSameJSON(t *testing.T) {
	t.Parallel()
	got := printOnTerminals(t, hostileFolder(t), "query", "-o", "jsonl", "--sort", "none", "", "events.jsonl")
	want := bytes.Split(hostile.Events(), []byte("\n"))
	lines := bytes.Split(got.out, []byte("\n"))
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d", len(lines), len(want))
	}
	for i := range want[:len(want)-1] {
		var before, after any
		if err := errors.Join(json.Unmarshal(want[i], &before), json.Unmarshal(lines[i], &after)); err != nil {
			t.Fatalf("line %d: %v: %.200q", i, err, lines[i])
		}
		a, _ := json.Marshal(before)
		b, _ := json.Marshal(after)
		if !bytes.Equal(a, b) {
			t.Errorf("%.300q is printed as %.300q", want[i], lines[i])
		}
	}
}

func TestHostileBytesGoIntoAPipeAsTheyAre(t *testing.T) {
	t.Parallel()
	folder := hostileFolder(t)
	for name, want := range map[string][]byte{"events.jsonl": hostile.Events(), "albums.jsonl": hostile.Albums()} {
		out, errs, code := outcomeOf(t, "query", "-o", "jsonl", "--sort", "none", "", filepath.Join(folder, name))
		if code != 0 || errs != "" || out != string(want) {
			t.Errorf("%s: exit %d, %q, %d bytes, want %d", name, code, errs, len(out), len(want))
		}
		got := printOnTerminals(t, folder, "query", "--raw", "--sort", "none", "", name)
		if !bytes.Equal(got.out, want) {
			t.Errorf("%s: with --raw %d bytes reach the terminal, want %d", name, len(got.out), len(want))
		}
	}
}

// Attackers can also choose the names of files, which appear in reports, columns and errors.
func TestNamesOfFilesAreHarmless(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	names := hostile.FileNames()
	for i, name := range names {
		text := event("GET_ALERT", "SUCCEEDED")
		if i%2 == 1 {
			text = "no event\n"
		}
		if err := os.WriteFile(filepath.Join(folder, name+".jsonl"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range []string{"check", "check -o json", "query -o csv --fields source,line x:", "query -o json --fields source,line x:", "query -o table --fields source,line x:", "query -o md --fields source x:", "query -o jsonl --fields source x:"} {
		args := strings.Fields(line)
		if last := len(args) - 1; args[last] == "x:" {
			args[last] = ""
		}
		got := printOnTerminals(t, folder, append(args, ".", "--color", "never")...)
		checkHarmless(t, line, got)
		if n := bytes.Count(got.out, []byte("\n")); n < len(names)/2 {
			t.Errorf("%s: %d lines for %d files: exit %d, %.300q", line, n, len(names), got.code, got.err)
		}
	}
}

func TestWhatIsSaidOfMissingFilesIsHarmless(t *testing.T) {
	folder := t.TempDir()
	for names := hostile.FileNames(); len(names) > 0; names = names[min(len(names), 300):] {
		args := []string{"check", "--color=never", "--"}
		for _, name := range names[:min(len(names), 300)] {
			args = append(args, "./"+name)
		}
		got := printOnTerminals(t, folder, args...)
		checkHarmless(t, "check of missing files", got)
		if got.code != 2 || bytes.Count(got.err, []byte("pawprint: ")) == 0 {
			t.Errorf("exit %d, %.300q", got.code, got.err)
		}
	}
}

// Errors, hints and wrong queries quote untrusted text.
func TestEveryErrorIsHarmless(t *testing.T) {
	for _, x := range hostile.Texts() {
		var out bytes.Buffer
		s := &settings{query: x.Raw, since: x.Raw}
		_, err := s.expression(x.Raw)
		printErrors(&out, errors.Join(errors.New("reading "+x.Raw), err))
		if leaks := hostile.Leaks(out.Bytes(), hostile.Allowed{}); leaks != nil {
			t.Errorf("%s: the error of %.80q leaks %q", x.Name, x.Raw, leaks)
		}
	}
}

// The renderer sends more than frames to a terminal, so this checks the whole output.
func TestTheInterfaceSendsATerminalNothingToObey(t *testing.T) {
	t.Parallel()
	name := "\x1b]2;owned\a\u202e\x9b2J.jsonl"
	folder := t.TempDir()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, append(append(hostile.Albums(), hostile.Events()...), hostile.Rejects()...), 0o600); err != nil {
		t.Fatal(err)
	}
	x := startOn(t, terminalOptions{cols: 130, rows: 60}, nil, path)
	rows := ""
	x.waitFor("the whole log", func(s string) bool {
		from := strings.LastIndex(s, "/") + 1
		rows = strings.TrimSpace(s[from:])
		n, err := strconv.Atoi(strings.ReplaceAll(rows, ",", ""))
		return err == nil && n > 2*len(hostile.Texts())
	})
	x.typeKeys("g")
	at := func(n any) { x.waitForText(fmt.Sprintf(" %v/%s", n, rows)) }
	at(1)
	x.typeKeys("\r")
	x.waitForText(" failed to ALBUM_0")
	for n := 2; n <= bytes.Count(hostile.Albums(), []byte("\n")); n++ {
		x.typeKeys("j")
		at(n)
	}
	leave := func(shown string) {
		x.typeKeys("\x1b")
		x.waitFor("no "+shown, func(s string) bool { return !strings.Contains(s, shown) })
	}
	leave(" failed to ALBUM_")
	x.typeKeys("G")
	at(rows)
	x.typeKeys(strings.Repeat("\x1b[5~", 100))
	at(1)
	x.typeKeys("B")
	x.waitForText("Rejects")
	leave("Rejects")
	x.typeKeys("p")
	x.waitForText("enter lists the lines")
	x.typeKeys(strings.Repeat("\x1b[6~", 20))
	leave("enter lists the lines")
	x.typeKeys("y")
	x.waitForText("one line of JSON")
	x.typeKeys("one line\r")
	x.waitForText(" to the terminal's clipboard")
	x.typeKeys("q")
	x.waitForExit(0)
	x.mu.Lock()
	defer x.mu.Unlock()
	sent := copiedOnly(t, x.raw.Bytes())
	if leaks := hostile.Leaks(sent, hostile.Allowed{Styles: true, Screen: true, Title: "pawprint"}); leaks != nil {
		t.Errorf("the terminal got %s", strings.Join(leaks, "\n"))
	}
	if bytes.ContainsRune(sent, '\ufffd') {
		t.Error("the tripwire stepped in")
	}
}

// copiedOnly checks the text that the output puts on the clipboard, and returns the output without it. There must be exactly one.
func copiedOnly(t *testing.T, sent []byte) []byte {
	t.Helper()
	before, rest, ok := bytes.Cut(sent, []byte("\x1b]52;c;"))
	encoded, after, ended := bytes.Cut(rest, []byte("\a"))
	text, err := base64.StdEncoding.DecodeString(string(encoded))
	if !ok || !ended || err != nil || len(text) == 0 {
		t.Fatalf("nothing was put on the clipboard: %v", err)
	}
	if leaks := hostile.Leaks(text, hostile.Allowed{}); leaks != nil || bytes.Contains(text, []byte("\n")) {
		t.Errorf("the clipboard got %q", leaks)
	}
	return append(bytes.Clone(before), after...)
}

// An exported file may be opened in any program.
func TestExportsOfHostileTextAreHarmless(t *testing.T) {
	folder := hostileFolder(t)
	for _, log := range []string{"events.jsonl", "rejects.jsonl"} {
		sel := exportSelection(t, filepath.Join(folder, log), "")
		exported := map[string][]byte{}
		for _, format := range []string{"jsonl", "json", "csv", "md"} {
			path := filepath.Join(t.TempDir(), "out")
			result, err := exportFormat(t, &export.Exporter{}, format).Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC})
			if err != nil || result.Rows != sel.Len() {
				t.Fatalf("%s: %+v, %v", format, result, err)
			}
			if exported[format], err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
			// csv holds the values as they are, except for control characters, which are replaced.
			values := exported[format]
			if format == "csv" {
				values = []byte(strings.Map(sheetRune, string(values)))
			}
			if leaks := hostile.Leaks(values, hostile.Allowed{}); leaks != nil && format != "jsonl" {
				t.Errorf("%s of %s leaks %q", format, log, leaks)
			}
		}
		if !json.Valid(exported["json"]) {
			t.Errorf("json of %s is not JSON", log)
		}
		if log == "events.jsonl" && !bytes.Equal(exported["jsonl"], hostile.Events()) {
			t.Error("jsonl is not the bytes of the source")
		}
		checkSheet(t, log, exported["csv"], sel.Len())
		checkMarkdown(t, log, exported["md"], sel.Len())
	}
}

// sheetRune drops what CSV may hold though a terminal must not get it: tabs, and runes that are invisible or reorder, but no control characters.
func sheetRune(r rune) rune {
	if r == '\t' || !hostile.Printable(r) && !unicode.IsControl(r) && r != utf8.RuneError {
		return -1
	}
	return r
}

// checkSheet reads CSV as a spreadsheet does: every row must have the same number of cells, and no cell may be a formula.
func checkSheet(t *testing.T, what string, sheet []byte, rows int) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(sheet)).ReadAll() // also checks the number of cells
	if err != nil || len(records) != rows+1 {
		t.Fatalf("csv of %s: %d records, want %d, %v", what, len(records), rows+1, err)
	}
	for _, record := range records {
		for _, cell := range record {
			if start := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) }); start != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(start)[0]) {
				t.Errorf("csv of %s: the cell %.80q is a formula", what, cell)
			}
		}
	}
}

// checkMarkdown reads a Markdown table: every row must have the same number of cells, each wholly in a code span.
func checkMarkdown(t *testing.T, what string, table []byte, rows int) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(string(table), "\n"), "\n")
	if len(lines) != rows+2 {
		t.Fatalf("md of %s: %d lines, want %d", what, len(lines), rows+2)
	}
	cells := strings.Count(lines[1], "---")
	for _, line := range append(lines[:1:1], lines[2:]...) {
		bare := regexp.MustCompile(`\\\|`).ReplaceAllString(line, "·")
		if n := strings.Count(bare, "|") - 1; n != cells {
			t.Errorf("md of %s: %d cells, want %d: %.200q", what, n, cells, line)
			continue
		}
		for _, cell := range strings.Split(strings.Trim(bare, "|"), "|") {
			cell = strings.TrimSpace(cell)
			fence := cell[:len(cell)-len(strings.TrimLeft(cell, "`"))]
			if cell != "" && (fence == "" || !strings.HasSuffix(cell, fence) || strings.Contains(strings.Trim(cell, "`"), fence)) {
				t.Errorf("md of %s: a cell that is not all code: %.120q", what, cell)
			}
		}
	}
}
