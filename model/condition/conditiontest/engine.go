// Package conditiontest holds engines that answer conditions about raw lines in the different ways of real ones. Only tests import it.
package conditiontest

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pawprint/model/condition"
)

// Engine answers conditions about lines. The zero value takes the last of two equal keys, decodes escapes, and reads nothing from a
// line that is not JSON.
type Engine struct {
	First bool // the first of two equal keys counts
	Raw   bool // escapes of the form \u0041 stay as they are
	Loose bool // what stands before a fault is read, and bytes after the value are not looked at
	Wide  bool // reports what may be true of more lines than necessary
}

// Engines are ways in which a sane engine may read lines.
var Engines = []Engine{{}, {First: true}, {Raw: true}, {Loose: true}, {Wide: true}, {true, true, true, true}}

// True reports whether a condition is true of a line.
func (e Engine) True(c condition.Condition, line []byte) bool { return e.Read(line).True(c) }

// Line is a line that an engine has read.
type Line struct {
	engine  Engine
	bytes   []byte
	value   any // an object, a string, a json.Number, a bool, a list, or nil
	settled bool
	lower   []byte // the bytes as holds compares them; nil before its first use
}

// Read reads a line once for many conditions.
func (e Engine) Read(line []byte) *Line {
	text := line
	if e.Raw {
		text = bytes.ReplaceAll(line, []byte(`\u`), []byte(`\\u`))
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	value, err := read(d)
	valid := err == nil && depth(line) <= 1000
	if valid {
		_, err := d.Token()
		valid = err == io.EOF
	}
	if !valid && !e.Loose {
		value = nil
	}
	_, is := value.(object)
	return &Line{engine: e, bytes: line, value: value, settled: valid && is && utf8.Valid(line) && !bytes.Contains(line, []byte(`\u`))}
}

// depth returns at least the number of levels that a line nests.
func depth(line []byte) (most int) {
	n := 0
	for _, c := range line {
		switch c {
		case '[', '{':
			n++
		case ']', '}':
			n--
		}
		most = max(most, n)
	}
	return most
}

// object is a JSON object with its keys in their order, repeated ones included.
type object []member

type member struct {
	key   string
	value any
}

// elements is a list, of which only the length matters.
type elements int

// read reads the next value. With an error, it returns the part of the value before the fault.
func read(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		var o object
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return o, err
			}
			value, err := read(d)
			o = append(o, member{key.(string), value})
			if err != nil {
				return o, err
			}
		}
		_, err := d.Token()
		return o, err
	case json.Delim('['):
		n := 0
		for ; d.More(); n++ {
			if _, err := read(d); err != nil {
				return elements(n), err
			}
		}
		_, err := d.Token()
		return elements(n), err
	}
	return t, nil
}

// True reports whether a condition is true of the line.
func (l *Line) True(c condition.Condition) bool {
	switch c := c.(type) {
	case condition.Const:
		return bool(c)
	case condition.All:
		return !slices.ContainsFunc(c, func(c condition.Condition) bool { return !l.True(c) })
	case condition.Any:
		return slices.ContainsFunc(c, l.True)
	case condition.Not:
		return !l.True(c.Part)
	case condition.Time:
		at, ok := l.time()
		return ok && (c.From == math.MinInt64 || at >= c.From) && (c.To == math.MaxInt64 || at < c.To)
	case condition.Untimed:
		_, ok := l.time()
		return !ok
	case condition.Holds:
		return l.holds(c.Text)
	case condition.In:
		text, is := l.at(c.Path).(string)
		return is && slices.Contains(c.Values, text)
	case condition.Present:
		return l.at(c.Path) != nil
	case condition.Filled:
		v := l.at(c.Path)
		return v != nil && v != elements(0)
	case condition.Unsettled:
		return l.unsettled(c)
	}
	panic("conditiontest: a condition of another type: " + c.String())
}

// holds searches the bytes in any case of ASCII letters, and of all letters if the engine is wide.
func (l *Line) holds(text string) bool {
	if l.lower == nil {
		l.lower = l.lowered(l.bytes)
	}
	return bytes.Contains(l.lower, l.lowered([]byte(text)))
}

func (l *Line) lowered(b []byte) []byte {
	if l.engine.Wide {
		return append([]byte{}, bytes.ToLower(b)...)
	}
	b = append([]byte{}, b...)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}

// at returns the value at a path, or nil.
func (l *Line) at(path []string) any {
	v := l.value
	for _, key := range path {
		o, _ := v.(object)
		v = nil
		for _, m := range o {
			if m.key == key {
				if v = m.value; l.engine.First {
					break
				}
			}
		}
	}
	return v
}

// Text returns the string at a path, as an engine lists it in a dictionary; is is false if there is none.
func (l *Line) Text(path []string) (text string, is bool) {
	text, is = l.at(path).(string)
	return text, is
}

// unsettled looks at every value that a key of the path may lead to.
func (l *Line) unsettled(c condition.Unsettled) bool {
	if !l.settled {
		return true
	}
	if l.engine.Wide {
		for _, key := range c.Path {
			if strings.Count(string(l.bytes), `"`+key+`"`) > 1 {
				return true
			}
		}
	}
	v := l.value
	for _, key := range c.Path {
		o, is := v.(object)
		if !is {
			return v != nil && c.Text
		}
		v = nil
		found := false
		for _, m := range o {
			if m.key == key && found {
				return true
			} else if m.key == key {
				v, found = m.value, true
			}
		}
	}
	_, is := v.(string)
	return c.Text && len(c.Path) > 0 && v != nil && !is
}

// stamps are the forms of a time that every engine reads.
var stamps = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07:00"}

func (l *Line) time() (nanos int64, ok bool) {
	path := []string{"timestamp"}
	text, is := l.at(path).(string)
	if !is || l.unsettled(condition.Unsettled{Path: path}) || len(text) < len(stamps[0]) || strings.Contains(text, ",") {
		return 0, false
	}
	if l.engine.Wide && !strings.HasSuffix(text, "Z") {
		return 0, false
	}
	for _, form := range stamps {
		if at, err := time.Parse(form, text); err == nil && at.Year() > 1700 && at.Year() < 2200 && !strings.ContainsAny(text, ",") && fraction(text) <= 9 {
			return at.UnixNano(), true
		}
	}
	return 0, false
}

// fraction counts the digits after the point.
func fraction(text string) int {
	_, rest, _ := strings.Cut(text, ".")
	return len(rest) - len(strings.TrimLeft(rest, "0123456789"))
}
