package detail

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestTheDetailShowsNumbersAsTheSourceWroteThem(t *testing.T) {
	numbers := []string{"9007199254740993", "-9007199254740993", "12345678901234567890", "1e400", "-1E+400", "1e-400", "1.0", "1.10", "-0", "0.1e1"}
	var members strings.Builder
	for i, n := range numbers {
		fmt.Fprintf(&members, `"n%d":%s,`, i, n)
	}
	for _, place := range []string{`"static"`, `"sourceIP"`} { // among the parameters, and beside the schema
		d := newLineRig(t, strings.Replace(kittest.FailedEvent, place, members.String()+place, 1))
		for i, n := range numbers {
			name := fmt.Sprintf("n%d", i)
			d.find(name)
			if got := strings.Join(strings.Fields(d.cursorLines()), " "); !strings.HasSuffix(got, name+" "+n) {
				t.Errorf("%s before %s is shown as %q", n, place, got)
			}
		}
	}
}

// Keys are the same when they mean the same, however they are written; an attacker may hope that only one of them is seen.
func TestBothValuesOfADuplicateKeyAreShown(t *testing.T) {
	for name, c := range map[string]struct{ in, first, second string }{
		"plain":          {`"sourceIP":"203.0.113.9"`, `"203.0.113.9"`, `"192.0.2.66"`},
		"of the params":  {`"static":{}`, `{}`, `"192.0.2.66"`},
		"of the actor":   {`"name":"ci-token"`, `"ci-token"`, `"192.0.2.66"`},
		"of the message": {`"message":"cannot delete: the rule is part of a pack"`, "cannot delete: the rule is part of a pack", "192.0.2.66"},
	} {
		key, _, _ := strings.Cut(c.in, ":")
		for form, again := range map[string]string{"": key, ", escaped": fmt.Sprintf(`"\u%04x%s`, key[1], key[2:])} {
			log := kittest.LoadText(t, "x", strings.Replace(kittest.FailedEvent, c.in, c.in+`,`+again+`:"192.0.2.66"`, 1)+"\n")
			s := log.Snapshot()
			if p := s.Problems(0); len(p) == 0 || p[0].Code != model.DuplicateKey {
				t.Errorf("%s%s: problems %v, want a duplicate key", name, form, p)
			}
			d := newDetailRig(t, log, 100, 60)
			text := d.text()
			for _, want := range []string{c.first, c.second, "duplicate key"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s%s: the detail lacks %q:\n%s", name, form, want, text)
				}
			}
		}
	}
}

// nested is an object or a list in others, so deep, with a text in the middle.
func nested(opening, closing, text string, depth int) string {
	return strings.Repeat(opening, depth) + text + strings.Repeat(closing, depth)
}

func TestDeepNestingIsShownAndDeeperIsSaidToBe(t *testing.T) {
	for name, c := range map[string]struct {
		opening, closing string
		depth            int
		tooDeep          bool
	}{
		"1,000 objects":   {`{"k":`, "}", 1000, false},
		"1,000 lists":     {"[", "]", 1000, false},
		"1,000 of both":   {`[{"k":`, "}]", 500, false},
		"9,000 objects":   {`{"k":`, "}", 9000, false},
		"100,000 objects": {`{"k":`, "}", 100_000, true},
		"100,000 lists":   {"[", "]", 100_000, true},
		"without an end":  {"[", "", 100_000, true},
	} {
		t.Run(name, func(t *testing.T) {
			line := strings.Replace(kittest.FailedEvent, `"static":{}`, `"static":`+nested(c.opening, c.closing, `"the bottom"`, c.depth), 1)
			log := kittest.LoadText(t, "x", line+"\n"+kittest.FailedEvent+"\n")
			s := log.Snapshot()
			if b := s.Books(); b.Lines != 2 || (b.Rejects == 1) != c.tooDeep {
				t.Fatalf("books %+v, want a reject: %v", b, c.tooDeep)
			}
			row := model.Row(0)
			if p := s.Problems(row); c.tooDeep && (len(p) != 1 || p[0].Code != model.NestedTooDeep) {
				t.Errorf("problems %v, want that it is nested too deep", p)
			}
			d := newDetailRig(t, log, 100, 30)
			d.goTo(0)
			d.screen()
			if c.tooDeep {
				if text := d.text(); !strings.Contains(text, "nested too deep") {
					t.Errorf("the detail does not say why the line is none:\n%.2000s", text)
				}
				return
			}
			d.find("the bottom")
			if got := d.cursorLines(); !strings.Contains(got, "the bottom") {
				t.Errorf("what stands deepest is not shown, but %q", got)
			}
			d.press("j k pgdown pgup")
			d.screen()
		})
	}
}

// TestAHugeValueTakesBoundedMemory opens a value of 50 MB: the line itself is read, and no more than a few times of it may come.
func TestAHugeValueTakesBoundedMemory(t *testing.T) {
	const size = 50 << 20
	line := strings.Replace(kittest.FailedEvent, `"static"`, `"huge":"`+strings.Repeat("lorem ipsum ", size/12)+`","static"`, 1)
	log := kittest.LoadText(t, "x", line+"\n"+kittest.FailedEvent+"\n")
	d := newDetailRig(t, log, 100, 30)
	before := living()
	d.goTo(0)
	d.find("huge")
	d.screen()
	if more := living() - before; more > 3*size {
		t.Errorf("the detail of a value of %d bytes keeps %d", size, more)
	}
	var began, ended runtime.MemStats
	runtime.ReadMemStats(&began)
	const keys = 20
	for range keys / 4 {
		d.press("right pgdown j k")
	}
	d.screen()
	runtime.ReadMemStats(&ended)
	if each := (ended.TotalAlloc - began.TotalAlloc) / keys; each > 4<<20 {
		t.Errorf("each key takes %d bytes", each)
	}
	d.goTo(1)
	if more := living() - before; more > size/2 {
		t.Errorf("%d bytes are kept when another event is shown", more)
	}
	runtime.KeepAlive(log)
}

// living is how much of the heap is in use after a collection.
func living() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
