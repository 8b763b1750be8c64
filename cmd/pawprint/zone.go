package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pawprint/model/clock"
)

// parseZone reads the zone of --tz.
func parseZone(text string) (*time.Location, error) {
	if zone, ok := findZone(text); ok {
		return zone, nil
	}
	return nil, fmt.Errorf("reading --tz: %q is not a zone: write utc, local, a name such as Europe/Zurich, or an offset from UTC such as +05:30", text)
}

// findZone returns a zone: utc, local, an offset from UTC such as +05:30, or the one with a name, in any case.
func findZone(text string) (zone *time.Location, ok bool) {
	switch name := strings.ToLower(text); name {
	case "utc", "":
		return time.UTC, true
	case "local":
		return localZone(), true
	}
	if seconds, ok := clock.Offset(distance(text)); ok {
		return fixedZone(seconds), true
	}
	if zone, err := time.LoadLocation(text); err == nil {
		return zone, true
	}
	for _, folder := range zoneFolders() {
		if name, ok := foldedPath(folder, text); ok {
			if zone, err := time.LoadLocation(name); err == nil {
				return zone, true
			}
		}
	}
	zone, err := time.LoadLocation(usualName(text))
	return zone, err == nil
}

// localZone returns the zone of the system under its own name, such as Europe/Zurich, or as Local if its name cannot be found.
func localZone() *time.Location {
	if time.Local.String() != "Local" {
		return time.Local // of TZ
	}
	target, err := filepath.EvalSymlinks("/etc/localtime")
	if err != nil {
		return time.Local
	}
	_, name, _ := strings.Cut(filepath.ToSlash(target), "/zoneinfo/")
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" {
		return time.Local
	}
	return zone
}

// distance drops the UTC before a distance from it, as in UTC+5:30, and adds the zero of its hour.
func distance(text string) string {
	for _, prefix := range []string{"utc", "gmt"} {
		if len(text) > len(prefix) && strings.EqualFold(text[:len(prefix)], prefix) {
			text = text[len(prefix):]
		}
	}
	text = strings.Replace(text, "\u2212", "-", 1)
	if len(text) == len("+5:30") && text[2] == ':' {
		text = text[:1] + "0" + text[1:]
	}
	return text
}

// fixedZone is the zone at a distance from UTC. Its name is the distance.
func fixedZone(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	name := time.Unix(0, 0).In(time.FixedZone("", seconds)).Format("-07:00")
	return time.FixedZone(name, seconds)
}

// zoneFolders lists the folders that time.LoadLocation finds zones in.
func zoneFolders() []string {
	return []string{os.Getenv("ZONEINFO"), "/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo"}
}

// foldedPath finds a path below a folder that equals text but for the case of letters.
func foldedPath(folder, text string) (path string, ok bool) {
	if folder == "" {
		return "", false
	}
	for _, part := range strings.Split(text, "/") {
		entries, _ := os.ReadDir(filepath.Join(folder, path))
		found := ""
		for _, e := range entries {
			if strings.EqualFold(e.Name(), part) {
				found = e.Name()
				break
			}
		}
		if found == "" {
			return "", false
		}
		path = strings.TrimPrefix(path+"/"+found, "/")
	}
	return path, true
}

// usualName writes the name of a zone as most are written: Europe/Zurich, America/Port_of_Spain.
func usualName(text string) string {
	name := []byte(strings.ToLower(text))
	for i := range name {
		if i == 0 || name[i-1] == '/' || name[i-1] == '_' || name[i-1] == '-' {
			name[i] = strings.ToUpper(string(name[i]))[0]
		}
	}
	return strings.NewReplacer("_Of_", "_of_", "_Es_", "_es_", "-Au-", "-au-").Replace(string(name))
}

// zoneNames lists the names of the zones that the system knows, such as Europe/Zurich.
func zoneNames() (names []string) {
	for _, folder := range zoneFolders() {
		if folder == "" {
			continue
		}
		_ = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
			name, _ := filepath.Rel(folder, path)
			switch upper := e != nil && e.Name() != "" && e.Name()[0] >= 'A' && e.Name()[0] <= 'Z'; {
			case err != nil || name == ".":
			case !upper && e.IsDir():
				return fs.SkipDir // posix, right: the same names again
			case upper && !e.IsDir() && !strings.Contains(e.Name(), "."):
				names = append(names, filepath.ToSlash(name))
			}
			return nil
		})
		if names != nil {
			break
		}
	}
	return names
}
