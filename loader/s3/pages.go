package s3

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"

	"pawprint/model/amount"
)

const (
	// maxIdlePages is how many pages in a row may have no new key. Correct stores return some where much was deleted.
	maxIdlePages = 250
	// maxUnsorted is how many keys of a listing are remembered, as some stores list in no order.
	maxUnsorted = 500_000
)

// pages lists all keys of a request page by page, until visit returns false. Each key and each prefix comes once. It ends with an
// error when the pages repeat, before one is visited again, or bring nothing new.
func pages(ctx context.Context, l lister, r request, visit func(page) (bool, error)) error {
	tokens, firsts := hashSet{}, hashSet{}
	keys, prefixes := newDedup(r.after), newDedup("")
	for idle := 0; ; {
		p, err := l.list(ctx, r)
		if err != nil {
			return err
		}
		if len(p.objects) > 0 && firsts.repeats(p.objects[0].key) {
			return fmt.Errorf("listing %s: the store sent the page of key %s twice; check the endpoint", display(r.prefix), display(p.objects[0].key))
		}
		named := len(p.objects) + len(p.prefixes)
		p.objects = slices.DeleteFunc(p.objects, func(o object) bool { return !keys.isNew(o.key) })
		p.prefixes = slices.DeleteFunc(p.prefixes, func(prefix string) bool { return !prefixes.isNew(prefix) })
		left := len(p.objects) + len(p.prefixes)
		if left < named {
			l.remark("the store lists keys more than once; each is read once")
		}
		if goOn, err := visit(p); err != nil || !goOn {
			return err
		}
		if err := errors.Join(keys.err, prefixes.err); err != nil {
			return fmt.Errorf("listing %s: %w", display(r.prefix), err)
		}
		if p.next == "" {
			return nil
		}
		if tokens.repeats(p.next) {
			return fmt.Errorf("listing %s: the store sent a continuation token twice; check the endpoint", display(r.prefix))
		}
		if idle++; left > 0 {
			idle = 0
		}
		if idle >= maxIdlePages {
			return fmt.Errorf("listing %s: the store gave %d pages in a row without a new key; check the endpoint, or name a longer prefix", display(r.prefix), idle)
		}
		r.token = p.next
	}
}

// errUnsorted says that the store lists too many unsorted keys to know which of them were listed before.
var errUnsorted = fmt.Errorf("the store lists more than %s keys in no order, so repeated keys cannot be recognised; name a longer prefix", amount.Count(maxUnsorted))

// dedup passes each key of a listing once. Keys normally come sorted, so that comparing with the last one is enough. For stores
// that do not sort it also remembers the first maxUnsorted keys; beyond those it passes no key that may be a repeat, and keeps
// an error.
type dedup struct {
	after string  // the listing begins after this key
	last  string  // the highest so far
	known hashSet // nil if there are too many to remember
	any   bool
	err   error
}

func newDedup(after string) dedup {
	return dedup{after: after, last: after, any: after != "", known: hashSet{}}
}

// isNew reports whether a key was not listed before.
func (o *dedup) isNew(key string) bool {
	if o.any && key <= o.last {
		return o.isNewUnsorted(key)
	}
	o.any, o.last = true, key
	if o.known != nil {
		o.known.repeats(key)
	}
	if len(o.known) > maxUnsorted {
		o.known = nil
	}
	return true
}

// isNewUnsorted is isNew for a key that is out of order.
func (o *dedup) isNewUnsorted(key string) bool {
	switch {
	case key == o.last, key <= o.after:
		return false // a store may ignore where a listing should begin
	case o.known == nil:
		o.err = errUnsorted
		return false
	}
	if o.known.repeats(key) {
		return false
	}
	if len(o.known) > maxUnsorted {
		o.known = nil
	}
	return true
}

// hashSet remembers the hashes of strings, to recognise repeats. It costs some bytes for each string.
type hashSet map[uint64]struct{}

var hashSeed = maphash.MakeSeed()

func (c hashSet) repeats(s string) bool {
	h := maphash.String(hashSeed, s)
	_, seen := c[h]
	c[h] = struct{}{}
	return seen
}
