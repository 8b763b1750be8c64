package main

import (
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

func buildInfo(version string, settings ...string) *debug.BuildInfo {
	info := &debug.BuildInfo{Main: debug.Module{Version: version}}
	for i := 0; i < len(settings); i += 2 {
		info.Settings = append(info.Settings, debug.BuildSetting{Key: settings[i], Value: settings[i+1]})
	}
	return info
}

func TestVersionTellsTheCommitAndTheBuild(t *testing.T) {
	stamped := buildInfo("v0.1.0", "vcs.revision", "0123abcd", "vcs.time", "2026-11-02T23:30:00-05:00", "vcs.modified", "false")
	changed := buildInfo("", "vcs.revision", "0123abcd", "vcs.modified", "true")
	for _, test := range []struct {
		info *debug.BuildInfo
		want string
	}{
		{stamped, "v0.1.0\ncommit: 0123abcd, 2026-11-03T04:30:00Z\nbuild:  go"},
		{changed, "0.1.0-dev\ncommit: 0123abcd, with changes that are in no commit\nbuild:  go"},
		{buildInfo("(devel)"), "0.1.0-dev\ncommit: not known\nbuild:  go"},
	} {
		if got := buildOf(test.info).String(); !strings.HasPrefix(got, test.want) {
			t.Errorf("--version prints %q, want the beginning %q", got, test.want)
		}
	}
}

func TestTheDayIsThatOfTheCommitAndNeverThatOfTheBuild(t *testing.T) {
	stamped := buildInfo("", "vcs.time", "2026-11-02T23:30:00Z")
	for _, test := range []struct {
		info        *debug.BuildInfo
		epoch, want string
	}{
		{stamped, "", "2026-11-02"},
		{stamped, "86400", "2026-11-02"},
		{buildInfo(""), "86400", "1970-01-02"},
		{buildInfo(""), "", ""},
		{buildInfo(""), "soon", ""},
		{buildInfo("", "vcs.time", "soon"), "", ""},
	} {
		if got := buildOf(test.info).day(test.epoch); got != test.want {
			t.Errorf("the day of %v with SOURCE_DATE_EPOCH=%q is %q, want %q", test.info.Settings, test.epoch, got, test.want)
		}
	}
	t.Setenv("SOURCE_DATE_EPOCH", "")
	if today := time.Now().UTC().Format(time.DateOnly); strings.Contains(pages(t)["pawprint"], escapeRoff(today)) && builtFrom().day("") != today {
		t.Error("the manual names the day on which it is printed")
	}
}
