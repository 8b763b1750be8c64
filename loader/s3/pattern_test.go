package s3

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/model"
)

// ways are options with which a load lists in different ways.
var ways = map[string]func(*Options){
	"at once": func(*Options) {}, "counted": func(o *Options) { o.Confirm = func(Plan) bool { return true } },
	"eager": func(o *Options) { o.Confirm, o.Eager = func(Plan) bool { return true }, true },
}

// keysOf returns the keys of the objects of a log, sorted.
func keysOf(log *model.Log) (keys []string) {
	snap := log.Snapshot()
	for _, s := range snap.Sources()[1:] {
		keys = append(keys, strings.TrimPrefix(s.Name.Raw(), "s3://audit-logs/"))
	}
	slices.Sort(keys)
	return keys
}

func TestPatternsFindObjectsAsTheyFindFiles(t *testing.T) {
	keys := []string{"pre1/fix-a.jsonl.gz", "pre2/fix-b.jsonl.gz", "pre2/other.jsonl", "pre2/x/fix-c.jsonl.gz", "fix-d.jsonl.gz", "logs/audit.jsonl", "logs/audit.jsonl.1", "logs/audit.jsonl-20261101",
		"logs/.hidden.jsonl", "logs/x.parquet", "logs/", "odd//dbl.jsonl", "odd/./dot.jsonl", "odd/a b%2Fc.jsonl", "odd/\xff.jsonl", "odd/a\nb.jsonl", "odd/end.jsonl "}
	for _, c := range []struct {
		pattern, leftOut string
		want             []string
	}{
		{"pre*/fix-*.jsonl.gz", "", []string{"pre1/fix-a.jsonl.gz", "pre2/fix-b.jsonl.gz"}},
		{"pre?/*", "", []string{"pre1/fix-a.jsonl.gz", "pre2/fix-b.jsonl.gz", "pre2/other.jsonl"}},
		{"pre[2-9]/**", "", []string{"pre2/fix-b.jsonl.gz", "pre2/other.jsonl", "pre2/x/fix-c.jsonl.gz"}},
		{"pre[!2]*/**", "", []string{"pre1/fix-a.jsonl.gz"}},
		{"{pre1,logs}/*.{gz,1}", "", []string{"logs/audit.jsonl.1", "pre1/fix-a.jsonl.gz"}},
		{"**/fix-?.*", "", []string{"fix-d.jsonl.gz", "pre1/fix-a.jsonl.gz", "pre2/fix-b.jsonl.gz", "pre2/x/fix-c.jsonl.gz"}},
		{"*", "", []string{"fix-d.jsonl.gz"}},
		{"logs/*.jsonl*", "hidden 1", []string{"logs/audit.jsonl", "logs/audit.jsonl-20261101", "logs/audit.jsonl.1"}},
		{"logs/*", "folders 1, hidden 1", []string{"logs/audit.jsonl", "logs/audit.jsonl-20261101", "logs/audit.jsonl.1", "logs/x.parquet"}},
		{"odd/**/*.jsonl", "", []string{"odd//dbl.jsonl", "odd/./dot.jsonl", "odd/a\nb.jsonl", "odd/a b%2Fc.jsonl", "odd/\xff.jsonl"}},
		{"odd/*l ", "", []string{"odd/end.jsonl "}},
		{"odd/./*", "", []string{"odd/./dot.jsonl"}},
		{"odd//*", "", []string{"odd//dbl.jsonl"}},
	} {
		for way, change := range ways {
			t.Run(c.pattern+"/"+way, func(t *testing.T) {
				s := newStore(t)
				s.pages = 3
				for i, key := range keys {
					switch {
					case strings.HasSuffix(key, "/"):
						s.put(key, nil)
					case strings.HasSuffix(key, ".gz"):
						s.put(key, gz(events(i, 1)))
					default:
						s.put(key, events(i, 1))
					}
				}
				var o Options
				change(&o)
				log, err := s.load(c.pattern, o)
				if err != nil {
					t.Fatal(err)
				}
				want := slices.Sorted(slices.Values(c.want))
				if got := keysOf(log); !slices.Equal(got, want) {
					t.Errorf("%q, want %q", got, want)
				}
				sum := summary(log)
				if sum.LeftOut.Words() != c.leftOut {
					t.Errorf("left out: %s, want %s", sum.LeftOut.Words(), c.leftOut)
				}
			})
		}
	}
}

func TestAPatternThatIsAKeyIsThatKey(t *testing.T) {
	for _, c := range []struct {
		name    string
		keys    []string
		url     string
		want    []string
		remarks string
	}{
		{"an object", []string{"logs/a[1].jsonl", "logs/a1.jsonl"}, "logs/a[1].jsonl", []string{"logs/a[1].jsonl"}, ""},
		{"an object without an ending", []string{"logs/*", "logs/a"}, "logs/*", []string{"logs/*"}, ""},
		{"braces", []string{"logs/{a}.jsonl", "logs/a.jsonl"}, "logs/{a}.jsonl", []string{"logs/{a}.jsonl"}, ""},
		{"a question", []string{"logs/a?b.jsonl", "logs/axb.jsonl"}, "logs/a?b.jsonl", []string{"logs/a?b.jsonl"}, ""},
		{"a prefix", []string{"logs[1]/a.jsonl", "logs1/a.jsonl"}, "logs[1]/", []string{"logs[1]/a.jsonl"}, "not read as a pattern"},
		{"a bracket that is not closed", []string{"logs[1/a.jsonl"}, "logs[1", []string{"logs[1/a.jsonl"}, "not read as a pattern"},
		{"escaped", []string{"logs/a*1.jsonl", "logs/ab1.jsonl"}, `logs/a\*[0-9].jsonl`, []string{"logs/a*1.jsonl"}, ""},
		{"no such key", []string{"logs/a1.jsonl"}, "logs/a[1].jsonl", []string{"logs/a1.jsonl"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStore(t)
			for i, key := range c.keys {
				s.put(key, events(i, 1))
			}
			log := s.must(c.url, Options{})
			if got := keysOf(log); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
			if note := summary(log).Note.Raw(); c.remarks != "" && !strings.Contains(note, c.remarks) || c.remarks == "" && strings.Contains(note, "pattern") {
				t.Errorf("the note is %q, want %q", note, c.remarks)
			}
		})
	}
}

func TestAPatternThatFindsNothingIsAnError(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.jsonl", events(0, 1))
	s.put("logs/empty.jsonl", nil)
	s.put("logs/sub/", nil)
	for pattern, want := range map[string]string{
		"logs/*.gz":     "no object matches the pattern",
		"log?":          "no object matches the pattern",
		"nosuch/**":     "no object matches the pattern",
		"*/b{1,2}":      "no object matches the pattern",
		"logs/sub/*":    "no log matches the pattern, only ",
		"logs/[":        `the bracket in "[" is not closed`,
		"logs/{a,b":     "the brace at byte 5 is not closed",
		"logs/empty*":   "",
		"logs/?.jsonl":  "",
		"logs/\u202e*[": "is not closed",
	} {
		for way, change := range ways {
			var o Options
			change(&o)
			log, err := s.load(pattern, o)
			if fmt.Sprint(err) == "<nil>" != (want == "") || want != "" && !strings.Contains(err.Error(), want) {
				t.Errorf("%s, %s: error %v, want %q", pattern, way, err, want)
			}
			if err != nil && strings.ContainsRune(err.Error(), '\u202e') {
				t.Errorf("the error of %q is not printable", pattern)
			}
			if sum := summary(log); (sum.Phase == model.Broken) != (want != "") {
				t.Errorf("%s, %s: the pattern is %v", pattern, way, sum.Phase)
			}
		}
	}
}

// audited fills a store with an object for each day of some months in two tables, and returns how many there are.
func (s *store) audited() (n int) {
	for _, table := range []string{"panther_audit", "panther_other"} {
		for at := utc("2026-09-01 00:00"); at.Before(utc("2026-12-01 00:00")); at = at.AddDate(0, 0, 1) {
			s.put(fmt.Sprintf("logs/%s/year=%d/month=%02d/day=%02d/hour=10/a.json", table, at.Year(), at.Month(), at.Day()), events(n, 1))
			n++
		}
	}
	return n
}

func TestAPatternListsOnlyWhatCanMatch(t *testing.T) {
	for _, c := range []struct {
		pattern  string
		from, to string
		want     int
		listings int
	}{
		{"logs/*_audit/year=*/month=11/**", "", "", 30, 4},
		{"logs/panther_*/year=2026/month=11/day=0?/**", "", "", 18, 22},
		{"logs/*/year=2026/month=1*/**", "2026-11-05 00:00", "2026-11-07 00:00", 4, 10},
		{"logs/**/*.json", "2026-11-05 00:00", "2026-11-07 00:00", 4, 12},
		{"logs/panther_audit/year=2026/month=*/day=05/**", "2026-11-05 00:00", "2026-11-07 00:00", 1, 5},
	} {
		for way, change := range ways {
			t.Run(c.pattern+"/"+way, func(t *testing.T) {
				s := newStore(t)
				s.audited()
				var o Options
				if change(&o); c.from != "" {
					o.From, o.To = utc(c.from), utc(c.to)
				}
				log := s.must(c.pattern, o)
				if got := len(keysOf(log)); got != c.want {
					t.Errorf("%d objects, want %d", got, c.want)
				}
				if n := s.listings(); n > c.listings {
					t.Errorf("%d listings, want at most %d: %q", n, c.listings, s.requests())
				}
			})
		}
	}
}

func TestAPatternIsFollowed(t *testing.T) {
	for _, c := range []struct{ pattern, key, other string }{
		{"logs/new*/*.jsonl", "logs/new1/b.jsonl", "logs/old1/b.jsonl"},
		{"logs/**/[a-z].jsonl", "logs/x/y/b.jsonl", "logs/x/y/B.jsonl"},
		{"logs/*/year=20*/month=*/**", partitionNow("logs/t/") + "b.jsonl", "logs/t/u/b.jsonl"},
	} {
		t.Run(c.pattern, func(t *testing.T) {
			s := newStore(t)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			log := model.NewLog()
			ended := make(chan error, 1)
			go func() { ended <- s.source(c.pattern, Options{Follow: true, Poll: time.Millisecond}).Load(ctx, log) }()
			eventually(t, "the pattern is followed", func() bool { return summary(log).Phase == model.Following })
			s.put(c.other, events(9, 1))
			s.put(c.key, events(0, 1))
			eventually(t, "the new object", func() bool { snap := log.Snapshot(); return snap.Rows() == 1 })
			cancel()
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
			wantNumbers(t, log, 1)
		})
	}
}

// partitionNow is the prefix of the present hour's partition below a root.
func partitionNow(root string) string {
	return (&layout{root: root}).prefix(partition{time.Now().UTC().Truncate(time.Hour), hour})
}

func TestAPatternIsReadFromTheCache(t *testing.T) {
	s := newStore(t)
	n := s.audited()
	dir := t.TempDir() + "/s3"
	first := s.must("logs/*_audit/**", Options{Cache: &Cache{Dir: dir}})
	wantNumbers(t, first, n/2)
	s.Server.Close()
	again, err := s.load("logs/*_audit/**", Options{Cache: &Cache{Dir: dir}, Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, again, n/2)
	if _, err := s.load("logs/*_other/**", Options{Cache: &Cache{Dir: dir}, Offline: true}); err == nil {
		t.Error("a pattern that was never read is read offline")
	}
}
