package list

import (
	"net/netip"

	"pawprint/model"
	"pawprint/model/ipaddr"
)

// firstAddress returns the first address in a text in its usual form, or the text itself if there is none.
func firstAddress(t model.Text) model.Text {
	first := t
	ipaddr.Each([]byte(t.Raw()), func(a netip.Addr) bool {
		first = model.NewText(a.String())
		return true
	})
	return first
}
