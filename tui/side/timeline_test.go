package side

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func newTimelineRig(t testing.TB, disp *kit.Display, log kittest.StillLog) (*kittest.Rig, *Timeline) {
	p := NewTimeline(disp)
	r := kittest.NewRig(t, disp, p, log)
	r.SelectRows("")
	return r, p
}

// timelineSizes are the sizes at which the timeline is looked at.
var timelineSizes = [][2]int{{40, 1}, {40, 2}, {80, 1}, {80, 2}, {120, 1}, {120, 2}, {120, 3}, {80, 6}, {80, 20}}

func TestTimelineLooksAsItDid(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		for _, log := range kittest.PaneLogs {
			name := "timeline-" + strings.ReplaceAll(log.Name, " ", "-")
			if ascii {
				name += "-ascii"
			}
			t.Run(name, func(t *testing.T) {
				r, p := newTimelineRig(t, kittest.RigLook(ascii, true, colorprofile.TrueColor), log.Load(t))
				var all []string
				for _, size := range timelineSizes {
					all = append(all, fmt.Sprintf("%dx%d", size[0], size[1]), r.Frame(size[0], size[1]))
				}
				r.Focused = true
				p.Command(kit.CmdExtendLeft, new(kit.Scene))
				p.Command(kit.CmdExtendLeft, new(kit.Scene))
				all = append(all, "brushed", r.Frame(80, 3), r.Frame(80, 2), r.Frame(80, 1))
				kittest.CheckGolden(t, name, strings.Join(all, "\n"))
			})
		}
	}
}

func TestTimelineColorsLookAsTheyDid(t *testing.T) {
	for _, c := range kittest.RigColors {
		t.Run(c.Name, func(t *testing.T) {
			r, p := newTimelineRig(t, kittest.RigLook(false, c.Dark, c.Profile), kittest.LoadFile(t, "audit.jsonl"))
			all := []string{r.Styled(80, 1), r.Styled(80, 2)}
			r.Focused = true
			p.Command(kit.CmdExtendLeft, new(kit.Scene))
			all = append(all, r.Styled(80, 1), r.Styled(80, 2))
			kittest.CheckGolden(t, "timeline-color-"+c.Name, strings.Join(all, "\n"))
		})
	}
}

func TestBarsAreAsHighAsTheirEvents(t *testing.T) {
	for _, tt := range []struct{ events, peak, steps, want int }{
		{0, 100, 8, 0}, {1, 1_000_000, 8, 1}, {25, 100, 8, 2}, {50, 100, 8, 4}, {100, 100, 8, 8}, {1, 1, 8, 8}, {0, 0, 8, 0}, {9, 100, 10, 1}, {31, 100, 10, 3},
	} {
		if got := level(tt.events, tt.peak, tt.steps); got != tt.want {
			t.Errorf("level(%d, %d, %d) = %d, want %d", tt.events, tt.peak, tt.steps, got, tt.want)
		}
	}
}

func TestFailuresShowWithoutColour(t *testing.T) {
	good, bad := kittest.Event("LIST_RULES", "SUCCEEDED", 0), strings.Repeat(kittest.Event("LIST_RULES", "FAILED", 60), 3)
	for _, ascii := range []bool{false, true} {
		disp := kittest.RigLook(ascii, true, colorprofile.ASCII)
		// The same numbers of events, once failed and once not.
		without, _ := newTimelineRig(t, disp, kittest.LoadText(t, "x", good+strings.ReplaceAll(bad, "FAILED", "SUCCEEDED")))
		with, _ := newTimelineRig(t, disp, kittest.LoadText(t, "x", good+bad))
		for _, h := range []int{1, 2, 5} {
			a, b := without.Frame(30, h), with.Frame(30, h)
			if a == b {
				t.Errorf("%d lines look the same with and without failures:\n%s", h, a)
			}
		}
	}
}

func TestShareIsNeverRoundedToNoneOrAll(t *testing.T) {
	for _, tt := range []struct {
		bad, events int
		want        string
	}{{0, 7, "none failed"}, {7, 7, "all failed"}, {1, 1_000_000, "failed 0.1 %"}, {999_999, 1_000_000, "failed 99.9 %"}, {61, 1000, "failed 6.1 %"}, {0, 0, "none failed"}} {
		if got := shareWords(tt.bad, tt.events).String(); got != tt.want {
			t.Errorf("shareWords(%d, %d) = %q, want %q", tt.bad, tt.events, got, tt.want)
		}
	}
}

// timed makes a line at a time.
func timed(at time.Time) string {
	return strings.Replace(kittest.FailedEvent, "2026-11-22T18:04:11.203Z", at.UTC().Format(time.RFC3339Nano), 1) + "\n"
}

func TestTimeTermHoldsExactlyTheTimesFromStartToEnd(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	type span struct {
		start, end time.Time
		zone       *time.Location
	}
	at := func(zone *time.Location, text string) time.Time {
		out, err := time.ParseInLocation("2006-01-02 15:04:05", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	fold := time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC) // the first of two hours from two to three in Zurich
	spans := []span{
		{at(time.UTC, "2026-11-15 00:00:00"), at(time.UTC, "2026-11-16 00:00:00"), time.UTC},
		{at(kittest.FixedZone, "2026-11-15 00:00:00"), at(kittest.FixedZone, "2026-11-17 00:00:00"), kittest.FixedZone},
		{at(time.UTC, "2026-11-15 10:00:00"), at(time.UTC, "2026-11-15 13:00:00"), time.UTC},
		{at(time.UTC, "2026-11-15 10:00:05"), at(time.UTC, "2026-11-15 10:00:10"), time.UTC},
		{fold, fold.Add(time.Hour), zurich}, {fold.Add(time.Hour), fold.Add(2 * time.Hour), zurich},
		{at(zurich, "2026-03-29 01:00:00"), at(zurich, "2026-03-29 03:00:00"), zurich},
		{at(zurich, "2026-10-25 00:00:00"), at(zurich, "2026-10-26 00:00:00"), zurich},
	}
	for range 20 {
		start := time.Unix(1_790_000_000+random.Int64N(10_000_000), random.Int64N(1e9))
		spans = append(spans, span{start, start.Add(time.Duration(1 + random.Int64N(1e15))), zurich})
	}
	for _, s := range spans {
		term := query.During(clock.Span{From: s.start, To: s.end}, s.zone).String()
		e, err := query.Parse(term)
		if err != nil {
			t.Fatalf("Parse(%q): %v", term, err)
		}
		if e.String() != term {
			t.Errorf("%q is printed back as %q", term, e.String())
		}
		log := kittest.LoadText(t, "x", timed(s.start.Add(-1))+timed(s.start)+timed(s.end.Add(-1))+timed(s.end))
		sel, err := model.Select(t.Context(), log.Snapshot(), query.Compile(e, query.Env{Now: kittest.TestNow, Zone: s.zone}), nil)
		if err != nil {
			t.Fatal(err)
		}
		if sel.Len() != 2 || sel.At(0) != 1 || sel.At(1) != 2 {
			t.Errorf("%q from %v to %v holds %d rows, want the two in the middle", term, s.start, s.end, sel.Len())
		}
	}
}

func TestTimeTermsAreShort(t *testing.T) {
	day := time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		start, end time.Time
		want       string
	}{
		{day, day.AddDate(0, 0, 2), "time:2026-11-15..2026-11-16"},
		{day.Add(3 * time.Hour), day.Add(6 * time.Hour), "time:2026-11-15T03:00..2026-11-15T05:59"},
		{day, day.Add(15 * time.Second), "time:2026-11-15..2026-11-15T00:00:14"},
	} {
		if got := query.During(clock.Span{From: tt.start, To: tt.end}, time.UTC).String(); got != tt.want {
			t.Errorf("During = %q, want %q", got, tt.want)
		}
	}
}

func TestEnterFiltersToWhatWasBrushed(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadFile(t, "audit.jsonl"))
	r.Focused = true
	r.Frame(120, 2)
	for _, c := range []kit.Command{kit.CmdTop, kit.CmdToggle, kit.CmdRight, kit.CmdRight, kit.CmdRight, kit.CmdToggle} {
		if _, ok := p.Command(c, new(kit.Scene)); !ok {
			t.Fatalf("command %d means nothing", c)
		}
	}
	first, last := p.brushedBars()
	if first != 0 || last != 3 {
		t.Fatalf("the brush reaches from bucket %d to %d, want 0 to 3", first, last)
	}
	events, bad := p.sum(first, last)
	a, _ := p.Command(kit.CmdEnter, new(kit.Scene))
	if a.With == nil || a.Focus != kit.ListPane {
		t.Fatalf("enter asks for %+v, want a filter and to leave", a)
	}
	r.SelectRows(a.With.String())
	if got := r.Sel.Len(); got != events {
		t.Errorf("%v holds %d rows, want the %d events of the brush", a.With, got, events)
	}
	r.Focused = false
	if frame := r.Frame(120, 2); p.brushed || !strings.Contains(frame, shareWords(bad, events).String()) {
		t.Errorf("after filtering the timeline is\n%s\nwant %s and no brush", frame, shareWords(bad, events))
	}
}

func TestShiftBrushesAndMovingAloneEndsTheBrush(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(300)))
	r.Frame(80, 2)
	p.Command(kit.CmdBottom, new(kit.Scene))
	end := p.cursor()
	p.Command(kit.CmdExtendLeft, new(kit.Scene))
	p.Command(kit.CmdExtendLeft, new(kit.Scene))
	if first, last := p.brushedBars(); first != end-2 || last != end {
		t.Errorf("the brush reaches from %d to %d, want %d to %d", first, last, end-2, end)
	}
	p.Command(kit.CmdExtendRight, new(kit.Scene))
	if first, last := p.brushedBars(); first != end-1 || last != end {
		t.Errorf("the brush reaches from %d to %d, want %d to %d", first, last, end-1, end)
	}
	p.Command(kit.CmdLeft, new(kit.Scene))
	if first, last := p.brushedBars(); first != end-2 || last != end-2 {
		t.Errorf("after moving the brush reaches from %d to %d, want the cursor at %d alone", first, last, end-2)
	}
}

func TestEscTakesTheBrushAwayAndThenLeaves(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(300)))
	r.Frame(80, 2)
	p.Command(kit.CmdExtendLeft, new(kit.Scene))
	if a, _ := p.Command(kit.CmdBack, new(kit.Scene)); a.Focus == kit.ListPane || p.brushed {
		t.Errorf("the first esc leaves (%v) or keeps the brush (%v)", a.Focus == kit.ListPane, p.brushed)
	}
	if a, _ := p.Command(kit.CmdBack, new(kit.Scene)); a.Focus != kit.ListPane {
		t.Error("the second esc does not leave")
	}
}

func TestClickGoesToTheTimeAndDraggingBrushes(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(600)))
	r.Frame(80, 2)
	c := p.chart()
	a := p.Click(c.X+c.W/2, 0)
	if a.Time == nil {
		t.Fatal("a click asks for no time")
	}
	middle := p.bucketOf(*a.Time)
	cells, _ := p.scale()
	if want := c.W / 2 / cells; middle < want-1 || middle > want+1 {
		t.Errorf("a click in the middle goes to bucket %d of %d", middle, p.len())
	}
	if p.brushed {
		t.Error("a click brushes")
	}
	p.Drag(c.X+c.W*10, 5)
	if first, last := p.brushedBars(); first != middle || last != p.len()-1 {
		t.Errorf("dragging to the end brushes %d to %d, want %d to %d", first, last, middle, p.len()-1)
	}
	if a := p.Click(c.X+c.W+3, 0); a.Time != nil {
		t.Error("a click on the legend goes to a time")
	}
}

func TestBrushKeepsItsTimesWhileTheLogGrows(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(60))
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), log)
	r.Frame(80, 2)
	p.Command(kit.CmdTop, new(kit.Scene))
	p.Command(kit.CmdRight, new(kit.Scene))
	p.Command(kit.CmdExtendRight, new(kit.Scene))
	first, last := p.brushedBars()
	start, end := p.counted.Bucket(first).Start, p.counted.Bucket(last).End
	kittest.AppendText(t, log.Log, timed(kittest.TestNow.Add(-100*time.Hour))+timed(kittest.TestNow.Add(100*time.Hour)))
	r.SelectRows("")
	r.Frame(80, 2)
	first, last = p.brushedBars()
	if p.counted.Bucket(first).Start > start || p.counted.Bucket(last).End < end {
		t.Errorf("the brush is from %d to %d now, and lacks a part of %d to %d", p.counted.Bucket(first).Start, p.counted.Bucket(last).End, start, end)
	}
	events, _ := p.sum(0, p.len()-1)
	if before, after := p.counted.Outside(); events != 60 || before != 1 || after != 1 {
		t.Errorf("the timeline counts %d events, %d before and %d after; want 60, 1 and 1", events, before, after)
	}
}

func TestTimelineOfTheLogIsNoExtensionOfThatOfThePreview(t *testing.T) {
	all := kittest.Events(500)
	lines := strings.SplitAfter(all, "\n")
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", all))
	whole := r.Sel
	// The preview has the same lines at other places.
	preview := kittest.LoadText(t, "x", "\n"+strings.Join(lines[400:500], ""))
	r.Log, r.Sel, r.Filter = preview, nil, ""
	r.SelectRows("")
	r.Frame(80, 2)
	if n, _ := p.sum(0, p.len()-1); n != 100 {
		t.Fatalf("the preview has %d events, want 100", n)
	}
	r.Sel = whole
	r.Frame(80, 2)
	if n, _ := p.sum(0, p.len()-1); n != 500 {
		t.Errorf("the log has %d events, want 500", n)
	}
}

func TestNewFilterCancelsTheCountingOfTheOldOne(t *testing.T) {
	r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", kittest.Events(100)))
	p.SetSize(80, 2)
	old := p.Work(t.Context(), r.Scene())
	if p.Work(t.Context(), r.Scene()) != nil {
		t.Error("the same rows are counted twice at a time")
	}
	r.SelectRows("is:failed")
	fresh := p.Work(t.Context(), r.Scene())
	if old == nil || fresh == nil {
		t.Fatal("there is a selection that nobody counts")
	}
	stale := old().(timelineCounted)
	if _, ok := kit.Finished(stale); ok {
		t.Error("the answer for the old filter is not stale")
	}
	r.Answer(fresh())
	if n, bad := p.sum(0, p.len()-1); n != 10 || bad != 10 {
		t.Errorf("the timeline counts %d events and %d failures, want 10 and 10", n, bad)
	}
}

func BenchmarkTimelineDraw(b *testing.B) {
	for _, size := range [][2]int{{200, 1}, {200, 2}, {200, 40}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			r, _ := newTimelineRig(b, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadFile(b, "audit.jsonl"))
			kittest.BenchDraw(b, r, size[0], size[1])
		})
	}
}
