package side

import (
	"math"
	"time"

	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// legend is the text of the timeline. The first text of each list that fits is shown.
type legend struct {
	dates, counts []termsafe.Safe
	peak          []termsafe.Safe // the most events of a bar, and its time
	outside       []termsafe.Safe // how many events are outside of the bars, on a line of its own
	over          []termsafe.Safe // which rows the legend is about, if not all, where the other parts leave no room to say it
	failures      bool
	part          bool // dates and counts are of the bars under the cursor and the brush
}

// legend returns the time and the failures of all buckets, or of the brushed ones.
func (t *Timeline) legend(focused bool) legend {
	disp := t.display
	switch {
	case t.legendWidth() == 0:
		return legend{}
	case t.len() == 0 && t.err != nil:
		return legend{dates: []termsafe.Safe{disp.Own(t.err.Error())}}
	case t.counted == nil:
		return legend{dates: []termsafe.Safe{disp.Own("counting …")}}
	case t.len() == 0:
		return legend{dates: []termsafe.Safe{termsafe.Const("no times")}}
	}
	first, last := 0, t.len()-1
	part := focused || t.brushed
	if part {
		first, last = t.brushedBars()
	}
	out := legend{peak: []termsafe.Safe{peakWords(t.peak(), t.counted.Step().Length)}, part: part}
	from, to := t.counted.Bucket(first).Start, t.counted.Bucket(last).End
	out.dates = spanWords(disp, time.Unix(0, from).In(disp.Zone), time.Unix(0, to).In(disp.Zone), t.counted.Step().Length, part)
	if events, bad := t.sum(first, last); part || t.zoom().on {
		out.counts, out.failures = t.withLoaded(partWords(events, bad), first, last), bad > 0
	} else {
		out.counts, out.failures = t.wholeWords()
	}
	t.addOutside(&out)
	t.addOver(&out)
	return out
}

// addOver says which rows the bars count, unless they count all rows. There is always room for that: the peak and the counts give way.
func (t *Timeline) addOver(to *legend) {
	if !t.part {
		return
	}
	over := kit.OverLoaded(t.order.sel.Snapshot().Rows())
	if t.loaded != nil {
		all, _ := t.total()
		before, after := t.counted.Outside()
		over = []termsafe.Safe{t.display.OfAll(all+before+after, t.order.sel.Len())}
	}
	switch {
	case t.above():
		to.over = over
	case t.height < axisFrom:
		to.counts = joined(over, to.counts)
	default:
		to.peak = append(joined(over[:1], to.peak), over[1:]...)
	}
}

// addOutside adds how many events are outside of the bars: on a line of its own, beside the peak, or beside the counts.
func (t *Timeline) addOutside(to *legend) {
	outside := t.outsideWords()
	switch {
	case t.height > axisFrom:
		to.outside = outside
	case t.height == axisFrom && !t.part:
		to.peak = joined(outside, to.peak)
	case to.part:
		to.counts = append(joined(outside, to.counts)[:len(outside)*len(to.counts)], to.counts...)
	default:
		to.counts = append(joined(outside, to.counts), to.counts...)
	}
}

// partWords returns the counts of some buckets.
func partWords(events, bad int) []termsafe.Safe {
	n := termsafe.Count(int64(events), "event", "events")
	if bad == 0 {
		return []termsafe.Safe{n}
	}
	failed := termsafe.Concat(termsafe.Int(int64(bad)), termsafe.Const(" failed"))
	if bad == events {
		return []termsafe.Safe{failed}
	}
	return []termsafe.Safe{
		termsafe.Concat(n, termsafe.Const(", "), failed),
		termsafe.Concat(termsafe.Int(int64(events)), termsafe.Const(", "), failed),
		failed,
	}
}

// withLoaded adds to the counts of some buckets how many events are loaded, if those are not all.
func (t *Timeline) withLoaded(counts []termsafe.Safe, first, last int) []termsafe.Safe {
	if t.loaded == nil {
		return counts
	}
	loaded := termsafe.Concat(t.display.Glyphs.Dot, termsafe.Const(" "), termsafe.Int(int64(t.here(first, last))), termsafe.Const(" loaded"))
	var out []termsafe.Safe
	for _, n := range counts {
		out = append(out, termsafe.Concat(n, termsafe.Const(" "), loaded))
	}
	return append(out, counts...)
}

// wholeWords returns the share that failed, or how many if all did, and how many events have no time.
func (t *Timeline) wholeWords() (words []termsafe.Safe, failures bool) {
	events, bad := t.total()
	share := shareWords(bad, events)
	if t.allFailed() {
		share = termsafe.Concat(termsafe.Int(int64(bad)), termsafe.Const(" failed"))
	}
	words = []termsafe.Safe{share}
	if loose, _ := t.counted.NoTime(); loose > 0 {
		n := termsafe.Concat(termsafe.Int(int64(loose)), termsafe.Const(" no time"))
		words = []termsafe.Safe{termsafe.Concat(n, termsafe.Repeat(" ", 2), share), n, share}
	}
	return words, bad > 0
}

// shareWords returns the share that failed; 0 and 100 % only if that is exact.
func shareWords(bad, events int) termsafe.Safe {
	switch {
	case bad == 0:
		return termsafe.Const("none failed")
	case bad == events:
		return termsafe.Const("all failed")
	}
	percent := min(math.Max(100*float64(bad)/float64(events), 0.1), 99.9)
	return termsafe.Concat(termsafe.Const("failed "), termsafe.Decimal(percent, 1), termsafe.Const(" %"))
}

// spanWords returns the forms of the time up to end, the most precise first. exact keeps the time of day beyond two days too.
// Times of day name the end itself, dates the last day before it.
func spanWords(disp *kit.Display, from, end time.Time, step time.Duration, exact bool) []termsafe.Safe {
	last := end.Add(-1)
	year := disp.Year || from.Year() != last.Year()
	var out []termsafe.Safe
	add := func(a, b termsafe.Safe) {
		if a.String() == b.String() {
			out = append(out, a)
			return
		}
		out = append(out, termsafe.Concat(a, disp.Own(" … "), b))
	}
	if step < day && (exact || end.Sub(from) <= 2*day) {
		clock := func(t time.Time) termsafe.Safe {
			if step < time.Minute {
				return termsafe.Concat(termsafe.Time(t, "15:04:05"), disp.Offset(t))
			}
			return termsafe.Concat(termsafe.Time(t, "15:04"), disp.Offset(t))
		}
		start, sameDay := termsafe.Concat(shortDate(from, year), kit.BlankCell, clock(from)), from.Format(time.DateOnly) == end.Format(time.DateOnly)
		if sameDay {
			add(start, clock(end))
			add(clock(from), clock(end))
		} else {
			add(start, termsafe.Concat(shortDate(end, year), kit.BlankCell, clock(end)))
		}
	}
	add(shortDate(from, year), shortDate(last, year))
	if year {
		add(termsafe.Time(from, "2006-01"), termsafe.Time(last, "2006-01"))
		add(termsafe.Time(from, "2006"), termsafe.Time(last, "2006"))
	}
	return out
}

// shortDate formats a day, with its year if the year is not clear.
func shortDate(t time.Time, year bool) termsafe.Safe {
	if year {
		return termsafe.Time(t, "2006-01-02")
	}
	return termsafe.Time(t, "01-02")
}

// peakWords returns how many events the fullest bar has, and the time of a bar: "peak 52 in 6 h".
func peakWords(peak int, step time.Duration) termsafe.Safe {
	n, unit := step/time.Second, termsafe.Const(" s")
	switch {
	case step >= day:
		n, unit = step/day, termsafe.Const(" d")
	case step >= time.Hour:
		n, unit = step/time.Hour, termsafe.Const(" h")
	case step >= time.Minute:
		n, unit = step/time.Minute, termsafe.Const(" min")
	}
	return termsafe.Concat(termsafe.Const("peak "), termsafe.Int(int64(peak)), termsafe.Const(" in "), termsafe.Int(int64(n)), unit)
}

// legendLine draws the whole legend in n cells: the time and the counts at the left, what is outside of the bars and the peak at the right.
func (t *Timeline) legendLine(l *paint.Line, words legend, n int) {
	disp, role := t.display, kit.Muted
	if words.failures {
		role = kit.Failed
	}
	notes := words.outside // bars that leave something out say so in any case
	if len(words.over) > 0 {
		notes = words.over
		if len(words.outside) > 0 {
			notes = joined(words.over, words.outside)[:len(words.over)*len(words.outside)]
		}
	}
	end, least := l.Width()+n, 0
	if k := len(notes); k > 0 {
		least = disp.Widther.Width(notes[k-1]) + legendGap
	}
	l.Add(disp.Style(kit.Muted), disp.Widther.Truncate(fitting(disp, words.dates, n-least), n))
	if counts, room := fitting(disp, words.counts, end-least-l.Width()-legendGap), end-least-l.Width()-legendGap; disp.Widther.Width(counts) <= room {
		l.Fill(disp.Style(kit.Plain), legendGap)
		l.Add(disp.Style(role), counts)
	}
	if text, room := fitting(disp, joined(notes, words.peak), end-l.Width()-legendGap), end-l.Width()-legendGap; disp.Widther.Width(text) <= room {
		l.Fill(disp.Style(kit.Plain), end-l.Width()-disp.Widther.Width(text))
		l.Add(disp.Style(kit.Muted), text)
	}
}

// addLegend adds line y of h of the legend, in exactly n cells.
func (t *Timeline) addLegend(l *paint.Line, words legend, y, h, n int) {
	disp := t.display
	countRole := kit.Muted
	if words.failures {
		countRole = kit.Failed
	}
	switch {
	case h == 1 && n == legendWhole && len(words.counts) > 0:
		t.addPair(l, words.dates, words.counts, countRole, n)
	case h == 1 && len(words.counts) > 0:
		addRight(disp, l, countRole, fitting(disp, words.counts, n), n)
	case y == 0:
		l.AddWidth(disp.Style(kit.Muted), fitting(disp, words.dates, n), n, paint.Right)
	case y == h-1 && h == 2 && !words.part && len(words.counts) > 0:
		t.addPair(l, append(words.peak, termsafe.Safe{}), words.counts, countRole, n)
	case y == h-1:
		addRight(disp, l, countRole, fitting(disp, words.counts, n), n)
	case y == 1:
		l.AddWidth(disp.Style(kit.Muted), fitting(disp, words.peak, n), n, paint.Right)
	case y == 2:
		l.AddWidth(disp.Style(kit.Muted), fitting(disp, words.outside, n), n, paint.Right)
	default:
		l.Fill(disp.Style(kit.Plain), n)
	}
}

// addPair adds two texts at the right, in exactly n cells.
func (t *Timeline) addPair(l *paint.Line, left, counts []termsafe.Safe, role kit.Role, n int) {
	disp := t.display
	least := disp.Widther.Width(left[len(left)-1]) + legendGap
	right := fitting(disp, counts, n-least)
	room := max(n-disp.Widther.Width(right)-legendGap, 0)
	l.AddWidth(disp.Style(kit.Muted), fitting(disp, left, room), room, paint.Right)
	l.Fill(disp.Style(kit.Plain), min(legendGap, n))
	l.AddWidth(disp.Style(role), right, n-room-legendGap, paint.Right)
}

// fitting returns the first text that is at most n cells wide, or the last one.
func fitting(disp *kit.Display, texts []termsafe.Safe, n int) termsafe.Safe {
	for i, text := range texts {
		if disp.Widther.Width(text) <= n || i == len(texts)-1 {
			return text
		}
	}
	return termsafe.Safe{}
}

// addRight adds a text at the right of n cells. Those before it have no background, also if the role has one.
func addRight(disp *kit.Display, l *paint.Line, r kit.Role, text termsafe.Safe, n int) {
	l.Fill(disp.Style(kit.Plain), max(0, n-disp.Widther.Width(text)))
	l.AddWidth(disp.Style(r), text, min(n, disp.Widther.Width(text)), paint.Left)
}
