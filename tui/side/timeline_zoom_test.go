package side

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// checkCounts compares the bars and what is outside of them with a naive count.
func checkCounts(t *testing.T, r *kittest.Rig, p *Timeline) {
	t.Helper()
	for i := range p.len() {
		b := p.counted.Bucket(i)
		if events, failed := naiveCounts(r.Sel, b.Start, b.End); b.Events != events || b.Failed != failed {
			t.Errorf("bucket %d has %d events, %d failed; want %d, %d", i, b.Events, b.Failed, events, failed)
		}
	}
	before, after := p.counted.Outside()
	earlier, _ := naiveCounts(r.Sel, math.MinInt64, p.counted.Bucket(0).Start)
	later, _ := naiveCounts(r.Sel, p.counted.Bucket(p.len()-1).End, math.MaxInt64)
	if before != earlier || after != later {
		t.Errorf("%d events are before the bars and %d after; want %d and %d", before, after, earlier, later)
	}
}

func TestOutliersDoNotFlattenTheTimeline(t *testing.T) {
	hour, old := kittest.TestNow, time.Date(1969, 3, 1, 0, 0, 0, 0, time.UTC)
	far := func(n int) (out string) {
		for i := range n {
			out += timed(old.AddDate(i, 0, 0))
		}
		return out
	}
	for _, tt := range []struct {
		name, text string
		words      []string // what the frame says is outside
	}{
		{"none", kittest.Events(300), nil},
		{"one of 1969", far(1) + kittest.Events(300), []string{"‹1 earlier"}},
		{"three, years apart", far(3) + kittest.Events(300), []string{"‹3 earlier"}},
		{"both ends", far(2) + kittest.Events(300) + timed(hour.AddDate(30, 0, 0)), []string{"‹2 earlier", "1 later›"}},
		{"few rows", far(1) + kittest.Events(10), nil},
		{"two halves", kittest.Events(300) + strings.ReplaceAll(kittest.Events(300), "2026-11", "2027-11"), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, width := range []int{40, 80, 120} {
				r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", tt.text))
				for _, height := range []int{1, 2, 3, 20} {
					frame := r.Frame(width, height)
					checkCounts(t, r, p)
					if strings.Contains(frame, "earlier") || strings.Contains(frame, "later") || strings.Contains(frame, "outside") {
						if len(tt.words) == 0 {
							t.Errorf("%dx%d: nothing is outside:\n%s", width, height, frame)
						}
					} else if len(tt.words) > 0 {
						t.Errorf("%dx%d: nothing says what is outside:\n%s", width, height, frame)
					}
					for _, words := range tt.words {
						if !strings.Contains(frame, words) && width > 40 && height > 1 && len(tt.words) == 1 {
							t.Errorf("%dx%d: the frame does not say %q:\n%s", width, height, words, frame)
						}
					}
				}
				if len(tt.words) > 0 && p.counted.Step().Length > time.Hour {
					t.Errorf("a bar is %v", p.counted.Step().Length)
				}
				r.Focused = true
				p.Command(kit.CmdWiderTime, new(kit.Scene))
				r.Frame(width, 3)
				checkCounts(t, r, p)
				if before, after := p.counted.Outside(); before+after != 0 {
					t.Errorf("wider leaves %d and %d events outside", before, after)
				}
			}
		})
	}
}

func TestLookingCloserShowsTheTimeOfTheBrush(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadFile(t, "audit.jsonl"))
	r.Focused = true
	r.Frame(80, 20)
	base := p.counted.Step().Length
	p.Command(kit.CmdTop, new(kit.Scene))
	p.Command(kit.CmdRight, new(kit.Scene))
	p.Command(kit.CmdExtendRight, new(kit.Scene))
	p.Command(kit.CmdExtendRight, new(kit.Scene))
	first, last := p.brushedBars()
	from, to := p.counted.Bucket(first).Start, p.counted.Bucket(last).End
	p.Command(kit.CmdCloser, new(kit.Scene))
	frame := r.Frame(80, 20)
	checkCounts(t, r, p)
	if p.counted.Bucket(0).Start != from || p.counted.Bucket(p.len()-1).End != to || p.counted.Step().Length >= base {
		t.Errorf("the bars are from %d to %d of %v, want from %d to %d", p.counted.Bucket(0).Start, p.counted.Bucket(p.len()-1).End, p.counted.Step().Length, from, to)
	}
	before, after := p.counted.Outside()
	if want := fmt.Sprintf("‹%d earlier  %d,%03d later›", before, after/1000, after%1000); !strings.Contains(frame, want) {
		t.Errorf("the frame does not say %q:\n%s", want, frame)
	}
	p.Command(kit.CmdWiderTime, new(kit.Scene))
	r.Frame(80, 20)
	if before, after = p.counted.Outside(); before+after != 0 || p.counted.Step().Length != base {
		t.Errorf("wider leaves %d and %d events outside", before, after)
	}
}

func TestStepsCloserEndAtASecondAndEscTakesThemBack(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(true, true, colorprofile.ASCII), kittest.LoadFile(t, "audit.jsonl"))
	r.Focused = true
	r.Frame(80, 20)
	at := p.counted.Bucket(p.cursor()).End
	var said bool
	for range 30 {
		w, _ := p.Command(kit.CmdCloser, new(kit.Scene))
		said = said || strings.Contains(w.Toast.String(), "one second")
		r.Frame(80, 20)
		checkCounts(t, r, p)
		if p.counted.Bucket(0).Start > at {
			t.Fatal("the cursor is not in what is shown")
		}
	}
	if !said || p.counted.Step().Length != time.Second {
		t.Errorf("after 30 steps a bar is %v, said %v", p.counted.Step().Length, said)
	}
	if w, _ := p.Command(kit.CmdBack, new(kit.Scene)); w.Focus == kit.ListPane || p.zoom().on {
		t.Error("esc leaves, or keeps the zoom")
	}
	if w, _ := p.Command(kit.CmdBack, new(kit.Scene)); w.Focus != kit.ListPane {
		t.Error("the second esc does not leave")
	}
}

func TestMovingBeyondTheEndMovesAZoomAlong(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadFile(t, "audit.jsonl"))
	r.Focused = true
	r.Frame(80, 3)
	p.Command(kit.CmdBottom, new(kit.Scene))
	p.Command(kit.CmdCloser, new(kit.Scene))
	r.Frame(80, 3)
	seen := 0
	for range 2000 {
		was := p.counted.Bucket(p.cursor()).Start
		p.Command(kit.CmdLeft, new(kit.Scene))
		r.Frame(80, 3)
		b := p.counted.Bucket(p.cursor())
		if b.Start == was {
			break
		}
		if b.End > was {
			t.Fatalf("left goes from %d to %d", was, b.Start)
		}
		if b.End != was {
			t.Fatalf("left leaves out the time from %d to %d", b.End, was)
		}
		seen++
	}
	before, _ := p.counted.Outside()
	if before != 0 || seen < 100 {
		t.Errorf("after %d steps to the left there are %d events before", seen, before)
	}
	checkCounts(t, r, p)
}

func TestMarksOfTheListStandOnlyAtTheirTime(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadFile(t, "audit.jsonl"))
	r.Frame(80, 20)
	p.Command(kit.CmdTop, new(kit.Scene))
	p.Command(kit.CmdCloser, new(kit.Scene))
	for _, line := range strings.Split(r.Frame(80, 20), "\n") {
		if strings.ContainsAny(line, "▲─") {
			t.Errorf("the event of the list is not in the time that is shown: %q", line)
		}
	}
}
