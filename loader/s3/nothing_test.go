package s3

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pawprint/model"
)

// A prefix in which nothing was read is not a log without failures: the load says so, whatever the way of listing.
func TestAPrefixWhereNothingWasReadIsAnError(t *testing.T) {
	hourOf := func(d int) string {
		return (&layout{}).prefix(partition{time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC), hour})
	}
	for _, c := range []struct {
		name    string
		keys    []string
		prefix  string
		options Options
		want    string // in the error; empty if there is none
	}{
		{"an empty bucket", nil, "", Options{}, "it has no objects; check the bucket and the prefix"},
		{"a prefix that is not there", []string{"logs/a.jsonl"}, "nosuch", Options{}, "it has no objects"},
		{"a folder that is not there", []string{"logs/a.jsonl"}, "log/", Options{}, "it has no objects"},
		{"the name of a log that is not there", []string{"logs/a.jsonl"}, "logs/b.jsonl", Options{}, "it has no objects"},
		{"other files", []string{"logs/x.parquet", "logs/_SUCCESS", "logs/"}, "logs/", Options{}, "none of its 3 objects is read (.parquet 1, "},
		{"hidden logs", []string{"logs/.a.jsonl", "logs/b/_c.jsonl"}, "logs/", Options{}, "none of its 2 objects is read (hidden 2): logs end in .jsonl, "},
		{"another time", []string{"logs/" + hourOf(1) + "a.jsonl"}, "logs/", Options{From: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}, "none of its objects is from the time asked for: move --since or --until"},
		{"an earlier time", []string{"logs/" + hourOf(20) + "a.jsonl"}, "logs/", Options{To: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)}, "none of its objects is from the time asked for: move --since or --until"},
		{"a log", []string{"logs/a.jsonl"}, "logs/", Options{}, ""},
		{"an empty log", []string{"logs/empty.jsonl"}, "logs/", Options{}, ""},
	} {
		for way, change := range map[string]func(*Options){
			"at once": func(*Options) {}, "counted": func(o *Options) { o.Confirm = func(Plan) bool { return true } },
			"eager": func(o *Options) { o.Confirm, o.Eager = func(Plan) bool { return true }, true },
		} {
			t.Run(c.name+"/"+way, func(t *testing.T) {
				s := newStore(t)
				for i, key := range c.keys {
					body := events(i, 1)
					if strings.Contains(key, "empty") || strings.HasSuffix(key, "/") {
						body = nil
					}
					s.put(key, body)
				}
				o := c.options
				change(&o)
				log, err := run(context.Background(), s.source(c.prefix, o))
				if fmt.Sprint(err) == "<nil>" != (c.want == "") || c.want != "" && !strings.Contains(err.Error(), c.want) {
					t.Fatalf("error %v, want %q", err, c.want)
				}
				if sum := summary(log); (sum.Phase == model.Broken) != (c.want != "") {
					t.Errorf("the prefix is %v after %v", sum.Phase, err)
				}
			})
		}
	}
}

func TestAPrefixWithoutObjectsIsFollowedAndWaits(t *testing.T) {
	s := newStore(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	log := model.NewLog()
	ended := make(chan error, 1)
	go func() { ended <- s.source("logs/", Options{Follow: true, Poll: time.Millisecond}).Load(ctx, log) }()
	eventually(t, "the prefix is followed", func() bool { return summary(log).Phase == model.Following })
	s.put("logs/new.jsonl", events(0, 1))
	eventually(t, "the new object", func() bool { snap := log.Snapshot(); return snap.Rows() == 1 })
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}
