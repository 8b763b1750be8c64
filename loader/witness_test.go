package loader_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pawprint/loader"
	"pawprint/model"
)

// recorder is a witness that keeps what it sees.
type recorder struct {
	mu   sync.Mutex
	ears map[model.SourceID]*recording
}

type recording struct {
	stored, plain  bytes.Buffer
	packed         string
	ended          int
	whole, touched bool
	meanwhile      func() // called at the first bytes; may be nil
}

func (r *recorder) Begin(_ context.Context, id model.SourceID) loader.Ear {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ears == nil {
		r.ears = map[model.SourceID]*recording{}
	}
	if r.ears[id] == nil {
		r.ears[id] = &recording{}
	}
	return r.ears[id]
}

func (*recorder) Keeps() bool { return false }

func (*recorder) Object(model.SourceID, string, string) {}

func (r *recording) Stored(p []byte) {
	if r.meanwhile != nil {
		r.meanwhile()
		r.meanwhile = nil
	}
	r.stored.Write(p)
}

func (r *recording) Plain(p []byte, packed string) {
	r.plain.Write(p)
	r.packed = packed
}

func (r *recording) End(whole, touched bool) {
	r.ended++
	r.whole, r.touched = whole, touched
}

// TestAWitnessSeesEachByteOnce reads files of all kinds, small and large, and compares what a witness saw with what lies there. The books
// must be those of a load without a witness.
func TestAWitnessSeesEachByteOnce(t *testing.T) {
	lines := strings.Repeat(`{"actionName":"GET_RULE","actionResult":"SUCCEEDED","timestamp":"2026-11-02T09:00:00Z"}`+"\n", 10_000)
	array := "[" + strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", ",") + "]"
	for name, plain := range map[string]string{"lines": lines, "few": lines[:1000], "array": array, "cut array": array[:len(array)-100], "table": "actionName,timestamp\nGET_RULE,2026-11-02T09:00:00Z\n",
		"mac": strings.ReplaceAll(lines, "\n", "\r"), "parquet": "PAR1" + strings.Repeat("\x00x", 1<<20), "utf16": "\xff\xfe{\x00", "empty": "", "blank": "\n\n"} {
		for packing, stored := range map[string]string{"": plain, "gzip": string(gzipped(t, []byte(plain))), "gzip with junk": string(gzipped(t, []byte(plain))) + strings.Repeat("junk", 100_000)} {
			t.Run(name+" "+packing, func(t *testing.T) {
				path := writeFile(t, []byte(stored))
				seen, log, before := &recorder{}, model.NewBookLog(), model.NewLog()
				err := loader.Load(loader.WithWitness(t.Context(), seen), log, &loader.File{Path: path})
				beforeErr := loader.Load(t.Context(), before, &loader.File{Path: path})
				if (err == nil) != (beforeErr == nil) {
					t.Errorf("errors %v and, without a witness, %v", err, beforeErr)
				}
				ear := seen.ears[0]
				if ear == nil || ear.ended != 1 || !ear.whole || ear.touched {
					t.Fatalf("the ear is %+v", ear)
				}
				if ear.stored.String() != stored || ear.plain.String() != plain {
					t.Errorf("stored %d bytes of %d, plain %d of %d", ear.stored.Len(), len(stored), ear.plain.Len(), len(plain))
				}
				if packing != "" && plain != "" && ear.packed != "gzip" {
					t.Errorf("packing %q", ear.packed)
				}
				now, then := log.Snapshot(), before.Snapshot()
				if now.Books() != then.Books() || now.Rows() != 0 {
					t.Errorf("books %+v, want %+v; %d rows", now.Books(), then.Books(), now.Rows())
				}
			})
		}
	}
}

// TestAWitnessIsToldOfWritersToWhatItSees writes to a file while it is read.
func TestAWitnessIsToldOfWritersToWhatItSees(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	seen := &recorder{ears: map[model.SourceID]*recording{0: {meanwhile: func() {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err == nil {
			_, err = f.WriteString("{}\n")
		}
		if err != nil {
			t.Error(err)
			return
		}
		_ = f.Close()
	}}}}
	if err := loader.Load(loader.WithWitness(t.Context(), seen), model.NewBookLog(), &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	if ear := seen.ears[0]; !ear.touched || ear.stored.String() != "{}\n" {
		t.Errorf("touched %v, %q", ear.touched, ear.stored.String())
	}
}
