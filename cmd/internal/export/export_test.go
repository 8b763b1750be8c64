package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui"
	"pawprint/tui/kit"
	"pawprint/tui/ptytest"
)

// exportSelection selects rows of a file of the shared test data.
func exportSelection(t *testing.T, path, filter string) *model.Selection {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	e, err := query.Parse(filter)
	if err != nil {
		t.Fatal(err)
	}
	sel, err := model.Select(t.Context(), log.Snapshot(), query.Compile(e, query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	return sel
}

// exportFormat returns a format of an exporter.
func exportFormat(t *testing.T, x *Exporter, name string) tui.ExportFormat {
	t.Helper()
	for _, f := range x.Formats() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("there is no format %s", name)
	return tui.ExportFormat{}
}

// exportPath returns the absolute path of a shared log.
func exportPath(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExportIsForTheUserAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	if _, err := exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed"), Path: path, Zone: time.UTC}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("the file has the mode %v, %v", info.Mode(), err)
	}
	onlyFile(t, path)
}

// onlyFile fails unless a folder holds one file, and perhaps where it came from, and nothing else.
func onlyFile(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if e.Name() != filepath.Base(path) && e.Name() != filepath.Base(path)+originEnding {
			t.Errorf("the folder holds %s", e.Name())
		}
	}
	if err != nil || len(entries) == 0 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

// sum is the SHA-256 of a file, in hexadecimal.
func sum(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}

func TestExportSaysWhereItCameFrom(t *testing.T) {
	path, log := filepath.Join(t.TempDir(), "out.csv"), exportPath(t, "audit.jsonl")
	sel := exportSelection(t, log, "is:failed")
	request := tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC, Query: "is:failed", Fields: []string{"time", "action"}}
	result, err := exportFormat(t, &Exporter{Version: "1.2.3"}, "csv").Write(t.Context(), request)
	if err != nil || result.NoOrigin != nil {
		t.Fatal(err, result.NoOrigin)
	}
	text, err := os.ReadFile(path + originEnding)
	if err != nil {
		t.Fatal(err)
	}
	var got origin
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if got.SHA256 != sum(t, path) || got.File != path || got.Rows != sel.Len() || got.Query != "is:failed" || got.Version != "1.2.3" || got.Format != "csv" ||
		!slices.Equal(got.Fields, request.Fields) || got.Zone != "UTC" {
		t.Errorf("the export says %+v", got)
	}
	if len(got.Sources) != 1 || got.Sources[0].SHA256 != sum(t, log) || got.Sources[0].NoHash != "" || got.Sources[0].Books != got.Books || got.Books.Events != 2000 {
		t.Errorf("the source says %+v", got.Sources)
	}
	sheet, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(sheet), "time,action,reject\n") || strings.Contains(string(sheet), "origin") {
		t.Errorf("the file begins %.60q, %v", sheet, err)
	}
}

func TestSourcesWithoutAHashSayWhy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte("{}\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		place string
		bytes int64
		want  error
	}{
		{path, 6, nil}, {path, 3, nil}, {path, 7, errShort}, {path + "-gone", 3, errNoFile}, {"", 3, errNoFile}, {filepath.Dir(path), 3, errNoFile}, {"s3://bucket/key", 3, errNoFile},
	} {
		hash, err := hashOf(t.Context(), &model.SourceState{Place: model.NewText(c.place), Books: model.Books{Bytes: c.bytes}})
		if !errors.Is(err, c.want) || (hash != "") != (c.want == nil) {
			t.Errorf("%d bytes of %s: %q, %v, want %v", c.bytes, c.place, hash, err, c.want)
		}
	}
}

// An export never stands beside the origin of another one, and says it if its own could not be written.
func TestExportDoesNotTakeTheOriginOfAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	if err := os.WriteFile(path+originEnding, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: exportSelection(t, exportPath(t, "audit.jsonl"), ""), Path: path, Zone: time.UTC})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("exported beside it: %v", err)
	}
	if text, err := os.ReadFile(path + originEnding); err != nil || string(text) != "mine" {
		t.Errorf("it holds %q now, %v", text, err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file was written: %v", err)
	}
}

func TestExportNeverOverwrites(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed")
	for name, make := range map[string]func(path string) error{
		"a file":          func(path string) error { return os.WriteFile(path, []byte("mine"), 0o644) },
		"a dangling link": func(path string) error { return os.Symlink(path+"-not-there", path) },
		"a folder":        func(path string) error { return os.Mkdir(path, 0o755) },
	} {
		path := filepath.Join(t.TempDir(), "out.csv")
		if err := make(path); err != nil {
			t.Fatal(err)
		}
		before, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC})
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.Lstat(path); err != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
			t.Errorf("%s was touched: %v", name, err)
		}
		onlyFile(t, path)
	}
}

func TestAnExportThatIsStoppedLeavesNothing(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "")
	path := filepath.Join(t.TempDir(), "out.csv")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	x := &Exporter{}
	if _, err := exportFormat(t, x, "csv").Write(ctx, tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC}); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped export gives %v", err)
	}
	x.End(30 * time.Second)
	if _, err := exportFormat(t, x, "csv").Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC}); !errors.Is(err, errEnding) {
		t.Errorf("an export at the end gives %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 0 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestAnExportThatCannotBeWrittenNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "no-such-folder", "out.csv")
	_, err := exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: exportSelection(t, exportPath(t, "audit.jsonl"), ""), Path: path, Zone: time.UTC})
	if err == nil || !strings.Contains(err.Error(), path) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
}

func TestAnExportThatFailsSaysTheReasonFirstAndLeavesNothing(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed")
	touch := func(path string) error { return os.WriteFile(path, nil, 0o600) }
	for _, c := range []struct {
		name string
		path string // in a new folder
		make func(folder string) error
		want string
	}{
		{"no folder", "none/out", nil, "the folder does not exist"},
		{"a file for a folder", "file/out", func(d string) error { return touch(d + "/file") }, "a part of the path is not a folder"},
		{"a long name", strings.Repeat("n", 300), nil, "the name is too long"},
		{"a name that is taken", "out", func(d string) error { return touch(d + "/out") }, "there is already a file of that name"},
		{"a folder", "out", func(d string) error { return os.Mkdir(d+"/out", 0o700) }, "there is already a file of that name"},
		{"a link", "out", func(d string) error { return errors.Join(touch(d+"/x"), os.Symlink("x", d+"/out")) }, "there is already a file of that name"},
		{"a pipe", "out", func(d string) error { return ptytest.MakePipe(d + "/out") }, "there is already a file of that name"},
		{"a folder that links to itself", "loop/out", func(d string) error { return os.Symlink("loop", d+"/loop") }, "too many levels of symbolic links"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.make != nil {
				if err := c.make(dir); err != nil {
					t.Fatal(err)
				}
			}
			before := namesIn(t, dir)
			path := filepath.Join(dir, c.path)
			_, err := exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC})
			if want := c.want + "; no file was written (" + path + ")"; err == nil || err.Error() != want {
				t.Errorf("the error is %v, want %s", err, want)
			}
			if after := namesIn(t, dir); after != before {
				t.Errorf("the folder held %s, now %s", before, after)
			}
		})
	}
}

// namesIn lists a folder.
func namesIn(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestATableOfCountsIsWrittenInEachFormatThatTakesOne(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed")
	table := &kit.ExportTable{Of: "action", Columns: []string{"value", "events"}, Sel: sel, Rows: func(context.Context) ([][]kit.ExportCell, int, error) {
		return [][]kit.ExportCell{{{Text: "=DELETE_RULE"}, {Count: 7, Counted: true}}, {{Absent: true}, {Count: 1, Counted: true}}}, 1, nil
	}}
	for name, want := range map[string]string{
		"csv":  "value,events\n'=DELETE_RULE,7\n,1\n",
		"json": `"value":"=DELETE_RULE","events":7`,
		"md":   "| `=DELETE_RULE` | `7` |",
	} {
		path := filepath.Join(t.TempDir(), "out."+name)
		f := exportFormat(t, &Exporter{}, name)
		result, err := f.Write(t.Context(), tui.ExportRequest{Table: table, Rows: sel, Path: path, Zone: time.UTC, Query: "is:failed"})
		if err != nil || !f.Tables || result.Rows != 2 || result.Masked != 1 {
			t.Fatalf("%s: %+v, %v", name, result, err)
		}
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(strings.ReplaceAll(string(text), ": ", ":"), want) {
			t.Errorf("%s: the file is %q, %v; want %q", name, text, err, want)
		}
		var from origin
		text, err = os.ReadFile(path + originEnding)
		if err != nil || json.Unmarshal(text, &from) != nil || from.Counts != "action" || from.Query != "is:failed" || from.Rows != 2 || from.SHA256 != sum(t, path) {
			t.Errorf("%s: where it came from is %s, %v", name, text, err)
		}
	}
	for _, name := range []string{"jsonl", "text"} {
		if exportFormat(t, &Exporter{}, name).Tables {
			t.Errorf("%s takes a table", name)
		}
	}
}

// The list can show what is new as a column, although no single event has that as a field.
func TestAnExportHasTheColumnOfWhatIsNew(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "action:SIGN_IN")
	path := filepath.Join(t.TempDir(), "out.csv")
	fields := []string{"actor", "first-seen", "action"}
	if _, err := exportFormat(t, &Exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: sel, Fields: fields, Path: path, Zone: time.UTC}); err != nil {
		t.Fatal(err)
	}
	firsts, err := sel.Snapshot().Firsts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(records) != sel.Len()+1 || records[0][1] != "first-seen" {
		t.Fatalf("%d records, %v, want %d: %.200s", len(records), err, sel.Len()+1, text)
	}
	of := map[string]int{}
	for i, r := range sel.Rows() {
		e := sel.Snapshot().Event(r)
		if got, want := records[i+1][1], firsts.Seen(&e).String(); got != want {
			t.Errorf("event %d is %q, want %q", i, got, want)
		}
		of[records[i+1][1]]++
	}
	if len(of) < 3 {
		t.Errorf("the events are all of one kind: %v", of)
	}
	var page bytes.Buffer
	if err := (&Exporter{}).Print(t.Context(), &page, tui.ExportRequest{Rows: sel, Fields: fields, Zone: time.UTC}, true); err != nil || !strings.Contains(page.String(), "new address") {
		t.Errorf("a pager gets %.300s, %v", page.String(), err)
	}
}

// What was said of the marked events is in the columns of a table; the lines of a log stay as the source has them.
func TestMarkedEventsAreExportedWithWhatWasSaidOfThem(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed")
	said := marks.Rows{}.With(marks.Place{Row: sel.At(0), Mark: &marks.Mark{Words: marks.Words{Note: "ask\nmarge", Tags: []string{"exfil"}, Verdict: marks.Malicious}}})
	for _, c := range []struct {
		format string
		fields []string
		want   string
	}{
		{"csv", nil, ",ask\nmarge,exfil,malicious,\n"},
		{"csv", []string{"time", "tag"}, "time,tag,note,verdict,reject\n2026-"},
		{"md", []string{"action"}, "| `action` | `note` | `tags` | `verdict` |"},
	} {
		path := filepath.Join(t.TempDir(), "out")
		request := tui.ExportRequest{Rows: sel, Fields: c.fields, Path: path, Zone: time.UTC, Marks: said, Noted: true}
		if _, err := exportFormat(t, &Exporter{}, c.format).Write(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if flat := strings.NewReplacer("\r\n", "\n", "\"", "").Replace(string(text)); err != nil || !strings.Contains(flat, c.want) {
			t.Errorf("%s of %q has not %q: %.400s, %v", c.format, c.fields, c.want, text, err)
		}
	}
	path := filepath.Join(t.TempDir(), "out.jsonl")
	if _, err := exportFormat(t, &Exporter{}, "jsonl").Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC, Marks: said, Noted: true}); err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, r := range sel.Rows() {
		line, err := sel.Snapshot().Raw(r)
		if err != nil {
			t.Fatal(err)
		}
		want.WriteString(line.Raw() + "\n")
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != want.String() {
		t.Errorf("the lines are not those of the source, %v", err)
	}
}

// Notes, tags and verdicts of rejects stand in the same columns as those of events, before the reason.
func TestAMarkedRejectIsExportedWithWhatWasSaidOfIt(t *testing.T) {
	log := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(log, []byte("no event\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	sel := exportSelection(t, log, "")
	said := marks.Rows{}.With(marks.Place{Row: sel.At(0), Mark: &marks.Mark{Words: marks.Words{Note: "ask marge", Tags: []string{"exfil"}, Verdict: marks.Malicious}}})
	for _, c := range []struct {
		format string
		fields []string
		want   string
	}{
		{"csv", nil, ",1,ask marge,exfil,malicious,not JSON: "},
		{"csv", []string{"time", "action"}, "time,action,note,tags,verdict,reject\n,,ask marge,exfil,malicious,not JSON: "},
		{"csv", []string{"note"}, "note,tags,verdict,reject\nask marge,exfil,malicious,not JSON: "},
		{"md", []string{"action"}, "|  | `ask marge` | `exfil` | `malicious` | `not JSON: "},
	} {
		path := filepath.Join(t.TempDir(), "out")
		request := tui.ExportRequest{Rows: sel, Fields: c.fields, Path: path, Zone: time.UTC, Marks: said, Noted: true}
		if _, err := exportFormat(t, &Exporter{}, c.format).Write(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if flat := strings.NewReplacer("\r\n", "\n", "\"", "").Replace(string(text)); err != nil || !strings.Contains(flat, c.want) {
			t.Errorf("%s of %q has not %q: %.400s, %v", c.format, c.fields, c.want, text, err)
		}
	}
}
