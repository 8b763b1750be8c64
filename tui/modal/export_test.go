package modal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// rowsOf says that all rows of a log can be exported.
func rowsOf(t testing.TB, log kittest.StillLog) Exportable {
	t.Helper()
	sel, err := model.Select(t.Context(), log.Snapshot(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Exportable{Shown: sel, Snap: log.Snapshot()}
}

// failing is a format that cannot write.
func failing(err error) []ExportFormat {
	return []ExportFormat{{Name: "csv", Write: func(context.Context, ExportRequest) (ExportResult, error) { return ExportResult{}, err }}}
}

func TestExportSaysWhyItCannot(t *testing.T) {
	full := failing(errors.New("exporting: writing x\x1b[2J: no space left on device"))
	some, none := rowsOf(t, kittest.LoadText(t, "x", kittest.Events(4))), rowsOf(t, kittest.LoadText(t, "x", ""))
	part := some
	part.Preview = true
	for _, c := range []struct {
		formats []ExportFormat
		what    Exportable
		keys    string
		want    string
	}{
		{full, some, "enter enter", "no space left on device"},
		{nil, some, "", "nothing can be exported here"},
		{full, none, "", "there are no rows to export"},
		{full, Exportable{}, "", "there are no rows to export"},
		{full, part, "", "rows can be exported once the log is loaded"},
	} {
		r := kittest.NewModalRig(t)
		x := NewExporter(r.Display, c.formats)
		r.Obey(x.Menu(t.Context(), c.what))
		r.Press(c.keys)
		r.MustShow(c.want)
		if len(r.Modals) != 0 || x.Stop() || !x.Words().Empty() {
			t.Errorf("%q: %d modals are open, or an export goes on", c.want, len(r.Modals))
		}
	}
}

// The prompt for another name must not take the keys of what was opened meanwhile.
func TestAFileThatExistsIsAskedAboutOrTold(t *testing.T) {
	there := failing(fmt.Errorf("exporting: %w", &ExportError{Path: "/tmp/there.csv", Reason: "file already exists", Err: fs.ErrExist}))
	for _, busy := range []bool{false, true} {
		r := kittest.NewModalRig(t)
		x := NewExporter(r.Display, there)
		x.Width = 160
		r.Obey(x.Menu(t.Context(), rowsOf(t, kittest.LoadText(t, "x", kittest.Events(4)))))
		r.Press("enter")
		if busy {
			r.Modals = append(kit.Modals{NewHelp(r.Display, r.Keys, kit.InList, nil, "")}, r.Modals...)
		}
		r.Press("enter")
		_, asks := r.Modals.Top().(*kit.Prompt)
		if want := "file already exists; no file was written (/tmp/there.csv)"; asks == busy || busy && r.Toast != want {
			t.Errorf("with a modal open %v, the name is asked for again %v, the message is %q", busy, asks, r.Toast)
		}
		r.MustShow("file already exists")
	}
}
