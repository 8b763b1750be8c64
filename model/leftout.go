package model

import (
	"fmt"
	"slices"
	"strings"

	"pawprint/model/amount"
)

// maxReasons bounds how many reasons are counted separately.
const maxReasons = 8

// LeftOut counts what lies in a folder or below a prefix, or matches a pattern, and was not read, by the reason. The zero value is
// none. It is for one goroutine, except that any may read one that a SourceState holds: give that a Clone.
type LeftOut struct {
	From    Text // the folder, pattern or prefix; empty if that is the source itself, or if it is a sum
	Total   int64
	Reasons []LeftOutReason // the most frequent first
}

// LeftOutReason is how often something was left out for a reason. The reason is in fixed words, such as "hidden", or the ending of a
// name, such as ".parquet": letters and digits behind a dot.
type LeftOutReason struct {
	Reason string
	Count  int64
}

// Add counts n more of a reason. Reasons beyond the first few are counted together, as "others".
func (l *LeftOut) Add(reason string, n int64) {
	if n == 0 {
		return
	}
	at := l.index(reason)
	if at < 0 && len(l.Reasons) >= maxReasons {
		reason = "others"
		at = l.index(reason)
	}
	if at < 0 {
		at = len(l.Reasons)
		l.Reasons = append(l.Reasons, LeftOutReason{Reason: reason})
	}
	l.Total += n
	l.Reasons[at].Count += n
	for ; at > 0 && before(l.Reasons[at], l.Reasons[at-1]); at-- {
		l.Reasons[at], l.Reasons[at-1] = l.Reasons[at-1], l.Reasons[at]
	}
}

// before orders reasons by their counts, then by name.
func before(a, b LeftOutReason) bool {
	return a.Count > b.Count || a.Count == b.Count && a.Reason < b.Reason
}

func (l *LeftOut) index(reason string) int {
	return slices.IndexFunc(l.Reasons, func(r LeftOutReason) bool { return r.Reason == reason })
}

// Count returns how much was left out for a reason.
func (l *LeftOut) Count(reason string) int64 {
	if at := l.index(reason); at >= 0 {
		return l.Reasons[at].Count
	}
	return 0
}

// Clone returns a copy that does not change with l.
func (l *LeftOut) Clone() LeftOut { return LeftOut{l.From, l.Total, slices.Clone(l.Reasons)} }

// Words lists the reasons: "hidden 3, .parquet 1". It is empty if nothing was left out.
func (l *LeftOut) Words() string {
	words := make([]string, len(l.Reasons))
	for i, r := range l.Reasons {
		words[i] = fmt.Sprintf("%s %s", r.Reason, amount.Count(r.Count))
	}
	return strings.Join(words, ", ")
}

// Text says how much was left out of what, and why: "3 left out of logs (hidden 2, .txt 1)". It is empty if nothing was, and quotes
// From.
func (l *LeftOut) Text() string {
	switch {
	case l.Total == 0:
		return ""
	case l.From.Empty():
		return fmt.Sprintf("%s left out (%s)", amount.Count(l.Total), l.Words())
	}
	return fmt.Sprintf("%s left out of %s (%s)", amount.Count(l.Total), l.From.Raw(), l.Words())
}

// Remarks returns the note, what is lacking, by which other names the source was reached, and what was left out. It may quote a path.
func (s *SourceState) Remarks() Text {
	parts := []string{s.Note.Raw(), s.Lacking.Raw(), s.Again.Raw(), s.LeftOut.Text()}
	return NewText(strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "; "))
}

// LeftOut returns what was left out of all sources.
func (s *Snapshot) LeftOut() LeftOut {
	var sum LeftOut
	sources := s.Sources()
	for i := range sources { // without copying them: there can be very many
		for _, r := range sources[i].LeftOut.Reasons {
			sum.Add(r.Reason, r.Count)
		}
	}
	return sum
}

// InParts reports whether a source is a part of another one, so that rows come when the user asks for them, old ones too.
func (s *Snapshot) InParts() bool {
	sources := s.Sources()
	for i := range sources {
		if !sources[i].Of.Empty() {
			return true
		}
	}
	return false
}

// OnlyNewest reports whether a source was only asked for its newest rows, so that counts of the log are not those of the source.
func (s *Snapshot) OnlyNewest() bool {
	sources := s.Sources()
	for i := range sources {
		if sources[i].Newest {
			return true
		}
	}
	return false
}
