package rows

import (
	"strings"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/field"
)

// summaryColumns returns the columns of the table for people. That of the time names the zone, and has room for the offset of a time
// that the clock of the zone shows twice.
func summaryColumns(zone *time.Location) []output.Column {
	at := output.Column{Name: "time", Note: zone.String(), Cells: len(shortLayout), Fit: output.FitWhole}
	if !clock.Fixed(zone) {
		at.Cells += len("+00:00")
	}
	return append([]output.Column{at}, otherColumns...)
}

var otherColumns = []output.Column{{Name: "result", Cells: 9}, {Name: "action", Cells: 30, Fit: output.FitWhole},
	{Name: "actor", Cells: 26}, {Name: "ip", Cells: 16, Fit: output.FitWhole}, {Name: "target", Cells: 30}, {Name: "message"}}

// summary appends the cells of summaryColumns. For a reject these are the reason and the bytes of the line.
func (x *valueReader) summary(dst []output.Cell, r *Row) []output.Cell {
	e := &r.event
	if e.Reject() {
		return append(dst, x.shortTime(r), output.Text("REJECT").Toned(output.Wrong), output.Text(r.reason()), output.Cell{}, output.Cell{}, output.Cell{}, output.Text(string(r.line)))
	}
	target, message := x.describe(r)
	if r.unread != nil {
		message = r.reason()
	}
	return append(dst, x.shortTime(r), result(e), output.Text(e.Action.Raw()), output.Text(e.Actor.Label().Raw()), output.Text(e.IP.Raw()),
		output.Text(target), output.Text(message))
}

// sentence appends the cells of a sentence: the time, the sentence, and the error, or the bytes of a reject.
func (x *valueReader) sentence(dst []output.Cell, r *Row) []output.Cell {
	target, message := x.describe(r)
	var b strings.Builder
	for _, p := range r.event.Sentence(model.NewText(target)) {
		b.WriteString(p.Own + p.Text.Raw())
	}
	if r.flawed() {
		message = r.reason()
	}
	if message != "" {
		b.WriteString(": " + message)
	}
	if r.event.Reject() && r.unread == nil {
		b.WriteString(": ")
		b.Write(r.line)
	}
	return append(dst, x.zonedTime(r), output.Text(b.String()))
}

// zonedTime returns the time of a row with its zone, for people.
func (x *valueReader) zonedTime(r *Row) output.Cell {
	if r.event.Flags&model.FlagNoTime != 0 {
		return output.Text("no time")
	}
	t := r.event.Time().In(x.zone)
	if clock.Twice(t) { // both may have the same letters
		return output.Text(t.Format(shortLayout + "-07:00"))
	}
	return output.Text(t.Format(shortLayout + " MST"))
}

// describe returns the target of an event and its first error message, both read from its line.
func (x *valueReader) describe(r *Row) (target, message string) {
	target = string(x.walker.Target(r.line, field.TargetKeys(r.event.Action)))
	x.walker.Messages(r.line, func(raw []byte) bool {
		message = string(x.walker.Text(raw))
		return true
	})
	return target, message
}

// shortLayout is the layout of times for people, without the zone.
const shortLayout = "2006-01-02 15:04:05.000"

func (x *valueReader) shortTime(r *Row) output.Cell {
	if r.event.Flags&model.FlagNoTime != 0 {
		return output.Text("no time")
	}
	t := r.event.Time().In(x.zone)
	return output.Text(inZone(t, shortLayout)).Short(ShortTime(t))
}

// ShortTime writes a time to the second for a table on a terminal, whose heading names the zone.
func ShortTime(t time.Time) string { return inZone(t, "2006-01-02 15:04:05") }

// inZone writes a time, with its distance from UTC if the clock of the zone shows it twice.
func inZone(t time.Time, layout string) string {
	if clock.Twice(t) {
		layout += "-07:00"
	}
	return t.Format(layout)
}

// result returns the result of an event as a word for people.
func result(e *model.Event) output.Cell {
	switch e.Result {
	case model.Succeeded:
		return output.Text("ok")
	case model.Failed:
		return output.Text("FAILED").Toned(output.Wrong)
	case model.PartiallyFailed:
		return output.Text("PARTIAL").Short("PARTIALLY_FAILED").Toned(output.Partly)
	}
	return output.Text(e.Outcome.Raw())
}

// Tone returns the tone of a result, in the words of the schema.
func Tone(result string) output.Tone {
	switch result {
	case "FAILED":
		return output.Wrong
	case "PARTIALLY_FAILED":
		return output.Partly
	}
	return output.Plain
}
