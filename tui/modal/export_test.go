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
		r := newModalRig(t)
		x := NewExporter(r.display, c.formats)
		r.obey(x.Menu(t.Context(), c.what))
		r.press(c.keys)
		r.mustShow(c.want)
		if len(r.modals) != 0 || x.Stop() || !x.Words().Empty() {
			t.Errorf("%q: %d modals are open, or an export goes on", c.want, len(r.modals))
		}
	}
}

// The prompt for another name must not take the keys of what was opened meanwhile.
func TestAFileThatExistsIsAskedAboutOrTold(t *testing.T) {
	there := failing(fmt.Errorf("exporting: %w", &ExportError{Path: "/tmp/there.csv", Reason: "file already exists", Err: fs.ErrExist}))
	for _, busy := range []bool{false, true} {
		r := newModalRig(t)
		x := NewExporter(r.display, there)
		x.Width = 160
		r.obey(x.Menu(t.Context(), rowsOf(t, kittest.LoadText(t, "x", kittest.Events(4)))))
		r.press("enter")
		if busy {
			r.modals = append(Modals{NewHelp(r.display, r.keys, kit.InList, nil, "")}, r.modals...)
		}
		r.press("enter")
		_, asks := r.modals.Top().(*kit.Prompt)
		if want := "file already exists; no file was written (/tmp/there.csv)"; asks == busy || busy && r.toast != want {
			t.Errorf("with a modal open %v, the name is asked for again %v, the message is %q", busy, asks, r.toast)
		}
		r.mustShow("file already exists")
	}
}
