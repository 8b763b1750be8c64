package s3

import (
	"path"
	"slices"
	"strings"

	"pawprint/loader/glob"
)

// More names count as logs than in a folder, as buckets of logs seldom hold files of other programs.
var (
	logNames    = slices.Concat(glob.LogEndings, []string{".txt"})
	packedNames = slices.Concat(glob.PackedEndings, []string{".gzip", ".zstd"})
)

// namesLog reports whether a key looks like that of one log, and not like a prefix.
func namesLog(key string) bool {
	base := key[strings.LastIndexByte(key, '/')+1:]
	return notLog(key) == "" && (glob.Extension(base) != "" || glob.IsLogName(base))
}

// notLog returns why an object is not a log, by its name alone, or an empty string if it may be one. A name without an ending
// may be one: the content decides.
func notLog(key string) string {
	base := path.Base(key)
	switch {
	case key == "":
		return "no key"
	case strings.HasSuffix(key, "/"), strings.HasSuffix(key, "_$folder$"):
		return glob.Folders
	case strings.HasPrefix(base, "."), strings.HasPrefix(base, "_"):
		return glob.Hidden
	case strings.Contains(strings.ToLower(base), "manifest"):
		return "manifests"
	}
	ext := strings.ToLower(glob.Extension(base))
	if slices.Contains(packedNames, ext) {
		if ext = strings.ToLower(glob.Extension(base[:len(base)-len(ext)])); ext == ".tar" {
			return ext
		}
		return ""
	}
	if ext == "" || slices.Contains(logNames, ext) {
		return ""
	}
	return ext
}
