package s3

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
)

const (
	// lookBack is how far back partitions are listed again: objects of an hour may come late, with keys below existing ones.
	lookBack = 3 * time.Hour
	// lookAhead allows for clocks that differ.
	lookAhead = time.Hour
	// surveyPolls is the number of polls after which the layout is surveyed again, as tables and years are added.
	surveyPolls = 40
)

// follow reads new objects until the context ends.
func (l *load) follow(ctx context.Context) error {
	o := &l.source.o
	if o.Queue != "" {
		l.live("notified by a queue")
		return l.drainQueue(ctx)
	}
	poll := o.Poll
	if poll <= 0 {
		poll = defaultPoll
	}
	l.live("checking every " + poll.String())
	layouts := map[string]*contents{} // by prefix
	for n := 0; ; n++ {
		if err := wait(ctx, poll); err != nil {
			return err
		}
		begun := l.source.now()
		err := l.round(ctx, func() error { return l.poll(ctx, n, layouts) })
		if fatal(err) {
			return err
		}
		if err == nil {
			l.noteComplete(begun)
			l.renewed()
		}
	}
}

// noteComplete notes the start of the last complete listing: the next one goes back from there, however long it takes until one
// succeeds.
func (l *load) noteComplete(at time.Time) {
	l.lastComplete = at
	l.seen.noteComplete(at)
}

// live reports that all existing objects were read and how new ones are noticed.
func (l *load) live(how string) {
	l.progress.change(func() { l.progress.phase, l.progress.watching = model.Following, how })
	l.progress.report()
}

// fatal reports whether an error ends following.
func fatal(err error) bool {
	var memory *loader.MemoryError
	return errors.As(err, &memory) || fault.In(err) != nil
}

// round looks for new objects once. An error is shown until a later round succeeds.
func (l *load) round(ctx context.Context, look func() error) error {
	err := look()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	l.progress.change(func() {
		if l.progress.trouble = ""; err != nil {
			l.progress.trouble = "trying again: " + err.Error()
		}
	})
	l.progress.report()
	return err
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// poll lists where objects may have been added, and reads new ones.
func (l *load) poll(ctx context.Context, n int, layouts map[string]*contents) error {
	w := &prefixLister{lister: l.bucket}
	for _, prefix := range l.prefixes() {
		spans, err := l.newSpans(ctx, prefix, n%surveyPolls == 0, layouts)
		if err != nil {
			return err
		}
		w.spans = append(w.spans, spans...)
	}
	return l.pipeline(ctx, func(ctx context.Context, feed feedFunc) error {
		w.visit = func(_ *span, found []object, _ bool) error { return l.feedNew(found, feed) }
		return w.run(ctx)
	})
}

// newSpans returns the spans below a prefix to which objects may have been added. It surveys a prefix again if asked to, or if nothing
// is known about it.
func (l *load) newSpans(ctx context.Context, prefix string, again bool, layouts map[string]*contents) (spans []span, err error) {
	g, root := layouts[prefix], surveyed(prefix)
	if again || g == nil || len(g.layouts)+len(g.others) == 0 {
		found, err := survey(ctx, l.bucket, root)
		if err != nil {
			return nil, err
		}
		g = &found
		if layouts[prefix] = g; len(g.others) > 0 && !l.only {
			l.progress.remark("not all keys contain a time, so each check lists all of these")
		}
		if len(g.objects) > 0 {
			spans = append(spans, span{beside: g.objects})
		}
	}
	return append(spans, overlapping(g.recent(root, l.lastComplete.UTC(), l.source.now().UTC()), prefix)...), nil
}

// recent returns the spans to list for objects added since the last complete listing.
func (g *contents) recent(prefix string, last, now time.Time) []span {
	from, to := last.Add(-lookBack), now.Add(lookAhead)
	layouts := make([]layout, len(g.layouts))
	for i, lay := range g.layouts {
		lay.first, lay.last = min(lay.first, from.Year()), max(lay.last, to.Year())
		layouts[i] = lay
	}
	return (&contents{layouts: layouts, others: g.others}).spans(prefix, from, to)
}

// feedNew feeds the objects that are wanted and were not read yet.
func (l *load) feedNew(found []object, feed feedFunc) error {
	for i := range found {
		o := &found[i]
		if !l.fits(o) || !l.seen.add(o) {
			continue
		}
		l.progress.list(o)
		if l.seen.overwritten() {
			l.notice("objects were overwritten: events of the older version stay beside those of the new one; --dedupe hides copies")
		}
		if err := feed(*o); err != nil {
			l.seen.undo(o)
			return err
		}
	}
	return nil
}

// fits reports whether an object is to be read. It counts nothing.
func (l *load) fits(o *object) bool {
	ok, _ := l.covers(o.key)
	if !ok || !l.own(o, "") {
		return false
	}
	return l.only || within(o.key, l.source.o.From, l.source.o.To) && l.reason(o) == ""
}

// drainQueue reads the objects that a queue announces.
func (l *load) drainQueue(ctx context.Context) error {
	open := l.source.queue
	if open == nil {
		open = l.dialQueue
	}
	q, err := open(ctx)
	if err != nil {
		return err
	}
	for try := 0; ; {
		err := l.round(ctx, func() error { return l.messages(ctx, q) })
		if ctx.Err() != nil || fatal(err) {
			return err
		}
		if try++; err == nil {
			try = 0
		} else if err := wait(ctx, l.source.timing.pause(try)); err != nil {
			return err
		}
	}
}

// messages reads the objects that the next messages announce, and deletes each message all of whose objects are loaded.
func (l *load) messages(ctx context.Context, q queue) error {
	got, err := q.receive(ctx)
	if err != nil {
		return err
	}
	found := make([][]object, len(got))
	ours := make([]bool, len(got))
	err = l.pipeline(ctx, func(ctx context.Context, feed feedFunc) error {
		for i, m := range got {
			found[i], ours[i] = l.announced(m.body)
			for k := range found[i] {
				if err := l.versionOf(ctx, &found[i][k]); err != nil {
					ours[i] = false
				}
			}
			if err := l.feedNew(found[i], feed); err != nil {
				return err
			}
		}
		return nil
	})
	var done []string
	left := 0
	for i, m := range got {
		for k := range found[i] {
			ours[i] = ours[i] && l.seen.loaded(&found[i][k])
		}
		if ours[i] {
			done = append(done, m.receipt)
		} else {
			left++
		}
	}
	if left > 0 {
		l.progress.remark("the queue has messages about other objects; they are left in it")
	}
	if len(done) > 0 {
		return errors.Join(err, l.remove(ctx, q, done))
	}
	if left > 0 && err == nil {
		return wait(ctx, l.source.timing.pause(2)) // the queue may deliver the others again at once
	}
	return err
}

// removeTime is how long deleting messages of loaded objects may take after the load was cancelled.
const removeTime = 500 * time.Millisecond

// remove deletes messages, even after a cancellation: loaded objects should not be announced again.
func (l *load) remove(ctx context.Context, q queue, receipts []string) error {
	going, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(removeTime, cancel) })()
	return q.remove(going, receipts)
}

// announced returns the objects of a message. ours is false if the message is about anything but new objects to be read here; such
// a message is left to other readers.
func (l *load) announced(body string) (found []object, ours bool) {
	n, err := parseNotice(body)
	if err != nil {
		return nil, false
	}
	ours = true
	for _, e := range n {
		o := object{key: e.key, etag: e.etag, size: e.size, modified: e.at}
		switch {
		case !e.created || e.bucket != l.source.bucket || !l.fits(&o):
			ours = false
		default:
			found = append(found, o)
		}
	}
	return found, ours
}

// versionOf requests the ETag of an object whose message has none.
func (l *load) versionOf(ctx context.Context, o *object) error {
	if o.etag != "" {
		return nil
	}
	got, err := l.bucket.head(ctx, o.key)
	if err != nil {
		return fmt.Errorf("looking at the objects that a message names: %w", err)
	}
	*o = got
	return nil
}
