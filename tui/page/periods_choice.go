package page

import (
	"time"

	"pawprint/model/clock"
	"pawprint/model/compare"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// choice is a way to choose two periods.
type choice struct {
	compare.Periods
	words termsafe.Safe // which is the second one
	first termsafe.Safe // and the first one
}

// recentLengths are the lengths of the periods at the end of the log, the longest first.
var recentLengths = []struct {
	length time.Duration
	words  termsafe.Safe
	first  termsafe.Safe
}{
	{7 * 24 * time.Hour, termsafe.Const("the last 7 days of the log"), termsafe.Const(" and the 7 days before")},
	{24 * time.Hour, termsafe.Const("the last 24 hours of the log"), termsafe.Const(" and the 24 hours before")},
	{time.Hour, termsafe.Const("the last hour of the log"), termsafe.Const(" and the hour before")},
	{time.Minute, termsafe.Const("the last minute of the log"), termsafe.Const(" and the minute before")},
}

// settle brings the filter and the choices up to date. Choices change only until the log is read, as its end does.
func (p *Periods) settle(s *kit.Scene) {
	if s.Current.FilterText != p.given || p.filter.Expr == nil {
		p.given = s.Current.FilterText
		p.filter, p.timeless = withoutTime(s.Current)
	}
	if n := s.Log.Rows(); n != p.rows {
		if first, last, ok := s.Log.TimeBounds(); ok {
			p.log, p.rows = clock.Span{From: time.Unix(0, first), To: time.Unix(0, last+1)}, n
		}
	}
	if p.settled || p.counting.Busy() || p.rows == 0 {
		return
	}
	p.choices, p.settled = p.ways(s), s.Complete
	p.chosen = min(p.chosen, len(p.choices)-1)
}

// withoutTime returns the filter without its active conditions on the time; left says whether it has some.
func withoutTime(f kit.Filter) (out kit.Filter, left bool) {
	text := f.FilterText
	for i := len(f.Chips) - 1; i >= 0; i-- {
		if !f.Chips[i].Off && kit.AboutTime(f.Chips[i].Text) {
			text = text.Without(i)
		}
	}
	if text == f.FilterText {
		return f, false
	}
	out, err := text.Parse()
	if err != nil {
		return f, false
	}
	return out, true
}

// ways lists the choices: what the user chose comes before the end of the log.
func (p *Periods) ways(s *kit.Scene) []choice {
	var out []choice
	add := func(stretch clock.Span, words termsafe.Safe) {
		if stretch.From.Before(stretch.To) {
			out = append(out, choice{compare.UpTo(stretch), words, termsafe.Const(", and as long before")})
		}
	}
	add(p.stretches.Marks, termsafe.Const("from the first mark to the last one"))
	add(p.stretches.Brush, termsafe.Const("the time chosen in the timeline"))
	add(p.filtered(s), termsafe.Const("the time of the filter"))
	for i, recent := range recentLengths {
		if recent.length < compare.Length(p.log) || i == len(recentLengths)-1 {
			out = append(out, choice{compare.Recent(p.log.To.Add(-1), clock.Length{Rest: recent.length}), recent.words, recent.first})
		}
	}
	return out
}

// filtered returns the time of the filter, which is empty if it has none. An end that is open is that of the log.
func (p *Periods) filtered(s *kit.Scene) clock.Span {
	times := s.Current.Terms(kit.AboutTime)
	if len(query.Terms(times)) == 0 {
		return clock.Span{}
	}
	from, to := query.Bounds(times, s.Env)
	if from.IsZero() && to.IsZero() {
		return clock.Span{}
	}
	out := clock.Span{From: from, To: to.Add(1)}
	if from.IsZero() {
		out.From = p.log.From
	}
	if to.IsZero() {
		out.To = p.log.To
	}
	return out
}

// periods returns the two periods.
func (p *Periods) periods() compare.Periods { return p.choices[p.chosen].Shifted(p.shift) }
