package loader

import (
	"bytes"
	"fmt"
	"os"

	"pawprint/model"
)

// previewBytes is how many bytes at the end of a file a preview reads.
const previewBytes = 64 << 10

// Preview reads the end of a large plain file into a log of its own, to be shown while the file is loaded. Its line numbers are
// not known and therefore 0 or less. It returns nil for a file that loads quickly or that cannot be read from its end, such as a
// packed one.
func Preview(path string) (*model.Log, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() < 16*BlockBytes {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	start := info.Size() - previewBytes
	tail := make([]byte, previewBytes)
	n, _ := f.ReadAt(tail, start) // the load reports what is wrong
	tail = tail[:n]
	first, last := bytes.IndexByte(tail, '\n'), bytes.LastIndexByte(tail, '\n')
	if first == last || !plainLines(f, info.Size()) {
		if err := f.Close(); err != nil {
			return nil, fmt.Errorf("closing %s: %w", path, err)
		}
		return nil, nil
	}
	body := tail[first+1 : last+1]
	log := model.NewLog()
	to := Announce(log, model.NewText(path))
	to.Loading(info.Size())
	to.Update(func(s *model.SourceState) { s.Place = s.Name })
	const unknownLine = -1 << 40
	NewStream(log, to.ID, Bytes{Raw: f, Start: start + int64(first+1), Line: unknownLine}, Limits{}).Write(body)
	return log, to.End(nil)
}
