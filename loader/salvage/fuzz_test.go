package salvage

import (
	"bytes"
	"encoding/json"
	"testing"

	"pawprint/loader/demo/damaged"
	"pawprint/model"
	"pawprint/model/rawjson"
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
			if outer := enveloped(finder.Marks(&o)); outer >= 0 {
				if s, ok := other.shape(line, outer); !o.Quoted && (!ok || s.schema || s.end < o.End) {
					t.Fatalf("%q: %q is no envelope", line, line[outer:])
				}
			} else if !other.Before(line[at:o.Start]) {
				t.Fatalf("%q: %q stands before an object", line, line[at:o.Start])
			}
			for _, m := range finder.Marks(&o) {
				if m.At < 0 || m.At > len(line) || m.Detail == 0 {
					t.Fatalf("%q: mark %+v", line, m)
				}
			}
			text := line[o.Start:o.End]
			if o.Quoted {
				text = rawjson.Inside(nil, text)
			}
			checkEvent(t, text)
			at = o.End
		}
		if n := len(objects); n > 0 && enveloped(finder.Marks(&objects[n-1])) < 0 && !other.Behind(line[at:]) {
			t.Fatalf("%q: %q stands behind the last object", line, line[at:])
		}
		if begins := finder.Begins(line); begins >= len(line) || begins >= 0 && line[begins] != '{' {
			t.Fatalf("%q: an object begins at %d", line, begins)
		}
	})
}

// enveloped returns where the outermost envelope of an object begins, or -1 if it has none.
func enveloped(marks []Mark) int {
	for _, m := range marks {
		if m.Code == model.Enveloped {
			return m.At
		}
	}
	return -1
}

func checkEvent(t *testing.T, text []byte) {
	t.Helper()
	var event map[string]any
	if err := json.Unmarshal(text, &event); err != nil && json.Valid(text) { // too deep for it, or a number that it cannot hold
		return
	}
	name, _ := event["actionName"].(string)
	if name == "" && !bytes.Contains(text, []byte("actionName")) && !bytes.Contains(text, []byte(`\u`)) || event == nil {
		t.Fatalf("%q is not an event", text)
	}
	var again Finder
	if s, ok := again.shape(text, 0); !ok || !s.event() || s.end != len(text) {
		t.Fatalf("%q is not an event by itself", text)
	}
}
