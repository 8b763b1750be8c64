package model

import "pawprint/model/rawjson"

// OfValue reports whether the problem is about one value of the line, which Value returns.
func (p *Problem) OfValue() bool {
	switch p.Code {
	case WrongType, NotInEnumeration, BadTime, TimeOutOfRange, BadIP, EmptyText, TimeWithoutZone, LeapSecond, UnusualTime:
		return true
	case HiddenText:
		return p.Key.Empty() // or it is in the key
	}
	return false
}

// Value returns the value that the problem is about, as it stands in the line of its row: the text of a string, which is then quoted
// where it is shown, or any other JSON as it is written. It is empty and not quoted if the problem is not about one value, and if line
// is not the line in which the problem was found. The value is untrusted text, and may be a secret or very long.
func (p *Problem) Value(line []byte) (value string, quoted bool) {
	at := p.Offset - p.Origin.Offset
	if !p.OfValue() || at < 0 || at >= int64(len(line)) {
		return "", false
	}
	i := int(at)
	if i > 0 && line[i-1] == '"' {
		i-- // the offset is that of the text
	}
	s := rawjson.Scanner{Multiline: true}
	end, ok := s.Value(line, i)
	switch {
	case !ok:
		return "", false
	case line[i] == '"':
		return string(rawjson.Unquote(nil, line[i+1:end-1])), true
	}
	return string(line[i:end]), false
}
