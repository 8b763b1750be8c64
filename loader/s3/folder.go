package s3

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	// keyName is the file of the key that the entries are signed with.
	keyName  = "key"
	keyBytes = 32
)

// folder is the open folder of a cache: names are resolved within it even if its path changes.
type folder struct {
	root *os.Root
	key  []byte
}

// Check returns an error if the folder belongs to another user, others can write to it, or its path is a symbolic link: anybody may
// have written its files. It creates the folder if there is none. A nil cache is fine.
func (c *Cache) Check() error {
	if c == nil {
		return nil
	}
	_, err := c.use()
	return err
}

// use opens the folder at the first call. It returns nil if the folder is refused or cannot be used.
func (c *Cache) use() (*folder, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open {
		c.open = true
		c.folder, c.err = c.enter()
	}
	return c.folder, c.err
}

func (c *Cache) enter() (*folder, error) {
	if err := c.inspect(); err != nil {
		return nil, err
	}
	if os.MkdirAll(c.Dir, 0o700) != nil {
		return nil, nil // go on without a cache
	}
	if err := c.inspect(); err != nil { // another process may have made it first
		return nil, err
	}
	root, err := os.OpenRoot(c.Dir)
	if err != nil {
		return nil, nil
	}
	info, err := root.Stat(".")
	if err == nil && !private(info) {
		err = errForeign
	}
	at := &folder{root: root}
	if err == nil {
		at.key, err = at.secret()
	}
	if err != nil {
		_ = root.Close()
		return nil, nil
	}
	return at, nil
}

// inspect checks the cache's own folders, the outermost first.
func (c *Cache) inspect() error {
	for up := max(1, c.Levels) - 1; up >= 0; up-- {
		dir := filepath.Clean(c.Dir)
		for range up {
			dir = filepath.Dir(dir)
		}
		if err := inspect(dir); err != nil {
			return err
		}
	}
	return nil
}

// inspect returns the reason why a folder cannot be used for a cache, or nil. A missing folder is fine.
func inspect(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return nil // opening it will show whether it can be used
	}
	why, hint := "", ""
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		why, hint = "it is a symbolic link", "remove it, or choose another cache folder with XDG_CACHE_HOME"
	case !info.IsDir():
		return nil
	case !ours(info):
		why, hint = "it belongs to another user", "choose another cache folder with XDG_CACHE_HOME"
	case !private(info):
		why, hint = "others can write to it", "remove it, or run chmod go-w on it"
	default:
		return nil
	}
	return fmt.Errorf("using the cache folder %s: %s, so anybody may have written its files; %s", display(dir), why, hint)
}

// private reports whether a file or a folder belongs to the user and nobody else may write it.
func private(info fs.FileInfo) bool { return ours(info) && writableByUsAlone(info) }

// secret reads the key of the folder. If there is none, or somebody else may have written it, it makes a new one; files signed
// with the old one are fetched again.
func (at *folder) secret() ([]byte, error) {
	if key, err := at.readKey(); err == nil {
		return key, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		if err := at.root.Remove(keyName); err != nil {
			return nil, err
		}
	}
	f, err := at.partial()
	if err != nil {
		return nil, err
	}
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // it never fails
	_, err = f.Write(key)
	partial := filepath.Base(f.Name())
	if err = errors.Join(err, f.Close()); err == nil {
		if linkErr := at.root.Link(partial, keyName); linkErr != nil && !errors.Is(linkErr, fs.ErrExist) {
			err = at.root.Rename(partial, keyName) // some file systems have no links
		}
	}
	_ = at.root.Remove(partial) // left by the link, or by a failure
	if err != nil {
		return nil, err
	}
	return at.readKey() // another process may have written its key first
}

func (at *folder) readKey() ([]byte, error) {
	f, err := at.open(keyName)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	key, err := io.ReadAll(io.LimitReader(f, keyBytes+1))
	if err == nil && len(key) != keyBytes {
		err = errForeign
	}
	return key, err
}

// partial creates a new file with a unique name that only its owner can access.
func (at *folder) partial() (*os.File, error) {
	return at.root.OpenFile(rand.Text()+partialEnding, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}
