package s3

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"pawprint/loader/glob"
	"pawprint/model/amount"
)

// More names count as logs than in a folder, as buckets of logs seldom hold files of other programs.
var (
	logNames    = slices.Concat(glob.LogEndings, []string{".txt"})
	packedNames = slices.Concat(glob.PackedEndings, []string{".gzip", ".zstd"})
)

// notLog returns why an object is not a log, by its name alone, or an empty string if it may be one. A name without an ending
// may be one: the content decides.
func notLog(key string) string {
	base := path.Base(key)
	switch {
	case strings.HasSuffix(key, "/"), strings.HasSuffix(key, "_$folder$"):
		return "folders"
	case strings.HasPrefix(base, "."), strings.HasPrefix(base, "_"):
		return "hidden"
	case strings.Contains(strings.ToLower(base), "manifest"):
		return "manifests"
	}
	ext := strings.ToLower(extension(base))
	if slices.Contains(packedNames, ext) {
		if ext = strings.ToLower(extension(base[:len(base)-len(ext)])); ext == ".tar" {
			return ext
		}
		return ""
	}
	if ext == "" || slices.Contains(logNames, ext) {
		return ""
	}
	return ext
}

// extension returns the ending of a name if it looks like one: a dot, a letter, and at most ten more letters and digits.
func extension(base string) string {
	ext := path.Ext(base)
	if len(ext) < 2 || len(ext) > 12 {
		return ""
	}
	for i, c := range ext[1:] {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return ""
		}
	}
	return ext
}

// maxReasons bounds how many reasons are counted separately.
const maxReasons = 8

// skipped counts skipped objects by reason.
type skipped struct {
	total   int64
	reasons map[string]int64
}

func (s *skipped) add(reason string) {
	if s.reasons == nil {
		s.reasons = map[string]int64{}
	}
	if _, known := s.reasons[reason]; !known && len(s.reasons) >= maxReasons {
		reason = "others"
	}
	s.total++
	s.reasons[reason]++
}

// note says how many objects were skipped and why, the most frequent reason first.
func (s *skipped) note() string {
	if s.total == 0 {
		return ""
	}
	names := make([]string, 0, len(s.reasons))
	for name := range s.reasons {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if s.reasons[a] != s.reasons[b] {
			return int(s.reasons[b] - s.reasons[a])
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %s", name, amount.Count(s.reasons[name]))
	}
	return fmt.Sprintf("%s skipped as no logs (%s)", objects(s.total), strings.Join(names, ", "))
}
