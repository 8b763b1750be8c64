package s3

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/logtest"
)

// turns lets requests for objects be answered one after the other, in a random order.
type turns struct {
	mu      sync.Mutex
	waiting []chan struct{}
	want    int // requests to wait for before the first is answered
	busy    bool
}

// wait returns when it is a request's turn; its turn ends with ctx.
func (q *turns) wait(ctx context.Context) {
	mine := make(chan struct{})
	q.mu.Lock()
	q.waiting = append(q.waiting, mine)
	q.next()
	q.mu.Unlock()
	<-mine
	context.AfterFunc(ctx, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.busy = false
		q.next()
	})
}

// next lets a random request have its turn. The caller holds mu.
func (q *turns) next() {
	if q.busy || len(q.waiting) == 0 || len(q.waiting) < q.want {
		return
	}
	k := rand.IntN(len(q.waiting))
	close(q.waiting[k])
	q.waiting, q.busy, q.want = slices.Delete(q.waiting, k, k+1), true, 0
}

// inOrder lists the numbers of events in the order of the log, all of which have the same time.
func inOrder(t *testing.T, log *model.Log) (out []int) {
	t.Helper()
	snap := log.Snapshot()
	number := regexp.MustCompile(`"n":(\d+)`)
	for _, row := range logtest.Select(t, snap, nil, nil).Rows() {
		raw, err := snap.Raw(row)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := strconv.Atoi(number.FindStringSubmatch(raw.Raw())[1])
		out = append(out, n)
	}
	return out
}

func TestEventsOfOneTimeStandInTheOrderOfKeysHoweverObjectsArrive(t *testing.T) {
	const objects = 12
	s := newStore(t)
	var want []int
	for i := range objects {
		// Partitions of time, of which the latest are read first, and an object beside them.
		key := fmt.Sprintf("logs/year=2026/month=11/day=%02d/hour=10/%02d.jsonl", 1+i/3, i)
		if i == objects-1 {
			key = "logs/zz.jsonl"
		}
		s.put(key, events(20*i, 20))
	}
	for i := range 20 * objects {
		want = append(want, i)
	}
	for _, o := range []Options{{}, {Confirm: func(Plan) bool { return true }}, {Confirm: func(Plan) bool { return true }, Eager: true, ConfirmObjects: 4}} {
		for range 4 {
			q := &turns{want: 4}
			s.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
				if r.Method == "GET" && strings.HasSuffix(r.URL.Path, ".jsonl") {
					q.wait(r.Context())
				}
				return false
			})
			if got := inOrder(t, s.must("logs/", o)); !slices.Equal(got, want) {
				t.Fatalf("%+v: events in the order %v", o, got)
			}
		}
	}
}

func TestTwoPrefixesStandInTheOrderOfArguments(t *testing.T) {
	s := newStore(t)
	s.put("b/1.jsonl", events(0, 5))
	s.put("a/1.jsonl", events(5, 5))
	for range 4 {
		q := &turns{want: 2}
		s.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
			if r.Method == "GET" && strings.HasSuffix(r.URL.Path, ".jsonl") {
				q.wait(r.Context())
			}
			return false
		})
		log := model.NewLog()
		if err := loader.Load(t.Context(), log, s.source("b/", Options{}), s.source("a/", Options{})); err != nil {
			t.Fatal(err)
		}
		if got := inOrder(t, log); !slices.IsSorted(got) || len(got) != 10 {
			t.Fatalf("events in the order %v", got)
		}
	}
}
