package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestASealOfAnObjectNamesItsVersion seals an object, verifies a copy of it on disk and a version of it that is another.
func TestASealOfAnObjectNamesItsVersion(t *testing.T) {
	line, version := event("GET_FIRST", "SUCCEEDED"), "v1"
	var stored atomic.Value // the line in the store
	stored.Store(line)
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			listing(w, "logs/a.json", int64(len(line)))
			return
		}
		w.Header().Set("ETag", `"e"`)
		w.Header().Set("x-amz-version-id", version)
		fmt.Fprint(w, stored.Load())
	})
	manifest, errs, code := outcomeOf(t, "seal", "s3://audit-logs/logs/")
	for _, want := range []string{`"name": "s3://audit-logs/logs/a.json"`, `"etag": "e"`, `"version_id": "v1"`} {
		if code != exitFound || !strings.Contains(manifest, want) {
			t.Fatalf("exit code %d, no %s in\n%s%s", code, want, manifest, errs)
		}
	}
	folder := t.TempDir()
	sealed, copied := filepath.Join(folder, "manifest.json"), filepath.Join(folder, "a.json")
	write(t, sealed, []byte(manifest))
	write(t, copied, []byte(line))
	if out, errs, code := outcomeOf(t, "verify", sealed, copied); code != exitFound {
		t.Errorf("a copy: exit code %d\n%s%s", code, out, errs)
	}
	stored.Store(strings.Replace(line, "GET_FIRST", "GET_OTHER", 1))
	if out, errs, code := outcomeOf(t, "verify", sealed, "s3://audit-logs/logs/"); code != exitNothing || !strings.Contains(out, "a.json: line 1 (") {
		t.Errorf("another version: exit code %d\n%s%s", code, out, errs)
	}
}

// TestASealHasCopiesToo seals a folder with a packed copy of a log, which a load reads only once.
func TestASealHasCopiesToo(t *testing.T) {
	folder := t.TempDir()
	text := []byte(event("GET_FIRST", "SUCCEEDED"))
	write(t, filepath.Join(folder, "a.jsonl"), text)
	write(t, filepath.Join(folder, "a.jsonl.gz"), gzipped(t, text))
	out, errs, code := outcomeOf(t, "seal", folder)
	if strings.Count(out, `"name": `) != 2 || code != exitFound {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
}

// TestADamagedSourceIsSealedAsItLies cuts a packed file: the exit code tells it, and the manifest still agrees with it.
func TestADamagedSourceIsSealedAsItLies(t *testing.T) {
	folder := t.TempDir()
	path, sealed := filepath.Join(folder, "a.jsonl.gz"), filepath.Join(folder, "manifest.json")
	packed := gzipped(t, []byte(strings.Repeat(event("GET_FIRST", "SUCCEEDED"), 3000)))
	write(t, path, packed[:len(packed)/2])
	out, errs, code := outcomeOf(t, "seal", path)
	if code != exitError || !strings.Contains(out, `"damage": "`) || !strings.Contains(errs, "cut off") {
		t.Fatalf("exit code %d, %.500s%s", code, out, errs)
	}
	write(t, sealed, []byte(out))
	if out, errs, code := outcomeOf(t, "verify", sealed); code != exitFound {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	packed[len(packed)/4] ^= 1
	write(t, path, packed[:len(packed)/2])
	if out, errs, code := outcomeOf(t, "verify", sealed); code != exitNothing {
		t.Errorf("changed: exit code %d, %s%s", code, out, errs)
	}
}

// TestAnswersOfServersAreNotSealed seals nothing that nobody could hash again, and asks no server for it.
func TestAnswersOfServersAreNotSealed(t *testing.T) {
	const secret = "invented-password-of-this-test"
	sealed := filepath.Join(t.TempDir(), "manifest.json")
	out, _, _ := outcomeOf(t, "seal", story)
	write(t, sealed, []byte(out))
	url := "clickhouse://u:" + secret + "@192.0.2.1/logs.audit"
	for _, args := range [][]string{{"seal", url}, {"verify", sealed, url}} {
		out, errs, code := outcomeOf(t, args...)
		if code != exitError || out != "" || !strings.Contains(errs, "sealing clickhouse://…: a server's answer is not a file") || strings.Contains(errs, secret) {
			t.Errorf("%s: exit code %d, %s%s", args[0], code, out, errs)
		}
	}
}

func gzipped(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
