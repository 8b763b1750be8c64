package model

import (
	"bytes"
	"fmt"
)

// testRow is a row for a test log.
type testRow struct {
	nanos  int64
	action string
	result string
	actor  string
	flags  Flags
}

// appendRows adds rows to l as one batch of source id; every row has a line of its own in raw.
func appendRows(l *Log, id SourceID, line int64, rows ...testRow) {
	var raw bytes.Buffer
	b := &Batch{Source: id, Line: line, Vocabulary: NewVocabulary()}
	for i, r := range rows {
		text := fmt.Sprintf(`{"actionName":%q,"actionResult":%q,"n":%d}`, r.action, r.result, i)
		record := RowRecord{Nanos: r.nanos, Offset: uint32(raw.Len()), Length: uint32(len(text)), Line: uint32(i), Flags: r.flags}
		record.Columns[ColAction] = b.Vocabulary.ID(ColAction, []byte(r.action))
		record.Columns[ColResult] = b.Vocabulary.ID(ColResult, []byte(r.result))
		if r.actor != "" {
			record.Columns[ColActorName] = b.Vocabulary.ID(ColActorName, []byte(r.actor))
		}
		if r.flags&FlagReject != 0 {
			b.AddProblem(NotJSON, FieldNone, 3, 0, 2)
		}
		b.AddRow(&record)
		raw.WriteString(text + "\n")
		b.Lines++
	}
	b.Raw, b.Length = bytes.NewReader(raw.Bytes()), int64(raw.Len())
	b.Sum, b.Summed = Checksum(raw.Bytes()), int64(raw.Len())
	l.Append(b)
}
