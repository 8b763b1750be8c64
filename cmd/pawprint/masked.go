package main

import (
	"fmt"
	"io"

	"pawprint/tui/termsafe"
)

// showMasked says on standard error what was masked in the printed rows.
func (q *queryCommand) showMasked() {
	if q.redact && q.counts.Rows > 0 {
		showMasked(q.std.err, q.counts.Masked.Values, q.counts.Masked.Words())
	}
}

// showMasked says how many values were masked, and warns that others may be left.
func showMasked(w io.Writer, values int, where string) {
	if values == 0 {
		fmt.Fprintln(w, "pawprint: nothing was masked, but secrets may remain")
		return
	}
	fmt.Fprintf(w, "pawprint: masked %s in %s; others may remain\n", termsafe.Count(int64(values), "value", "values"), where)
}
