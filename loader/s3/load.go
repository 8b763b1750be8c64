package s3

import (
	"context"
	"strings"
	"time"

	"pawprint/loader/glob"
)

// single returns the object that the URL names, if it names one. It asks the store only if the name looks like that of a log: a
// store may allow reading an object but not listing.
func (l *load) single(ctx context.Context) (object, bool, error) {
	key := l.source.prefix
	if key == "" || strings.HasSuffix(key, "/") || !glob.HasSigns(key) && !namesLog(key) {
		return object{}, false, nil
	}
	o, err := l.bucket.head(ctx, key)
	if err == nil {
		return o, o.etag != "", nil // without an ETag it may be a web page; the listing will show
	}
	k := kindOf(err)
	if ctx.Err() != nil {
		return o, false, err
	}
	if k.fatal() && k != noBucket && k != wrongRegion || k == redirected || (k == unavailable || k == uncached) && !l.source.o.Cache.knows(ctx, l.bucket, l.source.prefix) {
		return o, false, err
	}
	return o, false, nil // the listing will show what is there
}

// one reads the single object o.
func (l *load) one(ctx context.Context, o object) error {
	l.progress.change(func() { l.progress.counted = true })
	if !l.own(&o, "") {
		l.readElsewhere(&o)
		return nil
	}
	l.progress.list(&o)
	l.seen.add(&o)
	if keep := l.source.o.Cache.listing(l.bucket, l.source); keep != nil {
		keep.head.From, keep.head.To = time.Time{}, time.Time{} // an object has no range of times
		keep.add(&o)
		keep.save(l.source.now())
	}
	return l.pipeline(ctx, func(_ context.Context, feed feedFunc) error { return feed(o) })
}

// wanted reports whether an object is to be read, and counts it as left out if not.
func (l *load) wanted(o *object) bool {
	if !within(o.key, l.source.o.From, l.source.o.To) {
		return false
	}
	ok, hidden := l.covers(o.key)
	if !ok && !hidden {
		return false
	}
	reason := glob.Hidden
	if ok {
		reason = l.reason(o)
	}
	if !l.own(o, reason) {
		l.readElsewhere(o)
		return false
	}
	if reason != "" {
		l.progress.change(func() { l.progress.leftOut.Add(reason, 1) })
	}
	return reason == ""
}

// readElsewhere counts an object that an earlier source stands for, if that one reads it.
func (l *load) readElsewhere(o *object) {
	s, read := l.elsewhere(o)
	l.progress.change(func() {
		l.progress.covered = true
		if read {
			l.progress.elsewhere++
			l.progress.named = s.url
		}
	})
}

// emptyObject is the reason for which objects without bytes are left out.
const emptyObject = "empty"

// newLister makes the lister of the source's prefixes.
func (l *load) newLister(ctx context.Context, from, to time.Time) (*prefixLister, error) {
	w, err := newPrefixLister(ctx, l.bucket, l.prefixes(), from, to)
	if err == nil {
		w.partial = func(err error) bool { // the listing in the cache is complete, so prefer it
			return kindOf(err) != unavailable || !l.source.o.Cache.knows(ctx, l.bucket, l.source.prefix)
		}
	}
	return w, err
}

// listed notes that a listing is complete.
func (l *load) listed(w *prefixLister) {
	o := &l.source.o
	if w.unknown && (!o.From.IsZero() || !o.To.IsZero()) {
		l.progress.remark("not all keys contain a time, so everything is listed")
	}
	l.progress.change(func() { l.progress.counted = true })
}

// stream lists and feeds at the same time.
func (l *load) stream(ctx context.Context, feed feedFunc) error {
	keep := l.source.o.Cache.listing(l.bucket, l.source)
	w, err := l.newLister(ctx, l.source.o.From, l.source.o.To)
	if err == nil {
		w.visit = func(_ *span, found []object, _ bool) error {
			return l.feedAll(found, true, func(o object) error { keep.add(&o); return feed(o) })
		}
		err = w.run(ctx)
	}
	if err != nil {
		return l.offline(ctx, err, func(h held) error { return l.replay(ctx, h, feed) })
	}
	keep.save(l.source.now())
	l.listed(w)
	return nil
}

// feedAll feeds those objects that are wanted.
func (l *load) feedAll(found []object, count bool, feed feedFunc) error {
	for i := range found {
		o := &found[i]
		if !l.wanted(o) {
			continue
		}
		if count {
			l.progress.list(o)
		}
		l.fed = true
		l.seen.add(o)
		if err := feed(*o); err != nil {
			return err
		}
	}
	return nil
}

// counted lists everything before anything is read. After an error it returns what was found before.
func (l *load) counted(ctx context.Context) (held, error) {
	w, err := l.newLister(ctx, l.source.o.From, l.source.o.To)
	var h held
	if err == nil {
		h, err = w.hold(ctx, maxHeld, l.wanted, func(t tally) { l.progress.change(func() { l.progress.listed = t }) })
	}
	if err != nil {
		h.rest = nil
		err = l.offline(ctx, err, func(last held) error { h = last; return nil })
		return h, err
	}
	if len(h.rest) == 0 {
		keep := l.source.o.Cache.listing(l.bucket, l.source)
		for i := range h.first {
			keep.add(&h.first[i])
		}
		keep.save(l.source.now())
	}
	l.listed(w)
	return h, nil
}

// eager lists everything and at once feeds the objects that need no confirmation. Then it asks about the others and feeds them.
func (l *load) eager(ctx context.Context, feed feedFunc) error {
	keep := l.source.o.Cache.listing(l.bucket, l.source)
	many, big := l.source.o.confirmLimits()
	var fed tally
	var full error
	w, err := l.newLister(ctx, l.source.o.From, l.source.o.To)
	var h held
	if err == nil {
		h, err = w.hold(ctx, maxHeld, func(o *object) bool {
			if !l.wanted(o) {
				return false
			}
			keep.add(o)
			l.progress.list(o)
			if fed.add(o); full != nil || fed.objects > many || fed.bytes > big {
				return true // all later ones fail too, as fed only grows
			}
			l.seen.add(o)
			l.fed, full = true, feed(*o)
			return false
		}, func(tally) {})
	}
	if full != nil {
		return full
	}
	if err != nil {
		return l.offline(ctx, err, func(h held) error { return l.replay(ctx, h, feed) })
	}
	keep.save(l.source.now())
	l.listed(w)
	if h.tally.objects == 0 {
		return nil
	}
	if err := l.confirm(ctx, h.tally); err != nil {
		return err
	}
	return l.replay(ctx, h, feed)
}

// replay feeds the objects that were counted.
func (l *load) replay(ctx context.Context, h held, feed feedFunc) error {
	for i := range h.first {
		if !l.own(&h.first[i], "") {
			l.readElsewhere(&h.first[i]) // an old listing is one of all objects
			continue
		}
		l.seen.add(&h.first[i])
		if err := feed(h.first[i]); err != nil {
			return err
		}
	}
	w := &prefixLister{lister: l.bucket, spans: h.rest, visit: func(_ *span, found []object, _ bool) error {
		return l.again(found, feed)
	}}
	return w.run(ctx)
}

// again feeds objects that were counted before: it counts neither them nor those that are left out.
func (l *load) again(found []object, feed feedFunc) error {
	for i := range found {
		o := &found[i]
		if !l.fits(o) {
			continue
		}
		l.seen.add(o)
		if err := feed(*o); err != nil {
			return err
		}
	}
	return nil
}
