package side

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// naiveCounts counts the events of a time the slow way.
func naiveCounts(sel *model.Selection, from, to int64) (events, failed int) {
	for k := range sel.Len() {
		e := sel.Snapshot().Event(sel.At(k))
		if e.Reject() || e.Flags&model.FlagNoTime != 0 || e.Nanos < from || e.Nanos >= to {
			continue
		}
		events++
		if e.Result.Bad() {
			failed++
		}
	}
	return events, failed
}

func TestTheTimelineSaysWhatANaiveCountSays(t *testing.T) {
	for _, width := range []int{80, 120, 200} {
		r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadFile(t, "audit.jsonl"))
		frame := r.Frame(width, 3)
		peak := 0
		for i := range p.len() {
			b := p.counted.Bucket(i)
			events, failed := naiveCounts(r.Sel, b.Start, b.End)
			if b.Events != events || b.Failed != failed {
				t.Errorf("bucket %d has %d events, %d failed; want %d, %d", i, b.Events, b.Failed, events, failed)
			}
			peak = max(peak, events)
		}
		if want := fmt.Sprintf("peak %d in %d h", peak, p.counted.Step().Length/time.Hour); !strings.Contains(frame, want) {
			t.Errorf("the frame does not say %q:\n%s", want, frame)
		}
		r.Focused = true
		r.Frame(width, 3)
		p.Command(kit.CmdTop, new(kit.Scene))
		for range p.len() - 1 {
			p.Command(kit.CmdRight, new(kit.Scene))
			b := p.counted.Bucket(p.cursor())
			events, failed := naiveCounts(r.Sel, b.Start, b.End)
			want := fmt.Sprintf(" %d events, %d failed", events, failed)
			switch {
			case events == 1:
				want = " 1 event"
			case failed == 0:
				want = fmt.Sprintf(" %d events", events)
			}
			if frame := r.Frame(width, 3); !strings.Contains(frame, want+" ") && failed < events {
				t.Fatalf("at %v the frame does not say %q:\n%s", time.Unix(0, b.Start).UTC(), want, frame)
			}
		}
	}
}

func TestBarsAreEquallyWideAndFillTheChart(t *testing.T) {
	for width := 30; width <= 250; width += 7 {
		r, p := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadFile(t, "audit.jsonl"))
		r.Frame(width, 3)
		columns := make([]int, p.len())
		used := 0
		for x := range p.chart().W {
			if first, last, ok := p.cell(x); ok {
				columns[first]++
				used++
				if first != last {
					t.Errorf("column %d shows buckets %d to %d", x, first, last)
				}
			}
		}
		for i, n := range columns {
			if n != columns[0] {
				t.Errorf("%d wide: bar %d has %d columns, the first one %d", width, i, n, columns[0])
			}
		}
		if 4*used < 3*p.chart().W {
			t.Errorf("%d wide: the bars fill %d of %d columns", width, used, p.chart().W)
		}
	}
}

// A legend in a line of its own leaves the width to the bars. That makes no bucket longer.
func TestAHighTimelineHasTheWholeWidthForItsBars(t *testing.T) {
	for _, log := range []kittest.StillLog{kittest.LoadFile(t, "audit.jsonl"), kittest.LoadText(t, "x", kittest.Events(600)), kittest.LoadText(t, "x", kittest.Events(2))} {
		for width := legendFrom; width <= 250; width += 7 {
			r, low := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), log)
			r.Frame(width, legendAboveFrom-1)
			r, high := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), log)
			frame := r.Frame(width, 20)
			if low.counted.Step().Length < high.counted.Step().Length {
				t.Errorf("%d wide: a bucket is %v, with the legend beside it is %v", width, high.counted.Step().Length, low.counted.Step().Length)
			}
			if cells, _ := high.scale(); high.len()*cells > width-2*chartMargin {
				t.Errorf("%d wide: %d buckets of %d cells do not fit", width, high.len(), cells)
			}
			if first := strings.Split(frame, "\n")[0]; !strings.Contains(first, "11-") || strings.Contains(first, "█") {
				t.Errorf("%d wide: the first line is %q", width, first)
			}
		}
	}
}

func TestTicksStandAtTheirTimes(t *testing.T) {
	for _, zone := range []*time.Location{time.UTC, kittest.FixedZone} {
		for _, log := range []kittest.StillLog{kittest.LoadFile(t, "audit.jsonl"), kittest.LoadText(t, "x", kittest.Events(600)), kittest.LoadText(t, "x", kittest.Events(2))} {
			disp := kittest.RigLook(false, true, colorprofile.TrueColor)
			disp.Zone = zone
			r, p := newTimelineRig(t, disp, log)
			for _, width := range []int{60, 80, 120, 200} {
				r.Frame(width, 3)
				ticks := p.ticks()
				if len(ticks) == 0 {
					t.Errorf("%d wide: no ticks", width)
				}
				for _, k := range ticks {
					first, _, _ := p.cell(k.x)
					from, to := time.Unix(0, p.counted.Bucket(first).Start).In(zone), time.Unix(0, p.counted.Bucket(first).End).In(zone)
					var said bool
					for at := from; at.Before(to) && !said; at = at.Add(time.Second) {
						said = k.label.String() == at.Format("|15:04:05") || at.Second() == 0 && (k.label.String() == at.Format("|15:04") || at.Hour() == 0 && at.Minute() == 0 && k.label.String() == at.Format("|01-02"))
					}
					if !said {
						t.Errorf("%d wide: %v stands at the bar from %v to %v", width, k.label, from, to)
					}
				}
			}
		}
	}
}

func TestTheAxisOfYearsNamesMonthsOrYears(t *testing.T) {
	for _, tt := range []struct {
		span time.Duration
		want string
	}{{300 * day, "|2026-0"}, {3 * 365 * day, "|2024"}, {60 * 365 * day, "|1970"}} {
		r, _ := newTimelineRig(t, kittest.RigLook(false, true, colorprofile.TrueColor), kittest.LoadText(t, "x", timed(kittest.TestNow.Add(-tt.span))+timed(kittest.TestNow.Add(-tt.span/2))+timed(kittest.TestNow)))
		if frame := r.Frame(120, 3); !strings.Contains(frame, tt.want) {
			t.Errorf("%v: no %q in\n%s", tt.span, tt.want, frame)
		}
	}
}

func TestFailuresAloneAreDrawnOnceAndRed(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		disp := kittest.RigLook(ascii, true, colorprofile.TrueColor)
		r, _ := newTimelineRig(t, disp, kittest.LoadFile(t, "audit.jsonl"))
		r.SelectRows("is:failed")
		_, failed := naiveCounts(r.Sel, -1<<63, 1<<63-1)
		frame := r.Frame(100, 3)
		if want := fmt.Sprintf(" %d failed ", failed); !strings.Contains(frame, want) || strings.Contains(frame, "all failed") {
			t.Errorf("the frame does not say %q, or says all failed:\n%s", want, frame)
		}
		marks := strings.Split(frame, "\n")[1]
		for _, share := range chartGlyphsOf(disp).shares {
			if strings.Contains(marks, share.String()) {
				t.Errorf("there are shares below the bars: %q", marks)
			}
		}
		l := disp.Line()
		l.Add(disp.Style(kit.FailedText), kit.BlankCell)
		red, _, _ := strings.Cut(l.Styled(), " ")
		bars := strings.Split(r.Styled(100, 3), "\n")[0]
		if !strings.Contains(bars, red) || red == "" || ansi.Strip(red) != "" {
			t.Errorf("the bars are not red: %q", bars)
		}
	}
}
