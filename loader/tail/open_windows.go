package tail

import (
	"os"
	"path/filepath"
)

// openShared opens a file for reading, in the way that lets others rename and delete it: os.Open would block the writer's
// rotation. A root follows no link out of itself, so links are resolved before.
func openShared(path string) (*os.File, error) {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(filepath.Base(path))
}
