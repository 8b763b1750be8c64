package detail

import (
	"fmt"
	"strings"
	"testing"

	"pawprint/model/line"
	"pawprint/tui/detail/verbatim"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
	"pawprint/tui/termsafe"
)

func TestFindUnfoldsWhatItFinds(t *testing.T) {
	var keys strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&keys, `"key%d":{"deep":[{"Needle":%d}]},`, i, i)
	}
	line := strings.Replace(kittest.FailedEvent, `"dynamic"`, keys.String()+`"json":"{\"inner\":\"a NEEDLE\"}","long":"`+strings.Repeat("hay ", 5000)+`needle`+strings.Repeat(" hay", 5000)+`","dynamic"`, 1)
	d := newLineRig(t, line)
	d.find("needle")
	s := &d.detail.search
	if len(s.places) != 1002 {
		t.Fatalf("%d places, want 1002", len(s.places))
	}
	const step = 13
	for i := 0; i < len(s.places); i += step {
		if s.at != i {
			t.Fatalf("the find is at place %d, want %d", s.at, i)
		}
		if text := d.cursorLines(); !strings.Contains(strings.ToLower(text), "needle") {
			t.Fatalf("place %d (%q) is not visible at the cursor:\n%s", i, s.places[i].id, text)
		}
		if i%(10*step) == 0 {
			d.screen()
		}
		d.detail.nextPlace(step)
	}
	d.detail.nextPlace(-s.at)
	d.detail.nextPlace(-1)
	if s.at != len(s.places)-1 || !strings.Contains(d.cursorLines(), "needle") {
		t.Errorf("before the first place comes %d, want the last", s.at)
	}
	d.detail.nextPlace(1)
	if s.at != 0 {
		t.Errorf("behind the last place comes %d, want the first", s.at)
	}
	if frame := d.screen(); !strings.Contains(frame, "needle  1 of 1,002") {
		t.Errorf("the frame does not count the places:\n%s", frame)
	}
	d.find("Needle")
	if len(s.places) != 1000 {
		t.Errorf("with a capital letter %d places, want 1000", len(s.places))
	}
	d.find("nowhere")
	if frame := d.screen(); !strings.Contains(frame, "not found") {
		t.Errorf("the frame does not say that nothing was found:\n%s", frame)
	}
	if !d.detail.back() || d.detail.search.needle != nil || d.detail.back() {
		t.Error("back does not end the find, or more than that")
	}
}

func TestEveryPlaceOfAnEventIsReached(t *testing.T) {
	for _, text := range sampleLines(t) {
		log := kittest.LoadText(t, "x", text+"\n")
		d, _ := detailOf(t, log.Log)
		d.folds = map[string]bool{}
		d.rebuild()
		d.doc.walk(func(id string, n *line.Node) bool {
			d.unfoldFor(foundPlace{id: id, at: n.Text.Len()})
			return true
		})
		d.rebuild()
		d.doc.walk(func(id string, n *line.Node) bool {
			if _, ok := d.blockBelow(id); !ok {
				t.Errorf("no block shows %q of\n%s", id, text)
			}
			return true
		})
	}
}

// Also in a clean text of our own, and in a value that is wrapped in the middle of the hit.
func TestAHitThatIsWrappedIsMarkedInBothRows(t *testing.T) {
	d := newLineRig(t, kittest.FailedEvent)
	p := d.detail.painter()
	p.find = verbatim.NewNeedle("wrapped line", false)
	rows := p.wrapFixed(termsafe.Const("one wrapped line"), nil, 12)
	if len(rows) != 2 {
		t.Fatalf("%d rows, want 2", len(rows))
	}
	for i, want := range []verbatim.RoleSpan{{Span: termsafe.Span{Lo: 4, Hi: 12}, Role: kit.Hit}, {Span: termsafe.Span{Lo: 0, Hi: 4}, Role: kit.Hit, Goes: true}} {
		if spans := rows[i].Spans; len(spans) != 1 || spans[0] != want {
			t.Errorf("row %d has %v, want %v", i, spans, want)
		}
	}
	if n := p.addStyled(d.Display.Line(), rows[0], kit.Plain) + p.addStyled(d.Display.Line(), rows[1], kit.Plain); n != 1 {
		t.Errorf("%d hits begin in the two rows, want 1", n)
	}
}
