package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"pawprint/cmd/internal/disk"
	"pawprint/cmd/internal/state"
	"pawprint/model/fault"
)

// A crash report says where in the program a fault happened, for the people who fix it. It holds no data of a log, no arguments and no
// paths of the user.

// crashName is the start of the names of reports, and maxCrashes is how many are kept.
const (
	crashName  = "crash-"
	maxCrashes = 10
)

// faultReport returns the text of a crash report.
func faultReport(f *fault.Error) []byte {
	return fmt.Appendf(nil, "%s\n\n%s", f.Error(), f.Stack)
}

// keepReport writes a report into the state folder and returns its path. It removes the oldest reports beyond maxCrashes.
func keepReport(report []byte) (path string, err error) {
	dir, err := state.Folder()
	if err != nil {
		return "", err
	}
	if old, err := filepath.Glob(filepath.Join(dir, crashName+"*.txt")); err == nil && len(old) >= maxCrashes {
		slices.Sort(old) // by time
		for _, one := range old[:len(old)-maxCrashes+1] {
			_ = os.Remove(one)
		}
	}
	now := time.Now().UTC()
	path = filepath.Join(dir, fmt.Sprintf("%s%s-%d.txt", crashName, now.Format("20060102T150405.000"), os.Getpid()))
	err = disk.Create(path, func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "pawprint %s, %s, %s/%s, %s\n%s", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, now.Format(time.RFC3339), report)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("keeping the report: %w", err)
	}
	return path, nil
}

// faultLine returns the message about a fault. report is the path of its report, or empty if there is none.
func faultLine(f *fault.Error, report string) string {
	line := "pawprint: " + f.Error()
	if report != "" {
		line += "; a report without log data is in " + disk.ShortPath(report)
	}
	return line
}
