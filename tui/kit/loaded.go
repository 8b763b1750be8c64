package kit

import "pawprint/tui/termsafe"

// OfAll says how many there are of all rows, and how many of these are loaded.
func (d *Display) OfAll(all, loaded int) termsafe.Safe {
	return termsafe.Concat(termsafe.Int(int64(all)), termsafe.Const(" "), d.Glyphs.Dot, termsafe.Const(" "), termsafe.Int(int64(loaded)), termsafe.Const(" loaded"))
}

// OverLoaded says that a figure is one of the rows that are loaded alone, in words from the longest to the shortest. It is said wherever a
// database may have more rows of the filter: see Scene.Part.
func OverLoaded(rows int) []termsafe.Safe {
	n, loaded := termsafe.Int(int64(rows)), termsafe.Const(" loaded")
	return []termsafe.Safe{
		termsafe.Concat(termsafe.Const("over the "), n, loaded),
		termsafe.Concat(termsafe.Const("over "), n, loaded),
		termsafe.Concat(termsafe.Const("over "), termsafe.Short(int64(rows)), loaded),
	}
}
