package format

import (
	"bytes"
	"strings"

	"pawprint/loader/salvage"
	"pawprint/model/rawjson"
)

// Detect determines the format of a text from its first bytes, unpacked and at most HeadBytes long; whole says that the text has
// no others. For a text that cannot be read it returns an *Unsupported; a text that fits no other format is Lines.
func Detect(head []byte, whole bool) (Format, error) {
	if u := unsupported(head); u != nil {
		return Format{}, u
	}
	head = bytes.TrimPrefix(head, []byte(byteOrderMark))
	cr := endsWithCR(head)
	if cr {
		head = bytes.ReplaceAll(head, []byte{'\r'}, []byte{'\n'})
	}
	f := detectText(head, whole)
	f.CR = cr
	return f, nil
}

// endsWithCR reports whether the lines of a text end with CR alone. A CR at the end of the head may be followed by LF.
func endsWithCR(head []byte) bool {
	n := bytes.IndexByte(head, '\r')
	return n >= 0 && n+1 < len(head) && bytes.IndexByte(head, '\n') < 0
}

func detectText(head []byte, whole bool) Format {
	text := bytes.TrimLeft(head, " \t\r\n")
	if len(text) == 0 {
		return Format{Name: NameLines}
	}
	switch {
	case text[0] == recordSeparator:
		return Format{Kind: Values, Name: NameSequence}
	case beginsArray(text, whole):
		return Format{Kind: Values, Name: NameArray}
	case text[0] != '{':
		if f, ok := detectTable(text, whole); ok {
			return f
		}
	}
	lines, objects := count(text, whole)
	if text[0] != '{' {
		// The first line may be a title, or damaged.
		n := bytes.Index(text, []byte("\n{"))
		if n < 0 {
			return Format{Name: NameLines}
		}
		text = text[n+1:]
	}
	if name := firstWrapper(text); name != "" && !(pageOfEvents(name) && new(salvage.Finder).OfEvent(text)) {
		return Format{Kind: Values, Name: name}
	}
	if 2*objects >= lines {
		return Format{Name: NameLines}
	}
	return detectObjects(text)
}

// beginsArray reports whether a text begins with an array of objects, rather than with a line of a log that begins with a bracket.
func beginsArray(text []byte, whole bool) bool {
	if text[0] != '[' {
		return false
	}
	i := space(text, 1)
	if i == len(text) {
		return whole || i > 1
	}
	switch text[i] {
	case '{':
		return true
	case '[':
		i = space(text, i+1)
		return i < len(text) && text[i] == '{'
	case ']':
		i = space(text, i+1)
		return i == len(text) || text[i] == '[' || text[i] == '{'
	}
	return bytes.HasPrefix(text[i:], []byte("null")) && bytes.IndexByte(text, '{') > 0
}

// count counts the lines of text that are not blank, and those that are one object each. The last line counts only if it
// is complete, or if there is no other.
func count(text []byte, whole bool) (lines, objects int) {
	var scan rawjson.Scanner
	for len(text) > 0 {
		line, rest, ended := bytes.Cut(text, []byte{'\n'})
		if !ended && !whole && lines > 0 {
			break
		}
		text = rest
		line = bytes.Trim(line, " \t\r\x00")
		if len(line) == 0 {
			continue
		}
		lines++
		if line[0] == '{' && scan.Valid(line) {
			objects++
		}
	}
	return lines, objects
}

// firstWrapper returns the name of the wrapper that a text begins with, or an empty string if it begins with a record.
func firstWrapper(text []byte) string {
	s := newValues(Limits{})
	s.Write(text, func(Record) {})
	return s.found
}

// pageOfEvents reports whether a wrapper may have the keys of an event behind its list, and then is none.
func pageOfEvents(name string) bool { return name == NameEvents || name == NameHits }

// detectObjects determines the format of a text whose first line begins with an object, and most of whose lines are not one
// object each.
func detectObjects(text []byte) Format {
	var scan rawjson.Scanner
	for first := true; len(text) > 0; first = false {
		line, rest, ended := bytes.Cut(text, []byte{'\n'})
		text = rest
		if len(line) == 0 || line[0] != '{' {
			continue
		}
		end, ok := scan.Value(line, 0)
		if !ok {
			if ended && cutBetweenTokens(line) && !bytes.HasPrefix(bytes.TrimLeft(rest, "\r\n"), []byte{'{'}) {
				return Format{Kind: Values, Name: NamePretty}
			}
			continue
		}
		behind := bytes.TrimSpace(line[end:])
		another := bytes.HasPrefix(bytes.TrimLeft(behind, " \t,"), []byte{'{'})
		if first && (another || string(behind) == "," && ended) {
			return Format{Kind: Values, Name: NameConcatenated}
		}
	}
	return Format{Name: NameLines}
}

// cutBetweenTokens reports whether a line that begins with a brace ends within the object, but not within a string.
func cutBetweenTokens(line []byte) bool {
	s := newValues(Limits{})
	s.Write(line, func(Record) {})
	return s.start == 0 && s.mode != modeBehind && !s.inString
}

// detectTable reports whether a text begins with a header that names columns of audit logs.
func detectTable(text []byte, whole bool) (f Format, ok bool) {
	line, _, ended := bytes.Cut(text, []byte{'\n'})
	if !ended && !whole {
		return Format{}, false
	}
	most := 1
	for _, comma := range []byte{',', '\t', ';'} {
		if n := knownColumns(line, comma); n > most {
			most, f = n, Format{Kind: Table, Name: NameCSV, Comma: comma}
		}
	}
	if f.Comma == '\t' {
		f.Name = NameTSV
	}
	return f, most > 1
}

// knownColumns counts the columns of a header that audit logs have. It returns 0 if none of them is specific to audit logs.
func knownColumns(header []byte, comma byte) (n int) {
	t, err := newTable(comma, Limits{})
	if err != nil {
		return 0
	}
	t.Write(header, func(Record) {})
	t.Close(func(Record) {})
	telling := false
	for _, c := range t.columns {
		name := string(c.key[1 : len(c.key)-2])
		if _, ok := columnsByName[name]; ok || strings.HasPrefix(name, "p_") {
			n++
		}
		telling = telling || name == "actionName" || name == "timestamp"
	}
	if !telling {
		return 0
	}
	return n
}
