// Package enginetest provides fakes of the databases that tests cannot start: Athena and the data lake of Panther. The fakes speak the protocols
// over HTTP, and DuckDB answers their statements, so that SQL and protocol are tested together. Only tests import it.
package enginetest

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// Table is a table of DuckDB.
type Table struct {
	Before []string `json:"before"` // statements that make it
	Name   string   `json:"table"`
	Rows   [][]any  `json:"rows"` // texts, whole numbers, and nil
	After  []string `json:"after"`
}

// Duck is a DuckDB in a process of its own. It answers one statement at a time, whatever the number of goroutines that ask.
type Duck struct {
	mu    sync.Mutex
	in    io.WriteCloser
	out   *bufio.Reader
	given map[string]Answer // by statement; the table stays as it is, and many questions of a test are the same
}

// Asked answers statements for a server that is played. Any goroutine may call it.
type Asked interface{ Ask(statement string) Answer }

// Answer is what a statement gives.
type Answer struct {
	Columns, Types []string
	Rows           [][]any
	Error          string
}

// NewDuck starts DuckDB with a table. It ends with the test. The folder of its package for node is in NODE_PATH.
func NewDuck(t *testing.T, of Table) *Duck {
	t.Helper()
	_, self, _, _ := runtime.Caller(0)
	cmd := exec.Command("node", filepath.Join(filepath.Dir(self), "..", "..", "..", ".ci", "duckdb.js"))
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	said := &tail{}
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("DuckDB: %v: %s", err, said)
		}
	})
	d := &Duck{in: in, out: bufio.NewReaderSize(out, 1<<20), given: map[string]Answer{}}
	if a := d.send(of); a.Error != "" {
		t.Fatalf("DuckDB: %s: %s", a.Error, said)
	}
	return d
}

// Ask runs a statement, unless it was run before. The answer must not be changed.
func (d *Duck) Ask(statement string) Answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	a, known := d.given[statement]
	if !known {
		a = d.send(statement)
		d.given[statement] = a
	}
	return a
}

func (d *Duck) send(v any) (a Answer) {
	line, err := json.Marshal(v)
	if err == nil {
		_, err = d.in.Write(append(line, '\n'))
	}
	if err == nil {
		line, err = d.out.ReadBytes('\n')
	}
	if err == nil {
		err = json.Unmarshal(line, &a)
	}
	if err != nil {
		a.Error = err.Error()
	}
	return a
}

// tail keeps the end of what a process says.
type tail struct {
	mu   sync.Mutex
	text []byte
}

// Write implements io.Writer.
func (k *tail) Write(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	const most = 2000
	k.text = append(k.text, p...)
	k.text = k.text[max(0, len(k.text)-most):]
	return len(p), nil
}

// String returns it.
func (k *tail) String() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return string(k.text)
}
