// Package s3 reads audit logs from S3 and compatible stores: all objects below a prefix, those that match a pattern, those of a time
// range, or one object. It can also follow a prefix and read new objects.
//
// It sends ListObjectsV2, GetObject and HeadObject, and no other requests to S3. It never writes to a store, and sends nothing
// before Load. If a queue is named, it deletes the messages of the objects that it loaded. It never shows a credential.
package s3

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pawprint/loader"
	"pawprint/loader/glob"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/fault"
)

// Options says how to read. The zero value reads everything below the prefix with the credentials of the environment.
type Options struct {
	Profile      string // of the AWS tools' files; empty means AWS_PROFILE, or the default one
	Region       string // empty means that of the environment; the bucket's own is found in any case
	Endpoint     string // of a store other than Amazon's; empty means AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, or Amazon's
	PathStyle    bool   // put the bucket into the path; always so with an Endpoint
	RequestPayer bool   // pay for the requests
	Anonymous    bool   // do not sign, for public buckets

	// From and To restrict the listing to [From, To) where keys contain the time. A zero time leaves that end open. Objects
	// whose keys contain no time are read.
	From, To time.Time

	Limits   loader.Limits
	Workers  int // goroutines that decode; 0 means as many as there are processors
	Fetchers int // objects that are fetched at a time; 0 means 16

	// Confirm is called before a download of more than ConfirmObjects objects or ConfirmBytes bytes; if it returns false, Load
	// returns loader.ErrDeclined. With Confirm everything is listed before anything is read; if it is nil, Load reads while it
	// lists. It is called on a goroutine of its own; if the context of Load ends meanwhile, Load does not wait for it.
	Confirm        func(Plan) bool
	ConfirmObjects int64 // 0 means 10,000
	ConfirmBytes   int64 // 0 means 1 GB
	// Eager reads the newest objects, up to these limits, while it lists, so that there is something to look at. Confirm is
	// called about the others, if there are any; if it returns false, the objects already read stay.
	Eager bool

	// Follow waits for new objects when all are loaded, until the context ends. It lists the partitions of the last hours
	// again every Poll (0 means 15 seconds) or, if Queue is the URL of a queue of the bucket's notifications, waits for those.
	Follow bool
	Poll   time.Duration
	Queue  string

	Together *Together // the other sources of the log; may be nil

	Cache *Cache // keeps objects that were read; may be nil
	// Offline reads from the cache only, and opens no connection. Without it, loading from an old listing ends with a *StaleError.
	Offline bool

	// Notice is called once for each line that readers of the result should know, on any goroutine. May be nil; the lines are in
	// the note of the source in any case.
	Notice func(string)
}

// Plan is what a load is about to fetch.
type Plan struct {
	URL     model.Text
	Objects int64
	Bytes   int64 // as they are stored
}

// Text describes the plan in a few words, without the URL.
func (p Plan) Text() string { return objects(p.Objects) + ", " + amount.Bytes(p.Bytes) }

const (
	defaultFetchers = 16
	defaultPoll     = 15 * time.Second
	manyObjects     = 10_000
	manyBytes       = 1 << 30
)

// Source is a prefix of a bucket, a pattern of keys, or one object. It implements loader.Source.
//
// In the sink it is one source without rows, named by its URL, which shows the progress in Size, Stored and Note; and one source
// for each object that is read, named s3://bucket/key.
type Source struct {
	url    string
	bucket string
	prefix string
	o      Options
	timing timing
	now    func() time.Time
	read   readFunc
	queue  func(context.Context) (queue, error) // nil means the SDK's
	before []*Source                            // earlier ones of the same bucket
	aimed  *aimed
}

// New makes a source of s3://bucket/prefix. If no key begins with the prefix and it has signs of a pattern, it stands for the keys
// that match; see glob.ParseKeys. An error says what is wrong with the URL, or with that of the queue.
func New(url string, o Options) (*Source, error) {
	bucket, prefix, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	if err := checkQueue(o.Queue); err != nil {
		return nil, err
	}
	if o.Offline && o.Follow {
		return nil, fmt.Errorf("following %s: it needs the network: leave --offline or --follow out", display(url))
	}
	s := &Source{url: url, bucket: bucket, prefix: prefix, o: o, timing: defaultTiming(), now: time.Now, read: readObject, aimed: newAimed()}
	s.before = o.Together.add(s)
	return s, nil
}

// Name is the URL.
func (s *Source) Name() model.Text { return model.NewText(s.url) }

// LoadError says that some objects could not be read. Their sources are broken and say why; all other objects are loaded.
type LoadError struct {
	URL    string
	Failed int64
	Of     int64   // objects that were tried
	First  []error // some of the errors
}

// Error counts the objects and quotes the first error.
func (e *LoadError) Error() string {
	return fmt.Sprintf("loading %s: %s of %s could not be read; the first: %v", display(e.URL), amount.Count(e.Failed), objects(e.Of), e.First[0])
}

// Unwrap returns the errors that were kept.
func (e *LoadError) Unwrap() []error { return e.First }

// Load implements loader.Source. A cancellation ends it at once and keeps the loaded rows. Objects that cannot be read do not end
// it; the error is then a *LoadError. A failure of the whole source, such as an unknown bucket, is an *Error.
func (s *Source) Load(ctx context.Context, sink loader.Sink) error {
	defer s.aimed.set(nil)
	l := &load{source: s, aim: aim{prefix: s.prefix}, sink: sink, progress: newProgress(sink, s.Name(), s.now), seen: newSeen()}
	l.seen.off, l.seen.queue = !s.o.Follow, s.o.Queue != ""
	l.noteComplete(s.now())
	ticking, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	fault.Go(func() {
		defer close(ended)
		l.tick(ticking)
	}, func(e *fault.Error) { fault.Tell(ctx, e) })
	err := l.run(ctx)
	stop()
	<-ended
	return l.end(ctx, err)
}

// tick reports the progress regularly, even when no bytes come.
func (l *load) tick(ctx context.Context) {
	ticker := time.NewTicker(l.source.timing.tick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			l.progress.report()
		}
	}
}

// end ends the source, and returns the error of the load.
func (l *load) end(ctx context.Context, err error) error {
	if err == nil || l.caught && ctx.Err() != nil {
		err = l.failures()
	} else if failures := l.failures(); failures != nil && !errors.Is(err, context.Canceled) {
		err = errors.Join(err, failures)
	}
	if l.stale != nil && !errors.Is(err, context.Canceled) {
		err = errors.Join(err, l.stale)
	}
	return l.progress.end(err)
}

// load is one Load of a source.
type load struct {
	source   *Source
	sink     loader.Sink
	progress *progress
	bucket   *bucket
	seen     *seen
	breaker  breaker
	aim
	narrowed     []string    // the prefixes to list for the pattern
	caught       bool        // all objects that existed at the start were read
	fed          bool        // some objects of the listing are being read
	stale        *StaleError // set if an old listing from the cache was used
	lastComplete time.Time   // start of the last complete listing
}

// run reads the existing objects, and then new ones if it follows.
func (l *load) run(ctx context.Context) (err error) {
	s := l.source
	if err := s.o.Cache.Check(); err != nil {
		return err
	}
	if l.bucket, err = newBucket(ctx, s.bucket, &s.o, s.timing, l.progress.retry, l.notice); err != nil {
		return err
	}
	if err := l.initial(ctx); err != nil {
		return err
	}
	if !s.o.Follow {
		return l.nothing()
	}
	l.caught = true
	return l.follow(ctx)
}

// nothing returns an error if there was no object to read. Objects without any bytes count as read.
func (l *load) nothing() error {
	p, o, endings := l.progress, &l.source.o, strings.Join(glob.LogEndings, ", ")
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.listed.objects > 0 || p.leftOut.Count(emptyObject) > 0 || p.covered:
		return nil
	case l.keys != nil && p.leftOut.Total > 0:
		return fmt.Errorf("listing %s: no log matches the pattern, only %s (%s): logs end in %s", display(l.source.url), objects(p.leftOut.Total), p.leftOut.Words(), endings)
	case l.keys != nil && (!o.From.IsZero() || !o.To.IsZero()):
		return fmt.Errorf("listing %s: no object from the time asked for matches the pattern: move --since or --until", display(l.source.url))
	case l.keys != nil:
		return fmt.Errorf("listing %s: no object matches the pattern; * does not cross slashes, ** does", display(l.source.url))
	case p.leftOut.Total > 0:
		return fmt.Errorf("listing %s: none of its %s is read (%s): logs end in %s", display(l.source.url), objects(p.leftOut.Total), p.leftOut.Words(), endings)
	case !o.From.IsZero() || !o.To.IsZero():
		return fmt.Errorf("listing %s: none of its objects is from the time asked for: move --since or --until", display(l.source.url))
	}
	return fmt.Errorf("listing %s: it has no objects; check the bucket and the prefix", display(l.source.url))
}

// notice shows a remark that stays true about the whole load.
func (l *load) notice(text string) {
	if l.progress.remark(text) && l.source.o.Notice != nil {
		l.source.o.Notice(display(l.source.url) + ": " + text)
	}
}

// initial reads the objects that exist now.
func (l *load) initial(ctx context.Context) error {
	o, one, err := l.single(ctx)
	if l.only = one; err == nil && !one {
		err = l.takeAim(ctx)
	}
	if err != nil {
		return err
	}
	l.source.aimed.set(&l.aim)
	if err := l.awaitEarlier(ctx); err != nil {
		return err
	}
	if one {
		return l.one(ctx, o)
	}
	if l.source.o.Confirm == nil {
		return l.pipeline(ctx, l.stream)
	}
	if l.source.o.Eager {
		return l.pipeline(ctx, l.eager)
	}
	h, err := l.counted(ctx)
	if ctx.Err() != nil || err != nil && len(h.first) == 0 {
		return err
	}
	if many, big := l.source.o.confirmLimits(); h.tally.objects > many || h.tally.bytes > big {
		if err := l.confirm(ctx, h.tally); err != nil {
			return err
		}
	}
	return errors.Join(err, l.pipeline(ctx, func(ctx context.Context, feed feedFunc) error { return l.replay(ctx, h, feed) }))
}

// confirmLimits returns how much is fetched without confirmation.
func (o *Options) confirmLimits() (objects, bytes int64) {
	objects, bytes = o.ConfirmObjects, o.ConfirmBytes
	if objects == 0 {
		objects = manyObjects
	}
	if bytes == 0 {
		bytes = manyBytes
	}
	return objects, bytes
}

// confirm calls Confirm and returns its answer as an error, or the error of ctx.
func (l *load) confirm(ctx context.Context, t tally) error {
	answer := make(chan error, 1)
	fault.Go(func() { answer <- l.callConfirm(Plan{l.source.Name(), t.objects, t.bytes}) }, func(e *fault.Error) {
		answer <- fmt.Errorf("loading %s: %w", display(l.source.url), e)
	})
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// callConfirm returns loader.ErrDeclined if Confirm declines a plan.
func (l *load) callConfirm(p Plan) error {
	if l.source.o.Confirm(p) {
		return nil
	}
	return fmt.Errorf("loading %s: %w", display(l.source.url), loader.ErrDeclined)
}
