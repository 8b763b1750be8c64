package tail

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/loader/sourcetest"
)

// settledSoon is for tests in which no writer rests in the middle of a file.
const settledSoon = 50 * time.Millisecond

func TestWhatIsFollowedKeepsThePromisesOfSources(t *testing.T) {
	t.Parallel()
	sourcetest.Check(t,
		sourcetest.Kind{Name: "file", Open: func(t *testing.T, dir string, text []byte) loader.Source {
			write(t, filepath.Join(dir, "audit.jsonl"), text)
			return New(filepath.Join(dir, "audit.jsonl"))
		}, Grow: func(t *testing.T, dir string, text []byte) {
			write(t, filepath.Join(dir, "audit.jsonl"), text)
		}, Break: func(t *testing.T, dir string, text []byte) (loader.Source, string) {
			bad := filepath.Join(dir, "audit.jsonl.gz")
			write(t, bad, gzipped(t, string(text))[:1000])
			return &Set{Paths: []string{bad}, settle: settledSoon}, bad
		}},
		sourcetest.Kind{Name: "file that comes later", Open: func(_ *testing.T, dir string, text []byte) loader.Source {
			time.AfterFunc(10*time.Millisecond, func() { write(t, filepath.Join(dir, "logs", "audit.jsonl"), text) })
			return New(filepath.Join(dir, "logs", "audit.jsonl"))
		}, Follows: true},
		sourcetest.Kind{Name: "file without a watch", Open: func(t *testing.T, dir string, text []byte) loader.Source {
			write(t, filepath.Join(dir, "audit.jsonl"), text)
			return &Set{Paths: []string{filepath.Join(dir, "audit.jsonl")}, watcher: noWatch, Poll: time.Millisecond}
		}, Grow: func(t *testing.T, dir string, text []byte) {
			write(t, filepath.Join(dir, "audit.jsonl"), text)
		}},
		sourcetest.Kind{Name: "descriptor", Open: func(t *testing.T, dir string, text []byte) loader.Source {
			path := filepath.Join(dir, "audit.jsonl")
			write(t, path, text)
			return &Descriptor{Label: "stdin", From: opened(t, path)}
		}, Grow: func(t *testing.T, dir string, text []byte) {
			write(t, filepath.Join(dir, "audit.jsonl"), text)
		}, Break: func(t *testing.T, dir string, _ []byte) (loader.Source, string) {
			return &Descriptor{Label: "stdin", From: opened(t, dir)}, "stdin"
		}},
		sourcetest.Kind{Name: "set of a folder", Open: func(t *testing.T, dir string, text []byte) loader.Source {
			spread(t, dir, "", text)
			return &Set{Paths: []string{dir}, settle: settledSoon}
		}, Grow: func(t *testing.T, dir string, text []byte) { spread(t, dir, "later", text) },
			Break: func(t *testing.T, dir string, text []byte) (loader.Source, string) {
				spread(t, dir, "", text)
				bad := filepath.Join(dir, "bad.jsonl.gz")
				write(t, bad, gzipped(t, string(text))[:1000])
				return &Set{Paths: []string{dir}, settle: settledSoon}, bad
			}},
		sourcetest.Kind{Name: "set of a glob and a file", Open: func(t *testing.T, dir string, text []byte) loader.Source {
			spread(t, dir, "", text)
			return &Set{Paths: []string{dir + "/**/*.{jsonl,json.gz}", filepath.Join(dir, "1.jsonl")}, settle: settledSoon}
		}, Grow: func(t *testing.T, dir string, text []byte) {
			write(t, filepath.Join(dir, "19.jsonl"), text)
		}},
		sourcetest.Kind{Name: "set of more files than are kept open", Open: func(t *testing.T, dir string, text []byte) loader.Source {
			spread(t, dir, "", text)
			return &Set{Paths: []string{dir}, settle: settledSoon, maxOpen: 2}
		}, Grow: func(t *testing.T, dir string, text []byte) {
			write(t, filepath.Join(dir, "1.jsonl"), text)
		}},
	)
}

// opened opens what the test itself does not close.
func opened(t *testing.T, path string) *os.File {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// write appends to a file, and makes it and its folder if they are not there.
func write(t *testing.T, path string, text []byte) {
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = appendFile(path, string(text))
	}
	if err != nil {
		t.Error(err)
	}
}

// spread puts the text into several files, some packed, in several folders.
func spread(t *testing.T, dir, prefix string, text []byte) {
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i := range 20 {
		part := bytes.Join(lines[i*len(lines)/20:(i+1)*len(lines)/20], nil)
		if i%4 == 0 {
			write(t, filepath.Join(dir, fmt.Sprintf("day=%d", i/8), fmt.Sprintf("%s%d.json.gz", prefix, i)), gzipped(t, string(part)))
		} else {
			write(t, filepath.Join(dir, fmt.Sprintf("%s%d.jsonl", prefix, i)), part)
		}
	}
}
