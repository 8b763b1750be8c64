//go:build unix

package loader_test

import (
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"pawprint/loader"
	"pawprint/loader/sourcetest"
)

// systemSources are kinds of sources that only some systems have.
var systemSources = []sourcetest.Kind{
	{Name: "named pipe", Open: func(t *testing.T, dir string, text []byte) loader.Source {
		path := filepath.Join(dir, "pipe")
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = os.WriteFile(path, text, 0o600) // a load that is cancelled reads only a part
		}()
		t.Cleanup(wg.Wait)
		return &loader.File{Path: path}
	}},
}
