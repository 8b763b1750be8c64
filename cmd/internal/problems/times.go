package problems

import (
	"context"
	"fmt"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/tui/termsafe"
)

// interval is the time between two successive events: a silence, in the order of events, or a step back in time, in the order of the lines
// of a source.
type interval struct {
	kind          string // silence or step back
	before, after place
	length        time.Duration
}

const (
	silence  = "silence"
	stepBack = "step back"
)

// place is where an event stands, and its time.
type place struct {
	source model.Text
	origin model.Origin
	time   time.Time
}

// Times chooses what WriteTimes reports.
type Times struct {
	Least time.Duration // silences longer than this are reported; 0 means what counts as a silence in the log
	Zone  *time.Location
}

// WriteTimes reports the silences of a log and then, source by source, the steps back in time. It returns how many of each there are.
func (t Times) WriteTimes(ctx context.Context, snap *model.Snapshot, report Reporter) (silences, steps int, err error) {
	found, err := snap.Silences(ctx)
	if err != nil {
		return 0, 0, err
	}
	least := t.Least
	if least == 0 {
		least = found.Least()
	}
	long := found.Longer(least)
	for _, s := range long {
		if err := report.interval(&interval{silence, t.place(snap, s.Before), t.place(snap, s.After), s.Length}); err != nil {
			return 0, 0, err
		}
	}
	for _, id := range snap.SourceOrder() {
		back, err := snap.StepsBack(ctx, id)
		if err != nil {
			return 0, 0, err
		}
		steps += len(back)
		for _, s := range back {
			if err := report.interval(&interval{stepBack, t.place(snap, s.Above), t.place(snap, s.Row), s.By}); err != nil {
				return 0, 0, err
			}
		}
	}
	return len(long), steps, nil
}

func (t Times) place(snap *model.Snapshot, r model.Row) place {
	o := snap.Origin(r)
	return place{snap.Sources()[o.Source].Name, o, time.Unix(0, snap.Nanos(r)).In(t.Zone)}
}

const timeLayout = "2006-01-02 15:04:05.999999999 MST"

func (r *textReport) interval(i *interval) error {
	at := func(p *place) string {
		return fmt.Sprintf("%s:%d:%d", termsafe.Clean(p.source.Raw(), termsafe.Options{}), p.origin.Line, p.origin.Offset)
	}
	from, to := i.before.time.Format(timeLayout), i.after.time.Format(timeLayout)
	message := fmt.Sprintf("%s without any event, from %s (%s) to %s", amount.Length(i.length), from, at(&i.before), to)
	if i.kind == stepBack {
		message = fmt.Sprintf("the time goes back by %s, from %s (line %d) to %s", amount.Length(i.length), from, i.before.origin.Line, to)
	}
	return r.write(at(&i.after), i.kind, message)
}

// jsonInterval is a line of the JSON report.
type jsonInterval struct {
	Kind    string    `json:"kind"` // silence or step back
	Seconds float64   `json:"seconds"`
	From    jsonPlace `json:"from"`
	To      jsonPlace `json:"to"`
}

type jsonPlace struct {
	Time   time.Time `json:"time"`
	Source string    `json:"source"`
	Line   int64     `json:"line"`
	Offset int64     `json:"offset"`
}

func (r *jsonReport) interval(i *interval) error {
	at := func(p *place) jsonPlace {
		return jsonPlace{p.time, validUTF8(p.source), p.origin.Line, p.origin.Offset}
	}
	return output.WriteJSON(r.out, jsonInterval{i.kind, i.length.Seconds(), at(&i.before), at(&i.after)})
}

func (r maskedReport) interval(i *interval) error {
	q := *i
	q.before.source, q.after.source = r.masked("", i.before.source), r.masked("", i.after.source)
	return r.Reporter.interval(&q)
}
