package seal

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/amount"
)

// Event is the place of an event in the sources of a manifest, and the hash of its bytes.
type Event struct {
	Number    int    `json:"number,omitempty"` // in the report, from 1
	Source    int    `json:"source"`           // index in sources, from 0
	Line      int64  `json:"line"`
	Offset    int64  `json:"offset"` // unpacked
	Length    int64  `json:"length"`
	Sum       digest `json:"sha256"`
	Converted bool   `json:"converted,omitempty"` // its bytes do not stand in the source as they are, as those of a table do not
}

// Unchecked is an event of a report whose place the manifest does not check, such as one of a source that is not sealed.
type Unchecked struct {
	Number int    `json:"number"` // in the report, from 1
	Name   string `json:"source"`
	Line   int64  `json:"line"`
	Offset int64  `json:"offset"` // unpacked
	Length int64  `json:"length"`
	Sum    digest `json:"sha256,omitzero"` // zero if it could not be read
	Why    string `json:"why"`
}

// Uncheck returns the event, of the named source, as one that is not checked.
func (e *Event) Uncheck(name, why string) Unchecked {
	return Unchecked{e.Number, name, e.Line, e.Offset, e.Length, e.Sum, why}
}

// NewEvent returns the place of an event with these bytes. converted says that they do not stand in the source as they are.
func NewEvent(source int, o model.Origin, text []byte, converted bool) Event {
	return Event{Source: source, Line: o.Line, Offset: o.Offset, Length: int64(len(text)), Sum: digestOf(text), Converted: converted}
}

// SHA256 returns the hash of the event's bytes.
func (e *Event) SHA256() string { return e.Sum.String() }

func (e *Event) check(sources []Entry) error {
	if e.Source < 0 || e.Source >= len(sources) || e.Offset < 0 || e.Length < 0 || e.Sum == (digest{}) {
		return errors.New("its place is not valid")
	}
	return nil
}

// lookout looks for events in the bytes of a source: at their places, and as whole lines anywhere.
type lookout struct {
	entry  *Entry
	events []*Event // in the order of their places
	at     int64    // bytes seen
	next   int      // the first of events that has not begun
	begun  []expected
	there  map[place]bool
	lines  map[digest]int64 // where lines with the hash of an event stand; 0 for not seen
}

// expected is an event whose bytes are arriving.
type expected struct {
	event *Event
	hash  hash.Hash
	left  int64
}

func newLookout(m *Manifest, e *Entry) *lookout {
	l := &lookout{entry: e, there: map[place]bool{}, lines: map[digest]int64{}}
	for i := range m.Events {
		if event := &m.Events[i]; &m.Sources[event.Source] == e {
			l.events = append(l.events, event)
			l.lines[event.Sum] = 0
		}
	}
	slices.SortStableFunc(l.events, func(a, b *Event) int { return int(min(max(a.Offset-b.Offset, -1), 1)) })
	return l
}

// line sees the hash of a line.
func (l *lookout) line(line digest, number int64) {
	if at, wanted := l.lines[line]; wanted && at == 0 {
		l.lines[line] = number
	}
}

// write sees the next bytes. A nil lookout looks for nothing.
func (l *lookout) write(p []byte) {
	if l == nil {
		return
	}
	end := l.at + int64(len(p))
	for l.next < len(l.events) && l.events[l.next].Offset < end {
		l.begun = append(l.begun, expected{l.events[l.next], sha256.New(), l.events[l.next].Length})
		l.next++
	}
	for i := range l.begun {
		w := &l.begun[i]
		from := max(w.event.Offset-l.at, 0)
		n := min(w.left, int64(len(p))-from)
		w.hash.Write(p[from : from+n])
		if w.left -= n; w.left == 0 {
			l.there[w.event.place()] = digestFrom(w.hash) == w.event.Sum
		}
	}
	l.begun = slices.DeleteFunc(l.begun, func(w expected) bool { return w.left == 0 })
	l.at = end
}

// EventResults says of each event of the manifest whether it is where it was, and then which events of the report it does not check.
func (w *Witness) EventResults() (all []Result) {
	m := w.match()
	for i := range w.Against.Events {
		e := &w.Against.Events[i]
		entry := &w.Against.Sources[e.Source]
		number := e.Number
		if number == 0 {
			number = i + 1
		}
		r := Result{Name: eventName(number, entry.SourceName(), e.Line, e.Offset), raw: entry.SourceName(), sealed: entry,
			event: &eventOutcome{Number: number, Source: entry.SourceName(), Line: e.Line, Offset: e.Offset, Length: e.Length, Sum: e.Sum}}
		words := ""
		r.Verdict, words, r.event.LineNow = e.judge(entry, m.paired[entry])
		r.Words = []string{words}
		all = append(all, r)
	}
	for _, u := range w.Against.Unchecked {
		all = append(all, Result{Verdict: NotChecked, Name: eventName(u.Number, u.Name, u.Line, u.Offset), Words: []string{"cannot be checked: " + printable(u.Why)}, raw: u.Name,
			event: &eventOutcome{Number: u.Number, Source: u.Name, Line: u.Line, Offset: u.Offset, Length: u.Length, Sum: u.Sum}})
	}
	return all
}

func eventName(number int, source string, line, offset int64) string {
	return fmt.Sprintf("event %d of %s: line %s, byte %d", number, printable(source), amount.Count(line), offset)
}

// judge says what became of an event of entry, which was read as s, or not at all. line is where its bytes stand if not at their place, 0
// for unknown.
func (e *Event) judge(entry *Entry, s *seen) (verdict Verdict, words string, line int64) {
	switch {
	case s == nil:
		return Missing, "its source was not read", 0
	case sameContent(entry, s), sameLines(entry, s):
		return Agrees, "agrees", 0
	case e.Converted:
		return Differs, "cannot be checked: its source differs, and stores the event in another form", 0
	case s.lookout == nil || s.lookout.entry != entry:
		return Differs, "cannot be checked: its source differs and has another name; run verify with that source alone", 0
	case s.lookout.there[e.place()]:
		return Agrees, "agrees", 0
	}
	if line := s.lookout.lines[e.Sum]; line > 0 {
		return Differs, "its bytes are not at that place but in line " + amount.Count(line), line
	}
	return Differs, "its bytes are not at that place", 0
}

// place is where bytes are expected, and which.
type place struct {
	offset, length int64
	sum            digest
}

func (e *Event) place() place { return place{e.Offset, e.Length, e.Sum} }

// Begin and End stand around the manifest of a report, each on a line of its own.
const (
	Begin = "-----BEGIN PAWPRINT REPORT-----"
	End   = "-----END PAWPRINT REPORT-----"
)

// machinePart returns the manifest in what r reads: all of it, or the last part of a report. Of a report, no more than that is kept in memory.
func machinePart(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if head, _ := in.Peek(1); len(head) == 0 || strings.ContainsAny(string(head), "{ \n\r\t") {
		return io.LimitReader(in, mostManifest), nil
	}
	var part partReader
	for start := true; ; {
		piece, err := in.ReadSlice('\n')
		if long := part.take(piece, start); long != nil {
			return nil, long
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			start = false
		case errors.Is(err, io.EOF):
			return part.manifest()
		case err != nil:
			return nil, err
		default:
			start = true
		}
	}
}

// partReader finds the last part of a report: texts of the log stand before it, and none of them begins a line.
type partReader struct {
	text         []byte
	begun, ended bool
}

// take takes a piece of a line; start says that the line begins with it.
func (p *partReader) take(piece []byte, start bool) error {
	switch {
	case start && string(bytes.TrimSuffix(piece, []byte("\n"))) == Begin:
		p.text, p.begun, p.ended = p.text[:0], true, false
	case start && p.begun && bytes.HasPrefix(piece, []byte(End)):
		p.ended = true
	case p.begun && !p.ended:
		if p.text = append(p.text, piece...); len(p.text) > mostManifest {
			return errLong
		}
	}
	return nil
}

// manifest returns the part, once all was taken.
func (p *partReader) manifest() (io.Reader, error) {
	switch {
	case !p.begun:
		return nil, errKind
	case !p.ended:
		return nil, errCut
	}
	return bytes.NewReader(p.text), nil
}

var (
	errCut  = errors.New("it is cut off: take another copy of it")
	errLong = errors.New("its manifest is larger than this program reads")
)
