package main

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// bucketOf serves objects by key, as s3:// sources list and read them.
func bucketOf(t *testing.T, objects map[string]string) {
	t.Helper()
	keys := slices.Sorted(maps.Keys(objects))
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") != "2" {
			_, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
			body, ok := objects[key]
			if !ok {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			w.Header().Set("ETag", "e")
			fmt.Fprint(w, body)
			return
		}
		q, folders := r.URL.Query(), map[string]bool{}
		var out strings.Builder
		for _, key := range keys {
			rest, ok := strings.CutPrefix(key, q.Get("prefix"))
			if !ok || key <= q.Get("start-after") {
				continue
			}
			if at := strings.Index(rest, "/"); at >= 0 && q.Get("delimiter") == "/" {
				folders[q.Get("prefix")+rest[:at+1]] = true
				continue
			}
			fmt.Fprintf(&out, "<Contents><Key>%s</Key><ETag>e</ETag><Size>%d</Size><LastModified>2026-11-22T10:00:00.000Z</LastModified></Contents>", key, len(objects[key]))
		}
		for _, folder := range slices.Sorted(maps.Keys(folders)) {
			fmt.Fprintf(&out, "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>", folder)
		}
		fmt.Fprintf(w, "<ListBucketResult><IsTruncated>false</IsTruncated>%s</ListBucketResult>", &out)
	})
}

// onDay writes an event at noon of a day, and the key of an object of that day.
func onDay(month, day int, actor, address, action string) (key, line string) {
	key = fmt.Sprintf("logs/year=2026/month=%02d/day=%02d/hour=12/a.json", month, day)
	line = fmt.Sprintf(`{"actionName":%q,"actionResult":"SUCCEEDED","actor":{"id":%q,"type":"USER","name":%q},"sourceIP":%q,"timestamp":"2026-%02d-%02dT12:00:00Z","pantherVersion":"1.113.138"}`+"\n",
		action, actor, actor, address, month, day)
	return key, line
}

// historyInABucket serves events before and after 2026-11-10.
func historyInABucket(t *testing.T) {
	objects := map[string]string{}
	for _, e := range []struct {
		month, day             int
		actor, address, action string
	}{
		{7, 1, "ann", "192.0.2.7", "SIGN_IN"},    // before the baseline
		{10, 20, "ann", "192.0.2.1", "SIGN_IN"},  // the baseline
		{10, 21, "ann", "192.0.2.2", "GET_RULE"}, //
		{11, 12, "ann", "192.0.2.1", "SIGN_IN"},  // since
		{11, 13, "ann", "192.0.2.3", "GET_RULE"}, //
		{11, 14, "ann", "192.0.2.7", "SIGN_IN"},  //
		{11, 15, "bob", "192.0.2.1", "GET_RULE"}, //
	} {
		key, line := onDay(e.month, e.day, e.actor, e.address, e.action)
		objects[key] = line
	}
	bucketOf(t, objects)
}

func TestABaselineIsReadForFirstSeenAlone(t *testing.T) {
	historyInABucket(t)
	for _, c := range []struct {
		args   []string
		code   int
		out    string
		stderr []string
		not    []string
	}{
		{[]string{"query", "-c", "is:new-address", "--since", "2026-11-10", "s3://audit/logs/"}, 0, "4\n",
			[]string{"objects from before 2026-11-10 00:00:00 UTC were not read", "--baseline 60d", "which start at 2026-11-12 12:00:00 UTC"}, []string{"baseline of"}},
		{[]string{"query", "-c", "is:new-address", "--since", "2026-11-10", "--baseline", "60d", "s3://audit/logs/"}, 0, "3\n",
			[]string{"baseline of 60d, read only for first-seen: 2 lines = 2 events", "which start at 2026-10-20 12:00:00 UTC"}, []string{"not read"}},
		{[]string{"query", "-c", "is:new-action", "--since", "2026-11-10", "--baseline", "60d", "s3://audit/logs/"}, 0, "1\n", nil, nil},
		{[]string{"query", "-c", "is:first-seen", "--since", "2026-11-10", "--baseline", "200 days", "s3://audit/logs/"}, 0, "2\n",
			[]string{"baseline of 200 days, read only for first-seen: 3 lines = 3 events"}, nil},
		{[]string{"stats", "--by", "ip", "-o", "csv", "-q", "is:new-address", "--since", "2026-11-10", "--baseline", "60d", "s3://audit/logs/"}, 0,
			"ip,count", []string{"baseline of 60d"}, nil},
		{[]string{"query", "-o", "csv", "--fields", "ip", "NOT is:new-address", "--since", "2026-11-10", "--baseline", "60d", "s3://audit/logs/"}, 0,
			"ip,reject\n192.0.2.1,\n", nil, nil},
		{[]string{"query", "-c", "is:signin", "--since", "2026-11-10", "--baseline", "60d", "s3://audit/logs/"}, 0, "2\n",
			[]string{"the query uses none of them, so the baseline is not read"}, []string{"baseline of"}},
		{[]string{"query", "-c", "is:new-address", "--since", "2026-11-10", "--baseline", "5d", "s3://audit/logs/"}, 2, "4\n",
			[]string{"reading the baseline: ", "the baseline of 5d is incomplete: first-seen compares with the 0 events"}, nil},
		{[]string{"query", "-c", "is:new-address", "--baseline", "60d", "s3://audit/logs/"}, 2, "", []string{"reading --baseline: it reaches back from --since, which is missing: write --since 7d --baseline 60d"}, nil},
		{[]string{"query", "-c", "is:new-address", "--since", "2026-11-10", "--baseline", "sixty", "s3://audit/logs/"}, 2, "", []string{`"sixty" is not a length of time such as 60d`}, nil},
		{[]string{"query", "-c", "is:new-address", "--since", "2026-11-10", "--baseline", "2026-11-01", "s3://audit/logs/"}, 2, "", []string{"is not a length of time"}, nil},
		{[]string{"query", "-c", "is:failed", "--since", "2026-11-01", "--baseline", "60d", "../../testdata/audit.jsonl"}, 0, "", []string{"--baseline is for s3:// sources"}, nil},
	} {
		out, errs, code := outcomeOf(t, c.args...)
		if code != c.code || !strings.HasPrefix(out, c.out) {
			t.Errorf("%q: exit code %d and %q, want %d and %q; stderr:\n%s", c.args, code, out, c.code, c.out, errs)
		}
		for _, want := range c.stderr {
			if !strings.Contains(errs, want) {
				t.Errorf("%q: stderr has no %q:\n%s", c.args, want, errs)
			}
		}
		for _, not := range c.not {
			if strings.Contains(errs, not) {
				t.Errorf("%q: stderr has %q:\n%s", c.args, not, errs)
			}
		}
	}
}

func TestABaselineIsCountedInTheTitleAndNowhereElse(t *testing.T) {
	historyInABucket(t)
	x := start(t, nil, "--since", "2026-11-10", "--baseline", "60d", "-q", "is:new-address", "s3://audit/logs/")
	x.waitForText("baseline: 2 events of 60d")
	x.waitForText("4 events")
	x.waitForText("3 shown")
	if screen := x.screen(); strings.Contains(screen, "10-20") || strings.Contains(screen, "10-21") {
		t.Errorf("events of the baseline are on the screen:\n%s", screen)
	}
	x.typeKeys("q")
	x.waitForExit(0)
	y := start(t, nil, "--since", "2026-11-10", "-q", "is:new-address", "s3://audit/logs/")
	y.waitForText("nothing before 2026-11-10")
	y.typeKeys("q")
	y.waitForExit(0)
}
