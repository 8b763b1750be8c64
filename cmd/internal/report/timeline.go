package report

import (
	"fmt"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/amount"
)

// buckets is how many bars a timeline has.
const buckets = 80

// timeline counts the events of a log over its time, and marks those of the report.
type timeline struct {
	from, to time.Time
	all      [buckets]int
	failed   [buckets]int
	marks    [buckets][]int // the numbers of the report's events, from 1
	most     int
}

func newTimeline(snap *model.Snapshot, sel *model.Selection) (t timeline) {
	lo, hi, ok := snap.TimeBounds()
	if !ok {
		return t
	}
	t.from, t.to = time.Unix(0, lo), time.Unix(0, hi)
	at := func(nanos int64) int {
		return min(int(float64(nanos-lo)/(float64(hi)-float64(lo)+1)*buckets), buckets-1)
	}
	for k := range snap.Segments() {
		seg := snap.Segment(k)
		times, flags := seg.Times(), seg.Flags()
		for i, f := range flags {
			if f&(model.FlagNoTime|model.FlagReject) != 0 {
				continue
			}
			b := at(times.At(i))
			t.all[b]++
			if r := snap.Result(seg.Base() + model.Row(i)); r == model.Failed || r == model.PartiallyFailed {
				t.failed[b]++
			}
			t.most = max(t.most, t.all[b])
		}
	}
	for k := range sel.Len() {
		if r := sel.At(k); snap.Flags(r)&model.FlagNoTime == 0 {
			b := at(snap.Nanos(r))
			t.marks[b] = append(t.marks[b], k+1)
		}
	}
	return t
}

// barLength says how long the time of a bar is; nothing of one that is shorter than a second.
func (t *timeline) barLength() string {
	if length := t.to.Sub(t.from) / buckets; length >= time.Second {
		return " in " + amount.Length(length)
	}
	return ""
}

// The size of the picture, in its own units.
const (
	barWidth  = 10
	barHeight = 120
	markRoom  = 22
	digitRoom = 8
)

// svg returns the timeline as a picture. All texts in it are ours.
func (t *timeline) svg(zone *time.Location) string {
	if t.most == 0 {
		return ""
	}
	var b strings.Builder
	height := barHeight + markRoom + 18
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="Events over time">`+"\n", buckets*barWidth, height)
	for i := range buckets {
		tall := func(n int) int { return (n*barHeight + t.most - 1) / t.most }
		x, all, failed := i*barWidth, tall(t.all[i]), tall(t.failed[i])
		if t.all[i] > 0 {
			fmt.Fprintf(&b, `<g><title>%s, %d failed</title><rect class="all" x="%d" y="%d" width="%d" height="%d"/>`, amount.Of(int64(t.all[i]), "event", "events"), t.failed[i],
				x+1, barHeight-all, barWidth-2, all)
			if failed > 0 {
				fmt.Fprintf(&b, `<rect class="failed" x="%d" y="%d" width="%d" height="%d"/>`, x+1, barHeight-failed, barWidth-2, failed)
			}
			b.WriteString("</g>\n")
		}
		if marks := t.marks[i]; len(marks) > 0 {
			label := fmt.Sprint(marks[0])
			if len(marks) > 1 {
				label += "+"
			}
			room := digitRoom * len(label) / 2
			at := min(max(x+barWidth/2, room), buckets*barWidth-room) // a label at the edge is whole, too
			fmt.Fprintf(&b, `<path class="mark" d="M%d %dl4 7h-8z"/><text class="number" x="%d" y="%d" text-anchor="middle">%s</text>`+"\n", x+barWidth/2, barHeight+2, at, barHeight+19, label)
		}
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">highest bar: %s%s; red: failed; numbers: events below</text>`+"\n", buckets*barWidth/2, height-4,
		amount.Of(int64(t.most), "event", "events"), t.barLength())
	fmt.Fprintf(&b, `<path class="axis" d="M0 %d.5H%d"/><text x="0" y="%d">%s</text><text x="%d" y="%d" text-anchor="end">%s</text>`+"\n</svg>\n", barHeight, buckets*barWidth,
		height-4, t.from.In(zone).Format(timeLayout), buckets*barWidth, height-4, t.to.In(zone).Format(timeLayout))
	return b.String()
}
