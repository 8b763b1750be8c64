package query_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"pawprint/loader"
	"pawprint/loader/demo/shapes"
	"pawprint/model"
	"pawprint/model/logtest"
	"pawprint/model/query"
)

// fileLog loads a file with those bytes, which are packed if the name says so.
func fileLog(tb testing.TB, name string, text []byte) *model.Log {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if strings.HasSuffix(name, ".gz") {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if _, err := w.Write(text); err != nil {
			tb.Fatal(err)
		}
		if err := w.Close(); err != nil {
			tb.Fatal(err)
		}
		text = packed.Bytes()
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		tb.Fatal(err)
	}
	log := model.NewLog()
	if err := (&loader.File{Path: path}).Load(context.Background(), log); err != nil {
		tb.Fatal(err)
	}
	return log
}

// TestPackedBlocksAreLeftOutRightly asks a packed log the same as the plain one. Once two searches have read all of it, its store leaves out
// blocks. Lines with escapes and events that are the text of a string stand in blocks that do not hold what is looked for in them.
func TestPackedBlocksAreLeftOutRightly(t *testing.T) {
	for _, shape := range shapes.All() {
		text := shape.Lines(7, 1<<20)
		text = inserted(text, len(text)/2, logtest.Event(`"actionParams":{"a":"the rare word \u0068ere","b":"Straße"}`),
			`{"wrapped":"`+strings.ReplaceAll(logtest.Event(`"actionParams":{"a":"inside a \"quoted\" event"}`), `"`, `\"`)+`"}`,
			logtest.Event(`"actionParams":{"a":"PLAINLY in one block"}`), "no event at all, but words",
			logtest.Event(`"actionParams":{"a":"ſtraſſe, Kelvin and café"}`))
		text = inserted(text, len(text)/4, logtest.Event(`"actionParams":{"a":"deco\u006dposed"}`), logtest.Event(`"actionParams":{"a":"a back\\u0073lash"}`))
		// In a reject, the r of the escape and the mark are one letter.
		text = inserted(text, len(text)*3/4, "no event: \\r\u030cABC")
		plain, packed := fileLog(t, "a.jsonl", text), fileLog(t, "a.jsonl.gz", text)
		for _, q := range []string{
			"here", "here", "here", `"the rare word here"`, "plainly", "PLAINLY", "Plainly", "straße", "STRASSE", `"quoted event"`, "quoted", `inside*event`, "words", "nowhere-at-all",
			"rare or plainly", "-plainly", "param.a:plainly", `raw:block`, "/in one b[a-z]+k/", "198.18.", "delete", "example.com", "a*b*c", "block -plainly", "desc:the",
			"decomposed", "řABC", "strasse", "kelvin", "café", "CAFÉ", "backslash", `"back\\u0073lash"`,
		} {
			want := selected(t, plain, q)
			if got := selected(t, packed, q); got != want {
				t.Errorf("%s: %s finds %s in the packed log, %s in the plain one", shape.Name, q, got, want)
			}
		}
	}
}

// inserted returns text with lines after the first line that ends behind a place.
func inserted(text []byte, place int, lines ...string) []byte {
	at := bytes.IndexByte(text[place:], '\n') + place + 1
	return slices.Concat(text[:at], []byte(strings.Join(lines, "\n")+"\n"), text[at:])
}

// selected returns the error of a query, or the rows that it finds.
func selected(t *testing.T, log *model.Log, text string) string {
	t.Helper()
	e, err := query.Parse(text)
	if err != nil {
		return err.Error()
	}
	snap, out := log.Snapshot(), []byte(nil)
	for k := range snap.Segments() {
		var rows model.Bitmap
		rows.SetRange(0, snap.Segment(k).Rows())
		if err := query.Compile(e, query.Env{}).Narrow(context.Background(), &snap, snap.Segment(k), &rows); err != nil {
			t.Fatal(err)
		}
		for i := rows.Next(0); i >= 0; i = rows.After(i) {
			out = append(out, byte(i), byte(i>>8))
		}
		out = append(out, '|')
	}
	return string(out)
}

// BenchmarkPackedText measures searches of the text of a packed log: the first ones unpack it, later ones leave out blocks.
func BenchmarkPackedText(b *testing.B) {
	for _, shape := range shapes.All() {
		if !shape.Ours {
			continue
		}
		log := fileLog(b, "a.jsonl.gz", shape.Lines(1, 128<<20))
		snap := log.Snapshot()
		for _, text := range []string{"no-such-thing!", "deadbeef", "mozilla"} {
			for range 3 {
				benchSelectOnce(b, log, text)
			}
			b.Run(shape.Name+"/"+text, func(b *testing.B) {
				for b.Loop() {
					benchSelectOnce(b, log, text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(snap.Rows()), "ns/event")
			})
		}
	}
}

func benchSelectOnce(b *testing.B, log *model.Log, text string) {
	e, err := query.Parse(text)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := model.Select(context.Background(), log.Snapshot(), query.Compile(e, query.Env{}), nil); err != nil {
		b.Fatal(err)
	}
}
