//go:build integration

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/klauspost/compress/gzip"
)

// realBucket is a bucket of its own on the server of AWS_ENDPOINT_URL_S3, with the credentials of the environment.
type realBucket struct {
	*testing.T
	client *s3.Client
	name   string
}

func newRealBucket(t *testing.T) *realBucket {
	t.Helper()
	endpoint := os.Getenv("AWS_ENDPOINT_URL_S3")
	if endpoint == "" {
		t.Fatal("AWS_ENDPOINT_URL_S3 is not set: it names the server to test with")
	}
	cfg, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b := &realBucket{T: t, name: "pawprint-" + strings.ToLower(rand.Text()[:12]), client: s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true })}
	if _, err := b.client.CreateBucket(context.Background(), &s3.CreateBucketInput{Bucket: &b.name}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *realBucket) url() string { return "s3://" + b.name + "/logs/" }

// put stores compressed events in the partition of an hour.
func (b *realBucket) put(at time.Time, name, text string) {
	b.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(text)); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	key := at.UTC().Format("logs/panther_audit/year=2006/month=01/day=02/hour=15/") + name + ".json.gz"
	if _, err := b.client.PutObject(context.Background(), &s3.PutObjectInput{Bucket: &b.name, Key: &key, Body: bytes.NewReader(packed.Bytes())}); err != nil {
		b.Fatal(err)
	}
}

// eventAt returns an event with a time.
func eventAt(action, result string, at time.Time) string {
	return strings.Replace(event(action, result), "2026-11-22T21:00:00Z", at.UTC().Format(time.RFC3339), 1)
}

// fill stores an object with three events, one of them failed, for each of the last hours.
func (b *realBucket) fill(hours int) time.Time {
	now := time.Now().Truncate(time.Hour)
	for i := range hours {
		at := now.Add(-time.Duration(i) * time.Hour)
		b.put(at, fmt.Sprintf("%02d +%%ü", i), eventAt("GET_ONE", "SUCCEEDED", at)+eventAt("LIST_TWO", "SUCCEEDED", at)+eventAt("DELETE_THREE", "FAILED", at))
	}
	return now
}

func TestCommandsReadARealServer(t *testing.T) {
	b := newRealBucket(t)
	now := b.fill(30)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	since := now.Add(-4 * time.Hour).UTC().Format(time.RFC3339)
	for _, c := range []struct {
		want string
		args []string
	}{
		{"90", []string{"query", "-c", "", b.url()}},
		{"30", []string{"query", "-c", "is:failed", b.url()}},
		{"15", []string{"query", "-c", "--since", since, "", b.url()}},
		{"5", []string{"query", "-c", "is:failed since:" + since, b.url()}},
		{"15", []string{"query", "-c", "-q", "since:" + since, "", b.url() + "panther_audit/"}},
		{"90", []string{"query", "-c", "--cache", "", b.url()}},
		{"90", []string{"query", "-c", "--cache", "", b.url()}}, // now from the cache
	} {
		if out, errs, code := outcomeOf(t, c.args...); strings.TrimSpace(out) != c.want || code != 0 {
			t.Errorf("%q: exit code %d, %s events, want %s: %s", c.args, code, out, c.want, errs)
		}
	}
	out, errs, code := outcomeOf(t, "check", b.url())
	if code != 1 || !strings.Contains(out, "90 lines = 90 events + 0 rejects + 0 blanks; 0 errors, 30 warnings") {
		t.Errorf("check: exit code %d: %s%s", code, out, errs)
	}
	_, errs, code = outcomeOf(t, "query", "", "s3://"+b.name+"-missing/logs/")
	if code != 2 || !strings.Contains(errs, "there is no such bucket") {
		t.Errorf("a bucket that is missing: exit code %d: %s", code, errs)
	}
}

func TestTheInterfaceReadsAndFollowsARealServer(t *testing.T) {
	b := newRealBucket(t)
	now := b.fill(5)
	x := start(t, nil, "-f", b.url())
	x.waitForText("15 events")
	x.typeKeys("f")
	x.waitForText("5 shown")
	x.typeKeys("f")
	b.put(now, "00 late", eventAt("CREATE_FOUR", "SUCCEEDED", now.Add(time.Minute)))
	x.waitForText("16 events")
	x.waitForText("CREATE_FOUR")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestAWrongSecretIsToldOfARealServerButNotShown(t *testing.T) {
	b := newRealBucket(t)
	b.fill(1)
	t.Setenv("AWS_SECRET_ACCESS_KEY", "canary-secret")
	_, errs, code := outcomeOf(t, "query", "", b.url())
	if code != 2 || !strings.Contains(errs, b.url()) {
		t.Errorf("exit code %d: %s", code, errs)
	}
	hasNoCanary(t, errs)
}
