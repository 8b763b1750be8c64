package loader_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/logtest"
)

// sameTime is lines of events that all happened at one time; each has its source and its number as its action.
func sameTime(source string, n int) []byte {
	var b bytes.Buffer
	for i := range n {
		b.WriteString(logtest.Event(fmt.Sprintf(`"actionName":"%s %d"`, source, i)) + "\n")
	}
	return b.Bytes()
}

// actions lists the actions of the events in an order.
func actions(snap *model.Snapshot, rows []model.Row) []string {
	var out []string
	for _, r := range rows {
		e := snap.Event(r)
		out = append(out, e.Action.Raw())
	}
	return out
}

// scrambled loads its source only when another source has been loaded.
type scrambled struct {
	loader.Source
	after <-chan struct{}
	done  chan struct{}
}

func (s *scrambled) Load(ctx context.Context, sink loader.Sink) error {
	<-s.after
	defer close(s.done)
	return s.Source.Load(ctx, sink)
}

// inTheOrder makes sources load one after the other, in the order of turns.
func inTheOrder(sources []loader.Source, turns []int) []loader.Source {
	out := make([]loader.Source, len(sources))
	after := make(chan struct{})
	close(after)
	for _, k := range turns {
		done := make(chan struct{})
		out[k] = &scrambled{sources[k], after, done}
		after = done
	}
	return out
}

func TestEventsOfOneTimeStandInTheOrderOfArgumentsPathsAndLines(t *testing.T) {
	dir := t.TempDir()
	var want []string
	put := func(name string, n int) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, sameTime(name, n), 0o600); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			want = append(want, fmt.Sprintf("%s %d", name, i))
		}
		return path
	}
	zFile := put("z.jsonl", 3)
	for _, name := range []string{"folder/a/x.jsonl", "folder/a2.jsonl", "folder/a10.jsonl", "folder/b.jsonl"} {
		put(name, 2000)
	}
	aFile := put("a.jsonl", 40)
	for i := range 30 {
		put(fmt.Sprintf("many-%d.jsonl", i), 3)
	}
	sources := func() []loader.Source {
		return []loader.Source{&loader.File{Path: zFile}, &loader.Folder{Path: filepath.Join(dir, "folder")}, &loader.File{Path: aFile},
			&loader.Glob{Pattern: filepath.Join(dir, "many-*.jsonl")}, &loader.Reader{Label: "stdin", From: bytes.NewReader(sameTime("stdin", 5))}}
	}
	for i := range 5 {
		want = append(want, fmt.Sprintf("stdin %d", i))
	}
	r := rand.New(rand.NewPCG(1, 3))
	for run := range 10 {
		processors := runtime.GOMAXPROCS(1 + run%2)
		log := model.NewLog()
		load := sources()
		if run > 1 {
			load = inTheOrder(load, r.Perm(len(load)))
		}
		err := loader.Load(t.Context(), log, load...)
		runtime.GOMAXPROCS(processors)
		if err != nil {
			t.Fatal(err)
		}
		snap := log.Snapshot()
		sel := logtest.Select(t, snap, nil, nil)
		if got := actions(&snap, sel.Rows()); !slices.Equal(got, want) {
			t.Fatalf("run %d: %d events by time in another order than %d", run, len(got), len(want))
		}
		if got := actions(&snap, sel.InSourceOrder()); !slices.Equal(got, want) {
			t.Fatalf("run %d: %d events by source in another order than %d", run, len(got), len(want))
		}
	}
}

// severalArguments announces sources of several arguments, the last one first.
type severalArguments struct{ names []string }

func (s severalArguments) Name() model.Text { return model.NewText(strings.Join(s.names, ",")) }
func (s severalArguments) Arguments() int   { return len(s.names) }

func (s severalArguments) Load(_ context.Context, sink loader.Sink) error {
	for i, name := range slices.Backward(s.names) {
		_ = loader.AnnounceRanked(sink, model.NewText(name), model.Rank{Argument: i}).End(nil)
	}
	return nil
}

func TestASourceOfSeveralArgumentsRanksThemItself(t *testing.T) {
	log := model.NewLog()
	reader := func(name string) loader.Source {
		return &loader.Reader{Label: name, From: strings.NewReader("")}
	}
	if err := loader.Load(t.Context(), log, reader("a"), severalArguments{[]string{"b", "c", "d"}}, reader("e")); err != nil {
		t.Fatal(err)
	}
	snap := log.Snapshot()
	var got []string
	for _, id := range snap.SourceOrder() {
		got = append(got, snap.Sources()[id].Name.Raw())
	}
	if want := []string{"a", "b", "c", "d", "e"}; !slices.Equal(got, want) {
		t.Errorf("sources rank as %v, want %v", got, want)
	}
}
