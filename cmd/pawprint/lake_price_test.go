package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"pawprint/loader/engine/enginetest"
)

// pricedAthena starts an Athena whose table lies in a store, with one object of so many bytes in each hour that is listed.
func pricedAthena(t *testing.T, bytes *atomic.Int64) faultyEngine {
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		key := "logs/panther_audit/year=2026/month=11/day=11/hour=10/a.json.gz"
		switch q := r.URL.Query(); {
		case bytes.Load() < 0:
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, "<Error><Code>AccessDenied</Code></Error>")
		case q.Get("delimiter") != "": // the folder below
			rest := strings.TrimPrefix(key, q.Get("prefix"))
			folder, _, _ := strings.Cut(rest, "/")
			fmt.Fprintf(w, "<ListBucketResult><IsTruncated>false</IsTruncated><CommonPrefixes><Prefix>%s%s/</Prefix></CommonPrefixes></ListBucketResult>", q.Get("prefix"), folder)
		case strings.HasPrefix(key, q.Get("prefix")):
			listing(w, key, bytes.Load())
		default:
			fmt.Fprint(w, "<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount><Name>example-bucket</Name></ListBucketResult>")
		}
	})
	return playAthena(t, nil, func(a *enginetest.Athena) { a.Location = "s3://example-bucket/logs/panther_audit/" })
}

func TestWhatAthenaReadsIsSaidBeforeAndMuchIsAskedAbout(t *testing.T) {
	var bytes atomic.Int64
	e := pricedAthena(t, &bytes)
	t.Setenv(haste, "1")
	started := func() int { return e.asked("StartQueryExecution") }

	bytes.Store(3_000_000_000)
	out, _ := e.run(t, "", "query", "--estimate", "")
	if want := "athena://logs.audit: each query reads at most 2.8 GiB of 1 object, which costs about 0.0150 US dollars\n"; out != want || started() != 0 {
		t.Errorf("--estimate prints %q, want %q, and starts %d queries", out, want, started())
	}
	if out, said, code := outcomeOf(t, "query", "--estimate", "", "--since", sinceEvents, "../../testdata/audit.jsonl"); code != 2 || out != "" || !strings.Contains(said, "without -c it only prints the price of athena://") {
		t.Errorf("--estimate of a file exits %d, prints %q and says %q", code, out, said)
	}
	out, said := e.run(t, "", "query", "") // nobody can be asked
	if !strings.Contains(said, "note: each query reads at most 2.8 GiB") || strings.Count(out, "\n") != numberOfEvents {
		t.Errorf("%d lines: %s", strings.Count(out, "\n"), said)
	}
	bytes.Store(-1)
	if out, said := e.run(t, "", "query", "-c", ""); out != fmt.Sprintln(numberOfEvents) || !strings.Contains(said, "how much a query reads is not known in advance: ") {
		t.Errorf("without a listing it prints %q and says %q", out, said)
	}

	bytes.Store(3_000_000_000)
	before := started()
	x := start(t, nil, "query", "-c", "", "--since", sinceEvents, "--until", untilEvents, e.url)
	x.waitUntil("the question", nil, func() bool { return strings.Contains(x.screen(), "Ask? [y/N]") })
	x.typeKeys("n\r")
	x.waitForExit(exitError)
	if x.waitUntil("the answer", nil, func() bool { return strings.Contains(x.screen(), "you declined") }); started() != before {
		t.Errorf("%d queries are started", started()-before)
	}
	x = start(t, nil, "--since", sinceEvents, "--until", untilEvents, e.url)
	x.waitForText("reads at most 2.8 GiB")
	if started() != before {
		t.Errorf("%d queries are started before the answer", started()-before)
	}
	x.typeKeys("\r")
	x.waitForLoad("432 events")
	before = started()
	x.typeKeys("Z") // older rows
	x.waitForText("reads at most 2.8 GiB")
	x.waitForText("2026-11-10 00:00 UTC")
	x.typeKeys("\x1b")
	x.waitFor("the end of the question", func(text string) bool { return !strings.Contains(text, "reads at most 2.8 GiB") })
	if started() != before {
		t.Errorf("%d queries are started before the answer", started()-before)
	}
	x.typeKeys("q")
	x.waitForExit(0)
}
