package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"pawprint/loader"
	"pawprint/loader/tail"
	"pawprint/model"
	"pawprint/tui/ptytest"
	"pawprint/tui/snippet"
	"pawprint/tui/termsafe/hostile"
)

// writings lists the file formats for events that the program reads.
var writings = []struct {
	name  string
	write func(events []string) string
}{
	{"lines", func(e []string) string { return strings.Join(e, "\n") + "\n" }},
	{"lines without a last end", func(e []string) string { return strings.Join(e, "\n") }},
	{"lines behind a byte order mark", func(e []string) string { return "\ufeff" + strings.Join(e, "\n") }},
	{"lines that end with CR LF", func(e []string) string { return strings.Join(e, "\r\n") + "\r\n" }},
	{"lines that end with CR", func(e []string) string { return strings.Join(e, "\r") + "\r" }},
	{"indented lines and blank ones", func(e []string) string { return "\n  \n\t" + strings.Join(e, "  \n\n \t") + "\n\n" }},
	{"lines among rejects", func(e []string) string {
		return "not json\n" + strings.Join(e, "\n{\"cut\":\n\x1b[2J \xff \x00 \u009b\n") + "\n[1,2]\n7\n{} {}\n"
	}},
	{"an array", func(e []string) string { return "[" + strings.Join(e, ",") + "]" }},
	{"an array of lines", func(e []string) string { return "[\n" + strings.Join(e, ",\n") + "\n]\n" }},
	{"a pretty array", func(e []string) string { return pretty("[" + strings.Join(wholeUTF8(e), ",") + "]") }},
	{"an array that is cut", func(e []string) string { return "[" + strings.Join(e, ",") + `,{"actionName":"cu` }},
	{"an array with damage", func(e []string) string {
		return "[\n" + strings.Join(e, ",\n") + ",\n{\"actionName\": nope \x1b[2J},\n" + strings.Join(e, ",\n") + "\n]"
	}},
	{"a Records object", func(e []string) string { return `{"Records":[` + strings.Join(e, ",") + `]}` }},
	{"a pretty Records object", func(e []string) string { return pretty(`{"Records":[` + strings.Join(wholeUTF8(e), ",") + `]}`) }},
	{"Records objects, one a line", func(e []string) string {
		return `{"Records":[` + strings.Join(e[:5], ",") + "]}\n{\"Records\":[" + strings.Join(e[5:], ",") + "]}\n"
	}},
	{"a page of GraphQL", func(e []string) string {
		return `{"data":{"auditLogs":{"edges":[{"node":` + strings.Join(e, `},{"node":`) + `}],"pageInfo":{"hasNextPage":false}}}}`
	}},
	{"objects without anything between them", func(e []string) string { return strings.Join(e, "") }},
	{"several objects on a line", func(e []string) string { return strings.Join(e[:3], " ") + "\n" + strings.Join(e[3:], ", ") }},
	{"pretty objects", func(e []string) string {
		var all []string
		for _, event := range wholeUTF8(e) {
			all = append(all, pretty(event))
		}
		return strings.Join(all, "\n")
	}},
	{"a JSON text sequence", func(e []string) string { return "\x1e" + strings.Join(e, "\n\x1e") + "\n" }},
	{"CSV", table(',')},
	{"CSV behind a byte order mark", func(e []string) string { return "\ufeff" + table(',')(e) }},
	{"CSV with semicolons", table(';')},
	{"CSV with CR LF and a damaged row", func(e []string) string {
		return strings.ReplaceAll(table(',')(e), "\n", "\r\n") + "A,\"not closed\r\n"
	}},
	{"TSV", table('\t')},
}

func pretty(text string) string {
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(text), "", "  "); err != nil {
		panic(err)
	}
	return out.String()
}

// table writes events as a table. Values that are not strings are JSON in their cells.
func table(comma rune) func(events []string) string {
	return func(events []string) string {
		columns := []string{"actionName", "actionResult", "actor", "actionParams", "timestamp", "p_row_id", "userAgent"}
		var out strings.Builder
		w := csv.NewWriter(&out)
		w.Comma = comma
		rows := [][]string{columns}
		for _, e := range wholeUTF8(events) {
			var members map[string]json.RawMessage
			if err := json.Unmarshal([]byte(e), &members); err != nil {
				panic(err)
			}
			var cells []string
			for _, c := range columns {
				var text string
				if json.Unmarshal(members[c], &text) != nil {
					text = string(members[c])
				}
				cells = append(cells, text)
			}
			rows = append(rows, cells)
		}
		if err := w.WriteAll(rows); err != nil {
			panic(err)
		}
		return out.String()
	}
}

func TestSnippetsFindEachRowOfEachForm(t *testing.T) {
	for _, w := range writings {
		t.Run(w.name, func(t *testing.T) {
			b := newBench(t)
			b.file("audit.log", []byte(w.write(hostileEvents())))
			l := b.load(t, "audit.log")
			if least := len(hostileEvents()) - 2; len(l.rows) < least {
				t.Fatalf("%d rows are read as %q, want at least %d", len(l.rows), l.rows[0].Source.Form, least)
			}
			l.mustFind(t, b, "sh")
		})
	}
}

// packers lists the ways to compress a file.
var packers = []struct {
	name string
	pack func(text string) []byte
}{
	{"gzip", func(s string) []byte { return zipped(s) }},
	{"zstd", func(s string) []byte { return zstandard([]byte(s)) }},
	{"several members of gzip", func(s string) []byte { return append(zipped(s[:len(s)/2]), zipped(s[len(s)/2:])...) }},
	{"gzip in zstd", func(s string) []byte { return zstandard(zipped(s)) }},
	{"gzip that is cut", func(s string) []byte { z := zipped(s); return z[:len(z)-20] }},
	{"gzip with a wrong checksum in its first member", func(s string) []byte {
		z := zipped(s[:len(s)/2])
		z[len(z)-8] ^= 1
		return append(z, zipped(s[len(s)/2:])...)
	}},
}

func zipped(text string) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(text)); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func zstandard(b []byte) []byte {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return w.EncodeAll(b, nil)
}

// Few systems have zstd from the start. Where it is missing, the test binary acts as zstd -dc, which is how the commands call it.
func init() {
	const name = "zstd"
	if _, err := exec.LookPath(name); err == nil && filepath.Base(os.Args[0]) != name {
		return
	}
	programs[name] = func() {
		unpacked, err := zstd.NewReader(os.Stdin)
		if err == nil {
			_, err = io.Copy(os.Stdout, unpacked)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "zstd:", err)
			os.Exit(1)
		}
	}
}

func TestSnippetsFindEachRowOfPackedFiles(t *testing.T) {
	for _, tool := range []string{"gzip", "zstd"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("the commands need %s: %v", tool, err)
		}
	}
	events := hostileEvents()[:12]
	for _, p := range packers {
		for _, w := range writings {
			if w.name != "lines" && w.name != "a pretty array" && w.name != "CSV" {
				continue
			}
			t.Run(p.name+", "+w.name, func(t *testing.T) {
				b := newBench(t)
				b.file("audit.jsonl", p.pack(w.write(events))) // named as if it were not compressed
				l := b.load(t, "audit.jsonl")
				if len(l.rows) == 0 {
					t.Fatal("nothing is read")
				}
				l.mustFindPacked(t, b)
			})
		}
	}
}

// mustFindPacked is mustFind for compressed files. It tries only the first two and the last two rows, in one shell.
func (l *loaded) mustFindPacked(t *testing.T, b *bench) {
	t.Helper()
	for i := range l.rows {
		if l.rows[i].Event != nil && (i < 2 || i >= len(l.rows)-2) {
			l.mustFindEvent(t, b, "sh", i)
		}
	}
}

func TestSnippetsFindEventsOfEachHostileText(t *testing.T) {
	b := newBench(t)
	var file bytes.Buffer
	for i, text := range hostile.Texts() {
		event, err := json.Marshal(map[string]any{"actionName": text.Raw, "p_row_id": text.Raw, text.Raw: i, "timestamp": "2026-11-22T18:04:11Z"})
		must(t, err)
		file.Write(event)
	}
	b.file("audit.log", file.Bytes())
	l := b.load(t, "audit.log")
	if len(l.rows) != len(hostile.Texts()) {
		t.Fatalf("%d rows are read", len(l.rows))
	}
	step := 5
	if b.realJQ {
		step = 1 // .ci/snippets has time for every row
	}
	for i := 0; i < len(l.rows); i += step {
		l.mustFindEvent(t, b, "sh", i)
	}
}

func TestSnippetsPrintALineThatIsTooLongInFull(t *testing.T) {
	b := newBench(t)
	long := "junk " + strings.Repeat("x", 300_000)
	b.file("audit.log", []byte(hostileEvents()[0]+"\n"+long+"\n"+hostileEvents()[1]+"\n"))
	b.file("audit.log.gz", zipped(long+"\n"+hostileEvents()[1]))
	t.Chdir(b.folder)
	for name, row := range map[string]int{"audit.log": 1, "audit.log.gz": 0} {
		log := model.NewLog()
		err := loader.Load(context.Background(), log, &loader.File{Path: name, Limits: loader.Limits{LineBytes: 100_000}})
		if !errors.As(err, new(*loader.TooLongError)) {
			t.Fatal(err)
		}
		command, err := rowsOf(t, log).rows[row].Shell(snippet.Program{})
		must(t, err)
		if got := string(b.output(t, "sh", command)); got != long+"\n" {
			t.Errorf("%s prints %d bytes, want %d", command, len(got), len(long)+1)
		}
	}
}

// Names of files that look like something else.
var hostileNames = []string{
	"audit.jsonl", "a b.jsonl", "-", "-n", "--help", "it's", `say "hi"`, "'; touch ran; '", "$(touch ran)", "`touch ran`", "~", "a*?[b]{c,d}", "!!", "#x", "a;touch ran", "a&b|c>d<e", "a\nb", "a\n", "a\rb", "x\x1b[2Jy",
	"\u202ereversed", "日本 🦫", "\xff\xfe", `\`, `\n\033`, "%s%d%%", "stdin", "FILE", "=x", "s3:", "a=b", strings.Repeat("x'", 100),
}

func TestSnippetsFindTheFileWhateverItsName(t *testing.T) {
	shells := []string{"sh"}
	for _, shell := range []string{"bash", "dash"} {
		if _, err := exec.LookPath(shell); err == nil {
			shells = append(shells, shell)
		}
	}
	b := newBench(t)
	for i, name := range hostileNames {
		// If a name is taken for a pattern that also matches another file, the number of events is wrong.
		b.file(name, []byte(strings.Join(hostileEvents()[:1+i], "\n")))
	}
	for i, name := range hostileNames {
		log := model.NewLog()
		t.Chdir(b.folder)
		if err := loader.Load(context.Background(), log, &loader.File{Path: name}); err != nil {
			t.Fatal(err)
		}
		l := rowsOf(t, log)
		if len(l.rows) != 1+i {
			t.Fatalf("%d rows are read of %q", len(l.rows), name)
		}
		l.rows, l.raw = l.rows[i:], l.raw[i:]
		for _, shell := range shells {
			l.mustFindEvent(t, b, shell, 0)
		}
		l.mustFind(t, b, "sh")
	}
}

func TestSnippetsFindEachRowOfFoldersAndGlobs(t *testing.T) {
	events := hostileEvents()[:4]
	for _, arg := range []string{"logs", "logs/*", "logs/**/*.json*"} {
		b := newBench(t)
		b.file("logs/a.jsonl", []byte(strings.Join(events, "\n")))
		b.file("logs/it's/$(touch ran).json", []byte("["+strings.Join(events, ",")+"]"))
		b.file("logs/b.json.gz", zipped(strings.Join(events, "\n")))
		b.load(t, arg).mustFind(t, b, "sh")
	}
}

func TestSnippetsFindEachRowOfAFollowedFile(t *testing.T) {
	b := newBench(t)
	t.Chdir(b.folder)
	events := hostileEvents()[:6]
	b.file("live.jsonl", []byte("junk\n"+strings.Join(events, "\n")+"\n"))
	log := model.NewLog()
	follow(t, log, tail.New("live.jsonl"), 7)
	rowsOf(t, log).mustFind(t, b, "sh")
}

func TestSnippetsFindEachRowOfFollowedFilesOfOtherForms(t *testing.T) {
	b := newBench(t)
	t.Chdir(b.folder)
	events := hostileEvents()[:3]
	b.file("logs/a.jsonl", []byte("junk\n"+strings.Join(events, "\n")+"\n"))
	b.file("logs/b.json", []byte(pretty("["+strings.Join(events, ",")+"]")))
	b.file("logs/c.json.gz", zipped(strings.Join(events, "\n")))
	b.file("logs/d.csv", []byte(table(',')(events)))
	log := model.NewLog()
	follow(t, log, tail.New("logs"), 13)
	rowsOf(t, log).mustFind(t, b, "sh")
}

func TestSnippetsFindEachRowOfAPreview(t *testing.T) {
	b := newBench(t)
	t.Chdir(b.folder)
	var file strings.Builder
	for file.Len() < 17*loader.BlockBytes {
		file.WriteString(strings.Join(hostileEvents(), "\n") + "\n")
	}
	b.file("audit.log", []byte(file.String()))
	preview, err := loader.Preview("audit.log")
	must(t, err)
	l := rowsOf(t, preview)
	if len(l.rows) == 0 {
		t.Fatal("nothing is read")
	}
	l.rows, l.raw = l.rows[len(l.rows)-3:], l.raw[len(l.raw)-3:]
	for i := range l.rows {
		l.mustFindEvent(t, b, "sh", i)
	}
}

// follow follows a source until it has a number of rows.
func follow(t *testing.T, log *model.Log, source loader.Source, rows int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), maxWait)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = source.Load(ctx, log)
	}()
	for snap := log.Snapshot(); snap.Rows() < rows; snap = log.Snapshot() {
		if err := log.Wait(ctx, snap.Revision()); err != nil {
			t.Fatalf("%d rows came: %v", snap.Rows(), err)
		}
	}
	cancel()
	<-done
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatCannotBeReadAgainHasNoCommand(t *testing.T) {
	b := newBench(t)
	t.Chdir(b.folder)
	event := hostileEvents()[0] + "\n"
	must(t, makePipe("pipe"))
	go func() { _ = os.WriteFile("pipe", []byte(event), 0) }()
	redirected := filepath.Join(b.folder, "redirected")
	b.file("redirected", []byte(event))
	from, err := os.Open(redirected)
	must(t, err)
	for name, load := range map[string]func(*model.Log){
		"standard input": func(log *model.Log) {
			must(t, loader.Load(context.Background(), log, &loader.Reader{Label: "stdin", From: strings.NewReader(event)}))
		},
		"a pipe":                    func(log *model.Log) { must(t, loader.Load(context.Background(), log, &loader.File{Path: "pipe"})) },
		"a followed standard input": func(log *model.Log) { follow(t, log, &tail.Descriptor{Label: "stdin", From: from}, 1) },
	} {
		log := model.NewLog()
		load(log)
		r := rowsOf(t, log).rows[0]
		for kind, write := range map[string]func(*snippet.Row, snippet.Program) (string, error){"jq": (*snippet.Row).JQ, "shell": (*snippet.Row).Shell, "pawprint": (*snippet.Row).Pawprint} {
			if command, err := write(&r, snippet.Program{}); err != snippet.ErrNoPlace || command != "" {
				t.Errorf("the %s command for %s is %s, %v", kind, name, command, err)
			}
		}
	}
}

func TestLargeOffsetsAreWrittenInFull(t *testing.T) {
	r := snippet.Row{Origin: model.Origin{Offset: 1 << 40, Length: 7}, Source: &model.SourceState{Place: model.NewText("a")}}
	command, err := r.Shell(snippet.Program{})
	if want := "tail -c +1099511627777 < 'a' | head -c 7 | cat -v"; err != nil || command != want {
		t.Errorf("the command is %s, %v, want %s", command, err, want)
	}
}

func makePipe(path string) error { return ptytest.MakePipe(path) }
