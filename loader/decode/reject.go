package decode

import (
	"bytes"

	"pawprint/model"
	"pawprint/model/letters"
	"pawprint/model/rawjson"
	"pawprint/model/suspicion"
)

// finish adds the row of the event whose newline is at end, and returns the start of the next line.
func (d *Decoder) finish(start, end int) int {
	d.row.Length = uint32(end - start)
	if d.Page != 0 {
		d.row.Flags |= model.FlagRecovered
		d.problem(model.Enveloped, model.FieldNone, start, 0, d.Page)
	}
	d.batch.AddRow(&d.row)
	return end + 1
}

// reject adds a reject for the fault that the scanner found.
func (d *Decoder) reject(start int) int {
	fault := d.scan.Fault
	newline := fault.Offset + bytes.IndexByte(d.b[fault.Offset:], '\n')
	code, detail := model.NotJSON, model.Detail(fault.Code)
	switch fault.Code {
	case rawjson.Cut:
		code, detail = model.CutLine, 0
	case rawjson.TooDeep:
		code, detail = model.NestedTooDeep, 0
	}
	return d.rejectAs(code, detail, start, fault.Offset, newline)
}

func (d *Decoder) rejectAs(code model.Code, detail model.Detail, start, at, newline int) int {
	if d.Torn && code != model.LineTooLong {
		code, detail = model.CutLine, 0
	}
	if d.BadRow != 0 {
		code, detail, at = model.BadRow, d.BadRow, start
	}
	d.batch.DropProblems()
	d.row = model.RowRecord{Offset: uint32(start), Line: d.row.Line, Length: uint32(newline - start),
		Flags: model.FlagReject | model.FlagError | model.FlagNoTime}
	if code == model.CutLine {
		d.row.Flags |= model.FlagCut
	}
	if !letters.Plain(d.b[start:newline]) {
		d.row.Flags |= model.FlagEscapes
	}
	if suspicion.Of(d.b[start:newline], true) != 0 {
		d.row.Flags |= model.FlagSuspicious
	}
	d.batch.AddProblem(code, model.FieldNone, int32(at-start), 0, detail)
	d.begins(start, newline, code)
	d.batch.AddRow(&d.row)
	return newline + 1
}

// begins notes where an object begins in a reject, if one does.
func (d *Decoder) begins(start, newline int, code model.Code) {
	if d.Torn || d.Whole || code == model.LineTooLong {
		return
	}
	if at := d.finder.Begins(d.b[start:newline]); at >= 0 {
		d.batch.AddProblem(model.ObjectInside, model.FieldNone, int32(at), 0, 0)
	}
}

// notObject adds a reject for a line whose first value, at i, is not an object.
func (d *Decoder) notObject(start, i int) int {
	b := d.b
	if b[i] == 0 {
		newline := i + bytes.IndexByte(b[i:], '\n')
		return d.rejectAs(model.NulBytes, 0, start, i, newline)
	}
	end, ok := d.scan.Value(b, i)
	if ok {
		if end = d.scan.Space(b, end); b[end] == '\n' {
			return d.rejectAs(model.NotObject, model.Found(b[i]), start, i, end)
		}
		d.scan.Fault = rawjson.Fault{Code: rawjson.TrailingBytes, Offset: end}
	}
	return d.reject(start)
}

// TooLong adds a reject for a line that is too long. b is the head of the line and a newline; it is not kept.
func (d *Decoder) TooLong(batch *model.Batch, b []byte) {
	d.fill(batch, b)
	d.row.Line = uint32(batch.Lines)
	batch.Lines++
	d.rejectAs(model.LineTooLong, 0, 0, 0, len(b)-1)
	d.b = nil
}

// Behind adds a reject for what follows the end of a packed source. b is the head of that and a newline; it is not kept.
func (d *Decoder) Behind(batch *model.Batch, b []byte) {
	d.fill(batch, b)
	d.row.Line = uint32(batch.Lines)
	batch.Lines++
	d.Torn = false
	d.rejectAs(model.BehindPacked, 0, 0, 0, len(b)-1)
	d.b = nil
}

// Ends adds a reject without bytes for what is missing at the end of a source.
func (d *Decoder) Ends(batch *model.Batch) { d.missing(batch, model.EndsEarly, 0) }

// LastCut reports whether the last line was a reject because it is cut.
func (d *Decoder) LastCut() bool { return d.row.Flags&model.FlagCut != 0 }

// Gap adds a reject that stands for length bytes that could not be read.
func (d *Decoder) Gap(batch *model.Batch, length uint32) { d.missing(batch, model.Unreadable, length) }

func (d *Decoder) missing(batch *model.Batch, code model.Code, length uint32) {
	d.fill(batch, nil)
	d.row = model.RowRecord{Length: length, Line: uint32(batch.Lines), Flags: model.FlagReject | model.FlagError | model.FlagNoTime}
	batch.Lines++
	batch.AddProblem(code, model.FieldNone, 0, 0, 0)
	d.batch.AddRow(&d.row)
}
