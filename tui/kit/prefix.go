package kit

import "pawprint/model"

// PrefixOf reports whether a is an earlier snapshot of the same log as b, which has its rows and possibly more. A preview is a log of its
// own, which shows in the places that the first and the last common row came from.
func PrefixOf(a, b *model.Snapshot) bool {
	n := a.Rows()
	if n == 0 || n > b.Rows() {
		return n == 0
	}
	last := model.Row(n - 1)
	return a.Origin(0) == b.Origin(0) && a.Origin(last) == b.Origin(last)
}

// Continues reports whether sel is of the same filter as earlier and of a later snapshot of the same log, so that what was counted in
// earlier can be extended.
func Continues(sel, earlier *model.Selection) bool {
	return earlier.Matcher() == sel.Matcher() && PrefixOf(earlier.Snapshot(), sel.Snapshot())
}
