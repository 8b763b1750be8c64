package loader

import (
	"bytes"

	"pawprint/loader/decode"
	"pawprint/loader/format"
	"pawprint/model/rawjson"
)

// detect determines the format of a text. For most texts the first line already shows that they are JSON lines.
func detect(head []byte, whole bool) (format.Format, error) {
	if len(head) == 0 || beginsWithEvent(head) {
		return format.Format{Name: format.NameLines}, nil
	}
	return format.Detect(head, whole)
}

// beginsWithEvent reports whether the first line is an object that begins with a key of an event. The key errors does not count,
// as pages of API answers have it too.
func beginsWithEvent(head []byte) bool {
	end := bytes.IndexByte(head, '\n')
	if end < 0 || !bytes.HasPrefix(head, []byte(`{"`)) {
		return false
	}
	line := head[:end+1]
	if cr := bytes.IndexByte(line, '\r'); cr >= 0 && cr != end-1 {
		return false
	}
	key, _, _ := bytes.Cut(line[2:], []byte{'"'})
	if !decode.KnownKey(key) || string(key) == "errors" {
		return false
	}
	var scan rawjson.Scanner
	at, ok := scan.Value(line, 0)
	return ok && line[scan.Space(line, at)] == '\n'
}
