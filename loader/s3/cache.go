package s3

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Cache keeps objects in a folder, so that unchanged objects need not be fetched again. File names are hashes of bucket, key and ETag; no part
// of a name in a store becomes a path. Each file ends with the SHA-256 of its content, signed with a key that only its owner can read: a file
// that somebody else wrote, changed or renamed is removed and fetched again. A folder that others may write is refused. Any number of
// goroutines and processes may use one folder. After disk errors it keeps fewer objects, and nothing else changes.
type Cache struct {
	Dir      string // created if missing, accessible to its owner only
	Levels   int    // how many of the last folders of Dir are the cache's own, and checked; 0 means 1
	MaxBytes int64  // beyond it the least recently used files are removed; 0 means 10 GB

	mu     sync.Mutex
	open   bool // the folder was opened, or refused
	folder *folder
	err    error
	known  bool // total is known
	total  int64
}

const (
	defaultCacheBytes = 10 << 30
	objectEnding      = ".object"
	listingEnding     = ".listing"
	partialEnding     = ".partial"
	// trailerBytes is the length of the end of each file: a magic word, the length of the content, its SHA-256, and the signature.
	trailerBytes = 8 + 8 + sha256.Size + sha256.Size
	trailerMagic = "pawprint"
	// partialAge is the age at which an unfinished file is taken to be abandoned.
	partialAge = 24 * time.Hour
	// verifyBytes is how many bytes are verified between two checks of the context.
	verifyBytes = 4 << 20
)

// entryName returns the name of a file of the cache: a hash of parts, and an ending.
func entryName(ending string, parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		_, _ = h.Write(length[:])
		_, _ = io.WriteString(h, part)
	}
	return hex.EncodeToString(h.Sum(nil)) + ending
}

// object opens an object in the cache, or returns nil if it is not there. A nil cache is empty.
func (c *Cache) object(ctx context.Context, b *bucket, o *object) io.ReadCloser {
	if c == nil || o.etag == "" {
		return nil
	}
	return c.verified(ctx, entryName(objectEnding, b.endpoint, b.name, o.key, o.etag), o.size)
}

// verified opens a file and reads it once, to check that it is unchanged. It returns nil if it is not. A size of -1 fits any file.
func (c *Cache) verified(ctx context.Context, name string, size int64) io.ReadCloser {
	at, _ := c.use()
	if at == nil {
		return nil
	}
	f, err := at.open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	length, ok := int64(0), false
	if err == nil {
		length, ok = at.verify(ctx, f, name, size)
	}
	if !ok {
		if f != nil {
			_ = f.Close()
		}
		if ctx.Err() == nil {
			_ = at.root.Remove(name) // if it stays, the next check fails again
		}
		return nil
	}
	now := time.Now()
	_ = at.root.Chtimes(name, now, now) // mark it as used, so that others are removed first
	return &keptFile{io.NewSectionReader(f, 0, length), f}
}

type keptFile struct {
	*io.SectionReader
	file *os.File
}

// Close implements io.Closer.
func (k *keptFile) Close() error { return k.file.Close() }

// open opens a file for reading if it is a regular file that nobody else may write. It does not block, as opening a pipe would,
// and follows no link.
func (at *folder) open(name string) (*os.File, error) {
	before, err := at.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !before.Mode().IsRegular() || !private(before) {
		return nil, errForeign
	}
	f, err := at.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !os.SameFile(before, info) {
		_ = f.Close()
		return nil, errForeign
	}
	return f, nil
}

// errForeign says that something else is at the path of a file of the cache.
var errForeign = errors.New("it is not a file of the cache")

// verify compares a file with its trailer, and returns the length of its content.
func (at *folder) verify(ctx context.Context, f *os.File, name string, size int64) (int64, bool) {
	info, err := f.Stat()
	if err != nil {
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
	sum := sha256.New()
	for from := int64(0); from < length; from += verifyBytes {
		if ctx.Err() != nil {
			return 0, false
		}
		if _, err := io.Copy(sum, io.NewSectionReader(f, from, min(verifyBytes, length-from))); err != nil {
			return 0, false
		}
	}
	return length, hmac.Equal(trailer[:], at.trailer(name, length, sum.Sum(nil)))
}

// trailer returns the end of a file. The signature covers the name too: one object's content must not pass for another's.
func (at *folder) trailer(name string, length int64, sum []byte) []byte {
	t := binary.BigEndian.AppendUint64([]byte(trailerMagic), uint64(length))
	t = append(t, sum...)
	signature := hmac.New(sha256.New, at.key)
	_, _ = signature.Write(t)
	_, _ = io.WriteString(signature, name)
	return signature.Sum(t)
}

// create starts a file for an object. If the cache is nil or cannot be written it returns nil, an entry that keeps nothing.
func (c *Cache) create(b *bucket, key, etag string) *entry {
	if c == nil || etag == "" {
		return nil
	}
	return c.begin(entryName(objectEnding, b.endpoint, b.name, key, etag))
}

func (c *Cache) begin(name string) *entry {
	at, _ := c.use()
	if at == nil {
		return nil
	}
	f, err := at.partial()
	if err != nil {
		return nil
	}
	return &entry{cache: c, at: at, file: f, name: name, sum: sha256.New()}
}

// entry is a file of the cache that is being written. A nil entry keeps nothing.
type entry struct {
	cache  *Cache
	at     *folder
	file   *os.File
	name   string
	length int64
	sum    hash.Hash
	failed bool
}

func (e *entry) write(p []byte) {
	if e == nil || e.failed {
		return
	}
	_, err := e.file.Write(p)
	e.failed = err != nil
	e.length += int64(len(p))
	_, _ = e.sum.Write(p)
}

// close moves the file to its final name if it is whole, and removes it otherwise. Others may write the same entry at the same
// time: until then each writes its own file.
func (e *entry) close(whole bool) {
	if e == nil {
		return
	}
	if whole && !e.failed {
		_, err := e.file.Write(e.at.trailer(e.name, e.length, e.sum.Sum(nil)))
		e.failed = err != nil
	}
	err := e.file.Close()
	partial := filepath.Base(e.file.Name())
	if whole && !e.failed && err == nil && e.at.root.Rename(partial, e.name) == nil {
		e.cache.grown(e.at, e.length+trailerBytes)
		return
	}
	_ = e.at.root.Remove(partial)
}

// grown counts n added bytes. If there are too many it removes old files: more than needed, so that the folder is seldom listed.
func (c *Cache) grown(at *folder, n int64) {
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
	files, err := at.files()
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
		if err := at.root.Remove(f.Name()); err == nil || errors.Is(err, fs.ErrNotExist) {
			c.total -= f.Size()
		}
	}
}

// files lists the files of the cache, least recently used first. It leaves out other files in the folder.
func (at *folder) files() ([]fs.FileInfo, error) {
	entries, err := fs.ReadDir(at.root.FS(), ".")
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
			_ = at.root.Remove(name)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	return files, nil
}
