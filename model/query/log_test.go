package query

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"pawprint/model"
)

// rowsPerBatch makes several batches of even a small log.
const rowsPerBatch = 100

// newLog makes a log of lines the way a loader would, but through encoding/json.
func newLog(tb testing.TB, lines []string) *model.Log {
	tb.Helper()
	l := model.NewLog()
	source := l.AddSource(model.NewText("audit.jsonl"))
	appendLines(l, source, 0, lines)
	return l
}

// appendLines appends lines to a source that already has the given number of lines.
func appendLines(l *model.Log, source model.SourceID, before int, lines []string) {
	raw := []byte(strings.Join(lines, "\n") + "\n")
	vocabulary := model.NewVocabulary()
	offset := 0
	for from := 0; from < len(lines); from += rowsPerBatch {
		part := lines[from:min(from+rowsPerBatch, len(lines))]
		b := &model.Batch{Source: source, Raw: bytes.NewReader(raw), Base: int64(offset), Line: int64(before + from + 1), Lines: int64(len(part)), Vocabulary: vocabulary}
		at := 0
		for i, line := range part {
			r := record(vocabulary, line)
			r.Offset, r.Length, r.Line = uint32(at), uint32(len(line)), uint32(i)
			r.ID = rowID(line)
			b.AddRow(r)
			at += len(line) + 1
		}
		b.Length = int64(at)
		offset += at
		l.Append(b)
	}
}

func record(v *model.Vocabulary, line string) *model.RowRecord {
	r := &model.RowRecord{Flags: model.FlagReject | model.FlagError | model.FlagNoTime}
	escapes := model.Flags(0)
	if strings.Contains(line, `\u`) || !norm.NFC.IsNormalString(line) || strings.Contains(line, "ſ") {
		escapes = model.FlagEscapes
	}
	r.Flags |= escapes
	event := decodeEvent(line)
	if event == nil {
		return r
	}
	r.Flags = escapes
	if lacks(event) {
		r.Flags |= model.FlagError
	}
	if strange(event) {
		r.Flags |= model.FlagWarning
	}
	for _, f := range model.Schema() {
		if f.Column == model.NoColumn {
			continue
		}
		var text string
		switch raw := rawAt(line, f.Name); {
		case len(raw) == 0 || string(raw) == "null":
		case json.Unmarshal(raw, &text) == nil:
			r.Columns[f.Column] = v.ID(f.Column, []byte(text))
		default:
			r.Columns[f.Column] = v.ID(f.Column, raw)
		}
	}
	if errors, ok := event["errors"].([]any); event["errors"] != nil && (!ok || len(errors) > 0) {
		r.Flags |= model.FlagErrors
	}
	stamp, _ := event["timestamp"].(string)
	if at, err := time.Parse(time.RFC3339Nano, stamp); err == nil {
		r.Nanos = at.UnixNano()
	} else {
		r.Flags |= model.FlagNoTime | model.FlagError
	}
	return r
}

// rawAt returns the JSON at a path of keys, as the line writes it; nil if there is none.
func rawAt(line, path string) json.RawMessage {
	raw := json.RawMessage(line)
	for _, key := range strings.Split(path, ".") {
		var object map[string]json.RawMessage
		if json.Unmarshal(raw, &object) != nil {
			return nil
		}
		raw = object[key]
	}
	return raw
}

// lacks reports whether an event has no value for a required attribute.
func lacks(event map[string]any) bool {
	for _, f := range model.Schema() {
		var at any = event
		for _, key := range strings.Split(f.Name, ".") {
			object, _ := at.(map[string]any)
			at = object[key]
		}
		if f.Required && at == nil {
			return true
		}
	}
	return false
}

// strange reports whether an event has a key that the schema does not know.
func strange(event map[string]any) bool {
	for key := range event {
		known := strings.HasPrefix(key, "p_")
		for _, f := range model.Schema() {
			known = known || f.Name == key
		}
		if !known {
			return true
		}
	}
	return false
}

// selected returns the numbers of the rows that match.
func selected(tb testing.TB, l *model.Log, m model.Matcher) []int {
	tb.Helper()
	snap := l.Snapshot()
	s, err := model.Select(context.Background(), snap, m, nil)
	if err != nil {
		tb.Fatalf("Select: %v", err)
	}
	rows := []int{}
	for r := range snap.Rows() {
		if s.Has(model.Row(r)) {
			rows = append(rows, r)
		}
	}
	return rows
}

// rowID returns the id of an event that has a p_row_id.
func rowID(line string) model.RowID {
	event := decodeEvent(line)
	if text, ok := event["p_row_id"].(string); ok {
		sum := sha256.Sum256([]byte(text))
		return model.RowID{binary.BigEndian.Uint64(sum[:]), binary.BigEndian.Uint64(sum[8:])}
	}
	return model.RowID{}
}
