package tui

import (
	"pawprint/model"
	"pawprint/model/tally"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// titleCount is a count of the books in the title, shown if it is not 0.
type titleCount struct {
	kind   tally.Kind
	role   kit.Role
	weight int // those with the least go first if there is too little space
}

// titleCounts lists the counts behind the events, in their order. Rejects stay longest: they were not read as events.
var titleCounts = []titleCount{
	{tally.Rejects, kit.Reject, 5},
	{tally.Recovered, kit.Partial, 3},
	{tally.Errors, kit.Invalid, 4},
	{tally.Warnings, kit.Muted, 2},
}

// leftOutWeight is the weight of the number of left-out files.
const leftOutWeight = 5

// bookSegments returns the segments of titleCounts, and of what folders, patterns and prefixes left out.
func bookSegments(snap *model.Snapshot) (out []segment) {
	books := snap.Books()
	for _, c := range titleCounts {
		if c.kind.Of(books) > 0 {
			out = append(out, segment{text: kit.CountOf(c.kind, books), role: c.role, weight: c.weight, joined: true})
		}
	}
	if left := snap.LeftOut(); left.Total > 0 {
		words := termsafe.Concat(termsafe.Int(left.Total), termsafe.Const(" left out"))
		out = append(out, segment{text: words, role: kit.Partial, weight: leftOutWeight, joined: true})
	}
	return out
}
