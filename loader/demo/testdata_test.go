package demo

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"pawprint/loader/demo/damaged"
)

var update = flag.Bool("update", false, "rewrite the files of testdata that this package makes")

func TestTestdataIsUpToDate(t *testing.T) {
	for name, want := range map[string][]byte{"audit.jsonl": Story(), "damaged.jsonl": damaged.File()} {
		path := filepath.Join("..", "..", "testdata", name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from what the package makes: run go test ./loader/demo -update", path)
		}
	}
}
