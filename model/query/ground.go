package query

import (
	"context"
	"fmt"
	"math/bits"
	"time"

	"pawprint/model"
	"pawprint/model/amount"
)

// Grounds explains to the user what the results of a query depend on if it asks for first events, copies or silences: how far back the log
// goes, how many events have no id, and what counts as a silence. It is empty for other queries. sel must be the selection of e.
func Grounds(ctx context.Context, sel *model.Selection, e Expr, env Env) ([]string, error) {
	on, snap := standingsOf(compile(e, new(Env))), sel.Snapshot()
	var out []string
	if on&restsOnFirsts != 0 {
		firsts, err := snap.Firsts(ctx)
		if err != nil {
			return nil, err
		}
		out = historyText(sel, firsts.History(), env.zone())
		out = append(out, backgroundTexts(snap.Background(), env.zone())...)
	}
	if on&restsOnCopies != 0 {
		copies, err := snap.Copies(ctx)
		if err != nil {
			return nil, err
		}
		if n := copies.Unnamed(); n > 0 {
			out = append(out, fmt.Sprintf("copies are recognised by p_row_id: %d of %d events have none and never count as copies", n, snap.Books().Events))
		}
	}
	if on&restsOnSilences != 0 {
		silences, err := snap.Silences(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, SilenceText(silences))
	}
	return out, nil
}

// SilenceText says what counts as a silence in a log.
func SilenceText(s *model.Silences) string {
	text := "a silence is more than " + amount.Length(s.Least()) + " without any event"
	if m := s.Median(); m > 0 {
		return text + fmt.Sprintf(": %d times the median time between events, %s", model.SilenceTimes, amount.Length(m))
	}
	return text
}

const groundTime = "2006-01-02 15:04:05 MST"

func timeText(nanos int64, zone *time.Location) string {
	return time.Unix(0, nanos).In(zone).Format(groundTime)
}

// historyText says where the log begins, and how many of the selected events are in its first days.
func historyText(sel *model.Selection, h model.History, zone *time.Location) []string {
	if !h.Timed {
		return []string{"no event of the log has a time: the first is the one whose line comes first"}
	}
	text := "first-seen compares only the events that were read, which start at " + timeText(h.Begin, zone)
	if n := newEvents(sel, h); n > 0 {
		text += fmt.Sprintf("; in the first %d days, when nearly everything is new: %d of the %d found", model.NewDays, n, sel.Len())
	}
	return []string{text}
}

// newEvents counts the selected events in the first days.
func newEvents(sel *model.Selection, h model.History) (n int) {
	snap := sel.Snapshot()
	for k := range snap.Segments() {
		seg := snap.Segment(k)
		if earliest, _ := seg.Bounds(); !h.New(earliest) {
			continue
		}
		times, flags := seg.Times(), seg.Flags()
		for at, w := range sel.Marked(k) {
			for ; w != 0; w &= w - 1 {
				if i := at<<6 + bits.TrailingZeros64(w); h.New(times.At(i)) && flags[i]&model.FlagReject == 0 {
					n++
				}
			}
		}
	}
	return n
}

// backgroundTexts say what is missing before the events.
func backgroundTexts(b model.Background, zone *time.Location) []string {
	switch {
	case b.Cut == 0:
		return nil
	case b.Span == "":
		return []string{"objects from before " + timeText(b.Cut, zone) + " were not read, so first-seen cannot compare with them: --since 7d --baseline 60d also reads the 60 days before, for first-seen only"}
	case b.Baseline == nil:
		return []string{"the baseline is not read yet: until then, first-seen cannot compare with events from before " + timeText(b.Cut, zone)}
	}
	if b.Baseline.Err.Empty() {
		return nil // the books count it
	}
	return []string{fmt.Sprintf("the baseline of %s is incomplete: first-seen compares with the %d events of it that were read", b.Span, b.Baseline.Books.Events)}
}
