package s3

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Cache keeps objects in a folder, so that a second look needs no network for what has not changed. File names are hashes
// of bucket, key and ETag; nothing of a name in a store becomes a path. A file whose length or checksum is wrong is removed
// and fetched again. Any number of goroutines and processes may use one folder. Errors of the disk only make it keep less.
type Cache struct {
	Dir      string // it is made, for its owner alone, if it is not there
	MaxBytes int64  // what was not used for longest is removed beyond that; 0 means 10 GB

	mu    sync.Mutex
	known bool // the folder was looked at
	total int64
}

const (
	defaultCacheBytes = 10_000_000_000
	objectEnding      = ".object"
	listingEnding     = ".listing"
	partialEnding     = ".partial"
	// trailerBytes ends each file: a magic word, the length of what stands before, and its checksum.
	trailerBytes = 8 + 8 + 4
	trailerMagic = "pawprint"
	// partialAge is when a file that nobody finished is taken for left over.
	partialAge = 24 * time.Hour
	// verifyBytes is how much is verified between two looks whether it is still wanted.
	verifyBytes = 4 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// path names a file by what it holds.
func (c *Cache) path(ending string, parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		_, _ = h.Write(length[:])
		_, _ = io.WriteString(h, part)
	}
	return filepath.Join(c.Dir, hex.EncodeToString(h.Sum(nil))+ending)
}

// open gives an object that is in the cache, or nil. A nil cache has nothing.
func (c *Cache) open(ctx context.Context, b *bucket, o *object) io.ReadCloser {
	if c == nil || o.etag == "" {
		return nil
	}
	return c.verified(ctx, c.path(objectEnding, b.endpoint, b.name, o.key, o.etag), o.size)
}

// verified opens a file and reads it once, to see whether it is as it was written. size is -1 if any will do.
func (c *Cache) verified(ctx context.Context, path string, size int64) io.ReadCloser {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	length, ok := verify(ctx, f, size)
	if ctx.Err() != nil {
		_ = f.Close()
		return nil
	}
	if !ok {
		_ = f.Close()
		_ = os.Remove(path) // if it stays it is found to be wrong again
		return nil
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now) // it was used: others go first
	return &keptFile{io.NewSectionReader(f, 0, length), f}
}

type keptFile struct {
	*io.SectionReader
	file *os.File
}

// Close implements io.Closer.
func (k *keptFile) Close() error { return k.file.Close() }

// verify compares a file with its trailer, and gives the length of what it holds.
func verify(ctx context.Context, f *os.File, size int64) (int64, bool) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	length := info.Size() - trailerBytes
	if length < 0 || size >= 0 && length != size {
		return 0, false
	}
	var trailer [trailerBytes]byte
	if _, err := f.ReadAt(trailer[:], length); err != nil {
		return 0, false
	}
	sum := crc32.New(castagnoli)
	for at := int64(0); at < length; at += verifyBytes {
		if ctx.Err() != nil {
			return 0, false
		}
		if _, err := io.Copy(sum, io.NewSectionReader(f, at, min(verifyBytes, length-at))); err != nil {
			return 0, false
		}
	}
	return length, bytes.Equal(trailer[:], trailerOf(length, sum.Sum32()))
}

func trailerOf(length int64, sum uint32) []byte {
	t := binary.BigEndian.AppendUint64([]byte(trailerMagic), uint64(length))
	return binary.BigEndian.AppendUint32(t, sum)
}

// create begins to keep an object. A nil cache, and one that cannot be written, gives an entry that keeps nothing.
func (c *Cache) create(b *bucket, key, etag string) *entry {
	if c == nil || etag == "" {
		return nil
	}
	return c.begin(c.path(objectEnding, b.endpoint, b.name, key, etag))
}

func (c *Cache) begin(path string) *entry {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil
	}
	f, err := os.CreateTemp(c.Dir, "*"+partialEnding) // mode 0600
	if err != nil {
		return nil
	}
	return &entry{cache: c, file: f, path: path}
}

// entry is a file of the cache that is written. nil keeps nothing.
type entry struct {
	cache  *Cache
	file   *os.File
	path   string
	length int64
	sum    uint32
	failed bool
}

func (e *entry) write(p []byte) {
	if e == nil || e.failed {
		return
	}
	_, err := e.file.Write(p)
	e.failed = err != nil
	e.length += int64(len(p))
	e.sum = crc32.Update(e.sum, castagnoli, p)
}

// close puts the file into its place if it is whole, and else removes it.
func (e *entry) close(whole bool) {
	if e == nil {
		return
	}
	if whole && !e.failed {
		_, err := e.file.Write(trailerOf(e.length, e.sum))
		e.failed = err != nil
	}
	err := e.file.Close()
	if whole && !e.failed && err == nil && os.Rename(e.file.Name(), e.path) == nil {
		e.cache.grown(e.length + trailerBytes)
		return
	}
	_ = os.Remove(e.file.Name())
}

// grown counts what was added, and makes room if it is too much: more than is needed, so that the folder is seldom looked at.
func (c *Cache) grown(n int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	limit := c.MaxBytes
	if limit <= 0 {
		limit = defaultCacheBytes
	}
	if c.total += n; c.known && c.total <= limit {
		return
	}
	c.known, c.total = true, 0
	files, err := c.files()
	if err != nil {
		return
	}
	for _, f := range files {
		c.total += f.Size()
	}
	if c.total <= limit {
		return
	}
	for _, f := range files {
		if c.total <= limit-limit/16 {
			return
		}
		if err := os.Remove(filepath.Join(c.Dir, f.Name())); err == nil || errors.Is(err, fs.ErrNotExist) {
			c.total -= f.Size()
		}
	}
}

// files lists the files of the cache, those that were not used for longest first. Other files are none of its business.
func (c *Cache) files() ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(c.Dir)
	if err != nil {
		return nil, err
	}
	var files []fs.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		switch name := e.Name(); {
		case strings.HasSuffix(name, objectEnding), strings.HasSuffix(name, listingEnding):
			files = append(files, info)
		case strings.HasSuffix(name, partialEnding) && time.Since(info.ModTime()) > partialAge:
			_ = os.Remove(filepath.Join(c.Dir, name))
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	return files, nil
}
