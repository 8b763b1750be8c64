package detail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestDigitsJumpToSections(t *testing.T) {
	d := newLineRig(t, richEvent)
	for digit, want := range map[int]string{1: "Errors", 2: "Actor", 3: "Target", 4: "Params", 5: "Details", 6: "Network", 7: "Enrichment", 8: "Provenance", 9: "Raw"} {
		if !d.detail.jump(digit) {
			t.Fatalf("there is no section %d", digit)
		}
		b := d.detail.blocks[d.detail.at]
		if b.label.String() != want || !b.whole {
			t.Errorf("%d goes to %q, unfolded: %v, want %q", digit, b.label, b.whole, want)
		}
	}
	p := d.detail
	p.jump(1)
	p.jump(2)
	p.jump(2)
	if b := p.blocks[p.at]; b.label.String() != "Actor" || b.whole {
		t.Errorf("the same digit again does not fold: %q, unfolded: %v", b.label, b.whole)
	}
	if p.jump(12) {
		t.Error("there is a section 12")
	}
	if newLineRig(t, kittest.FailedEvent).detail.jump(7) {
		t.Error("there is a section that the event does not have")
	}
}

func TestSectionsFollowEachOther(t *testing.T) {
	p := newLineRig(t, kittest.FailedEvent).detail
	var labels []string
	for p.nextSection(1) {
		labels = append(labels, p.blocks[p.at].label.String())
	}
	want := []string{"Errors", "Actor", "Target", "Params", "Details", "Network", "First seen", "Provenance", "Raw", "Escaped", "Hex"}
	if diff := cmp.Diff(want, labels); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
	if !p.nextSection(-1) || p.blocks[p.at].label.String() != "Escaped" {
		t.Error("one back is not the section before")
	}
}

func TestCursorMovesByFieldsAndScrollsLongOnes(t *testing.T) {
	lines := strings.Repeat(`line of text\n`, 60)
	d := newLineRig(t, strings.Replace(kittest.FailedEvent, `"detections"`, `"body":"`+lines+`","detections"`, 1))
	d.press("z")
	d.seek(`"line of text`)
	p := d.detail
	at, steps := p.at, 0
	for ; p.at == at && steps < 200; steps++ {
		before := p.top
		d.press("j")
		if p.at == at && p.top == before {
			t.Fatal("the window stands still in a long value")
		}
	}
	if p.at != at+1 || steps < 30 {
		t.Fatalf("after %d steps the cursor is on block %d, want %d", steps, p.at, at+1)
	}
	for steps = 0; p.at >= at && steps < 200; steps++ {
		d.press("k")
	}
	if p.at != at-1 || steps < 30 {
		t.Errorf("after %d steps back the cursor is on block %d, want %d", steps, p.at, at-1)
	}
}

func TestCursorStaysVisible(t *testing.T) {
	for _, line := range []string{richEvent, hostileEvent, `{"actionName":tru}`} {
		for _, h := range []int{1, 2, 5, 17} {
			log := kittest.LoadText(t, "x", line+"\n")
			p := paneOf(t, log.Log, false, 60, h)
			openAll(p)
			keys := []kit.Command{
				kit.CmdDown, kit.CmdHalfDown, kit.CmdPageDown, kit.CmdUp, kit.CmdBottom, kit.CmdPageUp, kit.CmdHalfUp, kit.CmdTop,
				kit.CmdDown, kit.CmdDown, kit.CmdToggle, kit.CmdPageDown, kit.CmdLeft, kit.CmdLeft, kit.CmdRight,
			}
			for i := range 300 {
				c := keys[(i*i+i/7)%len(keys)]
				p.move(c)
				first, last, bottom := linePosition{block: p.at}, p.last(p.at), p.bottom()
				if last.before(p.top) || bottom.before(first) {
					t.Fatalf("after %d moves, %d the last, the cursor %v is outside of the window %v to %v of height %d", i, c, first, p.top, bottom, h)
				}
			}
		}
	}
}

func TestFoldsSurviveFromEventToEvent(t *testing.T) {
	d := newDetailRig(t, kittest.LoadText(t, "x", richEvent+"\n"+richEvent+"\n"), 100, 40)
	p := d.detail
	p.jump(9)
	p.jump(2)
	p.jump(2)
	d.goTo(0)
	for _, want := range []string{"9▾ Raw", "2▸ Actor"} {
		if text := d.text(); !strings.Contains(text, want) {
			t.Errorf("the other event lacks %q:\n%s", want, text)
		}
	}
}

func TestHexShowsEveryByte(t *testing.T) {
	log := kittest.LoadText(t, "x", "\n"+`{"a":"é`+"\x01\xff"+`",!}`+"\n")
	for _, tt := range []struct {
		width int
		want  string
	}{
		{100, `00000001  7b 22 61 22 3a 22 c3 a9  01 ff 22 2c 21 7d        {"a":"....",!}`},
		{80, `00000001  7b 22 61 22 3a 22 c3 a9  01 ff 22 2c 21 7d        {"a":"....",!}`},
		{60, `00000001  7b 22 61 22 3a 22 c3 a9  {"a":"..`},
		{36, `00000001  7b 22 61 22  {"a"`},
	} {
		p := paneOf(t, log.Log, false, tt.width, 60)
		p.folds[hexID] = true
		p.rebuild()
		if text := p.drawnText(t, tt.width, 60); !strings.Contains(text, tt.want) {
			t.Errorf("in %d cells the bytes are not %q:\n%s", tt.width, tt.want, text)
		}
	}
}

func TestAddressesAreToldApart(t *testing.T) {
	for text, want := range map[string]string{
		"8.8.8.8": "IPv4 public", "10.1.2.3": "IPv4 private", "172.31.0.1": "IPv4 private", "172.32.0.1": "IPv4 public", "192.168.1.1": "IPv4 private",
		"100.64.0.1": "IPv4 shared by a carrier", "127.0.0.1": "IPv4 loopback", "2001:db8::1": "IPv6 for documentation", "2606:4700::1": "IPv6 public",
		"fd00::1": "IPv6 private", "fe80::1%eth0": "IPv6 link-local", "::ffff:10.0.0.1": "IPv4 within IPv6, private", "1.2.3.4.": "IPv4 public, followed by a dot",
		"1.2.3.4:443": "IPv4 public, with a port", "10.0.1.300": "no address", "x": "no address", "": "",
		"[2001:db8::1]:443": "IPv6 for documentation, with a port", "192.0.2.7, 10.0.0.1": "IPv4 for documentation, IPv4 private", "1.2.3.4:55, unknown": "IPv4 public, within other text",
		"[fe80::1]": "IPv6 link-local, within other text", "::ffff:10.0.0.1:80": "IPv4 within IPv6, private, within other text",
	} {
		if got := addressNote(text).String(); got != want {
			t.Errorf("addressNote(%q) = %q, want %q", text, got, want)
		}
	}
}
