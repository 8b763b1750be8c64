package report

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"pawprint/cmd/internal/seal"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/termsafe/hostile"
)

// caseOf makes a report on all rows of texts, which are pairs of a name and bytes, each with a note that quotes its number.
func caseOf(t *testing.T, o Options, texts ...string) *Case {
	t.Helper()
	w := seal.NewKeepingWitness(seal.Every)
	var sources []loader.Source
	for i := 0; i < len(texts); i += 2 {
		sources = append(sources, &loader.Reader{Label: texts[i], From: strings.NewReader(texts[i+1])})
	}
	if err := loader.Load(loader.WithWitness(t.Context(), w), w, sources...); err != nil {
		t.Fatal(err)
	}
	sel, err := model.Select(t.Context(), w.Log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	o.Version, o.Made, o.Zone = "v", time.Unix(0, 0), time.UTC
	c, err := New(sel, w.Manifest("v", time.Unix(0, 0)), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func written(t *testing.T, write func(context.Context, io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// attacks are texts that would be markup, or the last part of a report.
var attacks = []string{`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `</pre></article><h1>forged</h1>`, "a|b`c``d|", "[x](https://example.com) https://example.com <https://example.com>",
	"\n" + seal.Begin + "\n{}\n" + seal.End + "\n", "&lt;b&gt; &#60;", `"><svg onload=alert(1)>`, "# heading", "\n\n# heading\n\n| a |\n", "```\nend", "--><b>", `]]>`, "javascript:alert(1)"}

// tags are all elements that a report has.
var tags = regexp.MustCompile(`<(/?)(!DOCTYPE html|html|head|meta|title|style|body|h1|h2|h3|p|table|tr|th|td|pre|div|article|blockquote|details|summary|svg|g|rect|path|text)\b([^<>]*)>`)

// handlers are attributes that would make an element do or fetch something.
var handlers = regexp.MustCompile(`(?i)\b(on\w+|src|href|xlink:href|action|formaction|url)\s*[=(]`)

// TestNoTextOfALogIsMarkup reports on rows and notes that are markup, and on texts that attack terminals.
func TestNoTextOfALogIsMarkup(t *testing.T) {
	for _, log := range [][]byte{hostile.Events(), hostile.Rejects()} {
		noMarkupOf(t, log)
	}
}

func noMarkupOf(t *testing.T, log []byte) {
	t.Helper()
	var lines strings.Builder
	lines.Write(log)
	for _, a := range attacks {
		lines.WriteString(strings.ReplaceAll(a, "\n", " ") + "\n")
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(a)
		lines.WriteString(`{"actionName":"` + quoted + `","actionResult":"FAILED","actor":{"id":"u","type":"USER","name":"` + quoted + `"},"errors":[{"message":"` + quoted +
			`"}],"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.0.0","p_row_id":"` + quoted + `"}` + "\n")
	}
	note := func(r model.Row) Note {
		a := attacks[int(r)%len(attacks)]
		return Note{Text: a + "\nsecond line", Tags: []string{a, "tag"}, Verdict: a}
	}
	c := caseOf(t, Options{Queries: attacks, Note: note}, attacks[0], lines.String(), "\x1b]0;x\x07.jsonl", "{}\n")
	page := written(t, c.WriteHTML)
	body := page[strings.Index(page, "</style>"):]
	for _, m := range tags.FindAllStringSubmatch(body, -1) {
		if handlers.MatchString(m[3]) {
			t.Errorf("an element does something: %q", m[0])
		}
	}
	if rest := tags.ReplaceAllString(body, ""); strings.ContainsAny(rest, "<>") {
		i := strings.IndexAny(rest, "<>")
		t.Errorf("there is markup of the log at %q", rest[max(0, i-60):min(len(rest), i+60)])
	}
	text := written(t, c.WriteMarkdown)
	for _, doc := range []string{page, text} {
		if leaks := hostile.Leaks([]byte(strings.ReplaceAll(doc, "\n", " ")), hostile.Allowed{}); len(leaks) > 0 {
			t.Errorf("a terminal would obey %.300q", leaks)
		}
		m, err := seal.Read(strings.NewReader(doc))
		if err != nil || len(m.Sources) != 2 || len(m.Events) != c.sel.Len() || m.Kind != seal.ReportKind {
			t.Fatalf("the manifest in the report: %v", err)
		}
	}
	if plain := outsideOfCode(text); regexp.MustCompile(`[<>\[\]]|https?:|alert|\bforged`).MatchString(strings.ReplaceAll(plain, "\n> ", "\n")) {
		t.Errorf("Markdown of the log stands outside of code:\n%s", regexp.MustCompile(`.*([<>\[\]]|https?:|alert|\bforged).*`).FindAllString(plain, 5))
	}
}

// outsideOfCode returns Markdown without its code spans and code blocks.
func outsideOfCode(text string) string {
	var out strings.Builder
	fence := ""
	for line := range strings.Lines(text) {
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence == "" && len(ticks) >= 3:
			fence = ticks
		case fence != "" && strings.TrimSuffix(line, "\n") == fence:
			fence = ""
		case fence == "":
			out.WriteString(withoutSpans(line))
		}
	}
	return out.String()
}

// withoutSpans removes the code spans of a line.
func withoutSpans(line string) string {
	var out strings.Builder
	for {
		at := strings.IndexByte(line, '`')
		if at < 0 {
			return out.String() + line
		}
		out.WriteString(line[:at])
		line = line[at:]
		n := len(line) - len(strings.TrimLeft(line, "`"))
		end := n
		for {
			next := strings.IndexByte(line[end:], '`')
			if next < 0 {
				return out.String() + line // no span
			}
			end += next
			m := len(line[end:]) - len(strings.TrimLeft(line[end:], "`"))
			if end += m; m == n {
				break
			}
		}
		line = line[end:]
	}
}

const secret = "hunter22xxhunter22"

// TestSecretsAreMaskedEverywhereButNotInTheHashes reports on an event with a secret.
func TestSecretsAreMaskedEverywhereButNotInTheHashes(t *testing.T) {
	line := `{"actionName":"A","actionResult":"FAILED","actor":{"id":"u","type":"USER"},"actionParams":{"password":"` + secret + `"},"errors":[{"message":"password=` + secret + `"}],"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.0.0"}`
	note := func(model.Row) Note { return Note{Text: "password=" + secret} }
	masked := caseOf(t, Options{Redact: true, Queries: []string{`"password=` + secret + `"`}, Note: note}, "a.jsonl", line+"\n")
	shown := caseOf(t, Options{Note: note}, "a.jsonl", line+"\n")
	count := 0
	for _, write := range []func(context.Context, io.Writer) error{masked.WriteHTML, masked.WriteMarkdown} {
		text := written(t, write)
		if strings.Contains(text, secret) || masked.Masked() == 0 {
			t.Error("the secret stands in the report")
		}
		if count += masked.Masked(); !strings.Contains(text, masked.maskedWords()) {
			t.Errorf("the report does not say %q", masked.maskedWords())
		}
	}
	if count != 2*masked.Masked() {
		t.Errorf("the second report has %d secrets of %d", masked.Masked(), count)
	}
	if page := written(t, shown.WriteHTML); masked.manifest.Events[0] != shown.manifest.Events[0] || !strings.Contains(page, secret) {
		t.Error("masking changes the place, or masks all the same")
	}
}

// TestAReportHasOnlyAsManyEventsAsSomebodyReads makes a report of too many.
func TestAReportHasOnlyAsManyEventsAsSomebodyReads(t *testing.T) {
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "a", From: strings.NewReader(strings.Repeat("{}\n", MostEvents+1))}); err != nil {
		t.Fatal(err)
	}
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = New(sel, &seal.Manifest{}, Options{Zone: time.UTC})
	if err == nil || !strings.Contains(err.Error(), "at most 20,000 events, and these are 20,001: ") || !strings.Contains(err.Error(), "pawprint query -o jsonl, pawprint seal") {
		t.Errorf("error %v", err)
	}
}

// counter counts what is written.
type counter struct {
	bytes int
	fails bool
}

var errFull = errors.New("the disk is full")

func (c *counter) Write(p []byte) (int, error) {
	if c.fails {
		return 0, errFull
	}
	c.bytes += len(p)
	return len(p), nil
}

// TestAReportIsWrittenWhileItsEventsAreRead looks at how much is written when an event is read: all that stands before it but for a block.
// So the memory that a report takes does not depend on its events.
func TestAReportIsWrittenWhileItsEventsAreRead(t *testing.T) {
	const events, size = 300, 4000
	row := strings.Repeat("x", size) + "\n"
	for name, write := range map[string]func(*Case, context.Context, io.Writer) error{"html": (*Case).WriteHTML, "md": (*Case).WriteMarkdown} {
		out, read := &counter{}, 0
		c := caseOf(t, Options{Note: func(model.Row) Note {
			if held := read*size - out.bytes; held > 2*blockBytes {
				t.Fatalf("%s: when event %d is read, %d bytes wait", name, read, held)
			}
			read++
			return Note{}
		}}, "a", strings.Repeat(row, events))
		if err := write(c, t.Context(), out); err != nil || read != events || len(c.manifest.Events) != events {
			t.Errorf("%s: %v, %d events, %d places", name, err, read, len(c.manifest.Events))
		}
	}
}

// TestAReportEndsWhereItCannotBeWritten has no space, or is stopped, after some events.
func TestAReportEndsWhereItCannotBeWritten(t *testing.T) {
	row := strings.Repeat("x", 4000) + "\n"
	for name, write := range map[string]func(*Case, context.Context, io.Writer) error{"html": (*Case).WriteHTML, "md": (*Case).WriteMarkdown} {
		for _, stopped := range []bool{false, true} {
			ctx, cancel := context.WithCancel(t.Context())
			out, read := &counter{}, 0
			c := caseOf(t, Options{Note: func(model.Row) Note {
				if read++; read == 50 {
					if out.fails = !stopped; stopped {
						cancel()
					}
				}
				return Note{}
			}}, "a", strings.Repeat(row, 300))
			want := errFull
			if stopped {
				want = context.Canceled
			}
			if err := write(c, ctx, out); !errors.Is(err, want) || read > 100 {
				t.Errorf("%s: %v after %d events, want %v", name, err, read, want)
			}
			cancel()
		}
	}
}

// TestALongLineIsCutAndSaysSo reports on a line that nobody reads.
func TestALongLineIsCutAndSaysSo(t *testing.T) {
	c := caseOf(t, Options{}, "a", strings.Repeat("ü", 100_000)+"\n")
	if page := written(t, c.WriteHTML); len(page) > 100_000 || !strings.Contains(page, "... and 167232 more bytes") {
		t.Errorf("%d bytes", len(page))
	}
}

// TestAReportOfAnAnswerGivesTheQueryForEachEvent reports on what a server answered, which nobody can seal.
func TestAReportOfAnAnswerGivesTheQueryForEachEvent(t *testing.T) {
	log := model.NewLog()
	line := `{"actionName":"A","actionResult":"FAILED","actor":{"id":"u","type":"USER"},"timestamp":"2026-11-22T10:00:00Z","pantherVersion":"1.0.0","p_row_id":"0a1b"}`
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "clickhouse://db.example.com/logs.audit", From: strings.NewReader(line + "\n")}); err != nil {
		t.Fatal(err)
	}
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(sel, &seal.Manifest{}, Options{Zone: time.UTC, Unsealed: func(*model.SourceState) string { return "nobody can" }})
	if err != nil {
		t.Fatal(err)
	}
	text := written(t, c.WriteMarkdown)
	for _, want := range []string{"not sealed: nobody can", "its source is not sealed: nobody can", "in the data lake:\n", "WHERE p_row_id = '0a1b'"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, copyName) || len(c.manifest.Unchecked) != 1 {
		t.Errorf("there is no copy of an answer:\n%s", text)
	}
}
