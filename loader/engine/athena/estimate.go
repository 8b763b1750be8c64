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

// Estimate is what a question about a span reads at most, by what lies in the bucket.
type Estimate struct {
	Known   bool
	Objects int64
	Bytes   int64
	All     bool  // not all names of objects tell the time, so that these were counted whatever the span
	More    bool  // the bucket was not listed to its end, so that there is more
	Why     error // it is not known, or there is more; nil if all was counted
}

// listTime bounds the listing of a bucket.
const listTime = 10 * time.Second

// Estimate lists what the table has in its bucket, in the parts that a span needs. It asks Athena where that is, which costs nothing.
func (e *Engine) Estimate(ctx context.Context, of engine.Span) (out Estimate, err error) {
	if of.From == math.MinInt64 {
		return out, e.unbounded()
	}
	t, err := e.find(ctx)
	if err != nil {
		return out, err
	}
	if t.location == "" {
		out.Why = errors.New("where the table lies is not told by Athena")
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

// parted is the time of the parts of the table that a span needs: whole months of a long one, else days or hours.
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

// String says in one line what a question reads, and what that costs.
func (s Estimate) String() string {
	if !s.Known {
		return fmt.Sprintf("what a question reads is not known before: %v", s.Why)
	}
	text := fmt.Sprintf("each question reads at most %s of %s, which costs %s", amount.Bytes(s.Bytes), amount.Of(s.Objects, "object", "objects"), dollars(s.Bytes))
	if s.More {
		text = fmt.Sprintf("each question may read more than %s, which costs %s: %v", amount.Bytes(s.Bytes), dollars(s.Bytes), s.Why)
	}
	if s.All {
		text += "; the names of some objects tell no time, so that these are counted whatever the time"
	}
	return text
}

// Much reports whether a question should not be asked without the user's consent.
func (s Estimate) Much() bool { return s.Known && (s.Bytes > mostBytes || s.More) }

// mostBytes is what a question may read without consent.
const mostBytes = 1 << 30

// dollars is the price of bytes that are read.
func dollars(bytes int64) string {
	if cost := float64(bytes) * price / 1e12; cost >= 0.0001 {
		return fmt.Sprintf("about %.4f US dollars", cost)
	}
	return "less than 0.0001 US dollars"
}
