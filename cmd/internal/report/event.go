package report

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pawprint/cmd/internal/seal"
	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/line"
	"pawprint/tui/snippet"
	"pawprint/tui/termsafe"
)

// event is an event of the report. Its texts are as in the log, or masked.
type event struct {
	facts    []fact
	note     Note
	text     string // the line
	time     time.Time
	timed    bool
	failed   bool
	sum      string // sha256 of its bytes as they are; empty if they could not be read
	unread   string // why
	commands []fact
}

// fact is a text with its name, which is ours.
type fact struct{ name, text string }

// each reads the events of the report, one after the other, and notes in the manifest where each stands, or why it is not checked. It stops
// with the error of visit or ctx.
func (c *Case) each(ctx context.Context, visit func(e *event, k int) error) error {
	c.manifest.Events, c.manifest.Unchecked = nil, nil
	if c.mask != nil {
		c.mask.Masked = c.prepared
	}
	reader := newReader(c)
	for k := range c.sel.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		e := reader.read(c.sel.At(k), k+1)
		if err := visit(&e, k); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
	}
	return nil
}

// shownFields are the fields of an event that a report shows.
var shownFields = []string{"result", "action", "actor", "email", "ip", "ua", "target", "error"}

// reader reads events for a report.
type reader struct {
	c      *Case
	snap   *model.Snapshot
	raw    *model.RawReader
	fields []*field.Reader
}

func newReader(c *Case) *reader {
	snap := c.sel.Snapshot()
	r := &reader{c: c, snap: snap, raw: model.NewRawReader(snap)}
	for _, name := range shownFields {
		f, err := field.Resolve(name)
		if err != nil {
			panic("report: " + err.Error())
		}
		r.fields = append(r.fields, field.NewReader(f))
	}
	return r
}

// read returns an event of the report, the numberth, and adds its place to the manifest.
func (r *reader) read(row model.Row, number int) event {
	c := r.c
	e := r.snap.Event(row)
	source := r.snap.Sources()[e.Origin.Source]
	out := event{timed: e.Flags&model.FlagNoTime == 0, time: e.Time().In(c.Zone), failed: e.Result == model.Failed || e.Result == model.PartiallyFailed}
	if c.Note != nil {
		out.note = c.Note(row)
		out.note.Text = c.masked("", out.note.Text)
	}
	text, err := r.raw.Line(row)
	text = bytes.Clone(text)
	r.describe(&out, &e, text)
	if why, reject := r.snap.WhyReject(row); reject {
		out.facts = append(out.facts, fact{"no event", why})
	}
	out.facts = append(out.facts, fact{"source", c.masked("source", source.Name.Raw())}, fact{"line", decimal(e.Origin.Line)},
		fact{"offset", decimal(e.Origin.Offset)}, fact{"length", decimal(int64(len(text)))})
	if err != nil {
		out.unread = c.masked("", err.Error())
		r.uncheck(&source, seal.Event{Number: number, Line: e.Origin.Line, Offset: e.Origin.Offset}, "it cannot be read: "+out.unread)
		return out
	}
	converted := convertedForm(&e, source.Form, text)
	place := seal.NewEvent(c.index[e.Origin.Source], e.Origin, text, converted)
	place.Number, out.sum = number, place.SHA256()
	if r.enter(&out, e.Origin.Source, place, text) {
		source.Place = model.NewText(copyName)
	}
	out.commands = r.commands(row, &e, &source, text, converted)
	return out
}

// copyName is how commands name a copy of what was read, where that cannot be read again.
const copyName = "COPY"

// enter notes in the manifest where an event stands, or why it is not checked. copied says that no source holds the event any more, so that
// commands read a copy.
func (r *reader) enter(out *event, id model.SourceID, place seal.Event, text []byte) (copied bool) {
	c, source, why := r.c, &r.snap.Sources()[id], ""
	if place.Source < 0 {
		why = "its source is not sealed: " + c.unsealed[id]
	}
	if copied = source.Place.Empty(); copied && answered(source) {
		copied = false // there is no file to copy
	} else if c.Stands != nil && !copied {
		if err := c.Stands(source, place.Offset, text); err != nil {
			copied, why = true, "its source no longer holds it at this place: "+c.masked("", err.Error())
		}
	}
	if why == "" {
		c.manifest.Events = append(c.manifest.Events, place)
	} else {
		out.facts = append(out.facts, fact{"not checked", why})
		r.uncheck(source, place, why)
	}
	if copied {
		out.facts = append(out.facts, fact{"copy", copyWords})
	}
	return copied
}

// answered reports whether a source is a server's answer.
func answered(source *model.SourceState) bool {
	return source.Place.Empty() && strings.Contains(source.Name.Raw(), "://")
}

// uncheck notes in the manifest that it does not check an event.
func (r *reader) uncheck(source *model.SourceState, place seal.Event, why string) {
	r.c.manifest.Unchecked = append(r.c.manifest.Unchecked, place.Uncheck(r.c.masked("source", source.Name.Raw()), why))
}

// describe adds the shown fields and the line of an event.
func (r *reader) describe(out *event, e *model.Event, text []byte) {
	shown, mask := text, (func(string) string)(nil)
	if m := r.c.mask; m != nil {
		shown = bytes.Clone(m.Line(text))
		mask = func(text string) string { return m.Text("", text) }
	}
	out.text = cut(shown)
	row := field.Row{Snap: r.snap, Event: *e, Line: shown, Zone: r.c.Zone, Mask: mask}
	for i, f := range r.fields {
		v := f.Value(&row)
		value := v.Text
		if v.JSON != nil {
			value = string(v.JSON)
		}
		if !v.Absent && value != "" {
			out.facts = append(out.facts, fact{shownFields[i], value})
		}
	}
}

// mostText is how many bytes of a line a report shows: it is for reading, and its commands print the rest.
const mostText = 32 << 10

// cut returns the beginning of a line that is too long, and says how much of it is missing.
func cut(line []byte) string {
	if len(line) <= mostText {
		return string(line)
	}
	n := mostText
	for n > 0 && !utf8.RuneStart(line[n]) {
		n--
	}
	return fmt.Sprintf("%s... and %d more bytes", line[:n], len(line)-n)
}

// convertedForm reports whether the bytes of an event do not stand in its source as they are.
func convertedForm(e *model.Event, form string, text []byte) bool {
	if e.Flags&model.FlagQuoted != 0 || strings.Contains(form, "CSV") || strings.Contains(form, "TSV") {
		return true
	}
	lines := form == "" || strings.HasPrefix(form, "JSON lines") || strings.HasPrefix(form, "gzip") || strings.HasPrefix(form, "zstd")
	return !lines && bytes.IndexByte(text, '\t') >= 0 // line ends become tabs
}

// commands returns the commands by which a second person finds an event. Those that would tell a secret are left out.
func (r *reader) commands(row model.Row, e *model.Event, source *model.SourceState, text []byte, converted bool) (all []fact) {
	s := snippet.Row{Origin: e.Origin, Source: source, Line: string(text), Quoted: e.Flags&model.FlagQuoted != 0, Converted: converted,
		TooLong: slices.ContainsFunc(r.snap.Problems(row), func(p model.Problem) bool { return p.Code == model.LineTooLong })}
	if !e.Reject() {
		s.Event, _ = line.Parse(model.NewText(string(text))) // without fields, if it cannot be parsed
		if s.Event != nil {
			s.RowID = snippet.RowID(s.Event)
		}
	}
	if r.c.masked("", s.RowID) != s.RowID {
		s.RowID = ""
	}
	add := func(name, command string, ok bool) {
		if ok && r.c.masked("", command) == command {
			all = append(all, fact{name, command})
		}
	}
	command, err := s.Sum(r.c.Program)
	add("its sha256", command, err == nil)
	command, ok := s.Sed()
	add("its line", command, ok)
	if !e.Reject() {
		command, err = s.JQ(r.c.Program)
		add("its event", command, err == nil)
	}
	command, err = s.Pawprint(r.c.Program)
	add("with pawprint", command, err == nil)
	command, err = s.SQL()
	add("in the data lake", command, err == nil && answered(source))
	return all
}

func decimal(n int64) string { return fmt.Sprint(n) }

// clean returns any text as one printable line.
func clean(text string) termsafe.Safe { return termsafe.Clean(text, termsafe.Options{Drawing: true}) }

const timeLayout = "2006-01-02 15:04:05.999999999 MST"

// when is the time of an event as text.
func (e *event) when() string {
	if !e.timed {
		return "no time of its own"
	}
	return e.time.Format(timeLayout)
}
