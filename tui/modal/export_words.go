package modal

import (
	"errors"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Words returns the progress of the running export; empty if none is running.
func (x *Exporter) Words() termsafe.Safe {
	e := x.running
	if e == nil {
		return termsafe.Safe{}
	}
	rows := e.rows.Load()
	if rows == 0 {
		return termsafe.Const("exporting")
	}
	written := termsafe.Int(e.written.Load())
	return termsafe.Concat(termsafe.Const("exporting: "), written, termsafe.Const(" of "), termsafe.Count(rows, "row", "rows"))
}

// notExported returns the message why no file was written.
func (x *Exporter) notExported(err error) termsafe.Safe {
	disp := x.display
	var failed *ExportError
	if !errors.As(err, &failed) {
		return disp.Said(err)
	}
	why := termsafe.Concat(disp.Quoted(failed.Reason), termsafe.Const(noFile))
	return termsafe.Concat(why, disp.ShortPath(failed.Path, x.space(why)-1), termsafe.Const(")"))
}

// didExport returns the message of a finished export: first what is missing in the file, then what is in it.
func (x *Exporter) didExport(r *ExportResult) termsafe.Safe {
	disp := x.display
	all := termsafe.Count(int64(r.Rows+r.Absent), "row", "rows")
	done := termsafe.Concat(all, x.masked(r.Masked), termsafe.Const(" written to "))
	if r.Unread != nil {
		what := termsafe.Concat(termsafe.Int(int64(r.Bare)), termsafe.Const(" of "), all, termsafe.Const(" written without their lines: "))
		if r.Absent > 0 {
			what = termsafe.Concat(termsafe.Const("wrote "), termsafe.Int(int64(r.Rows)), termsafe.Const(" of "), all, termsafe.Const(": "))
		}
		done = termsafe.Concat(what, disp.Quoted(kit.Cause(r.Unread).Error()), x.masked(r.Masked), termsafe.Const("; the file is "))
	}
	if r.NoOrigin != nil {
		done = termsafe.Concat(termsafe.Const("the file about their origin could not be written: "),
			disp.Quoted(r.NoOrigin.Error()), termsafe.Const("; "), done)
	}
	return termsafe.Concat(done, disp.ShortPath(r.Path, x.space(done)))
}

// masked returns, in brackets, how many secrets were masked; empty while secrets are shown.
func (x *Exporter) masked(n int) termsafe.Safe {
	if !x.display.Redact && n == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Const(" ("), termsafe.Int(int64(n)), termsafe.Const(" masked)"))
}

// space returns the width left in the status line after a text.
func (x *Exporter) space(before termsafe.Safe) int {
	return x.Width - 2 - x.display.Widther.Width(before)
}
