package field

import (
	"context"
	"slices"
	"strconv"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/marks"
)

// CountKey returns the key for counts that a query confirms: EachKey, or Said with find for a field OfMark.
func (f *Field) CountKey(find marks.Search) (count.Key, error) {
	if f.OfMark() {
		return f.Said(find), nil
	}
	return f.EachKey()
}

// Said returns the key for counting by what the user said about events, of a field OfMark: an event counts once for each of its tags. find
// finds the marked events.
func (f *Field) Said(find marks.Search) count.Key {
	return count.ByEachTold(told(find, func(m *marks.Mark) []string {
		switch {
		case f.Kind == Tags:
			return m.Tags
		case f.Kind == Verdict:
			return []string{string(m.Verdict)}
		}
		return []string{m.Note}
	}))
}

// saidOrder returns the key for sorting by what the user said: verdicts from benign to malicious, notes and lists of tags by their bytes.
func (f *Field) saidOrder(find marks.Search) count.Key {
	return count.ByTold(told(find, func(m *marks.Mark) []string {
		switch {
		case f.Kind == Tags:
			var text []byte
			for i, tag := range m.Tags {
				text = AppendCell(text, i, tag)
			}
			return []string{string(text)}
		case f.Kind == Verdict && m.Verdict != "":
			return []string{strconv.Itoa(slices.Index(marks.Verdicts, m.Verdict)+1) + string(m.Verdict)}
		case f.Kind == Verdict:
			return nil
		}
		return []string{m.Note}
	}))
}

// told tells what the marks that find finds say; an empty text says nothing.
func told(find marks.Search, said func(m *marks.Mark) []string) count.Told {
	return func(ctx context.Context, snap *model.Snapshot, from, to model.Row, add func(model.Row, string)) ([]model.Row, error, error) {
		found, err := find(ctx, snap, from, to)
		for _, p := range found.Places {
			for _, text := range said(p.Mark) {
				if text != "" {
					add(p.Row, text)
				}
			}
		}
		return found.Unread, found.Why, err
	}
}
