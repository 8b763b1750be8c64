package salvage

import (
	"bytes"
	"encoding/json"
	"testing"

	"pawprint/loader/demo/damaged"
)

// FuzzObjectsAreEventsAndTheRestIsAllowed feeds any line: objects must not overlap, must be events by another reader of JSON, and
// what is left of the line must be what may stand around them.
func FuzzObjectsAreEventsAndTheRestIsAllowed(f *testing.F) {
	for _, c := range damaged.Cases() {
		if len(c.Line) < 2<<10 {
			f.Add(c.Line)
		}
	}
	var finder, other Finder
	f.Fuzz(func(t *testing.T, line []byte) {
		before := bytes.Clone(line)
		objects := append([]Object(nil), finder.Line(line)...)
		if !bytes.Equal(line, before) {
			t.Fatalf("%q became %q", before, line)
		}
		at := 0
		for i, o := range objects {
			if o.Start < at || o.End <= o.Start || o.End > len(line) {
				t.Fatalf("%q: object %d is at %d to %d, behind %d", line, i, o.Start, o.End, at)
			}
			if !o.Quoted && !other.Before(line[at:o.Start]) {
				t.Fatalf("%q: %q stands before an object", line, line[at:o.Start])
			}
			for _, m := range finder.Marks(&o) {
				if m.At < 0 || m.At > len(line) || m.Detail == 0 {
					t.Fatalf("%q: mark %+v", line, m)
				}
			}
			checkEvent(t, line[o.Start:o.End])
			at = o.End
		}
		if len(objects) > 0 && !other.Behind(line[at:]) {
			t.Fatalf("%q: %q stands behind the last object", line, line[at:])
		}
		if begins := finder.Begins(line); begins >= len(line) || begins >= 0 && line[begins] != '{' {
			t.Fatalf("%q: an object begins at %d", line, begins)
		}
	})
}

func checkEvent(t *testing.T, text []byte) {
	t.Helper()
	var event map[string]any
	if err := json.Unmarshal(text, &event); err != nil && json.Valid(text) { // too deep for it, or a number that it cannot hold
		return
	}
	name, _ := event["actionName"].(string)
	if name == "" && !bytes.Contains(text, []byte("actionName")) && !bytes.Contains(text, []byte(`\u`)) || event == nil {
		t.Fatalf("%q is no event", text)
	}
	var again Finder
	if s, ok := again.shape(text, 0); !ok || !s.event() || s.end != len(text) {
		t.Fatalf("%q is no event by itself", text)
	}
}
