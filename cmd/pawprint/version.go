package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// version returns the version of the program: that of the module if it was built as one or from a commit, else that of the source.
func version() string { return builtFrom().version }

// build is what a program says of its own build. Times come from the commit, never from the day of the build.
type build struct {
	version  string
	commit   string    // empty where the build information names none
	time     time.Time // of the commit; zero where none is known
	modified bool      // the source was not that of the commit
}

// builtFrom returns what the build information says of this program.
func builtFrom() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = new(debug.BuildInfo)
	}
	return buildOf(info)
}

func buildOf(info *debug.BuildInfo) build {
	b := build{version: "0.1.0-dev"}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.commit = s.Value
		case "vcs.time":
			b.time, _ = time.Parse(time.RFC3339, s.Value)
		case "vcs.modified":
			b.modified = s.Value == "true"
		}
	}
	return b
}

// String returns what --version prints behind the name of the program.
func (b build) String() string {
	var out strings.Builder
	fmt.Fprintln(&out, b.version)
	out.WriteString("commit: " + cmp.Or(b.commit, "not known"))
	if !b.time.IsZero() {
		out.WriteString(", " + b.time.UTC().Format(time.RFC3339))
	}
	if b.modified {
		out.WriteString(", with changes that are in no commit")
	}
	fmt.Fprintf(&out, "\nbuild:  %s, %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return out.String()
}

// day returns the day of the commit, otherwise that of sourceDateEpoch (seconds since 1970, as packagers set SOURCE_DATE_EPOCH), otherwise
// nothing.
func (b build) day(sourceDateEpoch string) string {
	t := b.time
	if seconds, err := strconv.ParseInt(sourceDateEpoch, 10, 64); t.IsZero() && err == nil {
		t = time.Unix(seconds, 0)
	}
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
