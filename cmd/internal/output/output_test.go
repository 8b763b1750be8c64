package output

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"pawprint/tui/termsafe/hostile"
)

// written returns rows in a format.
func written(t *testing.T, f *Format, h Head, rows ...Row) string {
	t.Helper()
	var out bytes.Buffer
	w := f.New(Options{Out: &out, Shown: true}, h)
	for i := range rows {
		if err := w.Row(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFormatsWriteTheirRows(t *testing.T) {
	head := Head{Columns: []Column{{Name: "name", Cells: 6}, {Name: "n", Cells: 4}, {Name: "rest"}}}
	rows := []Row{
		{Cells: []Cell{Text("homer simpson"), JSON("-1.50"), Text("a|b")}},
		{Cells: []Cell{Absent(), JSON(`["é",1]`), Text("")}, Flaw: "not read"},
		{Cells: []Cell{Absent(), Absent(), Absent()}, Flaw: "no event", Reject: true, Line: []byte("x\x1b\n")},
	}
	for format, want := range map[string]string{
		"table": "NAME   N    REST\nhomer simpson -1.50 a|b\n       [\"é\",1]  not read\n             REJECT no event: x␛␊\n",
		"jsonl": `{"name":"homer simpson","n":-1.50,"rest":"a|b"}` + "\n" + `{"name":null,"n":["\u00e9",1],"rest":"","reject":"not read"}` + "\n" +
			`{"name":null,"n":null,"rest":null,"reject":"no event"}` + "\n",
		"json": "[\n" + `{"name":"homer simpson","n":-1.50,"rest":"a|b"}` + ",\n" + `{"name":null,"n":["\u00e9",1],"rest":"","reject":"not read"}` + ",\n" +
			`{"name":null,"n":null,"rest":null,"reject":"no event"}` + "\n]\n",
		"csv": "name,n,rest\nhomer simpson,-1.50,a|b\n,\"[\"\"é\"\",1]\",\"\"\n,,\n",
		"md":  "| `name` | `n` | `rest` |\n| --- | --- | --- |\n| `homer simpson` | `-1.50` | `a\\|b` |\n|  | `[\"é\",1]` |  |\n|  |  |  |\n",
	} {
		f, err := Rows.Find(format)
		if err != nil {
			t.Fatal(err)
		}
		if got := written(t, f, head, rows...); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
}

func TestFormatsWriteTheirGrids(t *testing.T) {
	g := &Grid{Columns: []string{"name", "count", "some"}}
	g.Add(Text("homer"), Count(1234567), Flag(true, "yes"))
	g.Add(Absent(), Count(5), Flag(false, "yes"))
	g.Add(Text(""), Cell{}, List([]string{"a", "b"}))
	g.Add(Text("=1"), Count(0), List(nil))
	for format, want := range map[string]string{
		"table": "NAME          COUNT  SOME\nhomer     1,234,567  yes\n(absent)          5\n\"\"                   a b\n=1                0\n",
		"json": "[\n" + `{"name":"homer","count":1234567,"some":true}` + ",\n" + `{"name":null,"count":5,"some":false}` + ",\n" +
			`{"name":"","count":null,"some":["a","b"]}` + ",\n" + `{"name":"=1","count":0,"some":[]}` + "\n]\n",
		"csv": "name,count,some\nhomer,1234567,yes\n,5,\n\"\",,a b\n'=1,0,\n",
	} {
		f, err := Grids.Find(format)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.WriteGrid(Options{Out: &out}, g); err != nil || out.String() != want {
			t.Errorf("%s: %q, %v, want %q", format, out.String(), err, want)
		}
	}
}

// Every format must satisfy these, for rows and for grids.
func TestEveryFormatKeepsItsPromises(t *testing.T) {
	for _, f := range formats {
		if f.rows+f.grids == "" || strings.ContainsAny(f.rows+f.grids, "\n") || f.Name != strings.ToLower(f.Name) {
			t.Errorf("%q is described as %q and %q", f.Name, f.rows, f.grids)
		}
		for _, grid := range []bool{false, true} {
			head := Head{Columns: []Column{{Name: "text", Cells: 10}, {Name: "more"}}, Grid: grid}
			empty := written(t, &f, head)
			for _, text := range hostile.Texts() {
				cells := []Cell{Text(text.Raw), Text(text.Raw)}
				got := written(t, &f, head, Row{Cells: cells})
				if leaks := hostile.Leaks([]byte(got), hostile.Allowed{}); leaks != nil {
					t.Errorf("%s of %s leaks %q", f.Name, text.Name, leaks)
				}
				if two := written(t, &f, head, Row{Cells: cells}, Row{Cells: cells}); strings.Count(two, "\n") != strings.Count(got, "\n")+1 || len(got) <= len(empty) {
					t.Errorf("%s of %s: %q and of two rows %q", f.Name, text.Name, got, two)
				}
			}
			w := f.New(Options{Out: fullDisk{}}, head)
			if err := errors.Join(w.Row(&Row{Cells: []Cell{Text("a"), Text("b")}}), w.End()); !errors.Is(err, io.ErrShortWrite) {
				t.Errorf("%s hides that nothing was written: %v", f.Name, err)
			}
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestLinesOfTheSourceAreWrittenAsTheyStandThere(t *testing.T) {
	head := Head{Columns: []Column{{Name: "reject"}, {Name: "text"}}, Lines: true, Flaws: true}
	rows := []Row{{Line: []byte("{\"a\":\t\"é\"}")}, {Line: []byte("{\""), Flaw: "cut", Reject: true, Cells: []Cell{Text("cut"), Text("{\"")}}}
	for format, want := range map[string]string{
		"jsonl": "{\"a\": \"é\"}\n{\"\n",
		"json":  "[\n{\"a\": \"\\u00e9\"},\n{\"reject\":\"cut\",\"text\":\"{\\\"\"}\n]\n",
	} {
		f, err := Rows.Find(format)
		if err != nil {
			t.Fatal(err)
		}
		if got := written(t, f, head, rows...); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
}

func TestFormatsAreFoundByTheirNames(t *testing.T) {
	for _, kind := range []Kind{Rows, Grids} {
		all := kind.Formats()
		if last := all[len(all)-1].Name; !strings.HasPrefix(kind.Names("or"), "table, ") || !strings.HasSuffix(kind.Names("or"), " or "+last) {
			t.Errorf("the names are %q", kind.Names("or"))
		}
		for _, f := range all {
			if found, err := kind.Find(f.Name); err != nil || found.Name != f.Name || !strings.Contains(kind.Help(), f.Name) {
				t.Errorf("%s: %v, and the help is %s", f.Name, err, kind.Help())
			}
		}
		if f, err := kind.Find("nope"); err == nil || !strings.HasSuffix(err.Error(), `"nope" is not a format: choose from `+kind.Names("and")) {
			t.Errorf("nope: %v, %v", f, err)
		}
	}
	if f, err := Grids.Find("jsonl"); err == nil {
		t.Errorf("a format of rows alone is found for grids: %v", f)
	}
}
