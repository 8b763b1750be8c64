package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestALargeDownloadIsAskedForInTheInterface(t *testing.T) {
	line := event("GET_FIRST", "SUCCEEDED")
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			listing(w, "logs/a.json", 2_000_000_000)
			return
		}
		w.Header().Set("ETag", "f")
		fmt.Fprint(w, line)
	})
	for keys, want := range map[string]string{"\r": "GET_FIRST", "\x1b": "nothing was downloaded"} {
		x := start(t, nil, "s3://audit-logs/logs/")
		x.waitForText("1 object, 1.9 GiB")
		x.typeKeys(keys)
		x.waitForText(want)
		x.typeKeys("q")
		x.waitForExit(0)
	}
	x := start(t, nil, "--yes", "s3://audit-logs/logs/")
	x.waitForText("GET_FIRST")
	if s := x.screen(); strings.Contains(s, "enter downloads") {
		t.Errorf("--yes does not keep from asking:\n%s", s)
	}
	x.typeKeys("q")
	x.waitForExit(0)
}

// Esc stops a source that never ends, and what was read is kept.
func TestEscStopsADownload(t *testing.T) {
	line, stall := event("GET_FIRST", "SUCCEEDED"), make(chan struct{})
	fakeStore(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("list-type") == "2" {
			listing(w, "logs/a.json", int64(len(line))+100)
			return
		}
		w.Header().Set("ETag", "e")
		w.Header().Set("Content-Length", fmt.Sprint(len(line)+100))
		fmt.Fprint(w, line)
		w.(http.Flusher).Flush()
		select {
		case <-stall:
		case <-r.Context().Done():
		}
	})
	defer close(stall)
	x := start(t, nil, "s3://audit-logs/logs/")
	x.waitForText("loading")
	x.typeKeys("\x1b")
	x.waitForText("stopped")
	x.typeKeys("q")
	x.waitForExit(0)
}
