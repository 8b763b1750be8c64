package glob

import (
	"path"
	"slices"
	"strings"
)

// LogEndings are the endings of names of logs; PackedEndings may follow them.
var (
	LogEndings    = []string{".jsonl", ".ndjson", ".json", ".log", ".csv", ".tsv"}
	PackedEndings = []string{".gz", ".zst"}
)

// IsLogName reports whether a file in a folder is a log by its name: it ends with one of LogEndings, or with one of them and one
// of PackedEndings. Case does not matter.
func IsLogName(name string) bool {
	name = strings.ToLower(name)
	for _, packed := range PackedEndings {
		if rest, ok := strings.CutSuffix(name, packed); ok {
			name = rest
			break
		}
	}
	return slices.Contains(LogEndings, path.Ext(name))
}
