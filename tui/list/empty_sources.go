package list

import (
	"pawprint/model"
	"pawprint/model/tally"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// namedSources is how many sources the middle of the screen names.
const namedSources = 5

// sourceWords explains why the sources brought no row: what was looked at, why nothing was read, and what to do next.
func sourceWords(disp *kit.Display, snap *model.Snapshot) []termsafe.Safe {
	books, sources := snap.Books(), snap.Sources()
	waits, broken := OnlyWaits(sources), true
	for i := range sources {
		s := &sources[i]
		waits = waits || s.Phase == model.Following
		broken = broken && (s.Listing || s.Phase == model.Broken)
	}
	head, next := termsafe.Const("No events: the log is empty"), termsafe.Const("pawprint -f waits for new events")
	switch {
	case waits:
		head, next = termsafe.Const("Waiting: nothing was read yet"), disp.Keyed("lines are shown as they are written; {} quits", kit.CmdQuit)
	case broken:
		head, next = termsafe.Const("Nothing was read"), disp.Keyed("{} quits: then name a file, a folder, a quoted pattern or an s3:// URL", kit.CmdQuit)
	case books.Lines > 0:
		blank := termsafe.Concat(termsafe.Int(books.Blanks), termsafe.Const(" of them blank"))
		head = termsafe.Concat(termsafe.Const("No events: "), kit.CountOf(tally.Lines, books), termsafe.Const(" read, "), blank)
	}
	out := append([]termsafe.Safe{head}, quietSources(disp, sources)...)
	if left := snap.LeftOut(); left.Total > 0 {
		out = append(out, disp.Own(left.Text()))
	}
	return append(append(out, brokenWords(disp, sources)...), next, disp.Keyed("{} shows the sources", kit.CmdSources))
}

// waiting reports whether a followed source waits for what will be written.
func waiting(s *model.SourceState) bool {
	return s.Phase == model.Following || s.Phase == model.Waiting && !s.Note.Empty()
}

// OnlyWaits reports whether every source waits for what will be written. It is false without sources.
func OnlyWaits(sources []model.SourceState) bool {
	for i := range sources {
		if !waiting(&sources[i]) {
			return false
		}
	}
	return len(sources) > 0
}

// quietSources says what the sources without rows wait for, or in which way they are empty.
func quietSources(disp *kit.Display, sources []model.SourceState) (out []termsafe.Safe) {
	opt, more := termsafe.Options{ASCII: disp.Widther.ASCII, MaxCells: 300}, int64(0)
	for i := range sources {
		s := &sources[i]
		words := quietWords(s)
		switch {
		case words == "":
		case len(out) == namedSources:
			more++
		default:
			out = append(out, termsafe.Clean(disp.Masks("source", s.Name.Raw())+disp.Masks("", words), opt))
		}
	}
	if more > 0 {
		out = append(out, termsafe.Concat(termsafe.Const("and "), termsafe.Int(more), termsafe.Const(" more")))
	}
	return out
}

// quietWords continues the name of a source that has no row: ": waiting: the file does not exist", " is empty". It returns an
// empty string for a broken source.
func quietWords(s *model.SourceState) string {
	switch {
	case waiting(s) && s.Books.Lines == 0:
		return ": " + tally.Waiting(s)
	case tally.Emptiness(s) != "":
		return " " + tally.Emptiness(s)
	}
	return ""
}
