package kit

import (
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// LineNumber formats the number of a line, which is unknown while only the end of a file was read.
func LineNumber(o model.Origin) termsafe.Safe {
	if o.Line <= 0 {
		return termsafe.Const("(not counted yet)")
	}
	return termsafe.Int(o.Line)
}
