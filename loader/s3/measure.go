package s3

import (
	"context"
	"strings"
	"time"

	"pawprint/model"
)

// Measure counts the objects below a folder, s3://bucket/prefix/, that may hold events from one time to before another, as far as their names
// tell. It lists, and reads no object. all reports that the names of some objects do not tell their time; these are always counted. If ctx
// ends first, or the listing fails, the plan counts what was found before.
func Measure(ctx context.Context, url string, o Options, from, to time.Time) (plan Plan, all bool, err error) {
	if !strings.HasSuffix(url, "/") {
		url += "/"
	}
	plan.URL = model.NewText(url)
	bucket, prefix, err := parseURL(url)
	if err != nil {
		return plan, false, err
	}
	b, err := newBucket(ctx, bucket, &o, defaultTiming(), func() {}, func(string) {})
	if err != nil {
		return plan, false, err
	}
	count := func(t tally) { plan.Objects, plan.Bytes = t.objects, t.bytes }
	w, err := newPrefixLister(ctx, b, []string{prefix}, from, to)
	if err != nil {
		return plan, false, err
	}
	_, err = w.hold(ctx, 0, func(o *object) bool {
		if _, _, _, ok := placed(o.key); !ok {
			all = true
		}
		return within(o.key, from, to)
	}, count)
	return plan, all, err
}
