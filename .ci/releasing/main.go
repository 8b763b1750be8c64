// Releasing writes the parts of a release that no common tool writes byte for byte the same on every machine.
//
//	releasing archive FOLDER FILE.tar.gz|FILE.zip   the folder as an archive: names sorted, nobody's user, one time for all
//	releasing sbom BINARY LICENCES.json             what is linked into a program, as CycloneDX on standard output
//
// The time of everything is SOURCE_DATE_EPOCH, in seconds since 1970. It is a module of its own, so that the program does not depend on
// what only a release needs.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "releasing:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return fmt.Errorf("set SOURCE_DATE_EPOCH to the time of the commit: %w", err)
	}
	at := time.Unix(seconds, 0).UTC()
	switch {
	case len(args) == 3 && args[0] == "archive":
		return archive(args[1], args[2], at)
	case len(args) == 3 && args[0] == "sbom":
		return sbom(os.Stdout, args[1], args[2], at)
	}
	return fmt.Errorf("want archive FOLDER FILE, or sbom BINARY LICENCES.json")
}
