package main

import (
	"strings"
	"testing"

	"pawprint/model/query"
)

// The command prints the columns that the interface shows for a ready view, those that compare events included.
func TestEveryReadyViewIsPrintedWithItsColumns(t *testing.T) {
	for _, v := range query.Views() {
		for _, format := range []string{"table", "csv", "md"} {
			out, said, code := outcomeOf(t, "query", "--view", v.Name, "-n", "2", "-o", format, "", story)
			head, _, _ := strings.Cut(strings.ToLower(out), "\n")
			if code == exitError {
				t.Fatalf("the view %s as %s: %s", v.Name, format, said)
			}
			for _, name := range v.Columns {
				if code == 0 && !strings.Contains(strings.ReplaceAll(head, "`", ""), strings.ToLower(name)) {
					t.Errorf("the view %s as %s has no column %s: %s", v.Name, format, name, head)
				}
			}
		}
	}
}

func TestWhatIsNewAboutAnEventIsAField(t *testing.T) {
	out, said, code := outcomeOf(t, "query", "-o", "csv", "--fields", "time, first-seen", "actor:ops.support@example.org", story)
	if code != 0 || !strings.Contains(out, `,"new address, action",`) || !strings.Contains(out, ",new action,") {
		t.Errorf("exit %d: %s%s", code, out, said)
	}
	if !strings.Contains(said, "first-seen compares only the events that were read") {
		t.Errorf("what it rests on is not said: %s", said)
	}
}
