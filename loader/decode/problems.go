package decode

import (
	"bytes"

	"pawprint/model"
	"pawprint/model/letters"
	"pawprint/model/rawjson"
	"pawprint/model/suspicion"
)

// again notes that the key at i was already in its object.
func (d *Decoder) again(i int) {
	end, _, _ := d.inner.String(d.b, i+1)
	d.duplicate(d.b[i+1:end], i+1)
}

// unknownKey notes a key that the table of its level does not have.
func (d *Decoder) unknownKey(lv level, name []byte, start, end int, info rawjson.Info) {
	id := d.keyID(name)
	d.respelled = d.respelled || lv == levelEvent && bytes.EqualFold(name, forwardedKey) // which a query reads, too
	if info&rawjson.Odd != 0 {
		d.odd(d.b, start, end, info, true)
	}
	if d.keys[lv].Add(d.b, start, end, info) {
		d.duplicate(d.b[start:end], start)
		return
	}
	if parents[lv].Info().Open {
		return
	}
	if lv != levelEvent || !bytes.HasPrefix(name, []byte("p_")) {
		d.problem(model.UnknownField, parents[lv], start, id, 0)
	}
}

// duplicate notes the second occurrence of a key in its object.
func (d *Decoder) duplicate(name []byte, at int) {
	d.flag(model.FlagSuspicious)
	d.problem(model.DuplicateKey, d.inside, at, d.keyID(name), 0)
}

// odd looks for hidden text in a string.
func (d *Decoder) odd(b []byte, start, end int, info rawjson.Info, key bool) {
	text := b[start:end]
	if info&rawjson.Escaped != 0 {
		d.flag(model.FlagEscapes)
	}
	if info&rawjson.Tame != 0 && !(key && info&rawjson.Breaks != 0) {
		return
	}
	if info&rawjson.Escaped != 0 {
		d.decoded = rawjson.Unquote(d.decoded[:0], text)
		text = d.decoded
	}
	if info&rawjson.NonASCII != 0 && !letters.Plain(text) {
		d.flag(model.FlagEscapes)
	}
	if s := suspicion.Of(text, !key); s != 0 {
		name := uint32(0)
		if key {
			name = d.keyID(text)
		}
		d.hidden(d.inside, start, name, s)
	}
}

// flag sets a flag of the row. It counts even if the row has it already: a value that is remembered must set no flag of its own.
func (d *Decoder) flag(f model.Flags) {
	d.row.Flags |= f
	d.flagged++
}

func (d *Decoder) hidden(f model.Field, at int, key uint32, s suspicion.Set) {
	d.flag(model.FlagSuspicious)
	d.problem(model.HiddenText, f, at, key, model.Detail(s))
}

// problem notes a problem of the line; at is an index into b.
func (d *Decoder) problem(c model.Code, f model.Field, at int, key uint32, detail model.Detail) {
	if c.Severity() == model.Error {
		d.flag(model.FlagError)
	} else {
		d.flag(model.FlagWarning)
	}
	d.problems++
	if d.problems > maxProblems {
		if d.problems > maxProblems+1 {
			return
		}
		c, f, key, detail = model.TooManyProblems, model.FieldNone, 0, 0
	}
	at -= d.line
	if d.escapes.Text != nil && at >= 0 {
		at = d.escapes.Index(at)
	}
	d.batch.AddProblem(c, f, int32(at), key, detail)
}
