package glob

import (
	"path"
	"slices"
	"strings"
)

// LogEndings are the endings of the names of logs, PackedEndings those that may stand behind them.
var (
	LogEndings    = []string{".jsonl", ".ndjson", ".json", ".log", ".csv", ".tsv"}
	PackedEndings = []string{".gz", ".zst"}
)

// IsLogName reports whether a file in a folder is taken for a log because of its name: one of LogEndings, alone or followed by one of
// PackedEndings. Case does not matter.
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
