package seal

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pawprint/loader"
	"pawprint/model"
)

// event returns an invented line.
func event(n int) string {
	return fmt.Sprintf(`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","actor":{"id":"u%d","type":"USER","name":"ann"},"timestamp":"2026-11-02T09:%02d:%02dZ","pantherVersion":"1.113.138"}`,
		n, n/60%60, n%60)
}

// events returns the invented lines from from to to-1.
func events(from, to int) (lines []string) {
	for n := from; n < to; n++ {
		lines = append(lines, event(n))
	}
	return lines
}

func joined(lines []string) string { return strings.Join(lines, "\n") + "\n" }

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// watched reads texts, which are pairs of a name and bytes, with a witness.
func watched(t *testing.T, w *Witness, texts ...string) *Witness {
	t.Helper()
	var sources []loader.Source
	for i := 0; i < len(texts); i += 2 {
		sources = append(sources, &loader.Reader{Label: texts[i], From: strings.NewReader(texts[i+1])})
	}
	_ = loader.Load(loader.WithWitness(t.Context(), w), w, sources...) // the states of the sources say what went wrong
	return w
}

// sealed returns the manifest of texts, written and read again.
func sealed(t *testing.T, every int64, texts ...string) *Manifest {
	t.Helper()
	m := watched(t, NewWitness(every, nil), texts...).Manifest("v", time.Unix(0, 0))
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	again, err := Read(&b)
	if err != nil {
		t.Fatalf("reading what was written: %v", err)
	}
	return again
}

// TestAnEntrySaysWhatALogIs checks the parts of an entry, for a plain source, a packed one, and one that is not a log.
func TestAnEntrySaysWhatALogIs(t *testing.T) {
	text := joined(events(0, 5)) + "\nno event\n"
	gz := packed(t, text)
	for _, tt := range []struct {
		name, bytes, packing string
		lines                int64
		books                Books
	}{
		{"plain", text, "", 7, Books{7, 5, 1, 1}},
		{"packed", gz, "gzip", 7, Books{7, 5, 1, 1}},
		{"packed, with junk behind", gz + "junk", "gzip", 7, Books{8, 5, 2, 1}},
		{"cut", gz[:len(gz)-4], "gzip", 7, Books{8, 5, 2, 1}},
		{"no log", "\x00\x01PAR1\n\xff", "", 2, Books{}},
		{"empty", "", "", 0, Books{}},
		{"without a line feed at the end", text[:len(text)-1], "", 7, Books{7, 5, 1, 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := sealed(t, 3, "x", tt.bytes)
			if len(m.Sources) != 1 {
				t.Fatalf("%d entries", len(m.Sources))
			}
			e := m.Sources[0]
			if e.Size != int64(len(tt.bytes)) || e.Sum != digestOf([]byte(tt.bytes)) || e.Lines != tt.lines {
				t.Errorf("size %d, sum %s, lines %d; want %d, %s, %d", e.Size, e.Sum, e.Lines, len(tt.bytes), digestOf([]byte(tt.bytes)), tt.lines)
			}
			if tt.packing != "" && (e.Unpacked == nil || e.Unpacked.Packing != tt.packing || e.Unpacked.Sum != digestOf([]byte(text)) || e.Unpacked.Size != int64(len(text))) {
				t.Errorf("unpacked %+v", e.Unpacked)
			}
			if tt.books != (Books{}) && e.Books != tt.books {
				t.Errorf("books %+v, want %+v", e.Books, tt.books)
			}
			if tt.books.Events > 0 && (e.First == nil || e.First.Format(time.RFC3339) != "2026-11-02T09:00:00Z" || e.Last.Format(time.RFC3339) != "2026-11-02T09:00:04Z") {
				t.Errorf("from %v to %v", e.First, e.Last)
			}
		})
	}
}

// TestTheChainDoesNotDependOnHowBytesCome compares the chain of many pieces with that of one.
func TestTheChainDoesNotDependOnHowBytesCome(t *testing.T) {
	text := []byte(joined(events(0, 20)) + "\n\nlast")
	whole := newChain(4, nil)
	whole.write(text)
	whole.end()
	for size := 1; size < 400; size += 7 {
		c := newChain(4, nil)
		for piece := range slices.Chunk(text, size) {
			c.write(piece)
		}
		c.end()
		if !slices.Equal(c.kept, whole.kept) {
			t.Fatalf("pieces of %d bytes: %v, want %v", size, c.kept, whole.kept)
		}
	}
}

// edit changes lines.
type edit func(lines []string) []string

func remove(from, n int) edit {
	return func(l []string) []string { return slices.Delete(l, from-1, from-1+n) }
}

func insert(at int, lines ...string) edit {
	return func(l []string) []string { return slices.Insert(l, at-1, lines...) }
}

func change(at int) edit {
	return func(l []string) []string { l[at-1] = strings.Replace(l[at-1], "ann", "eve", 1); return l }
}

func both(edits ...edit) edit {
	return func(l []string) []string {
		for _, e := range edits {
			l = e(l)
		}
		return l
	}
}

// TestChangesAreFoundWhereTheyAre edits a log of 2,500 lines and compares it with its manifest.
func TestChangesAreFoundWhereTheyAre(t *testing.T) {
	for _, tt := range []struct {
		name  string
		every int64
		edit  edit
		want  Verdict
		words []string // parts of all lines but the first
	}{
		{"nothing", 1000, both(), Agrees, nil},
		{"a byte of the first line", 1000, change(1), Differs, []string{"lines 1 to 1,000 (", "1,500 sealed lines are in stretches without a change"}},
		{"a byte of the last line", 1000, change(2500), Differs, []string{"lines 2,001 to 2,500 (", "2,000 sealed lines are"}},
		{"a line removed", 1000, remove(1200, 1), Differs, []string{"lines 1,001 to 2,000 (", ": 1 line is missing among them", "1,500 sealed lines"}},
		{"a line removed at the end", 1000, remove(2500, 1), Differs, []string{": 1 line is missing among them"}},
		{"lines added within", 1000, insert(700, "x", "y"), Differs, []string{"lines 1 to 1,000 (", ": 2 lines were added among them"}},
		{"two changes", 1000, both(change(2400), remove(3, 2)), Differs, []string{"lines 1 to 1,000 (", ": 2 lines are missing among them", "lines 2,001 to 2,500 (", "1,000 sealed lines are"}},
		{"cut", 1000, remove(1501, 1000), Differs, []string{"lines 1,001 to 2,500 (", ": 1,000 lines are missing among them"}},
		{"cut at a checkpoint", 1000, remove(2001, 500), Differs, []string{"lines 2,001 to 2,500 (", ": missing", "2,000 sealed lines"}},
		{"grown", 1000, insert(2501, "x", "y"), Grew, nil},
		{"changed and grown", 1000, both(change(5), insert(2501, "x", "y")), Differs, []string{"lines 1 to 1,000 (", "2 lines were added after the sealed ones"}},
		{"a line removed, to the line", 1, remove(1200, 1), Differs, []string{"line 1,200 (", ": missing", "2,499 sealed lines"}},
		{"a byte changed, to the line", 1, change(1200), Differs, []string{"line 1,200 (", ": changed;", "2,499 sealed lines"}},
		{"everything", 100, func([]string) []string { return events(5000, 7500) }, Differs, []string{"lines 1 to 2,500", "0 sealed lines"}},
		{"nothing left", 100, func([]string) []string { return nil }, Differs, []string{"lines 1 to 2,500", ": missing"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := sealed(t, tt.every, "x.jsonl", joined(events(0, 2500)))
			text := ""
			if lines := tt.edit(events(0, 2500)); lines != nil {
				text = joined(lines)
			}
			results := watched(t, NewWitness(0, m), "x.jsonl", text).Results()
			if len(results) != 1 || results[0].Verdict != tt.want {
				t.Fatalf("%+v, want verdict %d", results, tt.want)
			}
			words := strings.Join(results[0].Words[1:], "\n")
			for _, part := range tt.words {
				if !strings.Contains(words, part) {
					t.Errorf("no %q in\n%s", part, words)
				}
			}
		})
	}
}

// TestSourcesAreFoundByWhatTheyHold renames, packs, leaves out and adds sources.
func TestSourcesAreFoundByWhatTheyHold(t *testing.T) {
	a, b, c := joined(events(0, 10)), joined(events(20, 30)), joined(events(40, 50))
	for _, tt := range []struct {
		name  string
		texts []string
		want  string // the verdicts and the sum
	}{
		{"as they were", []string{"a", a, "b", b}, "[0 0] 2 of 2 sealed sources agree"},
		{"renamed", []string{"b", a, "a", b}, "[0 0] 2 of 2 sealed sources agree"},
		{"packed", []string{"a", packed(t, a), "b", b}, "[0 0] 2 of 2 sealed sources agree"},
		{"rotated and grown", []string{"a.1", a + c, "a", b}, "[1 0] 1 of 2 sealed sources agrees, 1 grew"},
		{"one missing, one new", []string{"a", a, "c", c}, "[0 3 4] 1 of 2 sealed sources agrees, 1 is missing, 1 is additional"},
		{"swapped for another", []string{"a", c, "b", b}, "[2 0] 1 of 2 sealed sources agrees, 1 differs"},
		{"without the line feed at its end", []string{"a", a[:len(a)-1], "b", b}, "[2 0] 1 of 2 sealed sources agrees, 1 differs"},
		{"in another folder", []string{"/mnt/a", c, "/mnt/b", b}, "[2 0] 1 of 2 sealed sources agrees, 1 differs"},
		{"none", nil, "[3 3] 0 of 2 sealed sources agree, 2 are missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := sealed(t, 4, "a", a, "b", b)
			results := watched(t, NewWitness(0, m), tt.texts...).Results()
			var verdicts []Verdict
			for _, r := range results {
				verdicts = append(verdicts, r.Verdict)
			}
			if got := fmt.Sprint(verdicts, " ", Sum(results)); got != tt.want {
				t.Errorf("got  %s\nwant %s\n%v", got, tt.want, results)
			}
		})
	}
}

// failing fails after some bytes.
type failing struct{ io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err == io.EOF {
		err = io.ErrClosedPipe
	}
	return n, err
}

// TestWhatCannotBeReadIsNotSealed reads a source that fails after a few lines.
func TestWhatCannotBeReadIsNotSealed(t *testing.T) {
	text := joined(events(0, 10))
	m := sealed(t, 4, "a", text)
	w := NewWitness(0, m)
	err := loader.Load(loader.WithWitness(t.Context(), w), w, &loader.Reader{Label: "a", From: failing{strings.NewReader(text)}})
	results := w.Results()
	if err == nil || len(w.Manifest("v", time.Now()).Sources) != 0 || len(results) != 1 || results[0].Verdict != Unreadable {
		t.Errorf("error %v, results %+v", err, results)
	}
}

// TestDamagedManifestsAreRefused changes a manifest in many ways; each must be an error that says what is wrong.
func TestDamagedManifestsAreRefused(t *testing.T) {
	var b bytes.Buffer
	if err := watched(t, NewWitness(4, nil), "a", joined(events(0, 10))).Manifest("v", time.Unix(0, 0)).Write(&b); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, tt := range [][3]string{
		{`"version": 1`, `"version": 2`, "it has version 2, and this program knows only 1"},
		{`"version": 1`, `"version": 0`, "version 0 does not exist"},
		{`"kind": "pawprint manifest"`, `"kind": "x"`, "neither a manifest"},
		{`"every": 4`, `"every": 0`, "every is 0"},
		{`"line":8`, `"line":7`, "checkpoint 2 is out of order"},
		{`"lines": 10`, `"lines": 9`, "its chain has 10"},
		{`"size": `, `"size": 1`, "bytes, but its chain has"},
		{`"events": 10`, `"events": 9`, "books do not balance"},
		{`"sha256": "`, `"sha256": 5, "x": "`, "method.sha256 is a number"},
		{`"hash":"`, `"hash":"A`, "64 lower-case hexadecimal digits"},
		{"\n ]\n}\n", "\n ]\n}\n{}", "after its end"},
		{text[len(text)/2:], "", "cut off"},
		{text, "", "it is empty: take another copy of it"},
		{text, "x", "neither a manifest"}, {text, "{x", "not JSON"},
		{text, "null", "neither a manifest"},
	} {
		damaged := strings.Replace(text, tt[0], tt[1], 1)
		if damaged == text {
			t.Fatalf("no %q in the manifest", tt[0])
		}
		if _, err := Read(strings.NewReader(damaged)); err == nil || !strings.Contains(err.Error(), tt[2]) {
			t.Errorf("%.30q for %.30q: error %v, want %q", tt[1], tt[0], err, tt[2])
		}
	}
}

// TestNamesSurviveWhateverTheirBytes writes and reads names that JSON or a terminal cannot hold.
func TestNamesSurviveWhateverTheirBytes(t *testing.T) {
	for _, name := range []string{"a b", "\xff\xfe.jsonl", "\x1b[2J\"", "\u202efdp.jsonl", "<b>"} {
		m := sealed(t, 4, name, "{}\n")
		if got := m.Sources[0].SourceName(); got != name {
			t.Errorf("%q became %q", name, got)
		}
		for _, r := range watched(t, NewWitness(0, m), name, "{}\n").Results() {
			if r.Verdict != Agrees || !utf8.ValidString(r.Name) || strings.ContainsAny(r.Name, "\x1b\u202e") {
				t.Errorf("%q: %+v", name, r)
			}
		}
	}
}

// TestAManifestIsASCIIAndHasALineForEachCheckpoint checks the form of a manifest.
func TestAManifestIsASCIIAndHasALineForEachCheckpoint(t *testing.T) {
	var b bytes.Buffer
	if err := watched(t, NewWitness(1, nil), "ü", joined(events(0, 30_000)), "b", "").Manifest("v", time.Unix(0, 0)).Write(&b); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(b.String(), func(r rune) bool { return r >= 0x7f || r < ' ' && r != '\n' }); i >= 0 {
		t.Errorf("byte %d is not printable ASCII", i)
	}
	if n := strings.Count(b.String(), "\n    {\"line\":"); n != 30_000 {
		t.Errorf("%d lines with a checkpoint", n)
	}
	if !json.Valid(b.Bytes()) {
		t.Error("not JSON")
	}
}

// TestAWitnessKeepsNoRows checks that nothing of a log stays in memory but its books.
func TestAWitnessKeepsNoRows(t *testing.T) {
	w := watched(t, NewWitness(1000, nil), "a", joined(events(0, 5000)))
	snap := w.Log.Snapshot()
	if snap.Rows() != 0 || snap.Books().Events != 5000 || snap.Sources()[0].Phase != model.Complete {
		t.Errorf("%d rows, books %+v", snap.Rows(), snap.Books())
	}
}

// TestTheManifestIsFoundBehindWhateverStandsBeforeIt reads a report whose texts look like its last part, and have lines of any length.
func TestTheManifestIsFoundBehindWhateverStandsBeforeIt(t *testing.T) {
	var b bytes.Buffer
	if err := sealed(t, 4, "a", joined(events(0, 10))).Write(&b); err != nil {
		t.Fatal(err)
	}
	last := "\n" + Begin + "\n" + b.String() + End + "\n"
	for _, length := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 200_000} {
		for name, tt := range map[string]struct {
			text string
			want error
		}{
			"a report":               {"# Report" + strings.Repeat("x", length) + last + "```\n", nil},
			"a part in a line":       {"# Report\n" + strings.Repeat("x", length) + "x" + Begin + "\n{}\n" + End + last, nil},
			"two parts":              {"# Report" + strings.Repeat("x", length) + "\n" + Begin + "\n{}\n" + End + "\n" + last, nil},
			"cut off":                {"# Report" + strings.Repeat("x", length) + last[:len(last)-len(End)-5], errCut},
			"a second part, cut off": {"# Report" + strings.Repeat("x", length) + last + Begin + "\n" + "{}", errCut},
			"no part":                {"# Report" + strings.Repeat("x", length) + Begin + "\n" + b.String() + End, errKind},
		} {
			m, err := Read(strings.NewReader(tt.text))
			if !errors.Is(err, tt.want) || err == nil && (len(m.Sources) != 1 || m.Sources[0].Lines != 10) {
				t.Errorf("%s, behind %d bytes: %+v, %v, want %v", name, length, m, err, tt.want)
			}
		}
	}
}
