package decode

import (
	"bytes"

	"pawprint/model"
	"pawprint/model/rawjson"
)

// errors decodes the value of errors. It notes whether any of them says what went wrong.
func (d *Decoder) errors(i int) (end int, ok bool) {
	if d.b[i] != '[' {
		end, ok = d.wrongType(model.FieldErrors, i)
		if ok && d.b[i] != 'n' {
			d.flag(model.FlagErrors)
			d.said = d.said || d.says(i)
		}
		return end, ok
	}
	end, ok = d.scan.Value(d.b, i)
	if !ok {
		return end, false
	}
	d.elements(i, func(at int) {
		d.flag(model.FlagErrors)
		if d.b[at] != '{' {
			d.said = d.said || d.holds(at)
			d.problem(model.WrongType, model.FieldErrors, at, 0, model.FoundNoObjectElement)
			return
		}
		d.errorMembers(at)
	})
	return end, true
}

// silent notes that a failed event does not say what went wrong.
func (d *Decoder) silent() {
	detail := model.Detail(0)
	if d.row.Flags&model.FlagErrors != 0 {
		detail = model.NoMessage
	}
	d.problem(model.FailedWithoutErrors, model.FieldErrors, d.line, 0, detail)
}

// elements calls visit with the start of each element of the list at i, which is known to be valid JSON.
func (d *Decoder) elements(i int, visit func(at int)) {
	i = d.inner.Space(d.b, i+1)
	for d.b[i] != ']' {
		visit(i)
		i, _ = d.inner.Value(d.b, i)
		if i = d.inner.Space(d.b, i); d.b[i] == ',' {
			i = d.inner.Space(d.b, i+1)
		}
	}
}

// members calls visit for the members of the object at i, which is known to be valid JSON: the key stands at b[start:end] with the
// given info, its value at at.
func (d *Decoder) members(i int, visit func(start, end int, info rawjson.Info, at int)) {
	i = d.inner.Space(d.b, i+1)
	for d.b[i] != '}' {
		start := i + 1
		end, info, _ := d.inner.String(d.b, start)
		i, _ = d.inner.Colon(d.b, end+1)
		visit(start, end, info, i)
		i, _ = d.inner.Value(d.b, i)
		if i = d.inner.Space(d.b, i); d.b[i] == ',' {
			i = d.inner.Space(d.b, i+1)
		}
	}
}

// messageKey is the key of the message of an error.
var messageKey = model.FieldErrorsMessage.Info().Key()

// errorMembers checks the members of the error at i, which is known to be valid JSON. A message under a key in another case says what
// went wrong, too.
func (d *Decoder) errorMembers(i int) {
	d.members(i, func(start, end int, info rawjson.Info, at int) {
		name := d.decode(start, end, info)
		message := string(name) == messageKey
		switch {
		case !message:
			d.problem(model.UnknownField, model.FieldErrors, start, d.keyID(name), 0)
		case d.b[at] != '"' && d.b[at] != 'n':
			d.problem(model.WrongType, model.FieldErrorsMessage, at, 0, model.Found(d.b[at]))
		}
		d.said = d.said || (message || bytes.EqualFold(name, []byte(messageKey))) && d.holds(at)
	})
}

// says reports whether a value of errors at i that is not a list says what went wrong: an object by its message, else by being there. It
// is known to be valid JSON.
func (d *Decoder) says(i int) (said bool) {
	if d.b[i] != '{' {
		return d.holds(i)
	}
	d.members(i, func(start, end int, info rawjson.Info, at int) {
		said = said || bytes.EqualFold(d.decode(start, end, info), []byte(messageKey)) && d.holds(at)
	})
	return said
}

// holds reports whether the value at i holds anything: no null, no blank text, no empty list or object.
func (d *Decoder) holds(i int) bool {
	switch d.b[i] {
	case 'n':
		return false
	case '"':
		end, info, _ := d.inner.String(d.b, i+1)
		return filled(d.decode(i+1, end, info))
	case '{', '[':
		c := d.b[d.inner.Space(d.b, i+1)]
		return c != '}' && c != ']'
	}
	return true
}

// decode returns the text of the string b[start:end]. It is valid until the next call.
func (d *Decoder) decode(start, end int, info rawjson.Info) []byte {
	if info&rawjson.Escaped == 0 {
		return d.b[start:end]
	}
	d.decoded = rawjson.Unquote(d.decoded[:0], d.b[start:end])
	return d.decoded
}
