package sourcetest

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pawprint/loader/demo"
)

// Events is how many events Check has each kind of source load.
const Events = 1000

// Text invents JSON lines of n valid events, in the order of their times, no two at the same time. It returns the same text
// each time.
func Text(tb testing.TB, n int) []byte {
	tb.Helper()
	var all bytes.Buffer
	if _, err := demo.New(demo.Options{Seed: 3, Events: 3 * n}).WriteTo(&all); err != nil {
		tb.Fatal(err)
	}
	type timed struct {
		at   time.Time
		line []byte
	}
	var events []timed
	seen := map[time.Time]bool{}
	for line := range bytes.Lines(all.Bytes()) {
		var e struct{ Timestamp time.Time }
		if json.Unmarshal(line, &e) != nil || e.Timestamp.IsZero() || seen[e.Timestamp] {
			continue
		}
		seen[e.Timestamp] = true
		events = append(events, timed{e.Timestamp, line})
	}
	slices.SortFunc(events, func(a, b timed) int { return a.at.Compare(b.at) })
	if len(events) < n {
		tb.Fatalf("invented %d events, want %d", len(events), n)
	}
	var text []byte
	for _, e := range events[:n] {
		text = append(text, e.line...)
	}
	return text
}
