package tui

import (
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// unreadWords returns how many rows could not be searched; empty for none.
func unreadWords(u *query.Unread, disp *kit.Display) termsafe.Safe {
	n, err := u.Rows()
	if n == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Count(n, "row", "rows"), termsafe.Const(" not searched: "), disp.Quoted(kit.ReasonFirst(err)))
}
