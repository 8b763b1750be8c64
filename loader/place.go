package loader

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"pawprint/loader/format"
	"pawprint/model"
)

// ErrMoved says that the file at a path no longer holds what was read from it: it was rotated, replaced or truncated.
var ErrMoved = errors.New("the file at this path holds something else now")

// Stands looks whether the place of a source still holds the line of a row at the offset, for those who tell others to read it there.
// It looks into plain files alone: of what is packed, a table or remote it knows only what the source knows.
func Stands(s *model.SourceState, offset int64, line []byte) error {
	path := s.Place.Raw()
	if s.Form != "" && !plainForm(s.Form) || strings.HasPrefix(path, "s3://") {
		return nil
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ErrMoved // there is nothing there, or a pipe, which opening would wait for
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
	format.Flatten(now) // as the line may be
	format.Flatten(was)
	if !bytes.Equal(now, was) {
		return ErrMoved
	}
	return nil
}

// plainForm reports whether the rows of a source in the form stand in its file as they are.
func plainForm(form string) bool {
	for word := range strings.SplitSeq(form, ", ") {
		switch word {
		case "gzip", "zstd", format.NameCSV, format.NameTSV:
			return false
		}
	}
	return true
}
