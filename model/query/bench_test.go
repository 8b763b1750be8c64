package query_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/loader/demo/shapes"
	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/query"
)

const benchEvents = 200_000

// benchLog loads an invented log from a file; raw is the same bytes.
func benchLog(b *testing.B) (log *model.Log, raw []byte) {
	b.Helper()
	raw = benchBytes(b)
	log = model.NewLog()
	loadBytes(b, log, raw)
	return log, raw
}

func benchBytes(b *testing.B) []byte {
	b.Helper()
	var out bytes.Buffer
	if _, err := demo.New(demo.Options{Seed: 1, Events: benchEvents, Damage: 0.001}).WriteTo(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// loadBytes loads bytes from a file.
func loadBytes(b *testing.B, log *model.Log, raw []byte) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "audit.jsonl")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		b.Fatal(err)
	}
	if err := loader.Load(context.Background(), log, &loader.File{Path: path}); err != nil {
		b.Fatal(err)
	}
}

// filesLog loads the lines of raw as so many files of about the same time, one after the other.
func filesLog(b *testing.B, raw []byte, files int) *model.Log {
	b.Helper()
	parts, i := make([]bytes.Buffer, files), 0
	for line := range bytes.Lines(raw) {
		parts[i%files].Write(line)
		i++
	}
	log := model.NewLog()
	for i := range parts {
		loadBytes(b, log, parts[i].Bytes())
	}
	return log
}

// BenchmarkScreen measures what a screen asks of a log besides a filter: five facets of all events, and failures by time.
func BenchmarkScreen(b *testing.B) {
	raw := benchBytes(b)
	for _, files := range []int{1, 2, 40} {
		snap := filesLog(b, raw, files).Snapshot()
		all, err := model.Select(context.Background(), snap, nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("files=%d/facets", files), func(b *testing.B) {
			five := [][]count.Key{{count.ByColumn(model.ColAction)}, {count.ByColumn(model.ColResult)}, {count.ByActor()}, {count.ByColumn(model.ColSourceIP)}, {count.ByColumn(model.ColUserAgent)}}
			for b.Loop() {
				f, err := count.NewFacets(five...).Extend(context.Background(), all)
				if err != nil {
					b.Fatal(err)
				}
				for i := range five {
					f.Facet(i).Top(10)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchEvents, "ns/event")
		})
		for _, text := range []string{"is:failed", ""} {
			b.Run(fmt.Sprintf("files=%d/%q", files, text), func(b *testing.B) {
				e, err := query.Parse(text)
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if _, err := model.Select(context.Background(), snap, query.Compile(e, query.Env{}), nil); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchEvents, "ns/event")
			})
		}
	}
}

// BenchmarkQuery measures matchers on one core beside the floors that they are held against.
func BenchmarkQuery(b *testing.B) {
	log, raw := benchLog(b)
	b.Run("floor=newlines", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		for b.Loop() {
			if bytes.Count(raw, []byte("\n")) == 0 {
				b.Fatal("no lines")
			}
		}
	})
	b.Run("floor=index", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		for b.Loop() {
			if bytes.Contains(raw, []byte("no-such-thing!")) {
				b.Fatal("found")
			}
		}
	})
	b.Run("floor=regexp", func(b *testing.B) {
		re := regexp.MustCompile(`[a-z]+-such-thing`)
		part := raw[:len(raw)/10]
		b.SetBytes(int64(len(part)))
		for b.Loop() {
			for line := range bytes.Lines(part) {
				re.Match(line)
			}
		}
	})
	for _, text := range []string{
		"result=FAILED", "is:failed", "actor:alice action:delete", "action:delete", "-is:read", "time:2026-11-15..2026-11-16", "is:offhours", "is:first-seen",
		"no-such-thing!", "Mozilla", "lisa", "DELETE_RULE", "denied", `"not found"`, "café", "/DELETE_[A-Z]+/", "/[a-z]+-such-thing/", "/[0-9]{9}x/",
		"ip:203.0.113.0/24", "param.name:prod", "param.enabled:true", "p_alert_id:*", "target:root", "errors>1", "error:denied", "desc:delete", "role:admin", "line:77",
	} {
		b.Run(text, func(b *testing.B) { benchSelect(b, log, text, len(raw)) })
	}
}

func benchSelect(b *testing.B, log *model.Log, text string, size int) {
	e, err := query.Parse(text)
	if err != nil {
		b.Fatal(err)
	}
	env := query.Env{Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	b.SetBytes(int64(size))
	snap, n := log.Snapshot(), 0
	for b.Loop() {
		m := query.Compile(e, env)
		n = 0
		for k := range snap.Segments() {
			var rows model.Bitmap
			rows.SetRange(0, snap.Segment(k).Rows())
			if err := m.Narrow(context.Background(), &snap, snap.Segment(k), &rows); err != nil {
				b.Fatal(err)
			}
			n += rows.Count()
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchEvents, "ns/event")
	b.ReportMetric(float64(n), "rows")
}

// BenchmarkAddresses measures selections by addresses, forwarded ones included, on all cores and on logs of several shapes.
func BenchmarkAddresses(b *testing.B) {
	for _, s := range shapes.All() {
		if !s.Ours {
			continue
		}
		log := model.NewLog()
		loadBytes(b, log, s.Lines(1, 128<<20))
		snap := log.Snapshot()
		for _, text := range []string{"ip:203.0.113.0/24", "ip:198.18.7.7", "ip:198.18.7.7,198.19.0.0/20,2001:db8:7::/48", "ip:2001:db8::/40", "ip:198.18.", "ip:*7", "ip:*"} {
			b.Run(s.Name+"/"+text, func(b *testing.B) {
				e, err := query.Parse(text)
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if _, err := model.Select(context.Background(), snap, query.Compile(e, query.Env{}), nil); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(snap.Rows()), "ns/event")
			})
		}
	}
}

// BenchmarkSelect measures whole selections on all cores.
func BenchmarkSelect(b *testing.B) {
	log, raw := benchLog(b)
	b.Run("floor=newlines", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		for b.Loop() {
			if bytes.Count(raw, []byte("\n")) == 0 {
				b.Fatal("no lines")
			}
		}
	})
	snap := log.Snapshot()
	for _, text := range []string{"result=FAILED", "actor:alice action:delete", "denied", "DELETE_RULE", "/DELETE_[A-Z]+/",
		// Held by nearly every event.
		"e", "er", "in", "actor", "mozilla", "get", "example.com", "input", "role", "2026", "z", "sourc", "m*a",
	} {
		b.Run(text, func(b *testing.B) {
			e, err := query.Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, err := model.Select(context.Background(), snap, query.Compile(e, query.Env{}), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchEvents, "ns/event")
		})
	}
}
