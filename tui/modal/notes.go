package modal

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// mostNotes is how many marked events the list of notes has: it is for going to one of them.
const mostNotes = 500

// NotesMenu opens the list of what was said about marked events: tags and verdicts with their counts, which filter, then the events in
// their order, to go there.
func NotesMenu(disp *kit.Display, marked kit.Marked, snap *model.Snapshot) kit.Wish {
	switch {
	case marked.Len() == 0 && marked.Sought:
		return kit.Wish{Toast: termsafe.Const("no mark was found so far: marks are still being looked for")}
	case marked.Len() == 0:
		return kit.Wish{Toast: disp.Keyed("nothing is marked: {} marks an event, {} adds a note", kit.CmdMark, kit.CmdNote)}
	}
	choices := saidChoices(disp, marked.Rows)
	places := marked.InOrder(snap)
	title := termsafe.Count(int64(len(places)), "marked event", "marked events")
	if len(places) > mostNotes {
		title = termsafe.Concat(termsafe.Const("the first "), termsafe.Int(mostNotes), termsafe.Const(" of "), title)
		places = places[:mostNotes]
	}
	if marked.Sought {
		title = termsafe.Concat(title, termsafe.Const(" found so far: the search goes on"))
	}
	for _, p := range places {
		choices = append(choices, noteChoice(disp, snap, p))
	}
	return kit.Wish{Modal: kit.NewPicker(disp, title, choices)}
}

// saidChoices are the verdicts and the tags with the number of their rows, the most frequent first.
func saidChoices(disp *kit.Display, marked marks.Rows) (out []kit.Choice) {
	verdicts, tags := map[string]int{}, map[string]int{}
	for p := range marked.All() {
		if v := string(p.Mark.Verdict); v != "" {
			verdicts[v]++
		}
		for _, t := range p.Mark.Tags {
			tags[t]++
		}
	}
	for _, of := range []struct {
		name, sign string
		counts     map[string]int
	}{{"verdict", "verdict ", verdicts}, {"tag", "#", tags}} {
		names := slices.SortedFunc(maps.Keys(of.counts), func(a, b string) int {
			return cmp.Or(cmp.Compare(of.counts[b], of.counts[a]), strings.Compare(a, b))
		})
		for _, name := range names[:min(len(names), mostNotes)] {
			only := query.Is(of.name, name)
			out = append(out, kit.Choice{Name: disp.Quoted(of.sign + disp.Masks("", name)), Does: termsafe.Count(int64(of.counts[name]), "event", "events"),
				Also: of.name, Take: func() kit.Wish { return kit.Wish{Only: only} }})
		}
	}
	return out
}

// noteChoice is a marked event with what was said about it.
func noteChoice(disp *kit.Display, snap *model.Snapshot, p marks.Place) kit.Choice {
	e := snap.Event(p.Row)
	what := e.Action
	if e.Reject() {
		what = model.NewText("a line that is not an event")
	}
	name := termsafe.Concat(disp.Time(e.Nanos, false), termsafe.Const(" "), disp.Quoted(disp.Masks("", what.Raw())))
	if e.Flags&model.FlagNoTime != 0 {
		name = termsafe.Concat(termsafe.Const("without a time "), disp.Quoted(disp.Masks("", what.Raw())))
	}
	return kit.Choice{Name: name, Does: disp.SaidOf(p.Mark), Also: "note", Take: func() kit.Wish { return kit.Wish{Show: &p.Row} }}
}
