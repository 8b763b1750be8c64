package main

import (
	"fmt"
	"path/filepath"
	"testing"
)

// seen writes an event of an actor at a minute of an hour.
func seen(minute int, actor, address string) string {
	return fmt.Sprintf(`{"actionName":"SIGN_IN","actionResult":"SUCCEEDED","actor":{"id":%q,"type":"USER","name":%q},"sourceIP":%q,"timestamp":"2026-11-02T10:%02d:00Z","pantherVersion":"1.113.138"}`+"\n",
		actor, actor, address, minute)
}

func TestAFollowedQueryCorrectsWhoWasFirst(t *testing.T) {
	for _, c := range []struct{ query, printed, corrected string }{
		{"is:new-address", "10:05:00", "live.jsonl:1: was printed"},
		{"is:first-seen", "10:05:00", "live.jsonl:1: was printed"},
		{"NOT is:new-action", "10:06:00", ""}, // line 1 is printed now
	} {
		path := filepath.Join(t.TempDir(), "live.jsonl")
		appendTo(t, path, seen(5, "ann", "192.0.2.1")+seen(6, "ann", "192.0.2.1"))
		x := start(t, nil, "query", "-f", "-o", "table", c.query, path)
		x.waitForText(c.printed)
		x.waitForText("first-seen compares only the events that were read, which start at 2026-11-02 10:05:00 UTC")
		appendTo(t, path, seen(4, "ann", "192.0.2.1"))
		if c.corrected == "" {
			x.waitForText("10:05:00")
			continue
		}
		x.waitForText("10:04:00")
		x.waitForText(c.corrected)
	}
}
