package disk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrNoFile means that a path does not lead to a regular file.
var ErrNoFile = errors.New("no file")

// Exists reports whether something is at a path, if only a link.
func Exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Sum returns the SHA-256, in hexadecimal, of the first n bytes of a file, or of the whole file if it has fewer, and how many they were. It
// stops with the error of ctx. Nothing but a regular file is opened.
func Sum(ctx context.Context, path string, n int64) (sum string, size int64, err error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return "", 0, ErrNoFile
	}
	f, err := os.Open(path)
	if err != nil {
		return "", 0, fmt.Errorf("hashing %s: %w", path, err)
	}
	defer f.Close()
	hash := sha256.New()
	size, err = io.Copy(hash, io.LimitReader(&cancelled{ctx, f}, n))
	if err != nil {
		return "", size, fmt.Errorf("hashing %s: %w", path, err)
	}
	return hex.EncodeToString(hash.Sum(nil)), size, nil
}

// cancelled is a reader that ends with its context.
type cancelled struct {
	ctx  context.Context
	from io.Reader
}

func (c *cancelled) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(b)
}
