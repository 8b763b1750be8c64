package tui

import (
	"time"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/model/tally"
	"pawprint/tui/kit"
	"pawprint/tui/list"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// segment is a piece of the title line. If there is too little space, those with the lowest weight are dropped first.
type segment struct {
	text   termsafe.Safe
	role   kit.Role
	weight int
	right  bool // belongs to the right side
	joined bool // a dot instead of a gap stands before it
}

// titleLine shows the name, the sources, the books, and what the sources are doing.
type titleLine struct{ display *kit.Display }

// titleState is what the title line shows.
type titleState struct {
	snap     *model.Snapshot
	shown    int
	filtered bool
	partly   bool             // more rows may be shown without more events
	stopped  bool             // by the user
	alerts   int              // that the user has not seen
	match    model.Total      // how many rows of the filter there are at a database, if that is known
	mixed    bool             // rows of several questions to a database were loaded
	sel      *model.Selection // the rows of the list; nil before the first selection
}

func (t *titleLine) draw(f *paint.Frame, r kit.Rect, s titleState) {
	segments := append(t.left(s), t.right(s)...)
	for t.width(segments) > r.W-2 && len(segments) > 1 {
		segments = dropLightest(segments)
	}
	disp, l := t.display, t.display.Line()
	l.Fill(disp.Style(kit.Plain), 1)
	t.add(l, segments, false)
	right := disp.Line()
	t.add(right, segments, true)
	l.Fill(disp.Style(kit.Plain), r.W-1-right.Width()-l.Width())
	l.AddLine(right)
	f.Put(r.X, r.Y, r.W, l)
}

// add draws one side.
func (t *titleLine) add(l *paint.Line, segments []segment, right bool) {
	disp, first := t.display, true
	for _, s := range segments {
		if s.right != right {
			continue
		}
		switch {
		case first:
		case s.joined:
			l.Add(disp.Style(kit.Muted), termsafe.Concat(termsafe.Repeat(" ", 1), disp.Glyphs.Dot, termsafe.Repeat(" ", 1)))
		default:
			l.Fill(disp.Style(kit.Plain), kit.Gap)
		}
		first = false
		l.Add(disp.Style(s.role), s.text)
	}
}

func (t *titleLine) width(segments []segment) int {
	n := 0
	for _, s := range segments {
		n += t.display.Widther.Width(s.text) + kit.Gap + 1
	}
	return n
}

func dropLightest(segments []segment) []segment {
	least := 0
	for i, s := range segments {
		if s.weight < segments[least].weight {
			least = i
		}
	}
	return append(segments[:least], segments[least+1:]...)
}

func (t *titleLine) left(s titleState) []segment {
	books := s.snap.Books()
	out := []segment{
		{text: termsafe.Const("pawprint"), role: kit.Accent},
		{text: t.sources(s.snap.Sources()), role: kit.Strong, weight: 6},
		{text: kit.CountOf(tally.Events, books), role: kit.Muted, weight: 7},
	}
	if s.snap.OnlyNewest() {
		events := &out[len(out)-1]
		events.text, events.role = t.loaded(s), kit.Partial
	}
	if s.filtered {
		shown := termsafe.Concat(termsafe.Int(int64(s.shown)), termsafe.Const(" shown"))
		if s.partly {
			shown = termsafe.Concat(shown, termsafe.Const(" so far"))
		}
		out = append(out, segment{text: shown, role: kit.Muted, weight: 6, joined: true})
	}
	if words := t.history(s); !words.Empty() {
		out = append(out, segment{text: words, role: kit.Muted, weight: 4, joined: true})
	}
	return append(out, bookSegments(s.snap)...)
}

// sourceCells is the maximum width of the names of the sources.
const sourceCells = 40

// sources names the first source, without its folders, and counts the others.
func (t *titleLine) sources(sources []model.SourceState) termsafe.Safe {
	if len(sources) == 0 {
		return termsafe.Const("no source yet")
	}
	disp := t.display
	base := kit.BaseName(disp.Masks("source", sources[0].Name.Raw()))
	name := disp.Widther.Truncate(termsafe.Clean(base, disp.CleanOptions(sourceCells)), sourceCells)
	if n := wholes(sources); n > 1 {
		name = termsafe.Concat(name, termsafe.Const(" +"), termsafe.Int(int64(n-1)))
	}
	return name
}

// wholes counts the sources that are no part of another one.
func wholes(sources []model.SourceState) (n int) {
	for i := range sources {
		if sources[i].Of.Empty() {
			n++
		}
	}
	return n
}

// loaded says how many rows are loaded of a database that has more, and how many match there, if that is known.
func (t *titleLine) loaded(s titleState) termsafe.Safe {
	words := termsafe.Concat(termsafe.Int(int64(s.snap.Rows())), termsafe.Const(" loaded"))
	if !s.mixed {
		words = termsafe.Concat(termsafe.Const("newest "), words)
	}
	if match := matchWords(s.match); !match.Empty() {
		words = termsafe.Concat(match, termsafe.Const(" "), t.display.Glyphs.Dot, termsafe.Const(" "), words)
	}
	return words
}

func (t *titleLine) right(s titleState) []segment {
	var out []segment
	if s.alerts > 0 {
		words := termsafe.Concat(kit.AlertCount(s.alerts, t.display.Glyphs), termsafe.Const(": "), t.display.KeyNamed(alertCommand))
		out = append(out, segment{text: words, role: kit.Failed, weight: 9, right: true})
	}
	out = append(out, t.state(s.snap, s.stopped)...)
	if t.display.Redact {
		out = append(out, segment{text: termsafe.Const("redacted"), role: kit.Partial, weight: 9, right: true})
	}
	return append(out, segment{text: t.display.ZoneName(), role: kit.Muted, weight: 1, right: true})
}

// state returns what the sources are doing, errors first.
func (t *titleLine) state(snap *model.Snapshot, stopped bool) []segment {
	sources := snap.Sources()
	var count [model.Cancelled + 1]int
	var behind int64
	for i := range sources {
		if sources[i].Of.Empty() {
			count[sources[i].Phase]++
			behind += sources[i].Behind()
		}
	}
	var out []segment
	add := func(text termsafe.Safe, r kit.Role, weight int, joined bool) {
		out = append(out, segment{text: text, role: r, weight: weight, right: true, joined: joined})
	}
	if n := count[model.Broken]; n > 0 {
		broken := termsafe.Const("broken")
		if all := wholes(sources); all > 1 {
			broken = termsafe.Concat(termsafe.Int(int64(n)), termsafe.Const(" of "), termsafe.Int(int64(all)), termsafe.Const(" broken"))
		}
		add(termsafe.Concat(t.display.Glyphs.Failed, termsafe.Const(" "), broken), kit.Failed, 8, false)
		add(termsafe.Const("B says why"), kit.Muted, 2, true)
	}
	if stopped {
		add(termsafe.Const("stopped"), kit.Partial, 8, false)
	} else if count[model.Cancelled] > 0 {
		add(termsafe.Const("cancelled"), kit.Partial, 8, false)
	}
	if count[model.Waiting] > 0 && list.OnlyWaits(sources) && !stopped {
		add(termsafe.Const("waiting"), kit.Live, 8, false)
	} else if count[model.Loading]+count[model.Waiting] > 0 && !stopped {
		add(t.progress(snap), kit.Accent, 8, false)
	} else if count[model.Following] > 0 {
		add(termsafe.Concat(t.display.Glyphs.Live, termsafe.Const(" live")), kit.Live, 8, false)
		add(termsafe.Concat(termsafe.Int(behind), termsafe.Const(" behind")), kit.Muted, 1, true)
	}
	return out
}

// progress returns the share of the bytes read, or their number if the total is unknown.
func (t *titleLine) progress(snap *model.Snapshot) termsafe.Safe {
	read, size := snap.Progress()
	if size <= 0 {
		return termsafe.Concat(termsafe.Const("loading "), termsafe.Bytes(read))
	}
	return termsafe.Concat(termsafe.Const("loading "), t.display.Progress(read, size))
}

// windowTitle returns the window's title, named after the first source.
func windowTitle(sources []model.SourceState, m kit.Masking) string {
	name := termsafe.Const("pawprint")
	if len(sources) > 0 {
		name = termsafe.Concat(name, termsafe.Const(" "), termsafe.Title(kit.BaseName(m.Text("source", sources[0].Name.Raw()))))
	}
	return name.String()
}

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

// matchWords says how many rows match at a database: a number, or between which numbers it is; empty if that is not known.
func matchWords(t model.Total) termsafe.Safe {
	least, most := termsafe.Short(t.Least), termsafe.Short(t.Most)
	if least.String() == most.String() && t.Least != t.Most {
		least, most = termsafe.Int(t.Least), termsafe.Int(t.Most)
	}
	switch {
	case !t.Known():
		return termsafe.Safe{}
	case t.Least == t.Most:
		return termsafe.Concat(most, termsafe.Const(" match"))
	}
	return termsafe.Concat(least, termsafe.Const(" to "), most, termsafe.Const(" match"))
}

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

// silence says what a silence is, if the filter asks for silences.
func (t *titleLine) silence(s titleState) termsafe.Safe {
	if known := s.sel.Snapshot().KnownSilences(); known != nil && query.AsksForSilences(s.sel.Matcher()) {
		return termsafe.Concat(termsafe.Const("silence: over "), kit.Length(known.Least()))
	}
	return termsafe.Safe{}
}

// history says in a few words what first-seen rests on, if the filter asks for it, and that there is a baseline.
func (t *titleLine) history(s titleState) termsafe.Safe {
	if s.sel == nil {
		return termsafe.Safe{}
	}
	b, asks := s.snap.Background(), query.AsksForFirsts(s.sel.Matcher())
	day := func(nanos int64) termsafe.Safe {
		return termsafe.Time(time.Unix(0, nanos).In(t.display.Zone), time.DateOnly)
	}
	switch {
	case b.Baseline != nil:
		events := termsafe.Count(b.Baseline.Books.Events, "event", "events")
		words := termsafe.Concat(termsafe.Const("baseline: "), events, termsafe.Const(" of "), t.display.Own(b.Span))
		if !b.Baseline.Err.Empty() {
			words = termsafe.Concat(words, termsafe.Const(", incomplete"))
		}
		return words
	case b.Span != "":
		return termsafe.Const("reading the baseline")
	case !asks:
		return t.silence(s)
	case b.Cut != 0:
		return termsafe.Concat(termsafe.Const("nothing before "), day(b.Cut))
	}
	if firsts := s.sel.Snapshot().KnownFirsts(); firsts != nil && firsts.History().Timed {
		return termsafe.Concat(termsafe.Const("log begins "), day(firsts.History().Begin))
	}
	return termsafe.Safe{}
}
