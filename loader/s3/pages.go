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
	// maxIdlePages is how many pages in a row may bring no new key. Honest stores give some where much was deleted.
	maxIdlePages = 250
	// maxUnsorted is how many keys of a listing are remembered, as some stores list in no order.
	maxUnsorted = 500_000
)

// pages lists all keys of a request page by page, until visit says no. Each key and each prefix comes once. It ends with an error
// when the store leads it in circles, before a page is visited for the second time, or nowhere.
func pages(ctx context.Context, l lister, r request, visit func(page) (bool, error)) error {
	tokens, firsts := circle{}, circle{}
	keys, prefixes := newOnce(r.after), newOnce("")
	for idle := 0; ; {
		p, err := l.list(ctx, r)
		if err != nil {
			return err
		}
		if len(p.objects) > 0 && firsts.closed(p.objects[0].key) {
			return fmt.Errorf("listing %s: the store gives the page of key %s again", display(r.prefix), display(p.objects[0].key))
		}
		named := len(p.objects) + len(p.prefixes)
		p.objects = slices.DeleteFunc(p.objects, func(o object) bool { return !keys.first(o.key) })
		p.prefixes = slices.DeleteFunc(p.prefixes, func(prefix string) bool { return !prefixes.first(prefix) })
		left := len(p.objects) + len(p.prefixes)
		if left < named {
			l.remark("the store lists keys more than once, each of which is read once")
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
		if tokens.closed(p.next) {
			return fmt.Errorf("listing %s: the store gives a continuation token again", display(r.prefix))
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

// errUnsorted says that it cannot be told any more which keys were listed before.
var errUnsorted = fmt.Errorf("the store lists more than %s keys in no order, so that they cannot be told apart; name a longer prefix", amount.Count(maxUnsorted))

// once lets each key of a listing pass one time. Keys come sorted, so that the last one tells whether the next one is new,
// however many there are. For stores that do not sort it also remembers the first maxUnsorted of them; where that is not enough it
// lets none pass that may be a repeat, and keeps an error.
type once struct {
	after string // the listing begins behind this key
	last  string // the highest so far
	known circle // nil: there are too many to remember
	any   bool
	err   error
}

func newOnce(after string) once {
	return once{after: after, last: after, any: after != "", known: circle{}}
}

// first reports whether a key is new.
func (o *once) first(key string) bool {
	if o.any && key <= o.last {
		return o.late(key)
	}
	o.any, o.last = true, key
	if o.known != nil {
		o.known.closed(key)
	}
	if len(o.known) > maxUnsorted {
		o.known = nil
	}
	return true
}

// late reports whether a key that does not come in its order is new.
func (o *once) late(key string) bool {
	switch {
	case key == o.last, key <= o.after:
		return false // a store may ignore where a listing is to begin
	case o.known == nil:
		o.err = errUnsorted
		return false
	}
	if o.known.closed(key) {
		return false
	}
	if len(o.known) > maxUnsorted {
		o.known = nil
	}
	return true
}

// circle finds out that something comes again. It costs some bytes for each thing that came.
type circle map[uint64]struct{}

var circleSeed = maphash.MakeSeed()

func (c circle) closed(s string) bool {
	h := maphash.String(circleSeed, s)
	_, seen := c[h]
	c[h] = struct{}{}
	return seen
}
