package s3

import (
	"context"
	"encoding/json"
	"io"
	"time"
)

// maxListing is how many objects a kept listing may have.
const maxListing = maxHeld

// listingHead is the start of a listing in the cache; keptObjects follow it.
type listingHead struct {
	At       time.Time
	From, To time.Time
	Objects  int
}

// covers reports whether the listing includes all of [from, to).
func (h *listingHead) covers(from, to time.Time) bool {
	return !from.Before(h.From) && (h.To.IsZero() || !to.IsZero() && !to.After(h.To))
}

// span describes the times that were listed.
func (h *listingHead) span() string {
	switch {
	case h.To.IsZero():
		return "from " + moment(h.From) + " on"
	case h.From.IsZero():
		return "until " + moment(h.To)
	}
	return "from " + moment(h.From) + " until " + moment(h.To)
}

func moment(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05 UTC") }

// keptObject is an object of a listing. Keys need not be UTF-8, so they are bytes.
type keptObject struct {
	Key      []byte
	ETag     string
	Size     int64
	Modified time.Time
}

// listing is a listing to be kept in the cache. A nil listing keeps nothing.
type listing struct {
	cache   *Cache
	name    string
	head    listingHead
	objects []keptObject
	many    bool
}

func (c *Cache) listingName(b *bucket, prefix string) string {
	return entryName(listingEnding, b.endpoint, b.name, prefix)
}

// listing starts a listing for what a source lists.
func (c *Cache) listing(b *bucket, s *Source) *listing {
	if c == nil || len(s.before) > 0 { // what an earlier source reads would be missing
		return nil
	}
	return &listing{cache: c, name: c.listingName(b, s.prefix), head: listingHead{From: s.o.From, To: s.o.To}}
}

// add adds an object.
func (k *listing) add(o *object) {
	if k == nil || k.many {
		return
	}
	if k.many = len(k.objects) >= maxListing; k.many {
		k.objects = nil
		return
	}
	k.objects = append(k.objects, keptObject{[]byte(o.key), o.etag, o.size, o.modified})
}

// save writes the listing, which must be complete, in place of the previous one.
func (k *listing) save(at time.Time) {
	if k == nil || k.many {
		return
	}
	e := k.cache.begin(k.name)
	k.head.At, k.head.Objects = at, len(k.objects)
	out := json.NewEncoder(entryWriter{e})
	err := out.Encode(&k.head)
	for i := range k.objects {
		if err == nil {
			err = out.Encode(&k.objects[i])
		}
	}
	e.close(err == nil)
}

type entryWriter struct{ *entry }

// Write implements io.Writer. It never fails: close notices what could not be written.
func (w entryWriter) Write(p []byte) (int, error) {
	w.write(p)
	return len(p), nil
}

// knows reports whether there is a listing for a prefix.
func (c *Cache) knows(ctx context.Context, b *bucket, prefix string) bool {
	if c == nil {
		return false
	}
	f := c.verified(ctx, c.listingName(b, prefix), -1)
	if f == nil {
		return false
	}
	_ = f.Close()
	return true
}

// lastListing returns the head of the last listing of a source, and its objects within the times of the source.
func (c *Cache) lastListing(ctx context.Context, b *bucket, s *Source) (h held, head listingHead, ok bool) {
	if c == nil {
		return h, head, false
	}
	f := c.verified(ctx, c.listingName(b, s.prefix), -1)
	if f == nil {
		return h, head, false
	}
	defer f.Close()
	in := json.NewDecoder(f)
	if err := in.Decode(&head); err != nil {
		return h, head, false
	}
	for {
		var k keptObject
		if err := in.Decode(&k); err == io.EOF {
			return h, head, true
		} else if err != nil {
			return held{}, head, false
		}
		o := object{string(k.Key), k.ETag, k.Size, k.Modified}
		if within(o.key, s.o.From, s.o.To) {
			h.first = append(h.first, o)
			h.tally.add(&o)
		}
	}
}
