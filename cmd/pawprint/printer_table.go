package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// tablePrinter writes aligned columns without any escape sequence. Text from the log is made printable.
type tablePrinter struct {
	out     io.Writer
	zone    *time.Location
	clean   termsafe.Options
	line    *paint.Line
	columns []tableColumn
	reader  *recordReader // of the fields that were asked for; nil for the columns of everyday
	headed  bool
}

// tableColumn is a title and a width in cells; the last one takes what it needs.
type tableColumn struct {
	title termsafe.Safe
	cells int
}

// everyday are the columns of the table without --fields.
var everyday = []tableColumn{
	{termsafe.Const("TIME"), 23},
	{termsafe.Const("RESULT"), 9},
	{termsafe.Const("ACTION"), 30},
	{termsafe.Const("ACTOR"), 26},
	{termsafe.Const("IP"), 16},
	{termsafe.Const("TARGET"), 30},
	{termsafe.Const("MESSAGE"), 0},
}

func newTablePrinter(l layout) (printer, error) {
	p := &tablePrinter{out: l.out, zone: l.zone, clean: termsafe.Options{ASCII: l.ascii, MaxCells: 2000},
		line: paint.NewLine(termsafe.Widther{ASCII: l.ascii}), columns: everyday}
	if l.fields != nil {
		p.reader, p.columns = newRecordReader(l.zone, l.fields), nil
		for _, f := range l.fields {
			p.columns = append(p.columns, tableColumn{termsafe.Clean(strings.ToUpper(f.name), p.clean), f.cells})
		}
	}
	return p, nil
}

func (p *tablePrinter) row(r *record) error {
	if !p.headed {
		p.headed = true
		var titles []termsafe.Safe
		for _, c := range p.columns {
			titles = append(titles, c.title)
		}
		if err := p.write(titles); err != nil {
			return err
		}
	}
	switch {
	case p.reader != nil:
		return p.write(p.asked(r))
	case r.event.Reject():
		none := termsafe.Safe{}
		return p.write([]termsafe.Safe{p.time(r), termsafe.Const("REJECT"), p.text(r.reason()), none, none, none, p.text(string(r.line))})
	}
	return p.write(p.everyday(r))
}

func (p *tablePrinter) end() error { return nil }

// asked gives the values of the fields that were asked for; of a line that is no event, behind them the reason and the bytes, and
// the reason of one that cannot be read.
func (p *tablePrinter) asked(r *record) []termsafe.Safe {
	var cells []termsafe.Safe
	for i := range p.reader.fields {
		cells = append(cells, p.text(p.reader.value(r, i).String()))
	}
	switch {
	case !r.event.Reject() && r.flawed():
		cells = append(cells, p.text(r.reason()))
	case r.event.Reject():
		cells = append(cells, termsafe.Concat(termsafe.Const("REJECT "), p.text(r.reason()), termsafe.Const(": "), p.text(string(r.line))))
	}
	return cells
}

func (p *tablePrinter) everyday(r *record) []termsafe.Safe {
	e := &r.event
	target, message := describe(r)
	if r.unread != nil {
		message = model.NewText(r.reason())
	}
	return []termsafe.Safe{p.time(r), p.result(e), p.text(e.Action.Raw()), p.text(e.Actor.Label().Raw()), p.text(e.IP.Raw()), p.text(target.Raw()), p.text(message.Raw())}
}

// describe gives the target of an event and its first error message, from its line.
func describe(r *record) (target, message model.Text) {
	doc := r.document()
	if doc == nil {
		return target, message
	}
	if messages := doc.ErrorMessages(model.NewText(string(r.line))); len(messages) > 0 {
		message = messages[0]
	}
	return doc.Target(r.event.Action), message
}

func (p *tablePrinter) time(r *record) termsafe.Safe {
	if r.event.Flags&model.FlagNoTime != 0 {
		return termsafe.Const("no time")
	}
	return termsafe.Time(r.event.Time().In(p.zone), "2006-01-02 15:04:05.000")
}

func (p *tablePrinter) result(e *model.Event) termsafe.Safe {
	switch e.Result {
	case model.Succeeded:
		return termsafe.Const("ok")
	case model.Failed:
		return termsafe.Const("FAILED")
	case model.PartiallyFailed:
		return termsafe.Const("PARTIAL")
	}
	return p.text(e.Outcome.Raw())
}

func (p *tablePrinter) text(raw string) termsafe.Safe { return termsafe.Clean(raw, p.clean) }

// write writes cells; one behind the last column takes what it needs.
func (p *tablePrinter) write(cells []termsafe.Safe) error {
	p.line.Reset()
	for i, c := range cells {
		if i < len(cells)-1 {
			p.line.AddWidth(paint.Style{}, c, p.columns[i].cells, paint.Left)
			p.line.Fill(paint.Style{}, 1)
		} else {
			p.line.Add(paint.Style{}, c)
		}
	}
	_, err := fmt.Fprintln(p.out, strings.TrimRight(p.line.Plain(), " "))
	return err
}
