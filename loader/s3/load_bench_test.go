package s3

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/demo"
	"pawprint/model"
)

// benchObjects makes gzip objects of invented events, and gives how many bytes they hold unpacked.
func benchObjects(b *testing.B, n, events int) (objects map[string][]byte, unpacked int64) {
	b.Helper()
	objects = map[string][]byte{}
	for i := range n {
		var text bytes.Buffer
		if _, err := demo.New(demo.Options{Seed: uint64(i), Events: events}).WriteTo(&text); err != nil {
			b.Fatal(err)
		}
		unpacked += int64(text.Len())
		objects[fmt.Sprintf("logs/%04d.json.gz", i)] = gz(text.Bytes())
	}
	return objects, unpacked
}

// BenchmarkLoad measures loading objects from a server on this machine beside reading the same files from the disk, many
// small ones and few large ones, in turns: ×files is how fast the best load was, the best reading of the files being 1. The
// server works on the same processors, and its share is in the time.
func BenchmarkLoad(b *testing.B) {
	for _, shape := range []struct {
		name      string
		n, events int
	}{{"small", 1000, 50}, {"middle", 300, 500}, {"large", 8, 8000}} {
		objects, unpacked := benchObjects(b, shape.n, shape.events)
		dir := b.TempDir()
		var paths []string
		for key, data := range objects {
			path := filepath.Join(dir, filepath.Base(key))
			if err := os.WriteFile(path, data, 0o600); err != nil {
				b.Fatal(err)
			}
			paths = append(paths, path)
		}
		b.Run(shape.name, func(b *testing.B) {
			server := benchServer(b, objects)
			files, store := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
			for b.Loop() {
				begin := time.Now()
				readFiles(b, paths)
				middle := time.Now()
				loadObjects(b, server.URL)
				files, store = min(files, middle.Sub(begin)), min(store, time.Since(middle))
			}
			b.ReportMetric(float64(unpacked)/files.Seconds()/1e6, "MB/s-files")
			b.ReportMetric(float64(unpacked)/store.Seconds()/1e6, "MB/s-s3")
			b.ReportMetric(files.Seconds()/store.Seconds(), "×files")
		})
	}
}

func loadObjects(b *testing.B, endpoint string) {
	src, err := New("s3://audit-logs/logs/", Options{Endpoint: endpoint, Region: "us-east-1", Anonymous: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := src.Load(context.Background(), model.NewLog()); err != nil {
		b.Fatal(err)
	}
}

// readFiles reads files as the second stage reads objects.
func readFiles(b *testing.B, paths []string) {
	log := model.NewLog()
	queue := make(chan string)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for path := range queue {
				f, err := os.Open(path)
				if err != nil {
					b.Error(err)
					continue
				}
				info, err := f.Stat()
				if err == nil {
					err = readObject(context.Background(), log, log.AddSource(model.NewText(path)), f, info.Size(), loader.Limits{})
				}
				if err != nil {
					b.Error(err)
				}
				_ = f.Close()
			}
		}()
	}
	for _, path := range paths {
		queue <- path
	}
	close(queue)
	wg.Wait()
}

// benchServer serves objects with as little work as can be.
func benchServer(b *testing.B, objects map[string][]byte) *httptest.Server {
	var list strings.Builder
	list.WriteString("<ListBucketResult><IsTruncated>false</IsTruncated>")
	for key, data := range objects {
		fmt.Fprintf(&list, "<Contents><Key>%s</Key><ETag>e</ETag><Size>%d</Size><LastModified>2026-11-22T10:00:00.000Z</LastModified></Contents>", key, len(data))
	}
	list.WriteString("</ListBucketResult>")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			fmt.Fprint(w, list.String())
			return
		}
		data := objects[strings.TrimPrefix(r.URL.Path, "/audit-logs/")]
		w.Header().Set("ETag", "e")
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
	}))
	b.Cleanup(server.Close)
	return server
}
