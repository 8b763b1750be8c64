package athena

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"pawprint/loader/engine"
	"pawprint/loader/s3"
	"pawprint/model/amount"
)

// Estimate is the most that a query about a span can read, from the sizes of the objects in the bucket.
type Estimate struct {
	Known   bool
	Objects int64
	Bytes   int64
	All     bool  // some objects were counted whatever the span, because their names do not tell their time
	More    bool  // the bucket was not listed to its end, so there is more
	Why     error // why it is not known, or why there is more; nil if everything was counted
}

// listTime bounds the listing of a bucket.
const listTime = 10 * time.Second

// Estimate lists the objects of the table in its bucket, in the partitions that a span needs. It asks Athena where they lie, which costs
// nothing.
func (e *Engine) Estimate(ctx context.Context, of engine.Span) (out Estimate, err error) {
	if of.From == math.MinInt64 {
		return out, e.unbounded()
	}
	t, err := e.find(ctx)
	if err != nil {
		return out, err
	}
	if t.location == "" {
		out.Why = errors.New("the location of the table is unknown, as Athena does not name it")
		return out, nil
	}
	listing, done := context.WithTimeout(ctx, listTime)
	defer done()
	from, to := t.parted(of)
	plan, all, err := s3.Measure(listing, t.location, s3.Options{Profile: e.options.Profile, Region: e.options.Region}, from, to)
	out = Estimate{Known: err == nil || plan.Objects > 0, Objects: plan.Objects, Bytes: plan.Bytes, All: all, More: err != nil, Why: err}
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	if listing.Err() != nil {
		out.Why = fmt.Errorf("the bucket could not be listed in %s", amount.Length(listTime))
	}
	return out, nil
}

// parted returns the time of the partitions that a span needs: whole months of a long span, else days or hours.
func (t *table) parted(of engine.Span) (from, to time.Time) {
	from, to = t.ends(of)
	if to.Sub(from) > mostDays*24*time.Hour {
		to = time.Date(to.Year(), to.Month(), 1, 0, 0, 0, 0, time.UTC)
		return time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC), to.AddDate(0, 1, 0)
	}
	part := time.Hour
	if t.hour.name == "" {
		part = 24 * time.Hour
	}
	return from.Truncate(part), to.Truncate(part).Add(part)
}

// String says in one line what a query reads, and what that costs.
func (s Estimate) String() string {
	if !s.Known {
		return fmt.Sprintf("how much a query reads is not known in advance: %v", s.Why)
	}
	text := fmt.Sprintf("each query reads at most %s of %s, which costs %s", amount.Bytes(s.Bytes), amount.Of(s.Objects, "object", "objects"), dollars(s.Bytes))
	if s.More {
		text = fmt.Sprintf("each query may read more than %s, which costs %s: %v", amount.Bytes(s.Bytes), dollars(s.Bytes), s.Why)
	}
	if s.All {
		text += "; the names of some objects contain no time, so these are always counted"
	}
	return text
}

// Much reports whether a query needs the user's consent.
func (s Estimate) Much() bool { return s.Known && (s.Bytes > mostBytes || s.More) }

// mostBytes is how much a query may read without consent.
const mostBytes = 1 << 30

// dollars is the price of bytes that are read.
func dollars(bytes int64) string {
	if cost := float64(bytes) * price / 1e12; cost >= 0.0001 {
		return fmt.Sprintf("about %.4f US dollars", cost)
	}
	return "less than 0.0001 US dollars"
}
