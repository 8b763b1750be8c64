package decode

import (
	"bytes"
	"math/bits"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/ipaddr"
	"pawprint/model/letters"
	"pawprint/model/rawjson"
	"pawprint/model/suspicion"
)

// member decodes the value at i of an attribute of the schema; end is the index after it.
func (d *Decoder) member(k *tableKey, i int) (end int, ok bool) {
	switch k.kind {
	case model.TypeAny:
		if d.b[i] == '"' {
			end, _, ok = d.plainText(i + 1)
			return end, ok
		}
		return d.scan.Value(d.b, i)
	case model.TypeTime:
		return d.timeValue(k.field, i)
	case model.TypeObject:
		return d.objectValue(k.field, i)
	case model.TypeErrors:
		return d.errors(i)
	case model.TypeStrings:
		return d.addresses(k.field, i)
	case model.TypeBool:
		if c := d.b[i]; c != 't' && c != 'f' && !k.untyped {
			return d.wrongType(k.field, i)
		}
		return d.scan.Value(d.b, i)
	}
	switch {
	case d.b[i] != '"':
		return d.notString(k, i)
	case k.column == model.NoColumn:
		end, info, ok := d.plainText(i + 1)
		if ok && k.field == model.FieldRowID {
			d.keepRowID(d.b[i+1:end-1], info)
		}
		return end, ok
	}
	return d.text(k, i+1)
}

// plainText decodes a string that no column keeps; its first byte is at i.
func (d *Decoder) plainText(i int) (end int, info rawjson.Info, ok bool) {
	end, info, ok = d.scan.String(d.b, i)
	if !ok {
		return end, info, false
	}
	if info&rawjson.Odd != 0 {
		d.odd(d.b, i, end, info, false)
	}
	return end + 1, info, true
}

// text decodes a string of a column; its first byte is at i.
func (d *Decoder) text(k *tableKey, i int) (end int, ok bool) {
	end, info, ok := d.scan.String(d.b, i)
	if !ok {
		return end, false
	}
	text := d.b[i:end]
	if info != 0 {
		if info&rawjson.Escaped != 0 {
			d.flag(model.FlagEscapes)
			d.decoded = rawjson.Unquote(d.decoded[:0], text)
			text = d.decoded
		}
		if info&(rawjson.Tame|rawjson.Breaks) != rawjson.Tame {
			d.misleading(k.field, i, text, info)
		}
	}
	l := &d.lookups[k.column]
	id := l.id(text)
	d.row.Columns[k.column] = id
	switch k.kind {
	case model.TypeString:
		if k.filled && (len(text) == 0 || !visible(text[0]) && !l.verdict(id, filled)) {
			d.problem(model.EmptyText, k.field, i, 0, 0)
		}
	case model.TypeIP:
		if !l.verdict(id, goodAddress) {
			d.problem(model.BadIP, k.field, i, 0, 0)
		}
	case model.TypeEnumeration:
		if id < 2 || id >= k.values {
			d.problem(model.NotInEnumeration, k.field, i, 0, 0)
		}
	}
	return end + 1, true
}

// misleading looks for hidden text in a string of a column, given decoded.
func (d *Decoder) misleading(f model.Field, at int, text []byte, info rawjson.Info) {
	if info&rawjson.NonASCII != 0 && !letters.Plain(text) {
		d.flag(model.FlagEscapes)
	}
	if s := suspicion.Of(text, false); s != 0 {
		d.hidden(f, at, 0, s)
	}
}

// notString scans a value that should be a string. Unless it is null, the column keeps its JSON as written.
func (d *Decoder) notString(k *tableKey, i int) (end int, ok bool) {
	if k.untyped {
		end, ok = d.scan.Value(d.b, i)
	} else {
		end, ok = d.wrongType(k.field, i)
	}
	if ok && k.column != model.NoColumn && d.b[i] != 'n' {
		d.row.Columns[k.column] = d.lookups[k.column].id(d.b[i:end])
	}
	return end, ok
}

// wrongType scans a value that is null or not of the type of f, and notes it unless null is allowed.
func (d *Decoder) wrongType(f model.Field, i int) (end int, ok bool) {
	end, ok = d.scan.Value(d.b, i)
	if !ok {
		return end, false
	}
	switch info := f.Info(); {
	case d.b[i] != 'n':
		d.problem(model.WrongType, f, i, 0, model.Found(d.b[i]))
	case info.Required:
		d.problem(model.IsNull, f, i, 0, 0)
	case !info.Nullable:
		d.problem(model.WrongType, f, i, 0, model.FoundNull)
	}
	return end, true
}

// timeValue notes the place of a time; time reads it at the end of the event.
func (d *Decoder) timeValue(f model.Field, i int) (end int, ok bool) {
	v := &d.stamp
	if f == model.FieldEventTime {
		v = &d.lakeTime
	}
	if c := d.b[i]; c != '"' {
		end, ok = d.wrongType(f, i)
		*v = value{i, end, valueOdd}
		switch {
		case c == 'n':
			v.state = valueNull
		case c-'0' < 10:
			v.state = valueNumber
		}
		return end, ok
	}
	end, info, ok := d.scan.String(d.b, i+1)
	if !ok {
		return end, false
	}
	if info&rawjson.Odd != 0 {
		d.odd(d.b, i+1, end, info, false)
	}
	*v = value{i + 1, end, valueText}
	return end + 1, true
}

// time sets the time of the event: timestamp, or else p_event_time.
func (d *Decoder) time() {
	if d.readTime(model.FieldTimestamp, d.stamp) {
		return
	}
	if d.readTime(model.FieldEventTime, d.lakeTime) {
		d.problem(model.TimeFromLake, model.FieldTimestamp, d.lakeTime.start, 0, 0)
		return
	}
	d.flag(model.FlagNoTime)
}

// readTime reads the time at v and reports whether it can be used. A number has the wrong type, which was noted, but says when.
func (d *Decoder) readTime(f model.Field, v value) bool {
	text := d.b[v.start:v.end]
	switch v.state {
	case valueText:
	case valueNumber:
		nanos, form := clock.ReadNumber(text)
		if form.Usable() {
			d.row.Nanos = nanos
			d.problem(model.UnusualTime, f, v.start, 0, unusualTimes[form])
		}
		return form.Usable()
	default:
		return false
	}
	if bytes.IndexByte(text, '\\') >= 0 {
		d.decoded = rawjson.Unquote(d.decoded[:0], text)
		text = d.decoded
	}
	nanos, form := d.clock.Read(text)
	if form.Usable() {
		d.row.Nanos = nanos
	}
	switch form {
	case clock.Malformed:
		d.problem(model.BadTime, f, v.start, 0, 0)
	case clock.OutOfRange:
		d.problem(model.TimeOutOfRange, f, v.start, 0, 0)
	case clock.Leap:
		d.problem(model.LeapSecond, f, v.start, 0, 0)
	case clock.WithoutZone:
		if f == model.FieldTimestamp {
			d.problem(model.TimeWithoutZone, f, v.start, 0, 0)
		}
	case clock.Good:
	default:
		d.problem(model.UnusualTime, f, v.start, 0, unusualTimes[form])
	}
	return form.Usable()
}

// unusualTimes are the details of times in forms that are not the schema's.
var unusualTimes = map[clock.Form]model.Detail{
	clock.UnusualWithoutZone: model.TakenAsUTC, clock.LongFraction: model.FractionCut, clock.EndOfDay: model.NextDay, clock.UnixSeconds: model.InSeconds,
	clock.UnixMilliseconds: model.InMilliseconds, clock.UnixMicroseconds: model.InMicroseconds, clock.UnixNanoseconds: model.InNanoseconds,
}

// objectValue decodes an object of the schema. Those with attributes of their own are checked attribute by attribute.
func (d *Decoder) objectValue(f model.Field, i int) (end int, ok bool) {
	if d.b[i] != '{' {
		end, ok = d.wrongType(f, i)
		if ok && f == model.FieldActor && d.b[i] != 'n' {
			d.oddActor(i, end)
		}
		return end, ok
	}
	switch f {
	case model.FieldActor:
		seen, end, ok := d.object(i, levelActor)
		if ok {
			d.required(levelActor, seen)
		}
		return end, ok
	case model.FieldActorAttributes:
		_, end, ok := d.object(i, levelAttributes)
		return end, ok
	}
	return d.scan.Value(d.b, i)
}

// oddActor keeps an actor at b[i:end] that is not an object as the id of the actor, so that the event has one.
func (d *Decoder) oddActor(i, end int) {
	text := d.b[i:end]
	if d.b[i] == '"' {
		_, info, _ := d.inner.String(d.b, i+1)
		text = d.decode(i+1, end-1, info)
	}
	d.row.Columns[model.ColActorID] = d.lookups[model.ColActorID].id(text)
}

// addresses decodes a list of strings that are addresses.
func (d *Decoder) addresses(f model.Field, i int) (end int, ok bool) {
	switch d.b[i] {
	case '[':
	case 'n':
		d.forwarded.Clear()
		return d.wrongType(f, i)
	default:
		d.forwarded.Leave()
		return d.wrongType(f, i)
	}
	if end, ok = d.goodAddresses(i); ok {
		return end, true
	}
	if end, ok = d.scan.Value(d.b, i); !ok {
		return end, false
	}
	d.forwarded.Begin()
	d.elements(i, func(at int) {
		if d.b[at] != '"' {
			d.forwarded.Leave()
			d.problem(model.WrongType, f, at, 0, model.FoundOddElement)
			return
		}
		if stop, _, _ := d.inner.String(d.b, at+1); !d.forwarded.Add(d.b[at+1:stop]) && !goodAddress(d.b[at+1:stop]) {
			d.problem(model.BadIP, f, at+1, 0, 0)
		}
	})
	return end, true
}

// goodAddresses scans a list that holds nothing but addresses, as a compact log writes it. It reports false for any other list,
// which has to be scanned again.
func (d *Decoder) goodAddresses(i int) (end int, ok bool) {
	b := d.b
	d.forwarded.Begin()
	for i++; b[i] == '"'; i++ {
		start := i + 1
		if number, n := ipaddr.FourAt(b[start:]); n > 0 && b[start+n] == '"' && d.forwarded.AddFour(number) {
			i = start + n
		} else {
			var info rawjson.Info
			if i, info, ok = d.inner.String(b, start); !ok || info != 0 || !d.forwarded.Add(b[start:i]) && !goodAddress(b[start:i]) {
				return i, false
			}
		}
		if i++; b[i] == ']' {
			return i + 1, true
		}
		if b[i] != ',' {
			return i, false
		}
	}
	return i, false
}

// required notes the attributes that the schema requires and the object did not have.
func (d *Decoder) required(lv level, seen uint64) {
	missing := tables[lv].required &^ seen
	for ; missing != 0; missing &= missing - 1 {
		d.problem(model.Missing, tables[lv].keys[bits.TrailingZeros64(missing)].field, d.line, 0, 0)
	}
}

// goodAddress reports whether a text is one address, or is empty, as sourceIP may be.
func goodAddress(b []byte) bool { return len(b) == 0 || ipaddr.Plain(b) }

// visible reports whether a byte is a letter, a digit or a sign of ASCII.
func visible(c byte) bool { return c > ' ' && c < 0x7f }

// filled reports whether anything of a text can be seen.
func filled(b []byte) bool { return !suspicion.Blank(b) }
