package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pawprint/model/clock"
)

// parseZone reads the zone of --tz: utc, local, a distance from UTC such as +05:30, or the name of a zone in any case.
func parseZone(text string) (*time.Location, error) {
	switch name := strings.ToLower(text); name {
	case "utc", "":
		return time.UTC, nil
	case "local":
		return localZone(), nil
	}
	if seconds, ok := clock.Offset(distance(text)); ok {
		return fixedZone(seconds), nil
	}
	if zone, err := time.LoadLocation(text); err == nil {
		return zone, nil
	}
	for _, folder := range zoneFolders() {
		if name, ok := foldedPath(folder, text); ok {
			if zone, err := time.LoadLocation(name); err == nil {
				return zone, nil
			}
		}
	}
	if zone, err := time.LoadLocation(usualName(text)); err == nil {
		return zone, nil
	}
	return nil, fmt.Errorf("reading --tz: %q is not a zone: write utc, local, a name such as Europe/Zurich, or a distance from UTC such as +05:30", text)
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
