package s3

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pawprint/loader"
	"pawprint/model"
)

// together makes the sources of some prefixes, as those of one log.
func (s *store) together(o Options, prefixes ...string) (all []loader.Source) {
	s.Helper()
	o.Together = new(Together)
	for _, prefix := range prefixes {
		all = append(all, s.source(prefix, o))
	}
	return all
}

// argued is a log that remembers the arguments of its sources.
type argued struct {
	*model.Log
	mu sync.Mutex
	at map[model.SourceID]int
}

// AddRanked implements loader.Sink.
func (a *argued) AddRanked(name model.Text, rank model.Rank) model.SourceID {
	id := a.Log.AddRanked(name, rank)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.at[id] = rank.Argument
	return id
}

// An object that several sources stand for is read once, for the first, which the others say.
func TestAnObjectIsReadOnceHoweverItIsNamed(t *testing.T) {
	keys := []string{"logs/a.jsonl", "logs/a.jsonl.1", "logs/sub/b.jsonl", "logs/sub/c.jsonl", "logs/x.parquet", "logs/sub/y.parquet", "other/d.jsonl"}
	for _, c := range []struct {
		prefixes string
		read     []string // keys by the number of the argument
		remarks  []string
	}{
		{"logs/ logs/", []string{"0 logs/a.jsonl", "0 logs/a.jsonl.1", "0 logs/sub/b.jsonl", "0 logs/sub/c.jsonl"}, []string{"2 left out (.parquet 2)", "4 objects also reached as s3://audit-logs/logs/, read once"}},
		{"logs/a.jsonl logs/a.jsonl", []string{"0 logs/a.jsonl"}, []string{"", "1 object also reached as s3://audit-logs/logs/a.jsonl, read once"}},
		{"logs/a.jsonl logs/", []string{"0 logs/a.jsonl", "1 logs/a.jsonl.1", "1 logs/sub/b.jsonl", "1 logs/sub/c.jsonl"},
			[]string{"", "1 object also reached as s3://audit-logs/logs/a.jsonl, read once; 2 left out (.parquet 2)"}},
		{"logs/ logs/a.jsonl", []string{"0 logs/a.jsonl", "0 logs/a.jsonl.1", "0 logs/sub/b.jsonl", "0 logs/sub/c.jsonl"}, []string{"2 left out (.parquet 2)", "1 object also reached as s3://audit-logs/logs/, read once"}},
		{"logs/sub/ logs/", []string{"0 logs/sub/b.jsonl", "0 logs/sub/c.jsonl", "1 logs/a.jsonl", "1 logs/a.jsonl.1"},
			[]string{"1 left out (.parquet 1)", "2 objects also reached as s3://audit-logs/logs/sub/, read once; 1 left out (.parquet 1)"}},
		{"logs/*.jsonl logs/**/[ab].* other/", []string{"0 logs/a.jsonl", "1 logs/a.jsonl.1", "1 logs/sub/b.jsonl", "2 other/d.jsonl"},
			[]string{"", "1 object also reached as s3://audit-logs/logs/*.jsonl, read once", ""}},
		{"logs/sub logs/sub/y.parquet", []string{"0 logs/sub/b.jsonl", "0 logs/sub/c.jsonl", "1 logs/sub/y.parquet"}, []string{"1 left out (.parquet 1)", ""}},
		{"logs/sub/ logs/sub/b.jsonl logs/sub/b*", []string{"0 logs/sub/b.jsonl", "0 logs/sub/c.jsonl"},
			[]string{"1 left out (.parquet 1)", "1 object also reached as s3://audit-logs/logs/sub/, read once", "1 object also reached as s3://audit-logs/logs/sub/, read once"}},
	} {
		for way, change := range ways {
			t.Run(c.prefixes+"/"+way, func(t *testing.T) {
				s := newStore(t)
				s.pages = 2
				for i, key := range keys {
					s.put(key, events(i, 1))
				}
				var o Options
				change(&o)
				log := &argued{Log: model.NewLog(), at: map[model.SourceID]int{}}
				prefixes := strings.Fields(c.prefixes)
				if err := loader.Load(t.Context(), log, s.together(o, prefixes...)...); err != nil {
					t.Fatal(err)
				}
				snap := log.Snapshot()
				var read []string
				remarks := make([]string, len(prefixes))
				for id, source := range snap.Sources() {
					rank := log.at[model.SourceID(id)]
					if source.Books.Lines > 0 {
						read = append(read, fmt.Sprintf("%d %s", rank, strings.TrimPrefix(source.Name.Raw(), "s3://audit-logs/")))
						continue
					}
					words := []string{source.Again.Raw(), source.LeftOut.Text()}
					remarks[rank] = strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), "; ")
				}
				slices.Sort(read)
				if diff := cmp.Diff(c.read, read); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(c.remarks, remarks); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestObjectsThatSeveralSourcesFollowAreReadOnce(t *testing.T) {
	s := newStore(t)
	s.put("logs/sub/a.jsonl", events(0, 1))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	log := model.NewLog()
	ended := make(chan error, 1)
	sources := s.together(Options{Follow: true, Poll: time.Millisecond}, "logs/sub/*", "logs/")
	go func() { ended <- loader.Load(ctx, log, sources...) }()
	followed := func() (n int) {
		snap := log.Snapshot()
		for _, source := range snap.Sources() {
			if source.Phase == model.Following {
				n++
			}
		}
		return n
	}
	eventually(t, "both are followed", func() bool { return followed() == 2 })
	s.put("logs/sub/b.jsonl", events(1, 1))
	s.put("logs/c.jsonl", events(2, 1))
	eventually(t, "the new objects", func() bool { snap := log.Snapshot(); return snap.Rows() >= 3 })
	listings := s.listings()
	eventually(t, "two more looks", func() bool { return s.listings() > listings+6 })
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, log, 3)
}

// A source that fails before it knows what it stands for keeps nobody waiting, and the objects go to the next.
func TestASourceThatFailsLeavesItsObjectsToTheNext(t *testing.T) {
	s := newStore(t)
	s.put("logs/a.jsonl", events(0, 1))
	log := model.NewLog()
	err := loader.Load(t.Context(), log, s.together(Options{}, "logs/[", "logs/")...)
	if err == nil || !strings.Contains(err.Error(), "is not closed") {
		t.Errorf("error %v", err)
	}
	wantNumbers(t, log, 1)
}
