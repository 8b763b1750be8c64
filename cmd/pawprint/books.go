package main

import (
	"fmt"
	"strings"

	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/tally"
	"pawprint/tui/termsafe"
)

// tellBooks makes standard error end with what was read of log, and what was not; see accounts.
func (s *settings) tellBooks(log *model.Log) {
	s.std.last = func() []string {
		snap := log.Snapshot()
		return accounts(&snap, s.sourceName, !s.follow)
	}
}

// printLast prints what standard error ends with.
func (std *streams) printLast() {
	if std.last == nil {
		return
	}
	for _, line := range std.last() {
		fmt.Fprintln(std.err, "pawprint: "+termsafe.Clean(line, termsafe.Options{}).String())
	}
}

// accounts returns the last lines of standard error: which sources were read once though they have several names, which were empty, that
// nothing was an event, and the books if anything was rejected or left out. There are none if everything was read. ended says that the
// sources were not followed: otherwise an empty one may only be waiting.
func accounts(snap *model.Snapshot, name func(*model.SourceState) string, ended bool) (lines []string) {
	lines = readOnce(snap.Sources(), name)
	if line := emptySources(snap.Sources(), name); ended && line != "" {
		lines = append(lines, line)
	}
	if b := snap.Background(); b.Baseline != nil {
		lines = append(lines, fmt.Sprintf("baseline of %s, read only for first-seen: %s", b.Span, tally.Sum(b.Baseline.Books)))
	}
	if books := snap.Books(); ended && books.Events == 0 && books.Rejects > 0 {
		lines = append(lines, "no line is an event: is this an audit log of Panther? pawprint check lists the reasons")
	}
	if line := booksLine(snap); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// booksLine returns the books of a log if something in it was rejected or not read, else an empty string. A log that could not be read at
// all has no books: its errors say so.
func booksLine(snap *model.Snapshot) string {
	books, parts := snap.Books(), []string{}
	left := snap.LeftOut()
	if words := leftOutWords(&left); words != "" {
		parts = append(parts, words)
	}
	if words := unreadSources(snap.Sources()); words != "" {
		parts = append(parts, words)
	}
	if books.Rejects == 0 && (len(parts) == 0 || books.Lines == 0 && left.Total == 0) {
		return ""
	}
	return strings.Join(append([]string{tally.Sum(books)}, parts...), "; ")
}

// listedReasons is how many reasons a line lists; the others share one number.
const listedReasons = 4

// leftOutWords says how much was left out of folders, patterns and prefixes, and why: "3 left out (hidden 2, .txt 1)".
func leftOutWords(left *model.LeftOut) string {
	if left.Total == 0 {
		return ""
	}
	short := left.Clone()
	if rest := short.Reasons[min(len(short.Reasons), listedReasons):]; len(rest) > 1 {
		short.Reasons = short.Reasons[:listedReasons]
		other := model.LeftOutReason{Reason: "other"}
		for _, r := range rest {
			other.Count += r.Count
		}
		short.Reasons = append(short.Reasons, other)
	}
	return short.Text()
}

// unreadSources counts the sources that were not read as a whole: "1 of 3 sources damaged, 1 broken".
func unreadSources(sources []model.SourceState) string {
	var all, broken, damaged, stopped int64
	for i := range sources {
		s := &sources[i]
		if s.Listing {
			continue
		}
		all++
		switch {
		case s.Damaged:
			damaged++
		case s.Phase == model.Broken:
			broken++
		case s.Phase == model.Cancelled:
			stopped++
		}
	}
	var parts []string
	for _, c := range []struct {
		n    int64
		word string
	}{{damaged, "damaged"}, {broken, "broken"}, {stopped, "stopped before its end"}} {
		switch {
		case c.n == 0:
		case all == 1:
			return "the source is " + c.word
		case parts == nil:
			parts = append(parts, fmt.Sprintf("%s of %s %s", amount.Count(c.n), amount.Of(all, "source", "sources"), c.word))
		default:
			parts = append(parts, amount.Count(c.n)+" "+c.word)
		}
	}
	return strings.Join(parts, ", ")
}

// namedSources is how many sources a line names; it counts the others.
const namedSources = 3

// emptySources says which sources had nothing in them: "a.jsonl is empty", or "12 of 40 sources have nothing in them: a.jsonl, b.jsonl, …".
func emptySources(sources []model.SourceState, name func(*model.SourceState) string) string {
	var found []*model.SourceState
	all := 0
	for i := range sources {
		if !sources[i].Listing {
			all++
		}
		if tally.Emptiness(&sources[i]) != "" {
			found = append(found, &sources[i])
		}
	}
	switch len(found) {
	case 0:
		return ""
	case 1:
		return name(found[0]) + " " + tally.Emptiness(found[0])
	}
	var names []string
	for _, s := range found[:min(len(found), namedSources)] {
		names = append(names, name(s)+" "+tally.Emptiness(s))
	}
	if more := len(found) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %s more", amount.Count(int64(more))))
	}
	return fmt.Sprintf("%s of %s have nothing in them: %s", amount.Count(int64(len(found))), amount.Of(int64(all), "source", "sources"), strings.Join(names, ", "))
}

// sourceName returns the name of a source, masked with --redact.
func (s *settings) sourceName(source *model.SourceState) string {
	if mask := s.mask(); mask != nil {
		return mask.Text("source", source.Name.Raw())
	}
	return source.Name.Raw()
}
