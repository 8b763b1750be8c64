package glob

import (
	"path"
	"slices"
	"strings"
)

// LogEndings are the endings of names of logs; what rotation adds and PackedEndings may follow them.
var (
	LogEndings    = []string{".jsonl", ".ndjson", ".json", ".log", ".csv", ".tsv"}
	PackedEndings = []string{".gz", ".zst"}
)

// Reasons why something is left out, beside the endings that are not those of logs.
const (
	Hidden   = "hidden"
	Folders  = "folders"
	NoEnding = "no ending"
	NoFiles  = "no files" // pipes, devices and the like, which could block a reader
)

// IsLogName reports whether a file in a folder is a log by its name: it ends with one of LogEndings. Behind that may be what
// rotation adds, such as .1, -20261101 or .2026-11-01, and one of PackedEndings. Case does not matter.
func IsLogName(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(LogEndings, func(ending string) bool {
		at := strings.LastIndex(name, ending)
		return at >= 0 && isRotation(name[at+len(ending):])
	})
}

// isRotation reports whether a text behind the ending of a log is what rotation and packing add, in lower case: nothing, ".gz",
// ".1", "-20261101.gz", ".gz.1".
func isRotation(added string) bool {
	for _, packed := range PackedEndings {
		if rest, ok := strings.CutSuffix(added, packed); ok {
			return isTurn(rest)
		}
		if rest, ok := strings.CutPrefix(added, packed); ok {
			return isTurn(rest)
		}
	}
	return isTurn(added)
}

// isTurn reports whether a text is what rotation adds to a name that is not packed, in lower case.
func isTurn(added string) bool {
	return added == "" || added == ".old" || added == ".prev" || isStamp(added)
}

// isStamp reports whether a text is a number or a time with a separator before it.
func isStamp(text string) bool {
	return len(text) > 1 && strings.ContainsRune(".-_", rune(text[0])) && strings.ContainsAny(text, "0123456789") &&
		strings.Trim(text, "0123456789.-_:+TZWtzw") == ""
}

// IsRotatedName reports whether name looks like base after rotation: with a number or a date after it or before its extension, or
// with one of a few words after it.
func IsRotatedName(base, name string) bool {
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if added, ok := strings.CutPrefix(name, base); ok {
		switch added {
		case "~", ".old", ".bak", ".prev", ".orig":
			return true
		}
		if isStamp(added) {
			return true
		}
	}
	added, ok := strings.CutPrefix(name, stem)
	if !ok || stem == "" {
		return false
	}
	added, ok = strings.CutSuffix(added, ext)
	return ok && isStamp(added)
}

// Extension returns the ending of a name if it looks like one: a dot, a letter, and at most ten more letters and digits.
func Extension(name string) string {
	ext := path.Ext(name)
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

// reasonOf returns why a name is not that of a log: its ending.
func reasonOf(name string) string {
	if ext := Extension(name); ext != "" {
		return strings.ToLower(ext)
	}
	return NoEnding
}
