package loader

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"pawprint/loader/format"
	"pawprint/model"
	"pawprint/model/rawjson"
)

// ErrMoved says that the file at a path no longer holds the line that was read from it: it was rotated, replaced or truncated.
var ErrMoved = errors.New("the file at this path has changed since it was read")

// CheckPlace returns ErrMoved if the file at the place of a source no longer holds line at the offset. Call it before telling
// anybody to read the line there. It checks plain files only: for packed, table and remote sources it returns nil.
func CheckPlace(s *model.SourceState, offset int64, line []byte) error {
	path := s.Place.Raw()
	if s.Form != "" && !plainForm(s.Form) || strings.HasPrefix(path, "s3://") {
		return nil
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ErrMoved // missing, or a pipe, which could block in Open
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("opening a source: %w", err)
	}
	defer f.Close()
	now := make([]byte, len(line))
	if n, _ := f.ReadAt(now, offset); n < len(now) {
		return ErrMoved
	}
	was := bytes.Clone(line)
	format.Flatten(now) // the line may be flattened
	format.Flatten(was)
	if !bytes.Equal(now, was) && !standsAsText(f, offset, line) {
		return ErrMoved
	}
	return nil
}

// standsAsText reports whether line is the text of a string whose bytes, with their escapes, are at the offset.
func standsAsText(f io.ReaderAt, offset int64, line []byte) bool {
	const longestEscape = len(`\u0000`)
	raw := make([]byte, longestEscape*len(line))
	n, _ := f.ReadAt(raw, offset)
	return bytes.HasPrefix(rawjson.Inside(nil, raw[:n]), line)
}

// plainForm reports whether a file of the given form contains its rows unchanged.
func plainForm(form string) bool {
	for word := range strings.SplitSeq(form, ", ") {
		switch word {
		case "gzip", "zstd", format.NameCSV, format.NameTSV:
			return false
		}
	}
	return true
}
