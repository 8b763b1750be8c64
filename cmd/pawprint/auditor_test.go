package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
)

// auditEvent holds the fields of an event that an auditor asks about, as encoding/json decodes them.
type auditEvent struct {
	Action string `json:"actionName"`
	Result string `json:"actionResult"`
	Actor  struct{ Name string }
}

func eachAuditEvent(t *testing.T, do func(e auditEvent)) {
	t.Helper()
	f, err := os.Open(story)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e auditEvent
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		do(e)
	}
	if lines.Err() != nil {
		t.Fatal(lines.Err())
	}
}

func TestRepeatedFailuresAreCountedByActorAndAction(t *testing.T) {
	want := map[[2]string]int{}
	eachAuditEvent(t, func(e auditEvent) {
		if e.Result != "SUCCEEDED" {
			want[[2]string{e.Actor.Name, e.Action}]++
		}
	})
	rows, err := csv.NewReader(strings.NewReader(pawprint(t, "stats", "--failed", "--by", "actor,action", "-o", "csv", story))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(want)+1 {
		t.Errorf("%d rows, want a header and %d", len(rows), len(want))
	}
	for _, row := range rows[1:] {
		if n := want[[2]string{row[0], row[1]}]; row[2] != strconv.Itoa(n) {
			t.Errorf("%s failed at %s %s times, want %d", row[0], row[1], row[2], n)
		}
	}
}

func TestTimelineForAnAuditorIsATableToHandOver(t *testing.T) {
	changes := 0
	eachAuditEvent(t, func(e auditEvent) {
		if e.Action == "UPDATE_SAML_SETTINGS" || e.Action == "UPDATE_GENERAL_SETTINGS" {
			changes++
		}
	})
	const filter = "action:*SETTING* -is:read"
	table := strings.Split(strings.TrimSpace(pawprint(t, "query", "-o", "md", "--fields", "time,actor,action,result", filter, story)), "\n")
	if len(table) != changes+2 || !strings.HasPrefix(table[0], "| `time` | `actor` | `action` | `result` |") {
		t.Errorf("the table has %d lines, want a head and %d events:\n%s", len(table), changes, strings.Join(table, "\n"))
	}
	rows, err := csv.NewReader(strings.NewReader(pawprint(t, "stats", "-q", filter, "--every", "1d", "-o", "csv", story))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	counted := 0
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		counted += n
	}
	if counted != changes {
		t.Errorf("the days have %d events, want %d", counted, changes)
	}
}
