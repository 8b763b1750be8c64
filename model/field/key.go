package field

import (
	"fmt"

	"pawprint/model"
	"pawprint/model/count"
)

// Key returns the key for counting and sorting by the field. Several values of one event count as one value, a JSON list; only
// an attribute of addresses counts for each. What the user said about events has the keys Said and SortKey.
func (f *Field) Key() (count.Key, error) {
	switch f.Kind {
	case Column:
		return ColumnKey(f.Columns[0], f.Schema), nil
	case Actor:
		return count.ByActor(), nil
	case Identity:
		return count.ByIdentity(), nil
	case Class:
		return count.ByClass(), nil
	case Source:
		return count.BySource(), nil
	case Path, Message:
		return count.ByLine(f.lineValues), nil
	case Target:
		return count.ByLine(targetValues), nil
	case Line:
		return count.ByNumber(lineNumber), nil
	case Offset:
		return count.ByNumber(func(o model.Origin) int64 { return o.Offset }), nil
	case Reject:
		return count.ByReject(), nil
	case Time:
		return count.Key{}, fmt.Errorf("%s is counted with --every: write --every 1h", f.Name)
	}
	if f.OfMark() {
		return count.Key{}, fmt.Errorf("%s comes from your marks, which are not read here", f.Name)
	}
	return count.Key{}, f.CheckValue()
}

// EachKey is Key for counts that a query confirms: an event counts once for each different value that a query for the field compares,
// such as each element of a list. An empty list or object counts as an empty text, and any other object as its JSON, which no query
// compares.
func (f *Field) EachKey() (count.Key, error) {
	if f.Kind == Path || f.Kind == Message {
		return count.ByMany(f.eachValue), nil
	}
	return f.Key()
}

// Counted returns the name by which a query finds what EachKey counts, of a field that was found by name: of several addresses only the
// first counts, so the query must look at no other.
func (f *Field) Counted(name string) string {
	if f.Kind == Column && len(f.Places) > 0 {
		return f.Schema.String()
	}
	return name
}

// eachValue returns a function that reads the values of the field from lines, for one goroutine.
func (f *Field) eachValue() count.LineValue {
	r := NewReader(*f)
	add := r.walker.appendCompared
	if f.Kind == Message { // a query compares a message of any type as a text
		add = func(dst, raw []byte) []byte { return count.AppendValue(dst, r.walker.Text(raw)) }
	}
	return func(dst, line []byte) ([]byte, bool) {
		from := len(dst)
		for _, raw := range r.read(line) {
			dst = add(dst, raw)
		}
		return dst, len(dst) > from
	}
}

// appendCompared appends the values that a query compares in a JSON value that no blanks surround.
func (w *Walker) appendCompared(dst, raw []byte) []byte {
	switch raw[0] {
	case 'n':
		return dst
	case '{', '[':
		if k := w.Scanner.Space(raw, 1); raw[k] == '}' || raw[k] == ']' {
			return count.AppendValue(dst, nil)
		}
		if raw[0] == '{' {
			return count.AppendValue(dst, raw)
		}
		w.Elements(raw, 0, func(i int) (int, bool, bool) {
			end, ok := w.Scanner.Value(raw, i)
			if ok {
				dst = w.appendCompared(dst, raw[i:end])
			}
			return end, false, ok
		})
		return dst
	}
	return count.AppendValue(dst, w.Text(raw))
}

// lineNumber is the number of a line; -1 if it is not known.
func lineNumber(o model.Origin) int64 {
	if o.Line <= 0 {
		return -1
	}
	return o.Line
}

// ColumnKey returns the key for counting by an attribute that has a column. Addresses count by what they are and not by how they are
// written.
func ColumnKey(c model.Column, f model.Field) count.Key {
	if f.Info().Comparison == model.AsAddress {
		return count.ByAddresses(c)
	}
	return count.ByColumn(c)
}

// lineValues returns a function that reads the value of the field from lines, for one goroutine.
func (f *Field) lineValues() count.LineValue {
	r := NewReader(*f)
	return func(dst, line []byte) ([]byte, bool) {
		found := r.read(line)
		switch len(found) {
		case 0:
			return dst, false
		case 1:
			return append(dst, r.walker.Text(found[0])...), true
		}
		dst = append(dst, '[')
		for i, raw := range found {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(dst, raw...)
		}
		return append(dst, ']'), true
	}
}

// targetValues returns a function that reads the targets of lines, for one goroutine.
func targetValues() count.LineValue {
	w := NewWalker()
	known := map[string][]TargetKey{} // TargetKeys, by action
	return func(dst, line []byte) ([]byte, bool) {
		action := ""
		if i := w.Member(line, w.Scanner.Space(line, 0), model.FieldActionName.String()); i >= 0 && line[i] == '"' {
			if end, ok := w.Scanner.Value(line, i); ok {
				action = string(w.Text(line[i:end]))
			}
		}
		keys, ok := known[action]
		if !ok {
			keys = TargetKeys(model.NewText(action))
			known[action] = keys
		}
		target := w.Target(line, keys)
		return append(dst, target...), len(target) > 0
	}
}
