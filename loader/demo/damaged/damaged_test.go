package damaged

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// kindOf is what encoding/json makes of a line. It agrees with the contract in all but the byte order mark, which may
// begin a file.
func kindOf(line []byte) Kind {
	line = bytes.Trim(bytes.TrimPrefix(line, []byte("\ufeff")), " \t\r")
	switch {
	case len(line) == 0:
		return Blank
	case json.Valid(line) && line[0] == '{':
		return Event
	}
	return Reject
}

func TestDamagedKindsAgreeWithTheStandardDecoder(t *testing.T) {
	for _, c := range Cases() {
		got := kindOf(c.Line)
		if c.Kind == Recovered {
			got = Recovered
		}
		for _, found := range c.Found {
			if kindOf(found.Text) != Event {
				t.Errorf("%s: %q is no event", c.Name, found.Text)
			}
		}
		if got != c.Kind {
			t.Errorf("%s: kind %v, encoding/json says %v\n%.200q", c.Name, c.Kind, got, c.Line)
		}
	}
}

func TestDamagedNamesAreUniqueAndLinesAreLines(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Cases() {
		if c.Name == "" || seen[c.Name] {
			t.Errorf("name %q is empty or comes twice", c.Name)
		}
		seen[c.Name] = true
		if bytes.IndexByte(c.Line, '\n') >= 0 {
			t.Errorf("%s: the line has a newline in it", c.Name)
		}
	}
}

func TestDamagedWantIsWellFormed(t *testing.T) {
	reasons := []string{
		reasonMissing, reasonType, reasonValue, reasonMalformed, reasonRange, reasonNoZone, reasonFallback, reasonLeap, reasonForm,
		reasonNoErrors, reasonUnknown, reasonDuplicate, reasonHidden, reasonEmpty,
	}
	for _, c := range Cases() {
		if (c.Kind == Reject) != (len(c.Want) > 0 && strings.HasPrefix(c.Want[0], "error line ")) || (c.Kind == Recovered) != (len(c.Found) > 0) {
			t.Errorf("%s: a %v that wants %q", c.Name, c.Kind, c.Want)
		}
		if c.Kind != Event {
			continue
		}
		for _, w := range c.Want {
			severity, rest, _ := strings.Cut(w, " ")
			ends := slices.ContainsFunc(reasons, func(r string) bool { return strings.HasSuffix(rest, " "+r) })
			if severity != "error" && severity != "warning" || !ends {
				t.Errorf("%s: want %q has no severity or no reason", c.Name, w)
			}
		}
	}
}

// TestDamagedCoversTheSchema checks that each field of the schema is once absent (if required) and once of a wrong type.
func TestDamagedCoversTheSchema(t *testing.T) {
	wanted := map[string]bool{}
	for _, c := range Cases() {
		for _, w := range c.Want {
			wanted[w] = true
		}
	}
	for _, field := range strings.Fields("actionName actionResult actor actor.id actor.type timestamp pantherVersion") {
		if !wanted["error "+field+" missing"] {
			t.Errorf("no case without %s", field)
		}
	}
	for _, field := range strings.Fields("actionName actionDescription actionResult actionParams actionDetails actor actor.id " +
		"actor.type actor.name actor.attributes errors errors.message sourceIP XForwardedFor userAgent timestamp pantherVersion") {
		if !wanted["error "+field+" wrong type"] {
			t.Errorf("no case with %s of a wrong type", field)
		}
	}
	for _, w := range []string{
		"error actionResult unknown value", "error actor.type unknown value", "error timestamp malformed", "error timestamp out of range",
		"warning timestamp no zone", "warning timestamp from p_event_time", "warning sourceIP malformed", "warning XForwardedFor malformed",
		"warning errors failed without errors", "warning actionName duplicate key", "warning actor.id duplicate key",
		"warning userAgent hidden text", "warning actionName empty", "warning actor.id empty", "warning pantherVersion empty", "warning errors.code unknown field", "error line cut", "error line NUL bytes", "error line too deep",
	} {
		if !wanted[w] {
			t.Errorf("no case wants %q", w)
		}
	}
}

func TestFileIsTheCasesAndEndsCut(t *testing.T) {
	file := File()
	if !bytes.HasPrefix(file, []byte("\ufeff{")) {
		t.Error("the file does not begin with a byte order mark")
	}
	if bytes.HasSuffix(file, []byte("\n")) {
		t.Error("the file ends with a newline")
	}
	if len(file) >= 400_000 {
		t.Errorf("the file has %d bytes, want less than 400,000", len(file))
	}
	cases := Cases()
	lines := bytes.Split(file, []byte("\n"))
	if len(lines) != len(cases) {
		t.Fatalf("%d lines for %d cases", len(lines), len(cases))
	}
	for i, c := range cases {
		if !bytes.Equal(lines[i], c.Line) {
			t.Errorf("line %d is not the case %s", i+1, c.Name)
		}
	}
}
