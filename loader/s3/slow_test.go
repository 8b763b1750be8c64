package s3

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/model"
)

func TestAStoreThatLetsRequestsWaitIsGivenUp(t *testing.T) {
	for name, wait := range map[string]func(w http.ResponseWriter, r *http.Request){
		"before the headers": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"in the middle": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, "<ListBucketResult>")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			var n atomic.Int64
			s.failWith(func(w http.ResponseWriter, r *http.Request) bool { n.Add(1); wait(w, r); return true })
			src := s.source("logs/", Options{})
			src.timing.silence = 50 * time.Millisecond
			if _, err := run(t.Context(), src); err == nil || !strings.Contains(err.Error(), "check the network and the endpoint") {
				t.Errorf("error %v", err)
			}
			if n.Load() > maxTimeouts {
				t.Errorf("%d requests", n.Load())
			}
		})
	}
}

func TestAnObjectThatTricklesIsGivenUpAndTheOthersAreRead(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.json", events(0, 100))
	s.put("logs/b.json", events(100, 1))
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !isGet(r) || !strings.HasSuffix(r.URL.Path, "a.json") {
			return false
		}
		data := s.objects["logs/a.json"].data
		from := 0
		if spec := r.Header.Get("Range"); spec != "" {
			_, _ = fmt.Sscanf(spec, "bytes=%d-", &from)
			w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(data)-1, len(data)))
		}
		w.Header().Set("ETag", s.objects["logs/a.json"].etag())
		w.Header().Set("Content-Length", strconv.Itoa(len(data)-from))
		if from > 0 {
			w.WriteHeader(http.StatusPartialContent)
		}
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for _, c := range data[from:] {
			if _, err := w.Write([]byte{c}); err != nil {
				break
			}
			_ = http.NewResponseController(w).Flush()
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return true
			}
		}
		return true
	})
	src := s.source("logs/", Options{})
	src.timing.silence = 200 * time.Millisecond
	log, err := run(t.Context(), src)
	if err == nil || !strings.Contains(err.Error(), "incomplete at byte") {
		t.Errorf("error %v", err)
	}
	if got := state(t, log, "s3://audit-logs/logs/b.json"); got.Phase != model.Complete {
		t.Errorf("another object: %+v", got)
	}
}

// resized answers for an object with more or fewer bytes than the listing tells, in the same version.
func resized(s *store, change func(data []byte) []byte, chunked bool) *atomic.Int64 {
	var n atomic.Int64
	s.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if !isGet(r) {
			return false
		}
		n.Add(1)
		data := change(s.objects["logs/a.json"].data)
		w.Header().Set("ETag", s.objects["logs/a.json"].etag())
		if !chunked {
			w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		}
		_, _ = w.Write(data[:len(data)/2])
		_ = http.NewResponseController(w).Flush()
		_, _ = w.Write(data[len(data)/2:])
		return true
	})
	return &n
}

func TestAnObjectOfAnotherSizeThanItsListingIsSaidToBe(t *testing.T) {
	for name, c := range map[string]struct {
		change func(data []byte) []byte
		want   string
		most   int // rows
		least  int
	}{
		"a line longer":  {func(data []byte) []byte { return append(data[:len(data):len(data)], event(77)...) }, "it is longer than the", 100, 100},
		"a byte longer":  {func(data []byte) []byte { return append(data[:len(data):len(data)], '\n') }, "it is longer than the", 100, 100},
		"half as long":   {func(data []byte) []byte { return data[:len(data)/2] }, "incomplete at byte", 51, 40},
		"a byte shorter": {func(data []byte) []byte { return data[:len(data)-1] }, "incomplete at byte", 100, 99},
	} {
		for _, chunked := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " chunked ", chunked), func(t *testing.T) {
				s := newStore(t)
				s.put("logs/a.json", events(0, 100))
				n := resized(s, c.change, chunked)
				log, err := s.load("logs/", Options{})
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("error %v, want %s", err, c.want)
				}
				if snap := log.Snapshot(); snap.Rows() > c.most || snap.Rows() < c.least {
					t.Errorf("%d rows", snap.Rows())
				}
				if n.Load() > 3 {
					t.Errorf("%d requests", n.Load())
				}
			})
		}
	}
}
