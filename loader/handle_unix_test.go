//go:build unix

package loader

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/model"
)

// TestFiveHundredFilesLoadWithFewDescriptors runs itself again in a shell that allows few of them.
func TestFiveHundredFilesLoadWithFewDescriptors(t *testing.T) {
	const folder = "PAWPRINT_TEST_FOLDER"
	if dir := os.Getenv(folder); dir != "" {
		l := model.NewLog()
		err := (&Folder{Path: dir, Workers: 4}).Load(t.Context(), l)
		s := l.Snapshot()
		if err != nil || s.Rows() != 500 {
			t.Fatalf("%v, %d rows", err, s.Rows())
		}
		for r := range model.Row(s.Rows()) {
			if line, err := s.Raw(r); err != nil || !strings.HasPrefix(line.Raw(), `{"actionName":`) {
				t.Fatalf("row %d: %v, %v", r, line, err)
			}
		}
		return
	}
	dir := t.TempDir()
	for i := range 500 {
		writeLog(t, filepath.Join(dir, fmt.Sprintf("%d.jsonl", i)), "A")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", "-c", `ulimit -n 32 && exec "$0" -test.run '^TestFiveHundredFilesLoadWithFewDescriptors$'`, self)
	c.Env = append(os.Environ(), folder+"="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
