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
	step          termsafe.Safe
	failures      bool
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
		first, last = t.brush()
	}
	events, bad := t.sum(first, last)
	loose := 0
	if !part {
		var looseBad int
		loose, looseBad = t.counted.NoTime()
		events, bad = events+loose, bad+looseBad
	}
	out := legend{step: stepWords(t.counted.Step().Length), failures: bad > 0}
	from, to := t.counted.Bucket(first).Start, t.counted.Bucket(last).End-1
	out.dates = spanWords(disp, time.Unix(0, from).In(disp.Zone), time.Unix(0, to).In(disp.Zone), t.counted.Step().Length, part)
	share := shareWords(bad, events)
	if part {
		n := termsafe.Count(int64(events), "event", "events")
		out.counts = []termsafe.Safe{termsafe.Concat(n, termsafe.Repeat(" ", 2), share), n}
		return out
	}
	out.counts = []termsafe.Safe{share}
	if loose > 0 {
		n := termsafe.Concat(termsafe.Int(int64(loose)), termsafe.Const(" no time"))
		out.counts = []termsafe.Safe{termsafe.Concat(n, termsafe.Repeat(" ", 2), share), n, share}
	}
	return out
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

// spanWords returns the forms of a time range, the most precise first. exact keeps the time of day beyond two days too.
func spanWords(disp *kit.Display, from, to time.Time, step time.Duration, exact bool) []termsafe.Safe {
	year := disp.Year || from.Year() != to.Year()
	sameDay := from.Format(time.DateOnly) == to.Format(time.DateOnly)
	var out []termsafe.Safe
	add := func(a, b termsafe.Safe) {
		if a.String() == b.String() {
			b = termsafe.Safe{}
		}
		if b.Empty() {
			out = append(out, a)
			return
		}
		out = append(out, termsafe.Concat(a, disp.Own(" … "), b))
	}
	const day = 24 * time.Hour
	if step < day && (exact || to.Sub(from) <= 2*day) {
		clock := func(t time.Time) termsafe.Safe {
			if step < time.Minute {
				return termsafe.Concat(termsafe.Time(t, "15:04:05"), disp.Offset(t))
			}
			return termsafe.Concat(termsafe.Time(t, "15:04"), disp.Offset(t))
		}
		end := clock(to)
		if !sameDay {
			end = termsafe.Concat(shortDate(to, year), kit.BlankCell, end)
		}
		add(termsafe.Concat(shortDate(from, year), kit.BlankCell, clock(from)), end)
		if sameDay {
			add(clock(from), clock(to))
		}
	}
	add(shortDate(from, year), shortDate(to, year))
	if year {
		add(termsafe.Time(from, "2006-01"), termsafe.Time(to, "2006-01"))
		add(termsafe.Time(from, "2006"), termsafe.Time(to, "2006"))
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

// stepWords returns the duration of a bar.
func stepWords(step time.Duration) termsafe.Safe {
	n, unit := step/time.Second, termsafe.Const(" s")
	switch {
	case step >= 24*time.Hour:
		n, unit = step/(24*time.Hour), termsafe.Const(" d")
	case step >= time.Hour:
		n, unit = step/time.Hour, termsafe.Const(" h")
	case step >= time.Minute:
		n, unit = step/time.Minute, termsafe.Const(" min")
	}
	return termsafe.Concat(termsafe.Const("a bar is "), termsafe.Int(int64(n)), unit)
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
		least := disp.Widther.Width(words.dates[len(words.dates)-1]) + legendGap
		counts := fitting(disp, words.counts, n-least)
		room := n - disp.Widther.Width(counts) - legendGap
		l.AddWidth(disp.Style(kit.Muted), fitting(disp, words.dates, room), max(room, 0), paint.Right)
		l.Fill(disp.Style(kit.Plain), min(legendGap, n))
		l.AddWidth(disp.Style(countRole), counts, n-max(room, 0)-legendGap, paint.Right)
	case h == 1 && len(words.counts) > 0:
		l.AddWidth(disp.Style(countRole), fitting(disp, words.counts, n), n, paint.Right)
	case y == 0:
		l.AddWidth(disp.Style(kit.Muted), fitting(disp, words.dates, n), n, paint.Right)
	case y == h-1:
		l.AddWidth(disp.Style(countRole), fitting(disp, words.counts, n), n, paint.Right)
	case y == 1 && h > 2:
		l.AddWidth(disp.Style(kit.Muted), words.step, n, paint.Right)
	default:
		l.Fill(disp.Style(kit.Plain), n)
	}
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
